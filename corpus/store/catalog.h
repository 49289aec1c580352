#ifndef ND_CORPUS_STORE_CATALOG_H
#define ND_CORPUS_STORE_CATALOG_H

/*
 * The catalogue: everything the index knows except the inverted file, in one SQLite database (schema.sql,
 * described in man/ndsearch-index.5). It is the authority; the Xapian part can be rebuilt from it.
 *
 *   file      a path on disk with size, mtime, inode, reader version, verdict; one file holds one or more
 * documents document  text (zstd), blocks, encoding, metadata, generation; its id is also its Xapian document
 * id mention   the columns of struct nd_mention, keyed by document and ordinal work      key, code, title,
 * whether its text is here; edge, alias: derived, rebuilt by the resolver decision  human decisions,
 * append-only, keyed by content
 *
 * The writing side is catalog_writer.h; this is the reading side. Readers never block and see one committed
 * state for as long as a snapshot is held.
 */

#include "base/auto.h"
#include "base/document.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"

#include <glib.h>

struct nd_catalog;

/* Fails with ND_ERROR_INDEX: missing, not a database, another version or analyzer fingerprint. */
struct nd_catalog *nd_catalog_open(const char *index_dir, GError **error);
void nd_catalog_close(struct nd_catalog *catalog);
ND_DEFINE_AUTO(nd_catalog, nd_catalog_close)

/* A document's row. Strings are owned; free with nd_catalog_document_free. */
struct nd_catalog_document {
    int64_t id;
    char *key;    /* hex of the content hash: stable across index rebuilds, part of web addresses */
    char *path;   /* of its file, bytes; "archive!member" for a member */
    int64_t size; /* bytes of text */
    char *mime_type, *encoding;
    int64_t duplicate_of; /* id of the document with the same content that results show, or 0 */
    char *work;           /* key of the work it is, or NULL */
    struct nd_metadata metadata;
};

struct nd_catalog_document *nd_catalog_document_by_id(struct nd_catalog *catalog, int64_t id, GError **error);
struct nd_catalog_document *nd_catalog_document_by_key(struct nd_catalog *catalog, const char *key,
                                                       GError **error);
void nd_catalog_document_free(struct nd_catalog_document *document);
ND_DEFINE_AUTO(nd_catalog_document, nd_catalog_document_free)

/* The original text and blocks as they were read. ND_ERROR_NOT_FOUND without such a document. */
struct nd_document *nd_catalog_text(struct nd_catalog *catalog, int64_t id, GError **error);

/* The mentions of a document, with the work each was resolved to (works_out: array of strings in the same
 * order, NULL entries where unresolved; owned by the caller, g_ptr_array_unref). works_out may be NULL. */
struct nd_mentions *nd_catalog_mentions(struct nd_catalog *catalog, int64_t id, GPtrArray **works_out,
                                        GError **error);

#endif
