#ifndef ND_ANALYZERS_CITATION_MENTION_JSON_H
#define ND_ANALYZERS_CITATION_MENTION_JSON_H

/*
 * The line contract of `ndcite`: one JSON object without line breaks for a mention or a document's metadata.
 * docs/citations.md lists the members. Every member is always there, null where the text does not say.
 */

#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"

#include <stdio.h>

/* Writes a line. doc names the document; source is its original text, for the quoted text; work is the key it
 * was resolved to, or NULL. */
void nd_mention_write_json(FILE *out, const struct nd_mention *mention, const char *doc, struct nd_str source,
                           const char *work);

/* Writes a line. */
void nd_metadata_write_json(FILE *out, const struct nd_metadata *metadata, const char *doc);

#endif
