#include "graph/decisions.h"

#include "analyzers/data/data.h"
#include "corpus/store/sql.h"
#include "graph/titles.h"

#include <string.h>

enum {
    MIN_TITLE_BYTES = 12, /* a shorter title key names no document for sure */
    ID_DIGITS = 10,
    CONTEXT_WORDS = 4, /* before, and as many behind */
    MAX_NAMES = 16     /* a document was renamed */
};

/* ---- names ---- */

char *nd_decision_document(const struct nd_metadata *metadata, const char *work, const char *content_key)
{
    if (work)
        return g_strdup_printf("work:%s", work);
    g_autofree char *title = metadata->title ? nd_title_key(metadata->type, metadata->title) : NULL;
    if (!title || strlen(title) < MIN_TITLE_BYTES)
        return g_strdup_printf("text:%s", content_key);
    g_autofree char *place = nd_data_key(metadata->place ? metadata->place : "");
    return g_strdup_printf("title:%s@%s", title, place);
}

static bool is_space(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

static void append_on_one_line(GString *out, struct nd_str text, size_t start, size_t end)
{
    for (size_t i = start; i < end && i < text.n; i++) {
        if (!is_space(text.p[i]))
            g_string_append_c(out, text.p[i]);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
}

char *nd_decision_quote(struct nd_str text, const struct nd_mention *mention)
{
    GString *out = g_string_new(NULL);
    append_on_one_line(out, text, mention->start, mention->end);
    return g_string_free(out, FALSE);
}

char *nd_decision_context(struct nd_str text, const struct nd_mention *mention)
{
    size_t from = MIN(mention->start, text.n), to = MIN(mention->end, text.n);
    for (int words = 0; words < CONTEXT_WORDS && from > 0; words++) {
        while (from > 0 && is_space(text.p[from - 1]))
            from--;
        while (from > 0 && !is_space(text.p[from - 1]))
            from--;
    }
    for (int words = 0; words < CONTEXT_WORDS && to < text.n; words++) {
        while (to < text.n && is_space(text.p[to]))
            to++;
        while (to < text.n && !is_space(text.p[to]))
            to++;
    }
    GString *out = g_string_new(NULL);
    append_on_one_line(out, text, from, mention->start);
    g_string_append(out, out->len && out->str[out->len - 1] != ' ' ? " | " : "| ");
    append_on_one_line(out, text, mention->end, to);
    return g_strchomp(g_string_free(out, FALSE));
}

uint32_t nd_decision_occurrence(struct nd_str text, const struct nd_mentions *mentions, size_t i)
{
    g_autofree char *quote = nd_decision_quote(text, nd_mentions_get(mentions, i));
    uint32_t n = 1;
    for (size_t k = 0; k < i; k++) {
        g_autofree char *other = nd_decision_quote(text, nd_mentions_get(mentions, k));
        n += strcmp(quote, other) == 0;
    }
    return n;
}

bool nd_decision_parse_edge(const char *value, enum nd_relation *relation_out, const char **key_out)
{
    const char *space = value ? strchr(value, ' ') : NULL;
    if (!space || !space[1])
        return false;
    g_autofree char *name = g_strndup(value, (gsize)(space - value));
    *key_out = space + 1;
    return nd_relation_parse(name, relation_out);
}

/* ---- the log ---- */

char *nd_decision_id(const struct nd_decision *d)
{
    char occurrence[16];
    g_snprintf(occurrence, sizeof occurrence, "%u", d->occurrence);
    const char *const parts[] = {d->time,    d->author,  d->document_key, d->quote, occurrence,
                                 d->context, d->verdict, d->value,        d->note};
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) /* the NUL too, so that parts stay apart */
        g_checksum_update(sum, (const guchar *)(parts[i] ? parts[i] : ""),
                          (gssize)strlen(parts[i] ? parts[i] : "") + 1);
    return g_strndup(g_checksum_get_string(sum), ID_DIGITS);
}

static void decided_free(void *pointer)
{
    struct nd_decided *entry = pointer;
    const char *const strings[] = {entry->what.time,  entry->what.author,  entry->what.document_key,
                                   entry->what.quote, entry->what.context, entry->what.verdict,
                                   entry->what.value, entry->what.note,    entry->id};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        g_free((gpointer)(uintptr_t)strings[i]);
    g_free(entry);
}

static bool copy_entry(const struct nd_decision *d, void *user_data)
{
    struct nd_decided *entry = g_new0(struct nd_decided, 1);
    entry->what = (struct nd_decision){.time = g_strdup(d->time),
                                       .author = g_strdup(d->author),
                                       .document_key = g_strdup(d->document_key),
                                       .quote = g_strdup(d->quote),
                                       .occurrence = d->occurrence,
                                       .context = g_strdup(d->context),
                                       .verdict = g_strdup(d->verdict),
                                       .value = g_strdup(d->value),
                                       .note = g_strdup(d->note)};
    entry->id = nd_decision_id(d);
    entry->stands = strcmp(d->verdict, "undo") != 0;
    g_ptr_array_add(user_data, entry);
    return true;
}

static bool is_taken_back(const struct nd_decided *entry, const struct nd_decision *undo)
{
    if (!entry->stands)
        return false;
    if (undo->value)
        return strcmp(entry->id, undo->value) == 0;
    return strcmp(entry->what.document_key, undo->document_key) == 0 &&
           strcmp(entry->what.quote, undo->quote) == 0 && entry->what.occurrence == undo->occurrence;
}

static void take_back(GPtrArray *entries)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct nd_decided *undo = entries->pdata[i];
        if (strcmp(undo->what.verdict, "undo") != 0)
            continue;
        for (guint k = i; k-- > 0;) {
            struct nd_decided *entry = entries->pdata[k];
            if (!is_taken_back(entry, &undo->what))
                continue;
            entry->stands = false;
            break;
        }
    }
}

GPtrArray *nd_decisions_read(struct nd_catalog *catalog, const char *document, GError **error)
{
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(decided_free);
    if (!nd_catalog_each_decision(catalog, document, copy_entry, entries, error))
        return NULL;
    take_back(entries);
    return g_steal_pointer(&entries);
}

bool nd_decisions_exist(struct nd_catalog *catalog, const char *document, bool *exist_out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &s,
                        "SELECT 1 FROM decision WHERE document_key = ? LIMIT 1", error))
        return false;
    nd_sql_bind(s, "s", document);
    return nd_sql_step(s, exist_out, error);
}

char **nd_decision_names(struct nd_catalog *catalog, const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(names, g_strdup(name));
    for (guint i = 0; i < names->len; i++) {
        g_autoptr(GPtrArray) entries = nd_decisions_read(catalog, names->pdata[i], error);
        if (!entries)
            return NULL;
        for (guint k = 0; k < entries->len && names->len < MAX_NAMES; k++) {
            const struct nd_decided *entry = entries->pdata[k];
            if (entry->stands && strcmp(entry->what.verdict, "continues") == 0 && entry->what.value &&
                !g_ptr_array_find_with_equal_func(names, entry->what.value, g_str_equal, NULL))
                g_ptr_array_add(names, g_strdup(entry->what.value));
        }
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

GHashTable *nd_decided_aliases(const GPtrArray *log)
{
    GHashTable *aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < log->len; i++) {
        const struct nd_decided *entry = log->pdata[i];
        if (entry->stands && strcmp(entry->what.verdict, "alias") == 0 && entry->what.value)
            g_hash_table_insert(aliases, g_strdup(entry->what.quote), g_strdup(entry->what.value));
    }
    return aliases;
}
