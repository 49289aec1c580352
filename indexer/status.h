#ifndef ND_INDEXER_STATUS_H
#define ND_INDEXER_STATUS_H

#include <glib.h>
#include <stdbool.h>

/* ndindex --status: prints how much the index holds, and every file that was not or only partly read. With
 * json one object:
 *
 *     {"generation", "files", "skipped", "documents", "duplicates", "text_bytes", "mentions", "works",
 * "edges", "aliases", "decisions", "pending", "diagnostics": [{"path", "member", "code", "severity",
 * "message", "offset"}]}
 *
 * Fails with ND_ERROR_INDEX when there is none. */
bool nd_status_print(const char *index_dir, bool json, GError **error);

/* ndindex --why: prints what the index knows of the file at path: its verdict and remarks, and of each
 * document in it what it was taken for and on what evidence. Fails with ND_ERROR_NOT_FOUND when the index
 * does not know the file. */
bool nd_status_why(const char *index_dir, const char *path, GError **error);

#endif
