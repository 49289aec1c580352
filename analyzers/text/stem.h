#ifndef ND_ANALYZERS_TEXT_STEM_H
#define ND_ANALYZERS_TEXT_STEM_H

/*
 * Stems of the foreign words among Vietnamese ones, by libstemmer's English algorithm: most foreign words of
 * these documents are English, and on others it does little harm. A stemmer belongs to one thread.
 */

#include "base/auto.h"
#include "base/str.h"

struct nd_stemmer;

struct nd_stemmer *nd_stemmer_new(void);
void nd_stemmer_free(struct nd_stemmer *stemmer);
ND_DEFINE_AUTO(nd_stemmer, nd_stemmer_free)

/* The stem of folded when it is foreign: plain letters, long enough, with a vowel, and no possible Vietnamese
 * syllable. Empty when it is not. Borrowed from stemmer until its next call. */
struct nd_str nd_stemmer_foreign(struct nd_stemmer *stemmer, struct nd_str folded);

#endif
