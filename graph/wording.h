#ifndef ND_GRAPH_WORDING_H
#define ND_GRAPH_WORDING_H

/*
 * Which citations may be decided about together: those that are looked up in one group, so that type, number,
 * issuer and place are equal, and tell the same term, date and subject besides. "13-QĐ/TU" of two provinces
 * are of two wordings, and so are a law named with its year and without.
 */

#include "graph/claims.h"

/* The claim by which mention i is looked up: its own, or that of the mention it repeats; NULL when it is not
 * looked up. Borrowed from claims. */
const struct nd_claim *nd_claim_looked_up(const struct nd_claims *claims, size_t i);

/* "21-NQ/TW", "name:L:...", "21-NQ/TW XIII 2022-06-16 VE-DAN-SO"; NULL for a citation that is not looked up.
 * Caller frees. */
char *nd_claim_wording(const struct nd_claims *claims, size_t i);

#endif
