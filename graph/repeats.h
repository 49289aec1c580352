#ifndef ND_GRAPH_REPEATS_H
#define ND_GRAPH_REPEATS_H

/*
 * Inside one document most citations are repeats of a fuller one: "Nghị quyết số 21-NQ/TW" behind
 * "Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương". They follow it.
 */

#include "graph/claims.h"

/* Makes the claims of repeats ND_CLAIM_FOLLOW. claims has one claim a mention, as read from it alone. */
void nd_repeats_follow(struct nd_claims *claims, const struct nd_mentions *mentions);

#endif
