#ifndef XAPIAN_C_XC_WRITER_H
#define XAPIAN_C_XC_WRITER_H

/*
 * Writing a database. One writer at a time holds its lock; a second gets XC_ERROR_DATABASE_LOCK. Changes are
 * seen by readers, and survive a kill, once they are committed; to survive a power cut the directory needs
 * xc_sync_directory after each commit as well, because the glass backend renames its version file without it.
 *
 * After a failed write the handle is spent: a later commit may report success for changes that were lost.
 * Close it, end the process, and write again what was not committed.
 */

#include "corpus/store/xapian_c/xc_database.h"
#include "corpus/store/xapian_c/xc_document.h"

G_BEGIN_DECLS

enum xc_writer_mode {
    XC_WRITER_CREATE_OR_OPEN,
    XC_WRITER_CREATE_OR_OVERWRITE,
    XC_WRITER_CREATE, /* fails with XC_ERROR_DATABASE_CREATE when there is one */
    XC_WRITER_OPEN,   /* fails with XC_ERROR_DATABASE_NOT_FOUND when there is none */
};

enum xc_writer_flags {
    XC_WRITER_NO_SYNC = 1 << 0,     /* commits do not wait for the disk: for what can be built again */
    XC_WRITER_FULL_SYNC = 1 << 1,   /* where the system has a stronger fsync */
    XC_WRITER_DANGEROUS = 1 << 2,   /* updates blocks in place: no reader meanwhile, lost when killed */
    XC_WRITER_NO_TERMLIST = 1 << 3, /* documents can be added but not replaced; no termlist table */
    XC_WRITER_RETRY_LOCK = 1 << 4,  /* wait for the lock */
};

struct xc_writer;

/* block_size_bytes is 0 for Xapian's default of 8192, or a power of two from 2048 to 65536 (new databases).
 * The writer flushes by itself every $XAPIAN_FLUSH_THRESHOLD documents (10000), read when it is opened. */
struct xc_writer *xc_writer_open(const char *path, enum xc_writer_mode mode, unsigned flags,
                                 unsigned block_size_bytes, GError **error) XC_NOEXCEPT;
/* A database in memory only, for tests and small jobs. */
struct xc_writer *xc_writer_open_memory(GError **error) XC_NOEXCEPT;

/* Gives the lock back. Uncommitted changes outside a transaction are committed if that is possible; a failure
 * then is not reported, so commit first. */
void xc_writer_close(struct xc_writer *self) XC_NOEXCEPT;
XC_DEFINE_AUTO(xc_writer, xc_writer_close)

/* The database as the writer sees it, uncommitted changes included; borrowed from self until it is closed. */
struct xc_database *xc_writer_database(struct xc_writer *self) XC_NOEXCEPT;

bool xc_writer_commit(struct xc_writer *self, GError **error) XC_NOEXCEPT;

/* Everything between begin and commit becomes visible at once or, after cancel or a kill, not at all.
 * `flushed` also commits what came before and writes the transaction out when it is committed. */
bool xc_writer_begin_transaction(struct xc_writer *self, bool flushed, GError **error) XC_NOEXCEPT;
bool xc_writer_commit_transaction(struct xc_writer *self, GError **error) XC_NOEXCEPT;
bool xc_writer_cancel_transaction(struct xc_writer *self, GError **error) XC_NOEXCEPT;

/* *id_out, where not NULL, is the id the document got. */
bool xc_writer_add(struct xc_writer *self, const struct xc_document *document, uint32_t *id_out,
                   GError **error) XC_NOEXCEPT;
/* Stores the document under id, in place of one that may be there. */
bool xc_writer_replace(struct xc_writer *self, uint32_t id, const struct xc_document *document,
                       GError **error) XC_NOEXCEPT;
/* In place of every document that has unique_term; a new id when there is none. */
bool xc_writer_replace_by_term(struct xc_writer *self, struct xc_bytes unique_term,
                               const struct xc_document *document, uint32_t *id_out,
                               GError **error) XC_NOEXCEPT;
/* XC_ERROR_DOC_NOT_FOUND when there is none of that id. */
bool xc_writer_delete(struct xc_writer *self, uint32_t id, GError **error) XC_NOEXCEPT;
/* Every document that has unique_term; none is no failure. */
bool xc_writer_delete_by_term(struct xc_writer *self, struct xc_bytes unique_term,
                              GError **error) XC_NOEXCEPT;

/* An empty value removes the key. */
bool xc_writer_set_metadata(struct xc_writer *self, struct xc_bytes key, struct xc_bytes value,
                            GError **error) XC_NOEXCEPT;

/* Packs the lengths of the documents from id first on into user metadata ("lengths" and a number), where
 * queries in blocks read them at once: Xapian is asked for each, at a fifth of what a query over many
 * documents costs. To be called before a commit, with the lowest id that was stored since; documents of
 * earlier ids keep what was packed of them. Lengths that are not packed are asked for. Merging databases by
 * xc_compact mixes packed lengths up. */
bool xc_writer_pack_lengths(struct xc_writer *self, uint32_t first, GError **error) XC_NOEXCEPT;
/* The same for the values of a slot that are counted in so many parts (xc_request.facet_parts), in user
 * metadata "values", the slot's number, "/" and the block's. */
bool xc_writer_pack_values(struct xc_writer *self, uint32_t slot, uint32_t n_parts, uint32_t first,
                           GError **error) XC_NOEXCEPT;

bool xc_writer_add_spelling(struct xc_writer *self, struct xc_bytes word, uint32_t frequency_increment,
                            GError **error) XC_NOEXCEPT;
bool xc_writer_remove_spelling(struct xc_writer *self, struct xc_bytes word, uint32_t frequency_decrement,
                               GError **error) XC_NOEXCEPT;

bool xc_writer_add_synonym(struct xc_writer *self, struct xc_bytes term, struct xc_bytes synonym,
                           GError **error) XC_NOEXCEPT;
bool xc_writer_remove_synonym(struct xc_writer *self, struct xc_bytes term, struct xc_bytes synonym,
                              GError **error) XC_NOEXCEPT;
bool xc_writer_clear_synonyms(struct xc_writer *self, struct xc_bytes term, GError **error) XC_NOEXCEPT;

/* How hard xc_compact works, and what it keeps. */
enum xc_compact_flags {
    XC_COMPACT_STANDARD = 0,
    XC_COMPACT_FULL = 1,             /* split items to fill blocks */
    XC_COMPACT_FULLER = 2,           /* and leave no room for updates */
    XC_COMPACT_NO_RENUMBER = 1 << 2, /* keep document ids: those of the sources must lie in disjoint ranges */
    XC_COMPACT_MULTIPASS = 1 << 3,   /* merge in groups: faster for many sources, more disk */
    XC_COMPACT_SINGLE_FILE = 1 << 4,
};

/* Merges n databases into a new one at destination, which must not exist or be a compacted database. Where
 * several sources have a metadata key, the first one's value stays. */
bool xc_compact(const char *const *sources, size_t n, const char *destination, unsigned flags,
                unsigned block_size_bytes, GError **error) XC_NOEXCEPT;

/* Verifies the database's tables. *n_errors_out counts what is wrong; report, where not NULL, is what Xapian
 * has to say. On a database that is being written, false alarms are to be expected: hold the lock. */
bool xc_check(const char *path, size_t *n_errors_out, GString *report, GError **error) XC_NOEXCEPT;

/* Waits until directory `path` and every regular file in it are on disk. XC_ERROR_SYSTEM on failure. */
bool xc_sync_directory(const char *path, GError **error) XC_NOEXCEPT;

G_END_DECLS

#endif
