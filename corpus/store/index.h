#ifndef ND_CORPUS_STORE_INDEX_H
#define ND_CORPUS_STORE_INDEX_H

/*
 * An index as a whole: a directory with
 *     FORMAT           version of the format and fingerprint of the analysis its terms were made by
 *     catalog.sqlite   the catalogue (catalog.h): the authority
 *     xapian/          the inverted file (fulltext.h): can be rebuilt from the catalogue
 *     LOCK             held by the one writer
 * or, for reading, a Xapian stub file that lists the xapian directories of several indexes and remote
 * servers.
 *
 * The two stores agree through a generation number. A batch is one generation g+1: rows marked pending and
 * committed; Xapian changed, marked g+1, committed and synced; then the rows' pending marks are taken off and
 * the catalogue says g+1. A reader sees the whole batch or nothing of it; after a kill the next writer does
 * again what Xapian has not.
 */

#include "corpus/store/catalog_writer.h"
#include "corpus/store/fulltext.h"
#include "analyzers/text/terms.h"

/* ---- reading ---- */

struct nd_index;

/* Opens both stores for reading. Fails with ND_ERROR_INDEX: nothing there, not an index, another format or
 * fingerprint, damaged. */
struct nd_index *nd_index_open(const char *path, GError **error);
void nd_index_close(struct nd_index *index);
ND_DEFINE_AUTO(nd_index, nd_index_close)

/* How many indexes this is: more than one behind a stub of several. */
unsigned nd_index_shards(const struct nd_index *index);
/* All borrowed until nd_index_close. The catalogue of shard i; NULL when it is a remote one. */
struct nd_catalog *nd_index_shard_catalog(struct nd_index *index, unsigned i);
/* The catalogue of what is one index, here; otherwise NULL, and ND_ERROR_INDEX. */
struct nd_catalog *nd_index_catalog(struct nd_index *index, GError **error);
struct nd_fulltext *nd_index_fulltext(struct nd_index *index);

/* Where a hit of the full text lives: its catalogue, NULL for a remote shard, and its id there. */
struct nd_catalog *nd_index_locate(struct nd_index *index, uint32_t hit, int64_t *id_out);

/* The words of a hit's document (catalog.h), empty for a remote shard. Borrowed from index until the next
 * call. ND_ERROR_NOT_FOUND without such a document. */
bool nd_index_words(struct nd_index *index, uint32_t hit, struct nd_document_words *out, GError **error);
/* The same by the id a document has in the shard whose Xapian database has this uuid, as an xc_judge is asked
 * for it. */
bool nd_index_shard_words(struct nd_index *index, const char *uuid, uint32_t id,
                          struct nd_document_words *out, GError **error);

/* Whether an index (or something that calls itself one) is at path. */
bool nd_index_exists(const char *path);

/* Verifies both stores and that they agree, under the writer's lock: calls `found` with one line for each
 * thing wrong, *n_wrong_out counts them. Fails with ND_ERROR_LOCKED, ND_ERROR_INDEX (nothing to check). */
bool nd_index_check(const char *index_dir, void (*found)(const char *line, void *user_data), void *user_data,
                    size_t *n_wrong_out, GError **error);

/* ---- writing ---- */

struct nd_index_writer;

/* Makes the terms of a document again from what the catalogue has: how the store redoes a batch after a kill,
 * or rebuilds the full text, without knowing of analysis. */
struct nd_index_analysis {
    void (*terms)(const struct nd_document *doc, const struct nd_metadata *metadata,
                  const struct nd_mentions *mentions, struct nd_terms *out, void *user_data);
    void *user_data;
};

/* Opens index_dir for writing; makes it and an empty index when there is none. Brings an index that a killed
 * run left in between into order first, with `analysis` (borrowed until the writer is closed). Fails with
 * ND_ERROR_LOCKED (another writer), ND_ERROR_INDEX (not an index, another format), ND_ERROR_IO. */
struct nd_index_writer *nd_index_writer_open(const char *index_dir, const struct nd_index_analysis *analysis,
                                             GError **error);
/* Ends the writer. What was not committed is gone. */
void nd_index_writer_close(struct nd_index_writer *writer);
ND_DEFINE_AUTO(nd_index_writer, nd_index_writer_close)

struct nd_catalog_writer *nd_index_writer_catalog(struct nd_index_writer *writer);
/* Whether the index has no documents yet: a build may use shards. */
bool nd_index_writer_is_fresh(const struct nd_index_writer *writer);

/* Stores a new document in both stores. Returns its id through *id_out. */
bool nd_index_writer_add(struct nd_index_writer *writer, const struct nd_new_document *document,
                         struct nd_terms *terms, int64_t *id_out, GError **error);
/* Takes a document, or all documents of a file, out of the index. */
bool nd_index_writer_retire(struct nd_index_writer *writer, int64_t id, GError **error);
bool nd_index_writer_retire_file(struct nd_index_writer *writer, int64_t file, GError **error);

/* Commits the batch by the protocol above. Call it at most every ND_INDEX_BATCH documents and at the end; a
 * writer with nothing to commit does nothing. ND_ERROR_IO when the disk is nearly full: nothing is lost, but
 * the writer is done. */
bool nd_index_writer_commit(struct nd_index_writer *writer, GError **error);
#define ND_INDEX_BATCH 1000

/* Rebuilds the inverted file from the catalogue. */
bool nd_index_writer_rebuild_fulltext(struct nd_index_writer *writer, GError **error);

/* ---- building a fresh index on several threads ----
 * Each thread has a shard of its own with document ids of its own range, which needs no lock with the
 * others; the catalogue is written by one thread. nd_index_writer_commit merges the shards into
 * the index.
 *
 *     shard = nd_index_writer_shard(writer, thread, n)         one call a thread, before they start
 *     nd_index_shard_add(shard, ...) -> id                     by its thread
 *     nd_index_writer_add_catalog(writer, id, &document)       by the catalogue's thread, any order
 *     nd_index_shard_finish(shard)                             by its thread, after its last document
 *     nd_index_writer_merge(writer)                            when the threads have ended; returns at once
 *     ... the graph ...                                        while another thread merges
 *     nd_index_writer_commit(writer)
 */
#define ND_INDEX_SHARDS 8

struct nd_index_shard;

/* shard number i < ND_INDEX_SHARDS of a fresh index; made when it is asked for, in ascending order. The store
 * is smallest when it gets as many documents as are expected; it may get more. Borrowed until the commit. */
struct nd_index_shard *nd_index_writer_shard(struct nd_index_writer *writer, unsigned i, uint32_t n_expected,
                                             GError **error);
/* Adds the document's terms, gives it an id. member, metadata and text of `document` are used. path is its
 * file's. */
bool nd_index_shard_add(struct nd_index_shard *shard, const struct nd_new_document *document,
                        const char *path, struct nd_terms *terms, int64_t *id_out, GError **error);
/* Writes out what the shard still has in memory; no document is added to it afterwards. */
bool nd_index_shard_finish(struct nd_index_shard *shard, GError **error);
/* Begins to merge the shards on a thread of its own; nd_index_writer_commit waits for it, reports its
 * failure, and puts the result in its place. Without this call the commit does it all. */
void nd_index_writer_merge(struct nd_index_writer *writer);
bool nd_index_writer_add_catalog(struct nd_index_writer *writer, int64_t id,
                                 const struct nd_new_document *document, GError **error);

#endif
