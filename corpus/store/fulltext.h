#ifndef ND_CORPUS_STORE_FULLTEXT_H
#define ND_CORPUS_STORE_FULLTEXT_H

/*
 * The inverted file of an index, reading side: the Xapian database in <index>/xapian, or several of them
 * behind a stub (index.h). Queries are built and run with xapian_c on the database handed out here; terms and
 * slots are those of fields.def and analyzers/text/terms.h.
 *
 * Document ids are the catalogue's. Xapian's data holds for each document "key\tpath\ttitle", for hits of a
 * remote shard whose catalogue is not here; the words that phrases and ranking look at are in the catalogue.
 */

#include "base/auto.h"
#include "corpus/store/xapian_c/xapian_c.h"

struct nd_fulltext;

/* path is a Xapian directory or stub. Fails with ND_ERROR_INDEX. */
struct nd_fulltext *nd_fulltext_open(const char *path, GError **error);
void nd_fulltext_close(struct nd_fulltext *fulltext);
ND_DEFINE_AUTO(nd_fulltext, nd_fulltext_close)

/* Borrowed until nd_fulltext_close. Documents that were taken out of the index may still be in the database
 * and in the frequencies of terms; nd_fulltext_search leaves them out. */
struct xc_database *nd_fulltext_database(struct nd_fulltext *fulltext);

/* Goes to the newest committed state: microseconds when there is none. Before each query. */
bool nd_fulltext_refresh(struct nd_fulltext *fulltext, GError **error);

/* The generation the database is at; 0 for several shards. */
bool nd_fulltext_generation(struct nd_fulltext *fulltext, int64_t *out, GError **error);

/* Runs request over the documents of the index, three times at most when a writer overtakes it.
 * ND_ERROR_CHANGED when it still does. */
struct xc_results *nd_fulltext_search(struct nd_fulltext *fulltext, const struct xc_request *request,
                                      GError **error);

/* Moves an error of XC_ERROR into ND_ERROR, by the table in fulltext_error.c: caller's error gets the message
 * with context "full text: ". xc_error is consumed. */
void nd_fulltext_propagate(GError **error, GError *xc_error);

#endif
