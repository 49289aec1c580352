#ifndef ND_GRAPH_EDGES_H
#define ND_GRAPH_EDGES_H

/*
 * From the resolved mentions of one document to its edges: one for each pair of works and relation, with the
 * mention that says it most clearly as evidence. Mere citing is dropped where the document says more of the
 * same pair. No work has an edge to itself.
 */

#include "analyzers/citation/mention.h"

/* What a mention was resolved to, as edges need it. */
struct nd_edge_mention {
    const char *work; /* NULL where it was not resolved */
    double confidence;
    int relation; /* enum nd_relation that somebody decided on, or -1 for the mention's own */
};

struct nd_document_edge {
    const char *source, *target; /* borrowed from the arguments */
    enum nd_relation relation;
    enum nd_strength strength;
    bool proposed;
    bool reported; /* between two other works, told by this document */
    double confidence;
    uint32_t ordinal; /* the mention that is its evidence */
};

/* own is the document's work. Sorted by source, target, relation. Free with g_array_unref. */
GArray *nd_document_edges(const char *own, const struct nd_mentions *mentions,
                          const struct nd_edge_mention *resolved);

#endif
