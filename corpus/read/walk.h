#ifndef ND_CORPUS_READ_WALK_H
#define ND_CORPUS_READ_WALK_H

/*
 * Every regular file below an input root, in a stable order (bytes of the path), once. Symbolic links are
 * followed only as roots; FIFOs, sockets and devices are reported, not opened. Names are bytes: they need not
 * be UTF-8 and may hold newlines.
 */

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct nd_walk_entry {
    const char *path;    /* borrowed for the call: root joined with the relative path */
    struct stat stat;    /* zero when skipped is "unreadable" and the entry could not even be looked at */
    const char *skipped; /* NULL, or the diagnostic code why it is not a document: "not-a-file", "symlink",
                          * "loop", "unreadable", "too-deep", "hidden" (diagnostics.def says which of them
                          * the user has to know). A skipped folder stands for everything below it. */
};

/* Fails with ND_ERROR_IO when the root is missing or unreadable, having called `visit` for nothing: a missing
 * root never looks like an empty one. visit's first false ends the walk early, which is no failure. */
bool nd_walk(const char *root, bool (*visit)(const struct nd_walk_entry *entry, void *user_data),
             void *user_data, GError **error);

#endif
