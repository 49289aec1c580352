#ifndef ND_CORPUS_STORE_INDEX_PRIVATE_H
#define ND_CORPUS_STORE_INDEX_PRIVATE_H

/* The files of an index directory; shared by its readers, writer and check. */

#include "corpus/store/index.h"

#define ND_INDEX_FORMAT_FILE "FORMAT"
#define ND_INDEX_LOCK_FILE   "LOCK"
#define ND_INDEX_XAPIAN      "xapian"

/* Reads FORMAT. ND_ERROR_INDEX when there is none or it is of another version or analysis. */
bool nd_index_check_format(const char *index_dir, GError **error);
/* Writes FORMAT, on disk when it returns. */
bool nd_index_write_format(const char *index_dir, GError **error);

/* The descriptor that holds the writer's lock until it is closed; -1 with ND_ERROR_LOCKED or _IO. */
int nd_index_lock(const char *index_dir, GError **error);

#endif
