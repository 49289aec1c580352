#ifndef ND_INDEXER_EXTRACT_H
#define ND_INDEXER_EXTRACT_H

#include <glib.h>
#include <stdbool.h>

/*
 * ndindex --extract: prints to standard output what the reader makes of one file, a document after the other:
 * its text, or with json one line each:
 *
 *     {"path", "member", "type", "encoding", "bytes", "partial",
 *      "blocks": [{"kind", "start", "end", "page", "level", "row", "column"}],
 *      "diagnostics": [{"code", "severity", "message", "offset"}]}
 *
 * Offsets are bytes of the text; members that do not apply are left out. *partial_out says whether something
 * of the file is missing; without json the reasons go to standard error. Fails with ND_ERROR_IO when the file
 * cannot be opened.
 */
bool nd_extract_print(const char *path, bool json, bool *partial_out, GError **error);

#endif
