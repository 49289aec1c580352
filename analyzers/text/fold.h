#ifndef ND_ANALYZERS_TEXT_FOLD_H
#define ND_ANALYZERS_TEXT_FOLD_H

/*
 * From a token's spelling to the key it is searched by. Input is normalised text (normalize.h).
 *
 *   nd_fold       lower case, i/y and qu variants made one (kĩ = kỹ, qui = quy, but tai is not tay)
 *   nd_fold_bare  the same without accents, đ as d: what somebody types who types no accents
 *
 * Both write at most ND_CAP_TERM_BYTES bytes into out and return how many; a longer token is cut at a
 * character boundary, so that it still finds itself.
 */

#include "base/caps.h"
#include "base/str.h"

size_t nd_fold(struct nd_str token, char out[ND_CAP_TERM_BYTES]);
size_t nd_fold_bare(struct nd_str token, char out[ND_CAP_TERM_BYTES]);

/* Whether folded (the output of nd_fold) could be a Vietnamese syllable with or without its accents; decides
 * which words are stemmed as foreign. Source: docs/vietnamese.md, the table of onsets, rimes and tones. */
bool nd_is_syllable(struct nd_str folded);

#endif
