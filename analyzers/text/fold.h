#ifndef ND_ANALYZERS_TEXT_FOLD_H
#define ND_ANALYZERS_TEXT_FOLD_H

/*
 * From a token's spelling to the key it is searched by. Input is normalised text (normalize.h).
 *
 *   nd_fold       lower case, i/y and qu variants made one (kĩ = kỹ, qui = quy, but tai is not tay), 01 = 1
 *   nd_fold_bare  the same without accents, đ as d: what somebody types who types no accents
 *
 * Both write at most ND_CAP_TERM_BYTES bytes into out and return how many; a longer token is cut at a
 * character boundary, so that it still finds itself. out must not overlap the token.
 */

#include "base/caps.h"
#include "base/str.h"

size_t nd_fold(struct nd_str token, char out[ND_CAP_TERM_BYTES]);
/* What the key of a longer word begins with: "ki" as a word is ky, but it also begins kiểm. */
size_t nd_fold_beginning(struct nd_str token, char out[ND_CAP_TERM_BYTES]);
size_t nd_fold_bare(struct nd_str token, char out[ND_CAP_TERM_BYTES]);

/* Whether folded (the output of nd_fold) could be a Vietnamese syllable with or without its accents; decides
 * which words are stemmed as foreign. Source: docs/vietnamese.md, the table of onsets, rimes and tones. */
bool nd_is_syllable(struct nd_str folded);

/* Whether folded is a Vietnamese syllable spelled as it is pronounced: the tone is allowed with its ending
 * (hoạt, but not hoat or hoàt) and every vowel has its marks. */
bool nd_is_proper_syllable(struct nd_str folded);

/* Whether folded has no accent and no đ: nd_fold_bare would not change it. */
bool nd_is_bare(struct nd_str folded);

/* The spelling with the tone mark where it belongs, for a slip like "họat" (hoạt), "cuả" (của) or "gía"
 * (giá): the same letters, the same tone on the right vowel. Returns 0 when folded is a proper syllable
 * already or no place for the tone makes one. */
size_t nd_repair_tone(struct nd_str folded, char out[ND_CAP_TERM_BYTES]);

#endif
