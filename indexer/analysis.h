#ifndef ND_INDEXER_ANALYSIS_H
#define ND_INDEXER_ANALYSIS_H

/*
 * One document through all analyzers: normalised text, metadata, mentions, terms. A pure function of the
 * document, its path and what the user told of its folder; touches no store. The pipeline, ndcite and the
 * rebuilding of the full-text part from stored text all take this one way.
 */

#include "analyzers/citation/citation.h"
#include "analyzers/text/terms.h"
#include "base/document.h"

struct nd_analysis {
    struct nd_normalized text;
    struct nd_metadata *metadata;
    struct nd_mentions *mentions;
};

/* Analyses doc, which must outlive *out. terms, when not NULL, gets the document's index terms; those of a
 * long text are made on a thread of their own meanwhile. Caller clears *out. */
void nd_analysis_init(struct nd_analysis *out, const struct nd_document *doc,
                      const struct nd_metadata_hints *hints, struct nd_terms *terms);
void nd_analysis_clear(struct nd_analysis *analysis);

/* Builds the index terms of a document that was analysed, its citations among them. text is doc's. */
void nd_analysis_terms(const struct nd_document *doc, const struct nd_normalized *text,
                       const struct nd_metadata *metadata, const struct nd_mentions *mentions,
                       struct nd_terms *terms);

#endif
