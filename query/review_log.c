/* The log of decisions: as text (one JSON object a line behind a line that names the version), as a list, and
 * one entry taken back. */
#include "query/review.h"

#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/i18n.h"
#include "graph/decisions.h"
#include "graph/update.h"
#include "query/session.h"

#include <jansson.h>
#include <string.h>

static const char first_line[] = "ndsearch-decisions 1";

/* The members of a line, in their order, and where they come from. */
static const struct {
    const char *name;
    size_t offset;
    bool required;
} members[] = {
    {"time", offsetof(struct nd_decision, time), true},
    {"author", offsetof(struct nd_decision, author), true},
    {"document", offsetof(struct nd_decision, document_key), true},
    {"quote", offsetof(struct nd_decision, quote), true},
    {"context", offsetof(struct nd_decision, context), false},
    {"verdict", offsetof(struct nd_decision, verdict), true},
    {"value", offsetof(struct nd_decision, value), false},
    {"note", offsetof(struct nd_decision, note), false},
};

static const char **member(const struct nd_decision *decision, size_t i)
{
    return (const char **)(void *)((char *)(uintptr_t)decision + members[i].offset);
}

static bool dump_one(const struct nd_decision *decision, void *out)
{
    struct nd_json json = {.out = out};
    nd_json_begin_object(&json, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        const char *text = *member(decision, i);
        if (text)
            nd_json_string(&json, members[i].name, text);
        if (strcmp(members[i].name, "quote") == 0)
            nd_json_integer(&json, "occurrence", decision->occurrence);
    }
    nd_json_end_object(&json);
    nd_json_end_line(&json);
    return true;
}

/* The same as a string; caller frees with free. */
static char *line_of(const struct nd_decision *decision)
{
    char *line;
    size_t size;
    FILE *const out = open_memstream(&line, &size);
    dump_one(decision, out);
    fclose(out);
    return line;
}

bool nd_review_dump(struct nd_session *session, FILE *out, GError **error)
{
    if (!nd_session_enter(session, error))
        return false;
    fprintf(out, "%s\n", first_line);
    const bool done = nd_catalog_each_decision(session->catalog, NULL, dump_one, out, error);
    nd_session_leave(session);
    return done;
}

/* ---- reading it back ---- */

/* How often each line is in the log; two entries can be equal, and the second is no copy of the first. */
static bool remember(const struct nd_decision *decision, void *lines)
{
    char *line = line_of(decision);
    const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(lines, line));
    g_hash_table_insert(lines, g_strdup(line), GUINT_TO_POINTER(n + 1));
    free(line);
    return true;
}

static bool is_known_verdict(const char *verdict)
{
    static const char *const verdicts[] = {"accept", "work",  "reject",    "relation",  "edge",
                                           "undo",   "alias", "authority", "continues", NULL};
    return g_strv_contains(verdicts, verdict);
}

/* "2025-03-01T08:00:00Z": the entries are put in order by it. */
static bool is_time(const char *time)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    size_t i = 0;
    while (form[i] && (form[i] == '0' ? g_ascii_isdigit(time[i]) : time[i] == form[i]))
        i++;
    return !form[i] && !time[i];
}

/* Reads a line into *out, whose strings object keeps; false when it is no decision. */
static bool read_line(json_t *object, struct nd_decision *out)
{
    *out = (struct nd_decision){0};
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        *member(out, i) = json_string_value(json_object_get(object, members[i].name));
        if (members[i].required && !*member(out, i))
            return false;
    }
    json_int_t occurrence = json_integer_value(json_object_get(object, "occurrence"));
    out->occurrence = (uint32_t)occurrence;
    return occurrence >= 1 && occurrence <= G_MAXUINT32 && is_known_verdict(out->verdict) &&
           is_time(out->time);
}

