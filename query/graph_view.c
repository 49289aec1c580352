#include "query/graph_view.h"

#include "base/utf8.h"
#include "corpus/store/sql.h"

#include <stdlib.h>
#include <string.h>

enum {
    SENTENCE_BEFORE = 200, /* bytes of a sentence kept before and after the citation */
    SENTENCE_AFTER = 200
};

struct loading {
    struct nd_catalog *catalog;
    const struct nd_graph_filter *filter;
    struct nd_graph_view *view;
    GHashTable *nodes;     /* work row id -> index of its node + 1 */
    GHashTable *documents; /* wanted document ids; NULL for all */
    struct nd_sql_statement *work;
};

/* ---- sentences ---- */

static bool ends_sentence(struct nd_str text, size_t i)
{
    char c = text.p[i];
    bool before_space = i + 1 >= text.n || g_ascii_isspace(text.p[i + 1]);
    return c == '\f' || (c == '\n' && i + 1 < text.n && text.p[i + 1] == '\n') ||
           ((c == '.' || c == ';' || c == '!' || c == '?') && before_space);
}

static void append_one_line(GString *out, struct nd_str text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        bool space = (unsigned char)text.p[i] <= ' ' || text.p[i] == 0x7f;
        if (!space)
            g_string_append_c(out, text.p[i]);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
}

char *nd_graph_sentence(struct nd_str text, uint32_t start, uint32_t end)
{
    size_t from = MIN(start, text.n), to = MIN(MAX(start, end), text.n);
    size_t low = from > SENTENCE_BEFORE ? nd_utf8_floor(text, from - SENTENCE_BEFORE) : 0;
    size_t high = to + SENTENCE_AFTER < text.n ? nd_utf8_floor(text, to + SENTENCE_AFTER) : text.n;
    while (from > low && !ends_sentence(text, from - 1))
        from--;
    while (to < high && !ends_sentence(text, to))
        to++;
    if (from == low && low > 0) /* cut within a sentence: not within a word */
        while (from < start && text.p[from] != ' ')
            from++;
    if (to == high && high < text.n)
        while (to > end && text.p[to - 1] != ' ')
            to--;
    GString *out = g_string_new(NULL);
    append_one_line(out, text, from, to);
    const char *first = out->str;
    while (*first && g_utf8_strchr(" -+=@*•–—", -1, g_utf8_get_char(first)))
        first = g_utf8_next_char(first); /* bullets, which a spreadsheet would take for formulas */
    g_string_erase(out, 0, first - out->str);
    while (out->len && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

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
    nd_sql_bind(s, "i", work);
    if (!nd_sql_step(s, &row, error))
        return false;
    if (!row) {
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "an edge leads to a work that is not there");
        return false;
    }
    struct nd_graph_node node = {.key = keep(l, nd_sql_text(s, 0)),
                                 .code = keep(l, nd_sql_text(s, 1)),
                                 .type = keep(l, nd_sql_text(s, 2)),
                                 .issuer = keep(l, nd_sql_text(s, 3)),
                                 .place = keep(l, nd_sql_text(s, 4)),
                                 .level = (enum nd_level)nd_sql_int(s, 5),
                                 .title = keep(l, nd_sql_text(s, 7)),
                                 .present = nd_sql_int(s, 8) != 0};
    if (nd_sql_text(s, 6))
        nd_date_parse(nd_sql_text(s, 6), &node.date);
    node.label = node.code ? node.code : node.title ? node.title : node.key;
    *index_out = l->view->nodes->len;
    g_array_append_val(l->view->nodes, node);
    g_hash_table_insert(l->nodes, g_memdup2(&work, sizeof work), GUINT_TO_POINTER(*index_out + 1));
    return true;
}

/* ---- edges ---- */

static bool is_wanted(const struct loading *l, const struct nd_graph_edge *edge)
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
    g_autofree char *utf8 = g_utf8_make_valid(joined, -1);
    return keep(l, utf8);
}

