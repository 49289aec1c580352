#ifndef ND_QUERY_FAMILIAR_H
#define ND_QUERY_FAMILIAR_H

/*
 * Words in a row that everybody of this field writes: those of the names of kinds of documents, bodies,
 * provinces and laws (analyzers/data). A collection tells how often words follow each other in it, but not
 * what a person means who types "hien phap" where most texts "thực hiện pháp luật". Inside query/ only.
 */

#include "base/str.h"

#include <stdbool.h>

/* term is the bigram of two folded words (nd_bigram_term). One pair in some ten thousand that is not familiar
 * is taken for one that is. */
bool nd_is_familiar(const char *term);
/* The same for the bigram of two bare words: whether some way to put accents on them is familiar. */
bool nd_is_familiar_bare(const char *term);

#endif
