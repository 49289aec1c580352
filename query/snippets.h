#ifndef ND_QUERY_SNIPPETS_H
#define ND_QUERY_SNIPPETS_H

/* The passages of a document that show best why it matches. */

#include "base/document.h"
#include "query/matcher.h"
#include "query/query.h"

/* Writes up to n passages of about size_bytes each into out, the best ones, in text order, and returns how
 * many. A document without a match gives its opening. words are those of the document as the index has them
 * (nd_document_words.text): they tell which blocks are worth looking into; without any, all are. matcher is
 * turned to doc. from is the
 * byte of the text where its body starts: the header in front of it is shown only when nothing else matches.
 * Clear each with nd_passage_clear. */
size_t nd_snippets_make(const struct nd_document *doc, struct nd_bytes words, struct nd_matcher *matcher,
                        uint32_t from, size_t n, size_t size_bytes, struct nd_passage *out);

void nd_passage_clear(struct nd_passage *passage);

#endif
