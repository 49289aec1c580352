#ifndef ND_CORPUS_STORE_CATALOG_H
#define ND_CORPUS_STORE_CATALOG_H

/*
 * The catalogue: everything the index knows except the inverted file, in one SQLite database (schema.sql,
 * described in man/ndsearch-index.5). It is the authority; the Xapian part can be rebuilt from it.
 *
 * This is the reading side; catalog_writer.h is the writing side. Readers never block and see one committed
 * state for as long as a snapshot is held. A document's row never changes: a new version of a file is a new
 * document with an id of its own, and the old one stays readable until Xapian has forgotten it. Look-ups by
 * id and key therefore find what a search just named; lists (nd_catalog_each_document, the view
 * current_document) show the documents of the last committed generation.
 *
 * Errors of all functions: ND_ERROR_INDEX for a damaged catalogue, ND_ERROR_IO for a failed read,
 * ND_ERROR_NOT_FOUND where said.
 */

#include "base/auto.h"
#include "base/document.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"

#include <glib.h>

struct nd_catalog;
struct sqlite3;

/* Opens the catalogue of an index directory for reading. nd_index_open (index.h) checks the directory's
 * format first and is what programs call. Fails with ND_ERROR_INDEX: missing or not a catalogue. */
struct nd_catalog *nd_catalog_open(const char *index_dir, GError **error);
void nd_catalog_close(struct nd_catalog *catalog);
ND_DEFINE_AUTO(nd_catalog, nd_catalog_close)

/* For a process that has one question, or a few about little: pages are read one by one. Otherwise the file
 * is mapped, which makes a page cost three times as much when it is touched for the first time, since the
 * system maps its neighbours, too, and nothing any more afterwards. That is done all the same when it becomes
 * many. To be called before the first question. */
void nd_catalog_expect_few(struct nd_catalog *catalog);

/* Between begin and end all reads see one state. May not be nested. */
bool nd_catalog_begin(struct nd_catalog *catalog, GError **error);
void nd_catalog_end(struct nd_catalog *catalog);

/* Changes with every commit of another connection: what was read at one number holds as long as it is the
 * same. To be asked after a read between begin and end. */
unsigned nd_catalog_version(struct nd_catalog *catalog);

/* The connection, for the look-ups of other rooms over the tables of schema.sql; reading only. Borrowed until
 * nd_catalog_close. sql.h has what makes statements short. */
struct sqlite3 *nd_catalog_sqlite(struct nd_catalog *catalog);

/* A document's row. Strings are owned; free with nd_catalog_document_free. */
struct nd_catalog_document {
    int64_t id;
    int64_t file;
    char *key;    /* hex of the content hash: stable across index rebuilds, part of web addresses */
    char *path;   /* of its file, bytes; "archive!member" for a member */
    int64_t size; /* bytes of text */
    char *mime_type, *encoding;
    bool partial;
    int64_t duplicate_of; /* id of the document with the same content that results show, or 0 */
    char *work;           /* key of the work it is, or NULL */
    struct nd_metadata metadata;
};

/* ND_ERROR_NOT_FOUND without such a document; by_key gives the one that results show. */
struct nd_catalog_document *nd_catalog_document_by_id(struct nd_catalog *catalog, int64_t id, GError **error);
struct nd_catalog_document *nd_catalog_document_by_key(struct nd_catalog *catalog, const char *key,
                                                       GError **error);
void nd_catalog_document_free(struct nd_catalog_document *document);
ND_DEFINE_AUTO(nd_catalog_document, nd_catalog_document_free)

/* Every current document by id; the document is borrowed for the call. The first false ends the list. */
bool nd_catalog_each_document(struct nd_catalog *catalog,
                              bool (*visit)(const struct nd_catalog_document *document, void *user_data),
                              void *user_data, GError **error);

/* The original text and blocks as they were read; what else is known of them is in the document's row.
 * ND_ERROR_NOT_FOUND without such a document. */
