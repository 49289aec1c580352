#ifndef ND_INDEXER_INPUTS_H
#define ND_INDEXER_INPUTS_H

/*
 * What the folders named on the command line hold now: the outside half of an update, the index's list of
 * known files being the other. Taken in one pass before anything is changed, so that a missing root changes
 * nothing.
 */

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct nd_input {
    const char *path; /* absolute, bytes */
    uint64_t device, inode;
    int64_t size;
    int64_t mtime_ns;
    const char *skipped; /* NULL, or the diagnostic code why it is not read; static */
};

struct nd_inputs {
    GArray *files;         /* of struct nd_input, ordered by path, each once */
    GPtrArray *roots;      /* of char *: absolute paths of what was named */
    GPtrArray *unreadable; /* of char *: folders that could not be looked into */
    int64_t n_bytes;       /* of the files that are to be read */
    GStringChunk *strings; /* owns the paths */
};

/* Lists everything below the paths (NULL-terminated). Fails with ND_ERROR_IO when one of them is missing or
 * cannot be read. */
struct nd_inputs *nd_inputs_list(char *const *paths, GError **error);
void nd_inputs_free(struct nd_inputs *inputs);
ND_DEFINE_AUTO(nd_inputs, nd_inputs_free)

/* Whether a file of this path would be in the list if it existed: below a root, not below an unreadable
 * folder. */
bool nd_inputs_cover(const struct nd_inputs *inputs, const char *path);

#endif
