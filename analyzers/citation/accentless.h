#ifndef ND_ANALYZERS_CITATION_ACCENTLESS_H
#define ND_ANALYZERS_CITATION_ACCENTLESS_H

#include "analyzers/citation/token.h"

struct nd_lexicon;

/* Whether the text is Vietnamese typed without accents, as far as its beginning tells; a short one is not. */
bool nd_is_accentless(struct nd_str text);

/* Gives the words of an accentless text their numbers in the vocabulary ("nghi quyet" those of "nghị quyết"):
 * the longest phrase of the lexicon wins, a single word counts where what stands beside it leaves little
 * doubt
 * ("so" before a number). Linear; the text itself stays. */
void nd_accentless_find_words(struct nd_cite_tokens *tokens, const struct nd_lexicon *lexicon);

#endif
