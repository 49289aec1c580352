#include "query/citation_order.h"

/* A document and how many works cite it. */
struct cited {
    uint32_t id;
    double n;
};

static gint by_id(gconstpointer a, gconstpointer b)
{
    const struct cited *const x = a, *const y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Calls `take` with each row of a statement. */
static bool each_row(struct nd_session *part, enum nd_statement_id id,
                     void (*take)(struct nd_session *part, struct nd_sql_statement *row, void *user_data),
                     void *user_data, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(part, id, error);
    if (!s)
        return false;
    nd_sql_bind(s, id == ND_STATEMENT_DOCUMENTS_WITH_KEY ? "" : "u", (unsigned)part->visible);
    for (bool row = true;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        take(part, s, user_data);
    }
}

static void take_cited(struct nd_session *part, struct nd_sql_statement *row, void *cited)
{
    const struct cited one = {(uint32_t)nd_session_joined(part, nd_sql_int(row, 0)), nd_sql_double(row, 1)};
    g_array_append_val((GArray *)cited, one);
}

/* What several catalogues say of one work is added up by its key. */
struct count_by_key {
    GHashTable *n_by_key; /* of double */
    GArray *cited;
};

static void count_key(struct nd_session *part, struct nd_sql_statement *row, void *user_data)
{
    struct count_by_key *const counts = user_data;
    const double n = nd_sql_double(row, 1), *const before =
                                                g_hash_table_lookup(counts->n_by_key, nd_sql_text(row, 0));
    const double sum = n + (before ? *before : 0);
    (void)part;
    g_hash_table_insert(counts->n_by_key, g_strdup(nd_sql_text(row, 0)), g_memdup2(&sum, sizeof sum));
}

static void take_counted(struct nd_session *part, struct nd_sql_statement *row, void *user_data)
{
    struct count_by_key *const counts = user_data;
    const double *const n = g_hash_table_lookup(counts->n_by_key, nd_sql_text(row, 1));
    const struct cited one = {(uint32_t)nd_session_joined(part, nd_sql_int(row, 0)), n ? *n : 0};
    if (n)
        g_array_append_val(counts->cited, one);
}

/* Array of struct cited, by id. */
static GArray *times_cited(struct nd_session *session, GError **error)
{
    g_autoptr(GArray) cited = g_array_new(FALSE, FALSE, sizeof(struct cited));
    if (session->n_parts == 1)
        return each_row(session, ND_STATEMENT_TIMES_CITED, take_cited, cited, error) ? g_steal_pointer(&cited)
                                                                                     : NULL;
    g_autoptr(GHashTable) n_by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct count_by_key counts = {n_by_key, cited};
    for (unsigned i = 0; i < 2 * session->n_parts; i++) {
        const bool counting = i < session->n_parts;
        if (!each_row(session->parts[i % session->n_parts],
                      counting ? ND_STATEMENT_TIMES_CITED_BY_KEY : ND_STATEMENT_DOCUMENTS_WITH_KEY,
                      counting ? count_key : take_counted, &counts, error))
            return NULL;
    }
    g_array_sort(cited, by_id);
    return g_steal_pointer(&cited);
}

struct xc_query *nd_citation_order(struct nd_session *session, const struct xc_query *query, GError **error)
{
    g_autoptr(GArray) cited_documents = times_cited(session, error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(double));
    if (!cited_documents)
        return NULL;
    for (guint i = 0; i < cited_documents->len; i++) {
        const struct cited *const one = &g_array_index(cited_documents, struct cited, i);
        g_array_append_val(ids, one->id);
        g_array_append_val(weights, one->n);
    }
    GError *xc_error = NULL;
    xc_auto(xc_query) unweighted = xc_query_new_scaled(query, 0, &xc_error);
    xc_auto(xc_query) cited =
        unweighted ? xc_query_new_documents(session->database, (const uint32_t *)(const void *)ids->data,
                                            (const double *)(const void *)weights->data, ids->len, &xc_error)
                   : NULL;
    const struct xc_query *const parts[] = {unweighted, cited};
    struct xc_query *const both = cited ? xc_query_new_operator(XC_AND_MAYBE, parts, 2, 0, &xc_error) : NULL;
    if (!both)
        nd_fulltext_propagate(error, xc_error);
    return both;
}
