#include "query/graph_view.h"

#include "base/i18n.h"
#include "query/names.h"
#include "query/sentence.h"
#include "query/session.h"

#include <stdlib.h>
#include <string.h>

struct loading {
    struct nd_session *session;
    const struct nd_graph_filter *filter;
    struct nd_graph_view *view;
    GHashTable *nodes;     /* work row id -> index of its node + 1 */
    GHashTable *documents; /* wanted document ids; NULL for all */
    struct nd_sql_statement *work;
    unsigned distance; /* of nodes that are new now */
};

/* ---- nodes ---- */

static const char *keep(struct loading *l, const char *s)
{
    return s ? g_string_chunk_insert_const(l->view->strings, s) : NULL;
}

/* The index of the node of a work, read when it is new. */
static bool node_of(struct loading *l, int64_t work, guint *index_out, GError **error)
{
    gpointer found = g_hash_table_lookup(l->nodes, &work);
    if (found) {
        *index_out = GPOINTER_TO_UINT(found) - 1;
        return true;
    }
    struct nd_sql_statement *s = l->work;
    bool row = false;
    nd_sql_bind(s, "ii", work, (int64_t)l->session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    if (!row) {
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "an edge leads to a work that is not there");
        return false;
    }
    struct nd_export_node node = {.key = keep(l, nd_sql_text(s, 0)),
                                  .code = keep(l, nd_sql_text(s, 1)),
                                  .type = keep(l, nd_sql_text(s, 2)),
                                  .issuer = keep(l, nd_sql_text(s, 3)),
                                  .place = keep(l, nd_sql_text(s, 4)),
                                  .level = (enum nd_level)nd_sql_int(s, 5),
                                  .title = keep(l, nd_sql_text(s, 7)),
                                  .present = nd_sql_int(s, 8) != 0,
                                  .distance = l->distance};
    if (nd_sql_text(s, 6))
        nd_date_parse(nd_sql_text(s, 6), &node.date);
    g_autofree char *label = nd_work_label(node.code, node.type, node.title, node.key);
    node.label = keep(l, label);
    *index_out = l->view->nodes->len;
    g_array_append_val(l->view->nodes, node);
    g_hash_table_insert(l->nodes, g_memdup2(&work, sizeof work), GUINT_TO_POINTER(*index_out + 1));
    return true;
}

/* ---- edges ---- */

static bool is_wanted(const struct loading *l, const struct nd_export_edge *edge)
{
    const struct nd_graph_filter *f = l->filter;
    return (!f->relations || f->relations & 1U << edge->relation) && edge->strength >= f->min_strength &&
           edge->confidence >= f->min_confidence &&
           (!l->documents || g_hash_table_contains(l->documents, &edge->document));
}

static const char *path_of(struct loading *l, struct nd_sql_statement *s, int file, int member)
{
    struct nd_bytes path = nd_sql_bytes(s, file), inside = nd_sql_bytes(s, member);
    g_autofree char *joined = inside.p ? g_strdup_printf("%.*s!%.*s", (int)path.n, (const char *)path.p,
                                                         (int)inside.n, (const char *)inside.p)
                                       : g_strndup((const char *)path.p, path.n);
    const char *slash = l->filter->bare_names ? strrchr(joined, '/') : NULL;
    g_autofree char *utf8 = g_utf8_make_valid(slash ? slash + 1 : joined, -1);
    return keep(l, utf8);
}

static bool read_edge(struct loading *l, struct nd_sql_statement *s, GError **error)
{
    struct nd_export_edge edge = {.relation = (enum nd_relation)nd_sql_int(s, 2),
                                  .strength = (enum nd_strength)nd_sql_int(s, 3),
                                  .proposed = nd_sql_int(s, 4) != 0,
                                  .confidence = nd_sql_double(s, 5),
                                  .document = nd_sql_int(s, 6),
                                  .start = (uint32_t)nd_sql_int(s, 7),
                                  .end = (uint32_t)nd_sql_int(s, 8)};
    if (!is_wanted(l, &edge))
        return true;
    if (!node_of(l, nd_sql_int(s, 0), &edge.source, error) ||
        !node_of(l, nd_sql_int(s, 1), &edge.target, error))
        return false;
    edge.rule = nd_catalog_wording(l->session->catalog, nd_sql_int(s, 9));
    edge.reported_by = keep(l, nd_sql_text(s, 10));
    edge.path = path_of(l, s, 11, 12);
    g_array_append_val(l->view->edges, edge);
    return true;
}

static const char edge_columns[] =
    "SELECT edge.source, edge.target, edge.relation, edge.strength, edge.proposed, edge.confidence, "
    "edge.document, "
    "mention.start, mention.end, edge.rule, reporter.key, file.path, document.member "
    "FROM edge JOIN current_document AS document ON document.id = edge.document "
    "JOIN file ON file.id = document.file "
    "JOIN mention ON mention.document = edge.document AND mention.ordinal = edge.ordinal "
    "LEFT JOIN work AS reporter ON reporter.id = edge.reported_by "
    "WHERE document.secrecy <= ?1 ";

static bool read_edges(struct loading *l, const char *condition, int64_t parameter, GError **error)
{
    g_autofree char *sql = g_strconcat(edge_columns, condition, NULL);
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(nd_catalog_sqlite(l->session->catalog), &s, sql, error))
        return false;
    nd_sql_bind(s, "ii", (int64_t)l->session->visible, parameter);
    while (nd_sql_step(s, &row, error)) {
        if (!row)
            return true;
        if (!read_edge(l, s, error))
            return false;
    }
    return false;
}

