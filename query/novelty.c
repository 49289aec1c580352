#include "query/novelty.h"

#include <glib.h>

/* Tuned with the weights of words.c. */
static const double chance = 0.3;       /* a smaller share in common says nothing */
static const double word_repeats = 0.9; /* of a word's weight, when it never is without its neighbour */

enum {
    RARE = 10,      /* documents: what fewer have may be equally frequent by chance */
    PAIRS_BACK = 2, /* pairs that one is compared with: "xã hội" inside a longer name is more frequent */
};

/* How much two counts have in common at most, from 0 to 1. */
static double in_common(uint32_t a, uint32_t b)
{
    const uint32_t low = MIN(a, b), high = MAX(a, b);
    return low < RARE ? 0 : MAX(0, ((double)low / high - chance) / (1 - chance));
}

void nd_novelty(const uint32_t *words, const uint32_t *pairs, size_t n, double *word_shares_out,
                double *pair_shares_out)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t pair = i + 1 < n ? pairs[i] : 0;
        double told = in_common(words[i], MIN(words[i], pair));
        if (i > 0)
            told = MAX(told, in_common(words[i], MIN(words[i], pairs[i - 1])));
        word_shares_out[i] = 1 - word_repeats * told;
        told = 0;
        for (size_t back = 1; back <= MIN(i, (size_t)PAIRS_BACK) && pairs[i - back] > 0; back++)
            told = MAX(told, in_common(pair, pairs[i - back]));
        pair_shares_out[i] = 1 - told;
    }
}
