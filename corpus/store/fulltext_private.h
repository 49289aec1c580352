#ifndef ND_CORPUS_STORE_FULLTEXT_PRIVATE_H
#define ND_CORPUS_STORE_FULLTEXT_PRIVATE_H

/* How a document lies in the full text; shared by the reading side and index_writer.c. */

#include "corpus/store/catalog_writer.h"
#include "corpus/store/fulltext.h"
#include "analyzers/text/terms.h"

/* The metadata key the generation is kept under, as decimal digits. */
#define ND_GENERATION_KEY "generation"

/* The metadata key of the list (xc_ids_pack) of documents that are in the database and no more in the index.
 * There is no termlist table: deleting a document would need it, and it would be the largest part of the
 * database. Searches leave these documents out; when they are many the full text is made again. */
#define ND_DEAD_KEY "dead"

/* Appends the ids of the dead of a database of one shard to out (of uint32_t). */
bool nd_database_dead(const struct xc_database *database, GArray *out, GError **error);

/* The generation of a database of one shard; 0 without one. */
bool nd_database_generation(const struct xc_database *database, int64_t *out, GError **error);

/* Makes what Xapian gets of a document; one for each thread that writes. */
struct nd_document_maker;

struct nd_document_maker *nd_document_maker_new(void);
void nd_document_maker_free(struct nd_document_maker *maker);
ND_DEFINE_AUTO(nd_document_maker, nd_document_maker_free)

/* The content of a document of these terms and metadata, borrowed from maker and terms until the next call.
 */
const struct xc_content *nd_document_maker_make(struct nd_document_maker *maker, const char *key,
                                                const char *path, const struct nd_metadata *metadata,
                                                const struct nd_terms *terms);

/* Hands what terms has met for the first time to the writer's synonym table (analyzers/text/terms.h). */
bool nd_fulltext_add_synonyms(struct xc_writer *writer, struct nd_terms *terms, GError **error);

#endif
