#ifndef ND_QUERY_SLIPS_H
#define ND_QUERY_SLIPS_H

/*
 * Slips of the finger: words that the collection does not have, and what they were probably meant to be.
 * Inside query/ only.
 */

#include "query/readings.h"

/* Gives every word without a reading the readings of the words it may be a slip of: a tone mark on the wrong
 * vowel (họat), a vowel without its mark (quyêt), one letter wrong, missing, too many or in the wrong place
 * (hoath). A word that is only some letters away from others must fit a neighbour in the query: an unknown
 * name is left alone. */
bool nd_slips_correct(const struct xc_database *database, struct nd_readings *readings, GError **error);

/* Of readings.c: adds term, or what a bare key is typed for, where the collection has it and it is new. */
bool nd_readings_add(const struct xc_database *database, GArray *readings, struct nd_str term, double prior,
                     GError **error);
bool nd_readings_add_bare(const struct xc_database *database, GArray *readings, struct nd_str bare,
                          double prior, GError **error);

#endif
