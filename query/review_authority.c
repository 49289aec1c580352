/* What users know of works, as a table out and back in. */
#include "query/review.h"

#include "base/error.h"
#include "base/i18n.h"
#include "graph/authority.h"
#include "graph/decisions.h"
#include "graph/update.h"
#include "query/csv.h"
#include "query/review_table.h"
#include "query/session.h"

#include <string.h>

/* The columns behind the key, and the lines of the entry's value they are (nd_authority_parse). */
enum { COLUMN_KEY, N_COLUMNS = 10 };
static const char *const columns[N_COLUMNS] = {"key",  "type", "name",  "other_names", "event",
                                               "date", "from", "until", "chief",       "note"};
static const struct {
    const char *column, *line;
    bool several; /* separated by "; " in the cell, a line each in the entry */
} members[] = {{"type", "type", false},   {"name", "name", false},  {"other_names", "other", true},
               {"event", "event", false}, {"date", "date", false},  {"from", "from", false},
               {"until", "until", false}, {"chief", "chief", false}};
enum { FIRST_MEMBER = 1, COLUMN_NOTE = N_COLUMNS - 1 };
G_STATIC_ASSERT(G_N_ELEMENTS(members) == COLUMN_NOTE - FIRST_MEMBER);

/* ---- out ---- */

/* The lines of that name in the entry, "; " between them; NULL without. */
static char *member_of(const char *value, const char *name)
{
    g_auto(GStrv) lines = g_strsplit(value ? value : "", "\n", -1);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *prefix = g_strconcat(name, ": ", NULL);
    for (size_t i = 0; lines[i]; i++)
        if (g_str_has_prefix(lines[i], prefix))
            g_string_append_printf(out, "%s%s", out->len ? "; " : "", lines[i] + strlen(prefix));
    return out->len ? g_strdup(out->str) : NULL;
}

static void write_entry(const struct nd_decided *entry, FILE *out)
{
    nd_csv_cell(out, entry->what.quote, true);
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        g_autofree char *text = member_of(entry->what.value, members[i].line);
        nd_csv_cell(out, text, false);
    }
    nd_csv_cell(out, entry->what.note, false);
    nd_csv_end_row(out);
}

/* Key -> the standing entry, the last of each; borrowed from log. */
static GHashTable *standing(const GPtrArray *log)
{
    GHashTable *entries = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < log->len; i++) {
        const struct nd_decided *entry = log->pdata[i];
        if (entry->stands && strcmp(entry->what.verdict, "authority") == 0)
            g_hash_table_insert(entries, (gpointer)entry->what.quote, (gpointer)entry);
    }
    return entries;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

bool nd_authority_export(struct nd_session *session, FILE *out, GError **error)
{
    if (!nd_session_enter(session, error))
        return false;
    g_autoptr(GPtrArray) log = nd_decisions_read(session->catalog, "", error);
    nd_session_leave(session);
    if (!log)
        return false;
    g_autoptr(GHashTable) entries = standing(log);
    g_autoptr(GList) keys = g_list_sort(g_hash_table_get_keys(entries), by_text);
    nd_csv_begin(out);
    for (size_t i = 0; i < N_COLUMNS; i++)
        nd_csv_cell(out, columns[i], i == 0);
    nd_csv_end_row(out);
    for (const GList *key = keys; key; key = key->next)
        write_entry(g_hash_table_lookup(entries, key->data), out);
    return true;
}

/* ---- in ---- */

struct import {
    struct nd_catalog_writer *writer;
    const struct nd_review_import *options;
    GHashTable *standing;
    size_t n_taken;
};

/* The value of an entry: the members in their order, so that equal rows give equal entries. */
static char *value_of(const struct nd_review_table *table, guint row)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        g_auto(GStrv) parts = g_strsplit(nd_review_table_cell(table, row, FIRST_MEMBER + i),
                                         members[i].several ? ";" : "\n", -1);
        for (size_t k = 0; parts[k]; k++)
            if (*g_strstrip(parts[k]) && strcmp(parts[k], "0") != 0)
                g_string_append_printf(out, "%s%s: %s", out->len ? "\n" : "", members[i].line, parts[k]);
    }
    return g_strdup(out->str);
}

static void report(const struct import *import, size_t line, enum nd_review_result result,
                   const char *message)
{
    const struct nd_review_report one = {
        .line = line, .result = result, .message = message, .n_citations = 0};
    if (import->options->report)
        import->options->report(&one, import->options->user_data);
}

static bool append(struct import *import, const char *key, const char *value,
                   const struct nd_decided *taken_back, const char *note, GError **error)
{
    const struct nd_decision decision = {.time = import->options->time,
                                         .author = import->options->author,
                                         .document_key = "",
                                         .quote = key,
                                         .occurrence = 1,
                                         .verdict = taken_back ? "undo" : "authority",
                                         .value = taken_back ? taken_back->id : value,
                                         .note = note && *note ? note : NULL};
    import->n_taken++;
    return import->options->dry_run || nd_catalog_writer_add_decision(import->writer, &decision, error);
}

static bool take_row(struct import *import, const struct nd_review_table *table, guint row, GError **error)
{
    const size_t line = g_array_index(table->lines, size_t, row);
    g_autofree char *key = g_strstrip(g_strdup(nd_review_table_cell(table, row, COLUMN_KEY)));
    g_autofree char *value = value_of(table, row);
    const struct nd_decided *before = g_hash_table_lookup(import->standing, key);
    const char *why = NULL;
    g_autoptr(GStringChunk) strings = g_string_chunk_new(256);
    struct nd_authority parsed;
    if (!*key && !*value)
        return true;
    if (!*key || strchr(key, ' ')) {
        report(import, line, ND_REVIEW_REFUSED, _("that is no key of a work"));
        return true;
    }
    if (*value ? before && strcmp(before->what.value, value) == 0 : !before) {
        report(import, line, ND_REVIEW_REPEATED,
               *value ? _("known so already") : _("nothing is known of it"));
        return true;
    }
    if (*value && !nd_authority_parse(key, value, strings, &parsed, &why)) {
        report(import, line, ND_REVIEW_REFUSED, why);
        return true;
    }
    if (!append(import, key, value, *value ? NULL : before, nd_review_table_cell(table, row, COLUMN_NOTE),
                error))
        return false;
    report(import, line, ND_REVIEW_TAKEN, key);
    return true;
}

bool nd_authority_import(struct nd_catalog_writer *writer, struct nd_bytes bytes,
                         const struct nd_review_import *options, GError **error)
{
    nd_auto(nd_review_table) table = nd_review_table_read(bytes, columns, N_COLUMNS, 1, error);
    g_autoptr(GPtrArray) log = table ? nd_decisions_read(nd_catalog_writer_reader(writer), "", error) : NULL;
    if (!log)
        return false;
    g_autoptr(GHashTable) entries = standing(log);
    struct import import = {writer, options, entries, 0};
    for (guint i = 0; i < table->rows->len; i++)
        if (!take_row(&import, table, i, error))
            return false;
    return options->dry_run || import.n_taken == 0 || nd_graph_rebuild(writer, NULL, error);
}