static bool restore_line(struct nd_catalog_writer *writer, const char *text, size_t number, GHashTable *known,
                         size_t *n_added, GError **error)
{
    struct nd_decision decision;
    json_t *object = json_loads(text, 0, NULL);
    if (!object || !read_line(object, &decision)) {
        json_decref(object);
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("line %zu is no decision"), number);
        return false;
    }
    char *line = line_of(&decision);
    const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(known, line));
    bool done = true;
    if (n > 0) {
        g_hash_table_insert(known, g_strdup(line), GUINT_TO_POINTER(n - 1));
    } else {
        done = nd_catalog_writer_add_decision(writer, &decision, error);
        ++*n_added;
    }
    free(line);
    json_decref(object);
    return done;
}

bool nd_review_restore(struct nd_catalog_writer *writer, struct nd_bytes text, size_t *n_added_out,
                       GError **error)
{
    struct nd_str valid;
    size_t n = strlen(first_line), n_added = 0;
    if (!nd_utf8_check(text, &valid, NULL) || valid.n < n || memcmp(valid.p, first_line, n) != 0 ||
        (valid.n > n && !g_ascii_isspace(valid.p[n]))) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("the text does not begin with \"%s\""), first_line);
        return false;
    }
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!nd_catalog_each_decision(nd_catalog_writer_reader(writer), NULL, remember, known, error))
        return false;
    g_autofree char *copy = nd_str_dup(valid);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
    for (size_t i = 1; lines[i]; i++)
        if (*g_strchomp(lines[i]) && !restore_line(writer, lines[i], i + 1, known, &n_added, error))
            return false;
    *n_added_out = n_added;
    return n_added == 0 || nd_graph_rebuild(writer, NULL, error);
}

/* ---- one by one ---- */

static void entry_free(void *pointer)
{
    struct nd_review_entry *entry = pointer;
    char *const owned[] = {entry->id,    entry->time,    entry->author, entry->document,
                           entry->quote, entry->verdict, entry->value,  entry->note};
    for (size_t i = 0; i < G_N_ELEMENTS(owned); i++)
        g_free(owned[i]);
    g_free(entry);
}

GPtrArray *nd_review_log(struct nd_session *session, size_t most, GError **error)
{
    if (!nd_session_enter(session, error))
        return NULL;
    g_autoptr(GPtrArray) log = nd_decisions_read(session->catalog, NULL, error);
    nd_session_leave(session);
    if (!log)
        return NULL;
    GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);
    for (guint i = log->len; i-- > 0 && (!most || entries->len < most);) {
        const struct nd_decided *decided = log->pdata[i];
        const struct nd_review_entry entry = {.id = g_strdup(decided->id),
                                              .time = g_strdup(decided->what.time),
                                              .author = g_strdup(decided->what.author),
                                              .document = g_strdup(decided->what.document_key),
                                              .quote = g_strdup(decided->what.quote),
                                              .verdict = g_strdup(decided->what.verdict),
                                              .value = g_strdup(decided->what.value),
                                              .note = g_strdup(decided->what.note),
                                              .stands = decided->stands};
        g_ptr_array_add(entries, g_memdup2(&entry, sizeof entry));
    }
    return entries;
}

bool nd_review_undo(struct nd_catalog_writer *writer, const char *id, const struct nd_review_import *options,
                    GError **error)
{
    g_autoptr(GPtrArray) log = nd_decisions_read(nd_catalog_writer_reader(writer), NULL, error);
    for (guint i = log ? log->len : 0; i-- > 0;) {
        const struct nd_decided *entry = log->pdata[i];
        if (!entry->stands || strcmp(entry->id, id) != 0)
            continue;
        struct nd_decision undo = entry->what;
        undo.time = options->time;
        undo.author = options->author;
        undo.verdict = "undo";
        undo.value = entry->id;
        undo.note = NULL;
        return options->dry_run || (nd_catalog_writer_add_decision(writer, &undo, error) &&
                                    nd_graph_rebuild(writer, NULL, error));
    }
    if (log)
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no decision %s stands"), id);
    return false;
}
