#ifndef ND_QUERY_NOVELTY_H
#define ND_QUERY_NOVELTY_H

/*
 * How much each word and each pair of words in a long question adds to what its neighbours tell. "Nước Cộng
 * hòa xã hội chủ nghĩa Việt Nam" is nine words, eight pairs, and one thing asked for: weighed as seventeen,
 * it buries what the question is about. Counts alone show such names, in any collection: a pair that as many
 * documents have as the pair beside it belongs to the same name, and a word that is hardly ever without its
 * neighbour tells what their pair has told. Inside query/ only.
 */

#include <stddef.h>
#include <stdint.h>

/* words[i] is how many documents have word i of n, pairs[i] how many have it right before word i + 1 (the
 * last of pairs is not looked at); 0 where the collection does not tell. Writes shares of 0 to 1, 1 for what
 * is all new, to n elements each of word_shares_out and pair_shares_out. */
void nd_novelty(const uint32_t *words, const uint32_t *pairs, size_t n, double *word_shares_out,
                double *pair_shares_out);

#endif
