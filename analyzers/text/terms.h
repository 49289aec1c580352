#ifndef ND_ANALYZERS_TEXT_TERMS_H
#define ND_ANALYZERS_TEXT_TERMS_H

/*
 * What one document contributes to the full-text index: its distinct terms, each with its within-document
 * frequency and its positions, sorted by bytes. Sorted and grouped, because that is how the store takes them
 * fastest. Term prefixes are those of corpus/store/fields.def and of this table:
 *
 *   (none)  folded word of title and body, with positions
 *   S       folded word of the title, no positions
 *   B       two folded words in a row, joined by a space, no positions (which ones are kept: terms.c)
 *   K       citation key ("K21-nq/tw"), at the position of the mention's first word
 *   Z       stem of a foreign word, no positions
 */

#include "base/auto.h"
#include "base/document.h"
#include "base/str.h"
#include "analyzers/text/normalize.h"

struct nd_term {
    struct nd_str text;        /* prefix included; at most ND_CAP_TERM_BYTES + 1 bytes */
    uint32_t wdf;              /* within-document frequency, at least 1 */
    uint32_t n_positions;      /* 0 for a term without positions */
    const uint32_t *positions; /* ascending */
};

/* Builder, reused from document to document so that its memory is allocated once. */
struct nd_terms;

/* A citation to be found as one thing: its key and where its words stand in the normalised text. */
struct nd_term_citation {
    struct nd_str key; /* nd_citation_key: "21-nq/tw" */
    uint32_t start;    /* byte of the normalised text */
};

struct nd_terms *nd_terms_new(void);
void nd_terms_free(struct nd_terms *terms);
ND_DEFINE_AUTO(nd_terms, nd_terms_free)

/* Replaces what terms holds by the terms of one document. title is the document's title, maybe empty; it is
 * usually also part of the text. Boilerplate blocks are left out. */
void nd_terms_build(struct nd_terms *terms, const struct nd_document *doc, const struct nd_normalized *text,
                    struct nd_str title, const struct nd_term_citation *citations, size_t n_citations);

/* The terms of the last build, borrowed from terms until the next build. *length_out is the number of words.
 */
const struct nd_term *nd_terms_list(const struct nd_terms *terms, size_t *n_out, uint32_t *length_out);

#endif
