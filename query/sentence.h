#ifndef ND_QUERY_SENTENCE_H
#define ND_QUERY_SENTENCE_H

#include "query/query.h"

/* The sentence around a span of text, on one line, at most a few hundred bytes beside the span, without the
 * bullet before it. *mark_out is the span in it. Caller frees. */
char *nd_sentence_marked(struct nd_str text, uint32_t start, uint32_t end, struct nd_range *mark_out);
char *nd_sentence_around(struct nd_str text, uint32_t start, uint32_t end);

#endif
