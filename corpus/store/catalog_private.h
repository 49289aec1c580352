#ifndef ND_CORPUS_STORE_CATALOG_PRIVATE_H
#define ND_CORPUS_STORE_CATALOG_PRIVATE_H

/* What the reading and the writing side of the catalogue, and the index above them, share. */

#include "corpus/store/catalog_writer.h"
#include "corpus/store/sql.h"

/* Opens <index_dir>/catalog.sqlite; flags are SQLite's. NULL with ND_ERROR_INDEX or _IO. */
struct sqlite3 *nd_catalog_open_sqlite(const char *index_dir, int flags, GError **error);
/* A reading side over a connection that somebody else closes. */
struct nd_catalog *nd_catalog_borrow(struct sqlite3 *db);

/* The integer value of a row of table setting; 0 without such a row. */
bool nd_catalog_setting(struct nd_catalog *catalog, const char *key, int64_t *out, GError **error);

/* Opens the catalogue for writing, makes its tables when they are missing, begins a transaction. */
struct nd_catalog_writer *nd_catalog_writer_open(const char *index_dir, GError **error);
/* Rolls back what was not committed. */
void nd_catalog_writer_close(struct nd_catalog_writer *writer);
ND_DEFINE_AUTO(nd_catalog_writer, nd_catalog_writer_close)

/* Commits the transaction and begins the next. */
bool nd_catalog_writer_commit(struct nd_catalog_writer *writer, GError **error);

/* Stores the document, to be current from `generation` on, marked pending. id 0 picks the next one. Returns
 * through *duplicate_of_out the document in use with the same text, or 0. */
bool nd_catalog_writer_add_document(struct nd_catalog_writer *writer, int64_t id,
                                    const struct nd_new_document *document, int64_t generation,
                                    int64_t *id_out, int64_t *duplicate_of_out, GError **error);
/* Takes it out of use from `generation` on, marked pending. The first of its duplicates, if it had any,
 * becomes the one that results show: *heir_out is its id, else 0. */
bool nd_catalog_writer_retire(struct nd_catalog_writer *writer, int64_t id, int64_t generation,
                              int64_t *heir_out, GError **error);
/* What is pending becomes indexed, rows that were retired before this generation vanish. */
bool nd_catalog_writer_finish_generation(struct nd_catalog_writer *writer, int64_t generation,
                                         GError **error);

#endif
