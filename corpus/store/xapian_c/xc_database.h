#ifndef XAPIAN_C_XC_DATABASE_H
#define XAPIAN_C_XC_DATABASE_H

/*
 * Reading databases. A database handle may be used by one thread at a time and sees the revision that was
 * current when it was opened or last reopened. When a writer has committed twice since, a read may fail with
 * XC_ERROR_DATABASE_MODIFIED: reopen and repeat.
 *
 * Lists are handed out through a visitor, one call an entry, in byte order. What a visitor gets is borrowed
 * for the call. Its first false ends the list early, which is no failure. A visitor must not use the database
 * it is called from in any way that changes or closes it, and must not leave by longjmp.
 *
 * Where a string comes back it replaces the content of a caller's GString, which is untouched on failure.
 */

#include "corpus/store/xapian_c/xc_types.h"

G_BEGIN_DECLS

struct xc_database;

/* A directory or single file of the glass backend, or a stub: a file or a directory with a file XAPIANDB that
 * lists databases, one a line ("auto PATH", "remote HOST:PORT", "remote :PROGRAM ARGUMENTS"). Caller closes
 * with xc_database_close. */
struct xc_database *xc_database_open(const char *path, GError **error) XC_NOEXCEPT;

/* A database with no shard, to add others to. */
struct xc_database *xc_database_new_empty(GError **error) XC_NOEXCEPT;

/* A database served by xapian-tcpsrv, or by a program that speaks the protocol on its standard input and
 * output (xapian-progsrv, maybe through ssh). Timeouts of 0 mean none. */
struct xc_database *xc_database_open_tcp(const char *host, unsigned port, unsigned timeout_ms,
                                         unsigned connect_timeout_ms, GError **error) XC_NOEXCEPT;
struct xc_database *xc_database_open_program(const char *program, const char *arguments, unsigned timeout_ms,
                                             GError **error) XC_NOEXCEPT;

void xc_database_close(struct xc_database *self) XC_NOEXCEPT;
XC_DEFINE_AUTO(xc_database, xc_database_close)

/* Appends the shards of other, which may be closed afterwards. With n shards, document d of shard i (from 0)
 * is known as (d - 1) * n + i + 1: ids change with the number of shards. */
bool xc_database_add(struct xc_database *self, const struct xc_database *other, GError **error) XC_NOEXCEPT;

/* Goes to the newest committed revision. *changed_out, where not NULL, says whether there was one. */
bool xc_database_reopen(struct xc_database *self, bool *changed_out, GError **error) XC_NOEXCEPT;

/* From now on documents with one of these n terms do not exist for this handle: no search finds or counts
 * them, and no list of terms or synonyms, no frequency and no facet tells of what only they hold. (The number
 * of documents and the average length, which weights are made of, stay those of all.) Replaces what was
 * hidden before; costs nothing while no document has such a term. Documents are still to be had by their id:
 * ask for none a search did not give. */
bool xc_database_hide(struct xc_database *self, const struct xc_bytes *terms, size_t n,
                      GError **error) XC_NOEXCEPT;

struct xc_statistics {
    uint32_t n_documents, last_id;
    double average_length;
    uint64_t total_length;
    size_t n_shards;
    bool has_positions;
};

bool xc_database_statistics(const struct xc_database *self, struct xc_statistics *out,
                            GError **error) XC_NOEXCEPT;

/* What the database was called by when it was made: 36 characters; of several shards the ids one after the
 * other, separated by colons. */
bool xc_database_uuid(const struct xc_database *self, GString *out, GError **error) XC_NOEXCEPT;

/* Whether another handle or process has the database open for writing now. */
bool xc_database_is_locked(const struct xc_database *self, bool *locked_out, GError **error) XC_NOEXCEPT;

/* The number of documents with the term; 0 for an unknown one. */
bool xc_database_term_frequency(const struct xc_database *self, struct xc_bytes term, uint32_t *out,
                                GError **error) XC_NOEXCEPT;
/* The same for n terms at once, into out[0..n). */
bool xc_database_term_frequencies(const struct xc_database *self, const struct xc_bytes *terms, size_t n,
                                  uint32_t *out, GError **error) XC_NOEXCEPT;
