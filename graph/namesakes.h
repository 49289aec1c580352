#ifndef ND_GRAPH_NAMESAKES_H
#define ND_GRAPH_NAMESAKES_H

/*
 * Which documents a decision holds for. It names a document by its work, title or text (graph/decisions.h),
 * so it holds for all that bear the name, copies and versions of one work; and for those whose name continues
 * it.
 */

#include "corpus/store/catalog_writer.h"

#include <glib.h>

/* Adds to ids (a set of int64_t *, each g_malloced) the current documents that entries of the log under one
 * of `names` (a set of char *, each g_malloced) can hold for; maybe a few more. Adds to names those that
 * continue one of them. */
bool nd_namesakes_add(struct nd_catalog *catalog, GHashTable *names, GHashTable *ids, GError **error);

#endif
