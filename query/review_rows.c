#include "query/review_rows.h"

#include "corpus/store/sql.h"
#include "graph/citing.h"
#include "graph/decisions.h"
#include "graph/wording.h"

#include <string.h>

static char *utf8_path(const char *path)
{
    return g_utf8_make_valid(path ? path : "", -1);
}

bool nd_review_document_read(struct nd_catalog *catalog, int64_t id, struct nd_review_document **out,
                             GError **error)
{
    *out = NULL;
    g_autoptr(GError) cause = NULL;
    nd_auto(nd_catalog_document) row = nd_catalog_document_by_id(catalog, id, &cause);
    if (!row) {
        if (g_error_matches(cause, ND_ERROR, ND_ERROR_NOT_FOUND))
            return true;
        g_propagate_error(error, g_steal_pointer(&cause));
        return false;
    }
    nd_auto(nd_review_document) document = g_new0(struct nd_review_document, 1);
    document->id = id;
    document->path = utf8_path(row->path);
    document->text = nd_catalog_text(catalog, id, error);
    document->mentions = document->text ? nd_catalog_mentions(catalog, id, NULL, error) : NULL;
    if (!document->mentions)
        return false;
    document->claims = nd_claims_read(&row->metadata, document->mentions);
    document->name = nd_decision_document(&row->metadata, document->claims->work, row->key);
    *out = g_steal_pointer(&document);
    return true;
}

void nd_review_document_free(struct nd_review_document *document)
{
    if (!document)
        return;
    nd_claims_free(document->claims);
    nd_mentions_free(document->mentions);
    nd_document_free(document->text);
    g_free(document->path);
    g_free(document->name);
    g_free(document);
}

/* ---- names ---- */

static void add_id(GHashTable *names, const char *name, const int64_t *ids, guint n)
{
    GArray *list = g_hash_table_lookup(names, name);
    if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_hash_table_insert(names, g_strdup(name), list);
    }
    g_array_append_vals(list, ids, n);
}

static bool add_name(const struct nd_catalog_document *document, void *names)
{
    g_autofree char *name = nd_decision_document(&document->metadata, document->work, document->key);
    add_id(names, name, &document->id, 1);
    return true;
}

/* The documents of the new name are found by the old one too. Newest first, so that names that changed twice
 * lead on. */
static void add_names_before(GHashTable *names, const GPtrArray *log)
{
    for (guint i = log->len; i-- > 0;) {
        const struct nd_decided *entry = log->pdata[i];
        if (!entry->stands || strcmp(entry->what.verdict, "continues") != 0 || !entry->what.value)
            continue;
        const GArray *now = g_hash_table_lookup(names, entry->what.document_key);
        if (now)
            add_id(names, entry->what.value, (const int64_t *)(const void *)now->data, now->len);
    }
}

GHashTable *nd_review_document_names(struct nd_catalog *catalog, GError **error)
{
    g_autoptr(GHashTable) names =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    g_autoptr(GPtrArray) log = nd_decisions_read(catalog, NULL, error);
    if (!log || !nd_catalog_each_document(catalog, add_name, names, error))
        return NULL;
    add_names_before(names, log);
    return g_steal_pointer(&names);
}

char *nd_review_id(const struct nd_review_document *document, size_t ordinal)
{
    return g_strdup_printf("%s#%u", document->name,
                           nd_decision_occurrence(nd_review_text(document), document->mentions, ordinal));
}

int64_t nd_review_find_mention(const struct nd_review_document *document, const char *quote,
                               uint32_t occurrence)
{
    for (size_t i = 0; i < nd_mentions_count(document->mentions); i++) {
        g_autofree char *words =
            nd_decision_quote(nd_review_text(document), nd_mentions_get(document->mentions, i));
        if (strcmp(words, quote) == 0 && --occurrence == 0)
            return (int64_t)i;
    }
    return -1;
}

/* ---- states ---- */

