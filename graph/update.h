#ifndef ND_GRAPH_UPDATE_H
#define ND_GRAPH_UPDATE_H

/*
 * Keeps works, edges and aliases of a catalogue in step with its documents' mentions. After any sequence of
 * updates the graph is byte for byte what a rebuild gives.
 */

#include "corpus/store/catalog_writer.h"

#include <glib.h>

struct nd_graph_stats {
    size_t documents; /* resolved again: those that changed and those that a change touched */
    size_t mentions;  /* in them */
    size_t groups;    /* codes and names whose known works changed */
};

/* Resolves what the documents `changed` touch, each added, replaced or removed since the last call; works
 * within the writer's current transaction. *stats_out may be NULL. Fails with the catalogue's errors. */
bool nd_graph_update(struct nd_catalog_writer *writer, const int64_t *changed, size_t n_changed,
                     struct nd_graph_stats *stats_out, GError **error);

/* Throws everything derived away and resolves all documents. */
bool nd_graph_rebuild(struct nd_catalog_writer *writer, struct nd_graph_stats *stats_out, GError **error);

#endif
