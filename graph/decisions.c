#include "graph/decisions.h"

#include "analyzers/data/data.h"
#include "corpus/store/sql.h"
#include "graph/titles.h"

#include <string.h>

enum { MIN_TITLE_BYTES = 12 }; /* a shorter title key names no document for sure */

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

char *nd_decision_quote(struct nd_str text, const struct nd_mention *mention)
{
    GString *out = g_string_new(NULL);
    for (size_t i = mention->start; i < mention->end && i < text.n; i++) {
        if ((unsigned char)text.p[i] > ' ')
            g_string_append_c(out, text.p[i]);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    return g_string_free(out, FALSE);
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

bool nd_decisions_exist(struct sqlite3 *db, const char *document, bool *exist_out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(db, &s, "SELECT 1 FROM decision WHERE document_key = ? LIMIT 1", error))
        return false;
    nd_sql_bind(s, "s", document);
    return nd_sql_step(s, exist_out, error);
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

/* ---- replaying the log ---- */

struct entry {
    char *verdict, *value;
};

static void entry_free(void *pointer)
{
    struct entry *entry = pointer;
    g_free(entry->verdict);
    g_free(entry->value);
    g_free(entry);
}

/* The decisions on one citation that stand; an undo takes the last one off. */
static void push(GPtrArray *stack, const char *verdict, const char *value)
{
    if (strcmp(verdict, "undo") == 0) {
        if (stack->len)
            g_ptr_array_remove_index(stack, stack->len - 1);
        return;
    }
    struct entry *entry = g_new(struct entry, 1);
    *entry = (struct entry){g_strdup(verdict), g_strdup(value)};
    g_ptr_array_add(stack, entry);
}

static GPtrArray *stack_of(GHashTable *stacks, const char *key)
{
    GPtrArray *stack = g_hash_table_lookup(stacks, key);
    if (!stack) {
        stack = g_ptr_array_new_with_free_func(entry_free);
        g_hash_table_insert(stacks, g_strdup(key), stack);
    }
    return stack;
}

static void apply_work(struct nd_verdict *verdict, const char *value)
{
    g_free(verdict->work);
    verdict->work = g_strdup(value);
    verdict->rejected = false;
}

static void apply_reject(struct nd_verdict *verdict, const char *value)
{
    (void)value;
    g_clear_pointer(&verdict->work, g_free);
    verdict->rejected = true;
}

static void apply_relation(struct nd_verdict *verdict, const char *value)
{
    enum nd_relation relation;
    if (value && nd_relation_parse(value, &relation))
        verdict->relation = (int)relation;
}

static void apply_edge(struct nd_verdict *verdict, const char *value)
{
    if (!verdict->edges)
        verdict->edges = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(verdict->edges, g_strdup(value));
}

static const struct {
    const char *name;
    void (*apply)(struct nd_verdict *, const char *value);
} verbs[] = {{"accept", apply_work},
             {"work", apply_work},
             {"reject", apply_reject},
             {"relation", apply_relation},
             {"edge", apply_edge}};

static void apply(struct nd_verdict *verdict, const GPtrArray *stack)
{
    verdict->standing = stack->len;
    for (guint i = 0; i < stack->len; i++) {
        const struct entry *entry = stack->pdata[i];
        for (size_t k = 0; k < G_N_ELEMENTS(verbs); k++)
            if (strcmp(entry->verdict, verbs[k].name) == 0)
                verbs[k].apply(verdict, entry->value);
    }
}

static void verdict_clear(void *pointer)
{
    struct nd_verdict *verdict = pointer;
    g_free(verdict->work);
    g_clear_pointer(&verdict->edges, g_ptr_array_unref);
}

static GHashTable *new_stacks(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

struct nd_verdicts *nd_verdicts_read(struct sqlite3 *db, const char *document, struct nd_str text,
                                     const struct nd_mentions *mentions, GError **error)
{
    g_autoptr(GHashTable) stacks = new_stacks();
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(
            db, &s,
            "SELECT quote, occurrence, verdict, value FROM decision WHERE document_key = ? ORDER BY id",
            error))
        return NULL;
    nd_sql_bind(s, "s", document);
    while (nd_sql_step(s, &row, error) && row) {
        g_autofree char *key = g_strdup_printf("%u %s", (unsigned)nd_sql_int(s, 1), nd_sql_text(s, 0));
        push(stack_of(stacks, key), nd_sql_text(s, 2), nd_sql_text(s, 3));
    }
    if (row)
        return NULL;
    struct nd_verdicts *verdicts = g_new0(struct nd_verdicts, 1);
    verdicts->list = g_array_new(FALSE, TRUE, sizeof(struct nd_verdict));
    g_array_set_clear_func(verdicts->list, verdict_clear);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < nd_mentions_count(mentions); i++) {
        char *quote = nd_decision_quote(text, nd_mentions_get(mentions, i));
        unsigned occurrence = GPOINTER_TO_UINT(g_hash_table_lookup(seen, quote)) + 1;
        g_autofree char *key = g_strdup_printf("%u %s", occurrence, quote);
        const GPtrArray *stack = g_hash_table_lookup(stacks, key);
        struct nd_verdict verdict = {.relation = -1};
        if (stack)
            apply(&verdict, stack);
        g_array_append_val(verdicts->list, verdict);
        g_hash_table_insert(seen, quote, GUINT_TO_POINTER(occurrence));
    }
    return verdicts;
}

void nd_verdicts_free(struct nd_verdicts *verdicts)
{
    if (!verdicts)
        return;
    g_array_unref(verdicts->list);
    g_free(verdicts);
}

GHashTable *nd_decided_aliases(struct sqlite3 *db, GError **error)
{
    g_autoptr(GHashTable) stacks = new_stacks();
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(
            db, &s, "SELECT quote, verdict, value FROM decision WHERE document_key = '' ORDER BY id", error))
        return NULL;
    nd_sql_bind(s, "");
    while (nd_sql_step(s, &row, error) && row)
        push(stack_of(stacks, nd_sql_text(s, 0)), nd_sql_text(s, 1), nd_sql_text(s, 2));
    if (row)
        return NULL;
    GHashTable *aliases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer group, stack;
    g_hash_table_iter_init(&iter, stacks);
    while (g_hash_table_iter_next(&iter, &group, &stack)) {
        const GPtrArray *entries = stack;
        const struct entry *last = entries->len ? entries->pdata[entries->len - 1] : NULL;
        if (last && last->value)
            g_hash_table_insert(aliases, g_strdup(group), g_strdup(last->value));
    }
    return aliases;
}