/* The rows of the works that the edges so far have at their ends. */
static GArray *works_reached(const struct loading *l)
{
    GArray *works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GHashTableIter iter;
    gpointer work;
    g_hash_table_iter_init(&iter, l->nodes);
    while (g_hash_table_iter_next(&iter, &work, NULL))
        g_array_append_val(works, *(int64_t *)work);
    return works;
}

/* Breadth first from the work; an edge found from both its ends is dropped again when edges are sorted. */
static bool read_around(struct loading *l, GError **error)
{
    struct nd_sql_statement *const find = nd_session_statement(l->session, ND_STATEMENT_WORK_BY_KEY, error);
    bool row = false;
    guint unused;
    if (!find)
        return false;
    nd_sql_bind(find, "su", l->filter->around, (unsigned)l->session->visible);
    if (!nd_sql_step(find, &row, error))
        return false;
    if (!row) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""),
                    l->filter->around);
        return false;
    }
    if (!node_of(l, nd_sql_int(find, 0), &unused, error))
        return false;
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (unsigned step = 0; step < MAX(l->filter->steps, 1); step++) {
        g_autoptr(GArray) works = works_reached(l);
        l->distance = step + 1;
        for (guint i = 0; i < works->len; i++) {
            int64_t work = g_array_index(works, int64_t, i);
            if (g_hash_table_add(done, g_memdup2(&work, sizeof work)) &&
                !read_edges(l, "AND (edge.source = ?2 OR edge.target = ?2)", work, error))
                return false;
        }
    }
    return true;
}

/* ---- evidence ---- */

static int by_document(const void *a, const void *b)
{
    const struct nd_export_edge *x = *(struct nd_export_edge *const *)a,
                                *y = *(struct nd_export_edge *const *)b;
    return x->document < y->document ? -1 : x->document > y->document;
}

/* Each document's text is read once. */
static bool read_evidence(struct loading *l, GError **error)
{
    guint n = l->view->edges->len;
    g_autofree struct nd_export_edge **edges = g_new(struct nd_export_edge *, n + 1);
    for (guint i = 0; i < n; i++)
        edges[i] = &g_array_index(l->view->edges, struct nd_export_edge, i);
    qsort(edges, n, sizeof *edges, by_document);
    for (guint i = 0; i < n;) {
        nd_auto(nd_document) doc = nd_catalog_text(l->session->catalog, edges[i]->document, error);
        if (!doc)
            return false;
        for (int64_t id = edges[i]->document; i < n && edges[i]->document == id; i++) {
            g_autofree char *sentence =
                nd_sentence_around(nd_document_text(doc), edges[i]->start, edges[i]->end);
            edges[i]->evidence = keep(l, sentence);
        }
    }
    return true;
}

static GHashTable *wanted_documents(const struct nd_graph_filter *filter)
{
    if (!filter->by_documents)
        return NULL;
    GHashTable *set = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (size_t i = 0; i < filter->n_documents; i++)
        g_hash_table_add(set, g_memdup2(&filter->documents[i], sizeof(int64_t)));
    return set;
}

/* A work whose only texts are above the session's visibility is one that is not there, its header unknown. */
static const char work_sql[] =
    "SELECT key, code, type, issuer, place, level, date, CASE WHEN hidden THEN NULL ELSE title END, here "
    "FROM (SELECT *, "
    "EXISTS (SELECT 1 FROM document_work AS w JOIN document AS d ON d.id = w.document "
    "WHERE w.work = work.id AND d.secrecy <= ?2) AS here, "
    "NOT EXISTS (SELECT 1 FROM document_work AS w JOIN document AS d ON d.id = w.document "
    "WHERE w.work = work.id AND d.secrecy <= ?2) "
    "AND EXISTS (SELECT 1 FROM document_work AS w WHERE w.work = work.id) AS hidden "
    "FROM work WHERE id = ?1)";

struct nd_graph_view *nd_graph_view_new(struct nd_session *session, const struct nd_graph_filter *filter,
                                        bool with_evidence, GError **error)
{
    nd_auto(nd_graph_view) view = g_new0(struct nd_graph_view, 1);
    view->nodes = g_array_new(FALSE, FALSE, sizeof(struct nd_export_node));
    view->edges = g_array_new(FALSE, FALSE, sizeof(struct nd_export_edge));
    view->strings = g_string_chunk_new(1 << 16);
    g_autoptr(GHashTable) nodes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) documents = wanted_documents(filter);
    nd_auto(nd_sql_statement) work = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), &work, work_sql, error))
        return NULL;
    struct loading l = {.session = session,
                        .filter = filter,
                        .view = view,
                        .nodes = nodes,
                        .documents = documents,
                        .work = work};
    if (!(filter->around ? read_around(&l, error) : read_edges(&l, "", 0, error)))
        return NULL;
    nd_graph_view_sort(view);
    if (filter->max_nodes)
        nd_graph_view_trim(view, filter->max_nodes);
    if (with_evidence && !read_evidence(&l, error))
        return NULL;
    return g_steal_pointer(&view);
}

void nd_graph_view_free(struct nd_graph_view *view)
{
    if (!view)
        return;
    g_array_unref(view->nodes);
    g_array_unref(view->edges);
    g_string_chunk_free(view->strings);
    g_free(view);
}
