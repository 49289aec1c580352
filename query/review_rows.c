#include "query/review_rows.h"

#include "corpus/store/sql.h"
#include "graph/decisions.h"

#include <string.h>

const char *const nd_review_columns[ND_N_REVIEW_COLUMNS] = {
#define ND_REVIEW_COLUMN(id, name) [ND_REVIEW_##id] = name,
#include "query/review_columns.def"
};

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

static bool add_name(const struct nd_catalog_document *document, void *user_data)
{
    char *name = nd_decision_document(&document->metadata, document->work, document->key);
    g_hash_table_insert(user_data, name, g_memdup2(&document->id, sizeof document->id));
    return true;
}

GHashTable *nd_review_document_names(struct nd_catalog *catalog, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return nd_catalog_each_document(catalog, add_name, names, error) ? g_steal_pointer(&names) : NULL;
}

int64_t nd_review_find_mention(const struct nd_review_document *document, const char *quote,
                               uint32_t occurrence)
{
    struct nd_str text = nd_document_text(document->text);
    for (size_t i = 0; i < nd_mentions_count(document->mentions); i++) {
        g_autofree char *words = nd_decision_quote(text, nd_mentions_get(document->mentions, i));
        if (strcmp(words, quote) == 0 && --occurrence == 0)
            return (int64_t)i;
    }
    return -1;
}

bool nd_review_state_read(struct nd_catalog *catalog, int64_t document, size_t ordinal,
                          struct nd_review_state *out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    *out = (struct nd_review_state){0};
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &s,
                        "SELECT outcome, resolution.confidence, work.key, reason, candidates FROM resolution "
                        "LEFT JOIN work ON work.id = resolution.work WHERE document = ? AND ordinal = ?",
                        error))
        return false;
    nd_sql_bind(s, "ii", document, (int64_t)ordinal);
    if (!nd_sql_step(s, &row, error))
        return false;
    if (!row)
        return true;
    *out = (struct nd_review_state){.outcome = (int)nd_sql_int(s, 0),
                                    .confidence = nd_sql_double(s, 1),
                                    .work = g_strdup(nd_sql_text(s, 2)),
                                    .reason = g_strdup(nd_sql_text(s, 3)),
                                    .candidates = g_strdup(nd_sql_text(s, 4))};
    return true;
}

void nd_review_state_clear(struct nd_review_state *state)
{
    g_free(state->work);
    g_free(state->reason);
    g_free(state->candidates);
}

GArray *nd_review_group_documents(struct nd_catalog *catalog, const char *group, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &s,
                        "SELECT document FROM lookup WHERE name = ? ORDER BY document", error))
        return NULL;
    nd_sql_bind(s, "s", group);
    while (nd_sql_step(s, &row, error)) {
        if (!row)
            return g_steal_pointer(&ids);
        int64_t id = nd_sql_int(s, 0);
        g_array_append_val(ids, id);
    }
    return NULL;
}