struct nd_document *nd_catalog_text(struct nd_catalog *catalog, int64_t id, GError **error);

/* A passage around a citation, on one line, about ND_PASSAGE_BYTES (analyzers/text/passage.h) long. */
struct nd_stored_passage {
    struct nd_range span; /* the citation in the document's text */
    struct nd_range mark; /* and in `text` */
    struct nd_str text;
};
/* The passage that is kept of mention `ordinal`; *found_out is false when none is, and the text has to be
 * read. out->text is borrowed from catalog until the next call. */
bool nd_catalog_passage(struct nd_catalog *catalog, int64_t id, uint32_t ordinal,
                        struct nd_stored_passage *out, bool *found_out, GError **error);

/* The words of a document in order, two bytes each as nd_stream_hash gives them, low byte first; title is
 * that of its metadata, or a first line that may be one. */
struct nd_document_words {
    struct nd_bytes title, text;
};
/* Borrowed from catalog until the next call. ND_ERROR_NOT_FOUND without such a document. */
bool nd_catalog_words(struct nd_catalog *catalog, int64_t id, struct nd_document_words *out, GError **error);

/* Appends to works (of int64_t, ids of this catalogue) the document's own work and those it cites, as far as
 * they are known; at most cap, each once. */
bool nd_catalog_cited(struct nd_catalog *catalog, int64_t id, size_t cap, GArray *works, GError **error);

/* The text of a wording (schema.sql) of this catalogue, kept for ever; NULL for 0 and one that is not there.
 */
const char *nd_catalog_wording(struct nd_catalog *catalog, int64_t id);

/* The key of a work of this catalogue; caller frees with g_free. ND_ERROR_NOT_FOUND without such a work. */
char *nd_catalog_work_key(struct nd_catalog *catalog, int64_t work, GError **error);

/* The mentions of a document, with the work each was resolved to (works_out: array of strings in the same
 * order, NULL entries where unresolved; owned by the caller, g_ptr_array_unref). works_out may be NULL. A
 * document without mentions, or no such document, gives an empty list. */
struct nd_mentions *nd_catalog_mentions(struct nd_catalog *catalog, int64_t id, GPtrArray **works_out,
                                        GError **error);

/* A file as the last update saw it. Strings are borrowed or owned as the function says; NULL where not known.
 */
struct nd_catalog_file {
    int64_t id;
    const char *path; /* absolute, bytes */
    uint64_t device, inode;
    int64_t size, mtime_ns;
    struct nd_bytes hash; /* of the file's bytes; empty where it was not taken */
    unsigned reader_version;
    const char *place;   /* the province the user named for it */
    const char *skipped; /* the diagnostic code of a file that gave no document */
};

/* Every file by path (bytes); borrowed for the call. */
bool nd_catalog_each_file(struct nd_catalog *catalog,
                          bool (*visit)(const struct nd_catalog_file *file, void *user_data), void *user_data,
                          GError **error);

/* Every diagnostic by path of its file; member is NULL or the path inside an archive. Borrowed for the call.
 */
bool nd_catalog_each_diagnostic(struct nd_catalog *catalog,
                                bool (*visit)(const char *path, const char *member,
                                              const struct nd_diagnostic *diagnostic, void *user_data),
                                void *user_data, GError **error);

struct nd_catalog_counts {
    int64_t generation; /* the last one committed */
    int64_t files, skipped, documents, duplicates, text_bytes, mentions, works, edges, aliases, decisions,
        diagnostics, pending;
};
bool nd_catalog_counts(struct nd_catalog *catalog, struct nd_catalog_counts *out, GError **error);

/* What the last run that read files did; all 0 for an index that tells nothing of it. */
struct nd_catalog_run {
    int64_t finished_s; /* since 1970 */
    int64_t files, bytes, milliseconds;
};
bool nd_catalog_run(struct nd_catalog *catalog, struct nd_catalog_run *out, GError **error);

#endif
