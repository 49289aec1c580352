#ifndef ND_QUERY_SENTENCE_H
#define ND_QUERY_SENTENCE_H

#include "base/str.h"

/* The sentence around a span of text, on one line, at most a few hundred bytes, without the bullet before it;
 * caller frees. */
char *nd_sentence_around(struct nd_str text, uint32_t start, uint32_t end);

#endif
