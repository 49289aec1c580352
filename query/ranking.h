#ifndef ND_QUERY_RANKING_H
#define ND_QUERY_RANKING_H

/*
 * A second look at the best hits. Weights of terms find the right documents, but not always in the right
 * order: they do not see how much of a title the query is about, or whether its words stand together. For the
 * first hundred or so that is read from titles and word streams, and the hits put in order again.
 *
 * A short query (up to six words) orders strictly: the exact phrase, then all words near each other, then all
 * words, then some; texts that lost their accents and readings that were not intended come after what was
 * meant. A longer one is a question, and orders by a weighed sum.
 */

#include "base/auto.h"
#include "query/words.h"

/* How many hits a second look takes at most. */
enum { ND_RANKING_DEPTH = 150 };

struct nd_ranking;

struct nd_ranking *nd_ranking_new(void);
void nd_ranking_free(struct nd_ranking *ranking);
ND_DEFINE_AUTO(nd_ranking, nd_ranking_free)

/* words were read for the whole text (prefix ""), in any mode but those excluded from the result. */
void nd_ranking_add(struct nd_ranking *ranking, const struct nd_words *words);

/* Requires of every hit that it passes; check is consumed. */
void nd_ranking_require(struct nd_ranking *ranking, struct nd_stream_check check);
/* Whether something is required, so that nd_ranking_verify may drop hits. */
bool nd_ranking_requires(const struct nd_ranking *ranking);

/* How many hits to fetch, from the first on, for nd_ranking_apply to see: a short query needs fewer, a single
 * word none. */
uint32_t nd_ranking_depth(const struct nd_ranking *ranking);

/* The words of a hit, as nd_index_words; borrowed until the next call or, where they could be kept since the
 * ranking looks at them, for as long as the ranking. */
bool nd_ranking_words(struct nd_ranking *ranking, struct nd_index *index, uint32_t id,
                      struct nd_document_words *out, GError **error);

/* Drops hits that do not pass what is required. Leaves hits of remote shards alone. */
bool nd_ranking_verify(struct nd_ranking *ranking, struct nd_index *index, struct xc_results *results,
                       GError **error);

/* Orders the first ND_RANKING_DEPTH of hits, fetched by relevance from the first on, and gives them weights
 * that fall in that order. Leaves hits of remote shards alone. */
bool nd_ranking_apply(struct nd_ranking *ranking, struct nd_index *index, struct xc_results *results,
                      GError **error);

#endif