/* The number of occurrences in the whole database: the sum of wdf. */
bool xc_database_collection_frequency(const struct xc_database *self, struct xc_bytes term, uint32_t *out,
                                      GError **error) XC_NOEXCEPT;
/* The number of documents with a value in slot, and bounds of the values. lower and upper may be NULL. */
bool xc_database_value_statistics(const struct xc_database *self, uint32_t slot, uint32_t *frequency_out,
                                  GString *lower, GString *upper, GError **error) XC_NOEXCEPT;

/* All terms that start with prefix (empty: all), with the number of documents each is in. */
bool xc_database_each_term(const struct xc_database *self, struct xc_bytes prefix,
                           bool (*visit)(struct xc_bytes term, uint32_t frequency, void *user_data),
                           void *user_data, GError **error) XC_NOEXCEPT;
/* The documents with a term, by id. The empty term lists all documents. */
bool xc_database_each_posting(const struct xc_database *self, struct xc_bytes term,
                              bool (*visit)(uint32_t id, uint32_t wdf, void *user_data), void *user_data,
                              GError **error) XC_NOEXCEPT;
/* The documents with a value in slot, by id. */
bool xc_database_each_value(const struct xc_database *self, uint32_t slot,
                            bool (*visit)(uint32_t id, struct xc_bytes value, void *user_data),
                            void *user_data, GError **error) XC_NOEXCEPT;

/* One document. XC_ERROR_DOC_NOT_FOUND when there is none of that id. */
bool xc_database_document_length(const struct xc_database *self, uint32_t id, uint32_t *out,
                                 GError **error) XC_NOEXCEPT;
bool xc_database_document_data(const struct xc_database *self, uint32_t id, GString *out,
                               GError **error) XC_NOEXCEPT;
/* The empty string where the document has no value in slot. */
bool xc_database_document_value(const struct xc_database *self, uint32_t id, uint32_t slot, GString *out,
                                GError **error) XC_NOEXCEPT;
bool xc_database_document_each_term(const struct xc_database *self, uint32_t id,
                                    bool (*visit)(struct xc_bytes term, uint32_t wdf, void *user_data),
                                    void *user_data, GError **error) XC_NOEXCEPT;
/* The positions of term in document id, ascending, appended to out (of uint32_t). None for a term without. */
bool xc_database_document_positions(const struct xc_database *self, uint32_t id, struct xc_bytes term,
                                    GArray *out, GError **error) XC_NOEXCEPT;

/* User metadata; the empty string for an unknown key. */
bool xc_database_metadata(const struct xc_database *self, struct xc_bytes key, GString *out,
                          GError **error) XC_NOEXCEPT;
bool xc_database_each_metadata_key(const struct xc_database *self, struct xc_bytes prefix,
                                   bool (*visit)(struct xc_bytes key, void *user_data), void *user_data,
                                   GError **error) XC_NOEXCEPT;

/* The synonyms of a term, and all terms that have some. */
bool xc_database_each_synonym(const struct xc_database *self, struct xc_bytes term,
                              bool (*visit)(struct xc_bytes synonym, void *user_data), void *user_data,
                              GError **error) XC_NOEXCEPT;
bool xc_database_each_synonym_key(const struct xc_database *self, struct xc_bytes prefix,
                                  bool (*visit)(struct xc_bytes key, void *user_data), void *user_data,
                                  GError **error) XC_NOEXCEPT;

/* The likeliest word of the spelling dictionary within max_edits (1 or 2 is sensible) of word; the empty
 * string when there is none or word itself is known. */
bool xc_database_suggest_spelling(const struct xc_database *self, struct xc_bytes word, unsigned max_edits,
                                  GString *out, GError **error) XC_NOEXCEPT;
/* Every word of the dictionary with its frequency. */
bool xc_database_each_spelling(const struct xc_database *self,
                               bool (*visit)(struct xc_bytes word, uint32_t frequency, void *user_data),
                               void *user_data, GError **error) XC_NOEXCEPT;

G_END_DECLS

#endif
