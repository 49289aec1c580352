#ifndef ND_QUERY_GRAPH_VIEW_H
#define ND_QUERY_GRAPH_VIEW_H

/*
 * The part of the citation graph that a filter leaves, in memory, in a fixed order: nodes by key, edges by
 * source, target, relation and place of their evidence. What exports and whole-graph figures are made of.
 */

#include "analyzers/citation/metadata.h"
#include "query/graph_export.h"

/* Strings are borrowed from the graph; NULL where not known. */
struct nd_export_node {
    const char *key, *code, *type, *issuer, *place, *title;
    const char *label; /* code, else the title, else the key: never NULL */
    enum nd_level level;
    struct nd_date date;
    bool present;      /* its text is in the collection */
    unsigned n_cited;  /* works of this graph that have an edge to it */
    unsigned distance; /* from the filter's `around`, else 0 */
    double pagerank;   /* this and component: 0 without figures */
    unsigned component;
};

struct nd_export_edge {
    guint source, target; /* indexes of nodes */
    enum nd_relation relation;
    enum nd_strength strength;
    bool proposed;
    double confidence;
    int64_t document; /* row id; never exported */
    const char *path; /* bytes */
    uint32_t start, end;
    const char *rule;
    const char *reported_by; /* work key, NULL where the source says it itself */
    const char *evidence;    /* the sentence, NULL unless asked for */
};

struct nd_graph_view {
    GArray *nodes; /* of struct nd_export_node */
    GArray *edges; /* of struct nd_export_edge */
    GStringChunk *strings;
    bool has_figures;
};

/* Within nd_session_enter; afterwards the view stands by itself. with_evidence reads the sentence of each
 * edge from its document's text. Caller frees. */
struct nd_graph_view *nd_graph_view_new(struct nd_session *session, const struct nd_graph_filter *filter,
                                        bool with_evidence, GError **error);
void nd_graph_view_free(struct nd_graph_view *view);
ND_DEFINE_AUTO(nd_graph_view, nd_graph_view_free)

static inline const struct nd_export_node *nd_graph_view_node(const struct nd_graph_view *view, guint i)
{
    return &g_array_index(view->nodes, struct nd_export_node, i);
}

static inline const struct nd_export_edge *nd_graph_view_edge(const struct nd_graph_view *view, guint i)
{
    return &g_array_index(view->edges, struct nd_export_edge, i);
}

/* graph_order.c: */

/* Puts nodes and edges into their order, drops edges read twice, counts citations. */
void nd_graph_view_sort(struct nd_graph_view *view);
/* Leaves the nearest nodes, of equally near ones the most cited, and the edges between them. */
void nd_graph_view_trim(struct nd_graph_view *view, size_t max_nodes);
/* Leaves one edge for each source, target and relation: the one with the best evidence. *weights_out (owned
 * by the caller) counts, in the order of the edges left, how many there were. */
void nd_graph_view_merge(struct nd_graph_view *view, GArray **weights_out);

#endif
