#ifndef ND_QUERY_COUPLING_H
#define ND_QUERY_COUPLING_H

/*
 * Bibliographic coupling: what cites the same documents speaks of the same matter. An article of a decree on
 * karaoke need not say the word; that its decree's other articles are among the best hits tells. Two things
 * are read from that: how good the hits are that cite what a hit cites, and which words of the query they
 * have that the hit itself does without. Inside query/ only.
 *
 * Source: M. M. Kessler, "Bibliographic coupling between scientific papers", American Documentation 14(1),
 * 1963.
 */

#include "corpus/store/index.h"

/* How many hits are compared with each other at most. */
enum { ND_COUPLING_DEPTH = 50 };

/* A hit with the words of the query that it has, as bits. */
struct nd_judged {
    struct xc_hit hit;
    uint64_t words;
};

/* Adds to the weights of the best of n hits, which fall from a positive one. weights are those of the query's
 * words, total their sum. Leaves the order to the caller. Fails with the errors of the store. */
bool nd_coupling_apply(struct nd_index *index, struct nd_judged *hits, size_t n, const double *weights,
                       double total, GError **error);

#endif
