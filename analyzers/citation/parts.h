#ifndef ND_ANALYZERS_CITATION_PARTS_H
#define ND_ANALYZERS_CITATION_PARTS_H

/*
 * The tokens of a document without what is not the document, and the parts that are read differently: header,
 * title, opening, body, recipients and signature, annexes.
 */

#include "analyzers/citation/metadata.h"
#include "analyzers/citation/relation.h"

/* Token indices; the end of one part is the start of the next. */
struct nd_parts {
    struct nd_zones zones;
    uint32_t title_start;   /* before it the header speaks of the document itself */
    uint32_t body_start;    /* before it a code without a type word is the document's own number */
    uint32_t dispatch, end; /* the list of recipients and the signature cite nothing */
    uint32_t site;          /* from here on a web site speaks, and not the document */
};

/* The tokens of text, boilerplate blocks of doc (maybe NULL) left out. Caller clears with
 * nd_cite_tokens_clear. */
void nd_document_tokens_init(struct nd_cite_tokens *out, const struct nd_document *doc,
                             const struct nd_normalized *text);

/* Whether a numbered part begins at token i: "I.", "1-", "A.", "Điều 1" at the start of a line. */
bool nd_begins_part(const struct nd_parse *p, uint32_t i);

/* metadata may be NULL: then everything is body. */
void nd_parts_find(const struct nd_parse *p, const struct nd_normalized *text,
                   const struct nd_metadata *metadata, struct nd_parts *out);

#endif
