#ifndef ND_QUERY_REVIEW_FEATURES_H
#define ND_QUERY_REVIEW_FEATURES_H

/* What speaks for a work a citation may mean, or against it: the questions graph/settle.c asks, answered one
 * by one for people. */

#include "graph/claims.h"
#include "query/review_queue.h"

/* Fills the features of each of item->all. claim is by what the citation is looked up. */
void nd_review_features_fill(struct nd_review_item *item, const struct nd_claims *claims,
                             const struct nd_claim *claim);

/* "+ its title has 80 % of the subject told", one sentence in the user's language; caller frees. */
char *nd_review_feature_words(const struct nd_review_feature *feature);

#endif