bool nd_review_state_read(struct nd_catalog *catalog, int64_t document, size_t ordinal,
                          struct nd_review_state *out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    *out = (struct nd_review_state){0};
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &s,
                        "SELECT outcome, resolution.confidence, work.key, reason, candidates, question "
                        "FROM resolution "
                        "LEFT JOIN work ON work.id = resolution.work WHERE document = ? AND ordinal = ?",
                        error))
        return false;
    nd_sql_bind(s, "ii", document, (int64_t)ordinal);
    if (!nd_sql_step(s, &row, error))
        return false;
    if (!row)
        return true;
    *out =
        (struct nd_review_state){.outcome = (int)nd_sql_int(s, 0),
                                 .confidence = nd_sql_double(s, 1),
                                 .work = g_strdup(nd_sql_text(s, 2)),
                                 .reason = nd_catalog_wording(catalog, nd_sql_int(s, 3)),
                                 .candidates = g_strdup(nd_sql_text(s, 4)),
                                 .decided = !nd_sql_is_null(s, 5) && nd_sql_int(s, 5) == ND_QUESTION_DECIDED};
    return true;
}

void nd_review_state_clear(struct nd_review_state *state)
{
    g_free(state->work);
    g_free(state->candidates);
}

char **nd_review_candidate_keys(const struct nd_review_state *state)
{
    g_auto(GStrv) listed = g_strsplit(state->candidates ? state->candidates : "", "\n", -1);
    GPtrArray *keys = g_ptr_array_new();
    if (state->work)
        g_ptr_array_add(keys, g_strdup(state->work));
    for (size_t i = 0; listed[i]; i++)
        if (g_strcmp0(state->work, listed[i]) != 0)
            g_ptr_array_add(keys, g_strdup(listed[i]));
    g_ptr_array_add(keys, NULL);
    return (char **)g_ptr_array_free(keys, FALSE);
}

/* ---- citations alike ---- */

/* The documents that look up a group; NULL when they are more than most, without error. */
static GArray *documents_of_group(struct nd_catalog *catalog, const char *group, enum nd_secrecy visible,
                                  unsigned most, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &s,
                        "SELECT lookup.document FROM lookup "
                        "JOIN current_document AS document ON document.id = lookup.document "
                        "WHERE name = ? AND secrecy <= ? ORDER BY lookup.document",
                        error))
        return NULL;
    nd_sql_bind(s, "su", group, (unsigned)visible);
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return NULL;
        const int64_t id = row ? nd_sql_int(s, 0) : 0;
        if (row)
            g_array_append_val(ids, id);
        if (most && ids->len > most)
            return NULL;
    }
    return g_steal_pointer(&ids);
}

static void add_places(GArray *places, const struct nd_citing *citing, const char *wording)
{
    for (uint32_t i = 0; i < nd_mentions_count(citing->mentions); i++) {
        const struct nd_claim *claim = &g_array_index(citing->claims->claims, struct nd_claim, i);
        g_autofree char *other = claim->kind == ND_CLAIM_LOOKUP ? nd_claim_wording(citing->claims, i) : NULL;
        const struct nd_review_place place = {citing->id, i};
        if (other && strcmp(other, wording) == 0)
            g_array_append_val(places, place);
    }
}

GArray *nd_review_places_alike(struct nd_catalog *catalog, const struct nd_review_document *document,
                               size_t ordinal, enum nd_secrecy visible, unsigned most_documents,
                               GError **error)
{
    const struct nd_claim *claim = nd_claim_looked_up(document->claims, ordinal);
    g_autofree char *wording = nd_claim_wording(document->claims, ordinal);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct nd_review_place));
    if (!claim)
        return g_steal_pointer(&places);
    g_autoptr(GArray) ids = documents_of_group(catalog, claim->group, visible, most_documents, error);
    nd_auto(nd_citing_reader) reader = nd_citing_reader_new(catalog);
    for (guint i = 0; ids && i < ids->len; i++) {
        struct nd_citing *read = NULL;
        if (!nd_citing_read(reader, g_array_index(ids, int64_t, i), &read, error))
            return NULL;
        nd_auto(nd_citing) citing = read;
        if (citing)
            add_places(places, citing, wording);
    }
    return ids ? g_steal_pointer(&places) : NULL;
}
