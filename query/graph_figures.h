#ifndef ND_QUERY_GRAPH_FIGURES_H
#define ND_QUERY_GRAPH_FIGURES_H

/* Figures of the whole graph, by igraph: how much each work is built upon, and which works hang together. */

#include "query/graph_view.h"

/* Fills pagerank (they sum up to 1) and component (from 1, the largest first, equals in order of their first
 * node) of every node. Source: Page, Brin, Motwani, Winograd 1999; damping 0.85. */
bool nd_graph_figures_compute(struct nd_graph_view *view, GError **error);

#endif
