/* The fixed order of a view's nodes and edges, and what is left of it when edges are merged or nodes left
 * out. */
#include "query/graph_view.h"

#include <string.h>

static int node_order(const void *a, const void *b, void *view)
{
    return strcmp(nd_graph_view_node(view, *(const guint *)a)->key,
                  nd_graph_view_node(view, *(const guint *)b)->key);
}

static int edge_order(gconstpointer x, gconstpointer y)
{
    const struct nd_export_edge *a = x, *b = y;
    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->target != b->target)
        return a->target < b->target ? -1 : 1;
    if (a->relation != b->relation)
        return a->relation < b->relation ? -1 : 1;
    int order = strcmp(a->path, b->path);
    if (order)
        return order;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->proposed != b->proposed)
        return a->proposed ? 1 : -1;
    order = g_strcmp0(a->reported_by, b->reported_by);
    return order ? order : g_strcmp0(a->rule, b->rule);
}

static bool same_edge(const struct nd_export_edge *a, const struct nd_export_edge *b)
{
    return edge_order(a, b) == 0 && a->document == b->document;
}

/* Puts nodes into that order of their indexes; edges whose ends are not among the first n are dropped. */
static void arrange(struct nd_graph_view *view, const guint *order, guint n)
{
    g_autofree guint *place = g_new0(guint, view->nodes->len + 1); /* from 1; 0: left out */
    GArray *nodes = g_array_sized_new(FALSE, FALSE, sizeof(struct nd_export_node), n);
    for (guint i = 0; i < n; i++) {
        place[order[i]] = i + 1;
        g_array_append_val(nodes, *nd_graph_view_node(view, order[i]));
    }
    g_array_unref(view->nodes);
    view->nodes = nodes;
    guint kept = 0;
    struct nd_export_edge *edges = (struct nd_export_edge *)(void *)view->edges->data;
    for (guint i = 0; i < view->edges->len; i++) {
        const guint source = place[edges[i].source], target = place[edges[i].target];
        if (!source || !target)
            continue;
        edges[kept] = edges[i];
        edges[kept].source = source - 1;
        edges[kept++].target = target - 1;
    }
    g_array_set_size(view->edges, kept);
}

/* Nodes in an order, the first `most` of them kept. */
static void order_nodes(struct nd_graph_view *view, GCompareDataFunc compare, guint most)
{
    const guint n = view->nodes->len;
    g_autofree guint *order = g_new(guint, n + 1);
    for (guint i = 0; i < n; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, compare, view);
    arrange(view, order, MIN(n, most));
}

static void count_citations(struct nd_graph_view *view)
{
    for (guint i = 0; i < view->nodes->len; i++)
        g_array_index(view->nodes, struct nd_export_node, i).n_cited = 0;
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i), *before = i ? edge - 1 : NULL;
        const bool new_pair = !before || before->source != edge->source || before->target != edge->target;
        g_array_index(view->nodes, struct nd_export_node, edge->target).n_cited += new_pair;
    }
}

static void sort_edges(struct nd_graph_view *view)
{
    g_array_sort(view->edges, edge_order);
    guint kept = 0;
    struct nd_export_edge *edges = (struct nd_export_edge *)(void *)view->edges->data;
    for (guint i = 0; i < view->edges->len; i++)
        if (kept == 0 || !same_edge(&edges[kept - 1], &edges[i]))
            edges[kept++] = edges[i];
    g_array_set_size(view->edges, kept);
    count_citations(view);
}

void nd_graph_view_sort(struct nd_graph_view *view)
{
    order_nodes(view, node_order, view->nodes->len);
    sort_edges(view);
}

static int nearest_order(const void *a, const void *b, void *view)
{
    const struct nd_export_node *x = nd_graph_view_node(view, *(const guint *)a);
    const struct nd_export_node *y = nd_graph_view_node(view, *(const guint *)b);
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->n_cited != y->n_cited)
        return x->n_cited > y->n_cited ? -1 : 1;
    return strcmp(x->key, y->key);
}

void nd_graph_view_trim(struct nd_graph_view *view, size_t max_nodes)
{
    if (view->nodes->len <= max_nodes)
        return;
    order_nodes(view, nearest_order, (guint)max_nodes);
    nd_graph_view_sort(view);
}

static int by_evidence(const struct nd_export_edge *a, const struct nd_export_edge *b)
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
    struct nd_export_edge *edges = (struct nd_export_edge *)(void *)view->edges->data;
    guint kept = 0;
    for (guint i = 0; i < view->edges->len; i++) {
        struct nd_export_edge *last = kept ? &edges[kept - 1] : NULL;
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
