#ifndef ND_QUERY_GRAPH_WRITE_H
#define ND_QUERY_GRAPH_WRITE_H

/* The writers behind formats.def, and what they share. Each writes a whole file; errors of out are found by
 * the caller. */

#include "query/graph_view.h"

/* weights: how often each edge is told, when edges were merged; else NULL. */
typedef bool nd_graph_writer(const struct nd_graph_view *view, const GArray *weights, FILE *out,
                             GError **error);

nd_graph_writer nd_graph_write_csv, nd_graph_write_nodes, nd_graph_write_edges, nd_graph_write_jsonl,
    nd_graph_write_graphml, nd_graph_write_gexf, nd_graph_write_dot, nd_graph_write_svg, nd_graph_write_png,
    nd_graph_write_turtle;

/* text as content or attribute value; characters that XML has no place for are left out. */
void nd_xml_text(FILE *out, const char *text);

/* "#1f77b4" for each relation, grey for an unknown level or a mere citation. */
const char *nd_relation_color(enum nd_relation relation);
const char *nd_level_color(enum nd_level level);

#endif
