#ifndef ND_INDEXER_HINTS_H
#define ND_INDEXER_HINTS_H

/*
 * What the user knows of a folder's documents where their text does not say: the province they belong to.
 * Given for the whole run (--place) or by a manifest, a text file of lines
 *
 *     folder-or-file <TAB> province
 *
 * with paths counted from the manifest's own folder; empty lines and lines that begin with '#' are skipped.
 * The longest path that a document lies in decides, then --place.
 */

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>

struct nd_hints;

struct nd_hints *nd_hints_new(void);
void nd_hints_free(struct nd_hints *hints);
ND_DEFINE_AUTO(nd_hints, nd_hints_free)

/* The province of every document that no manifest line covers. Fails with ND_ERROR_USAGE for a name that is
 * not in analyzers/data/places.tsv. */
bool nd_hints_set_place(struct nd_hints *hints, const char *name, GError **error);

/* Fails with ND_ERROR_IO when path cannot be read, with ND_ERROR_USAGE naming the line that cannot be
 * understood. */
bool nd_hints_load_manifest(struct nd_hints *hints, const char *path, GError **error);

/* The province for a document's absolute path, as places.tsv writes it; NULL when nothing was said. */
const char *nd_hints_place(const struct nd_hints *hints, const char *path);

#endif
