#ifndef ND_QUERY_GRAPH_EXPORT_H
#define ND_QUERY_GRAPH_EXPORT_H

/*
 * The citation graph, or a part of it, in the formats that other programs read. The same graph gives the same
 * bytes. One row of formats.def is one format: its name, its media type and the function that writes it.
 */

#include "analyzers/citation/mention.h"
#include "corpus/store/catalog.h"

#include <stdio.h>

/* Which edges are wanted; all members 0 or NULL for the whole graph. */
struct nd_graph_filter {
    bool by_documents; /* only edges whose evidence stands in one of `documents` */
    const int64_t *documents;
    size_t n_documents;
    const char *around; /* only edges within `steps` of this work; NULL for all */
    unsigned steps;
    unsigned relations; /* bits 1 << enum nd_relation; 0 for all */
    enum nd_strength min_strength;
    double min_confidence;
    int max_secrecy; /* evidence in documents of a higher enum nd_secrecy is left out; -1 for no limit */
};

/* A format by its name ("csv", "nodes", "edges", "jsonl", "graphml", "gexf", "dot", "svg", "turtle"); NULL
 * for another. */
struct nd_graph_format;
const struct nd_graph_format *nd_graph_format_by_name(const char *name);
/* The i-th, NULL behind the last: for lists of what there is. */
const struct nd_graph_format *nd_graph_format_at(size_t i);
const char *nd_graph_format_name(const struct nd_graph_format *format);
const char *nd_graph_format_media_type(const struct nd_graph_format *format);

/* Writes the graph to out. Fails with the catalogue's errors, ND_ERROR_NOT_FOUND when filter->around is no
 * work, ND_ERROR_LIMIT when it is too large to be drawn, ND_ERROR_IO when out cannot be written or graphviz
 * is missing (svg). */
bool nd_graph_export(struct nd_catalog *catalog, const struct nd_graph_format *format,
                     const struct nd_graph_filter *filter, FILE *out, GError **error);

#endif
