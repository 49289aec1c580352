#ifndef ND_QUERY_GRAPH_EXPORT_H
#define ND_QUERY_GRAPH_EXPORT_H

/*
 * The citation graph, or a part of it, in the formats that other programs read. The same graph gives the same
 * bytes. One row of formats.def is one format: its name, its media type and the function that writes it.
 */

#include "query/query.h"

#include <stdio.h>

struct nd_graph_view;

/* Which edges are wanted; all members 0 or NULL for the whole graph. */
struct nd_graph_filter {
    bool by_documents; /* only edges whose evidence stands in one of `documents` */
    const int64_t *documents;
    size_t n_documents;
    const char *around; /* only edges within `steps` (at least 1) of this work; NULL for all */
    unsigned steps;
    size_t max_nodes;   /* with `around`: so many works at most, the nearest and most cited; 0 for all */
    unsigned relations; /* bits 1 << enum nd_relation; 0 for all */
    enum nd_strength min_strength;
    double min_confidence;
    bool bare_names; /* files are named without their folders, for readers who have no business there */
    /* Fills in figures of the whole graph; NULL leaves them out. nd_graph_figures_compute is one, and links
     * igraph. */
    bool (*figures)(struct nd_graph_view *view, GError **error);
};

/* A format by its name ("csv", "nodes", "edges", "jsonl", "graphml", "gexf", "dot", "svg", "png", "turtle");
 * NULL for another. */
struct nd_graph_format;
const struct nd_graph_format *nd_graph_format_by_name(const char *name);
/* The i-th, NULL behind the last: for lists of what there is. */
const struct nd_graph_format *nd_graph_format_at(size_t i);
const char *nd_graph_format_name(const struct nd_graph_format *format);
const char *nd_graph_format_media_type(const struct nd_graph_format *format);
/* How names of such files end: "csv" also for nodes and edges. */
const char *nd_graph_format_suffix(const struct nd_graph_format *format);

/* Writes what the session may see of the graph to out, from one state of the index. Fails with the
 * catalogue's errors, ND_ERROR_NOT_FOUND when nobody knows filter->around, ND_ERROR_LIMIT when it is too
 * large to be drawn, ND_ERROR_IO when out cannot be written or (svg, png) graphviz cannot be run. */
bool nd_graph_export(struct nd_session *session, const struct nd_graph_format *format,
                     const struct nd_graph_filter *filter, FILE *out, GError **error);

#endif