static bool read_edge(struct loading *l, struct nd_sql_statement *s, GError **error)
{
    struct nd_graph_edge edge = {.relation = (enum nd_relation)nd_sql_int(s, 2),
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
    edge.rule = keep(l, nd_sql_text(s, 9));
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
    "WHERE (?1 < 0 OR document.secrecy <= ?1) ";

static bool read_edges(struct loading *l, const char *condition, int64_t parameter, GError **error)
{
    g_autofree char *sql = g_strconcat(edge_columns, condition, NULL);
    nd_auto(nd_sql_statement) s = NULL;
    bool row = false;
    if (!nd_sql_prepare(nd_catalog_sqlite(l->catalog), &s, sql, error))
        return false;
    nd_sql_bind(s, "ii", (int64_t)l->filter->max_secrecy, parameter);
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
    nd_auto(nd_sql_statement) find = NULL;
    bool row = false;
    if (!nd_sql_prepare(nd_catalog_sqlite(l->catalog), &find, "SELECT id FROM work WHERE key = ?", error))
        return false;
    nd_sql_bind(find, "s", l->filter->around);
    if (!nd_sql_step(find, &row, error))
        return false;
    guint unused;
    if (!row) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no work has the key %s", l->filter->around);
        return false;
    }
    if (!node_of(l, nd_sql_int(find, 0), &unused, error))
        return false;
    g_autoptr(GHashTable) done = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (unsigned step = 0; step < MAX(l->filter->steps, 1); step++) {
        g_autoptr(GArray) works = works_reached(l);
        for (guint i = 0; i < works->len; i++) {
            int64_t work = g_array_index(works, int64_t, i);
            if (g_hash_table_add(done, g_memdup2(&work, sizeof work)) &&
                !read_edges(l, "AND (edge.source = ?2 OR edge.target = ?2)", work, error))
                return false;
        }
    }
    return true;
}

/* ---- order ---- */

static int node_order(const void *a, const void *b, void *view)
{
    return strcmp(nd_graph_view_node(view, *(const guint *)a)->key,
                  nd_graph_view_node(view, *(const guint *)b)->key);
}

static int edge_order(gconstpointer x, gconstpointer y)
{
    const struct nd_graph_edge *a = x, *b = y;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->target != b->target)
        return a->target < b->target ? -1 : 1;
    if (a->relation != b->relation)
        return a->relation < b->relation ? -1 : 1;
    int order = strcmp(a->path, b->path);
    if (order)
        return order;
    return a->start < b->start ? -1 : a->start > b->start;
}

static bool same_edge(const struct nd_graph_edge *a, const struct nd_graph_edge *b)
{
    return edge_order(a, b) == 0 && a->document == b->document && a->proposed == b->proposed;
}

static void sort_nodes(struct nd_graph_view *view)
{
    guint n = view->nodes->len;
    g_autofree guint *order = g_new(guint, n + 1);
    g_autofree guint *place = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, node_order, view);
    GArray *nodes = g_array_sized_new(FALSE, FALSE, sizeof(struct nd_graph_node), n);
    for (guint i = 0; i < n; i++) {
        place[order[i]] = i;
        g_array_append_val(nodes, *nd_graph_view_node(view, order[i]));
    }
    g_array_unref(view->nodes);
    view->nodes = nodes;
    for (guint i = 0; i < view->edges->len; i++) {
        struct nd_graph_edge *edge = &g_array_index(view->edges, struct nd_graph_edge, i);
        edge->source = place[edge->source];
        edge->target = place[edge->target];
    }
}

static void sort_edges(struct nd_graph_view *view)
{
    g_array_sort(view->edges, edge_order);
    guint kept = 0;
    struct nd_graph_edge *edges = (struct nd_graph_edge *)(void *)view->edges->data;
    for (guint i = 0; i < view->edges->len; i++)
        if (kept == 0 || !same_edge(&edges[kept - 1], &edges[i]))
            edges[kept++] = edges[i];
    g_array_set_size(view->edges, kept);
    for (guint i = 0; i < kept; i++) {
        bool new_pair =
            i == 0 || edges[i - 1].source != edges[i].source || edges[i - 1].target != edges[i].target;
        g_array_index(view->nodes, struct nd_graph_node, edges[i].target).n_cited += new_pair;
    }
}

static int by_evidence(const struct nd_graph_edge *a, const struct nd_graph_edge *b)
{
    if (a->proposed != b->proposed)
        return a->proposed ? 1 : -1;
    if (a->strength != b->strength)
        return a->strength > b->strength ? -1 : 1;
    return a->confidence > b->confidence ? -1 : a->confidence < b->confidence;
}

void nd_graph_view_merge(struct nd_graph_view *view, GArray **weights_out)
{
    GArray *weights = g_array_new(FALSE, FALSE, sizeof(guint));
    struct nd_graph_edge *edges = (struct nd_graph_edge *)(void *)view->edges->data;
    guint kept = 0;
    for (guint i = 0; i < view->edges->len; i++) {
        struct nd_graph_edge *last = kept ? &edges[kept - 1] : NULL;
        if (last && last->source == edges[i].source && last->target == edges[i].target &&
            last->relation == edges[i].relation) {
            if (by_evidence(&edges[i], last) < 0)
                *last = edges[i];
            g_array_index(weights, guint, kept - 1)++;
            continue;
        }
        guint one = 1;
        edges[kept++] = edges[i];
        g_array_append_val(weights, one);
    }
    g_array_set_size(view->edges, kept);
    *weights_out = weights;
}

/* ---- evidence ---- */

static int by_document(const void *a, const void *b)
{
    const struct nd_graph_edge *x = *(struct nd_graph_edge *const *)a, *y = *(struct nd_graph_edge *const *)b;
    return x->document < y->document ? -1 : x->document > y->document;
}

/* Each document's text is read once. */
static bool read_evidence(struct loading *l, GError **error)
{
    guint n = l->view->edges->len;
    g_autofree struct nd_graph_edge **edges = g_new(struct nd_graph_edge *, n + 1);
    for (guint i = 0; i < n; i++)
        edges[i] = &g_array_index(l->view->edges, struct nd_graph_edge, i);
    qsort(edges, n, sizeof *edges, by_document);
    for (guint i = 0; i < n;) {
        nd_auto(nd_document) doc = nd_catalog_text(l->catalog, edges[i]->document, error);
        if (!doc)
            return false;
        for (int64_t id = edges[i]->document; i < n && edges[i]->document == id; i++) {
            g_autofree char *sentence =
                nd_graph_sentence(nd_document_text(doc), edges[i]->start, edges[i]->end);
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

struct nd_graph_view *nd_graph_view_new(struct nd_catalog *catalog, const struct nd_graph_filter *filter,
                                        bool with_evidence, GError **error)
{
    nd_auto(nd_graph_view) view = g_new0(struct nd_graph_view, 1);
    view->nodes = g_array_new(FALSE, FALSE, sizeof(struct nd_graph_node));
    view->edges = g_array_new(FALSE, FALSE, sizeof(struct nd_graph_edge));
    view->strings = g_string_chunk_new(1 << 16);
    g_autoptr(GHashTable) nodes = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GHashTable) documents = wanted_documents(filter);
    nd_auto(nd_sql_statement) work = NULL;
    if (!nd_sql_prepare(nd_catalog_sqlite(catalog), &work,
                        "SELECT key, code, type, issuer, place, level, date, title, "
                        "EXISTS (SELECT 1 FROM document_work WHERE work = work.id) FROM work WHERE id = ?",
                        error))
        return NULL;
    struct loading l = {catalog, filter, view, nodes, documents, work};
    if (!(filter->around ? read_around(&l, error) : read_edges(&l, "", 0, error)))
        return NULL;
    sort_nodes(view);
    sort_edges(view);
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
