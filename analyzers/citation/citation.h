#ifndef ND_ANALYZERS_CITATION_CITATION_H
#define ND_ANALYZERS_CITATION_CITATION_H

/*
 * The way in to citation extraction. Linear in the text, no backtracking, pure and re-entrant: the same
 * document gives the same mentions, byte for byte. docs/citations.md describes the grammar and its rules.
 */

#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "analyzers/text/normalize.h"
#include "base/document.h"

/* Every citation of the document in text order, relations read, the document's own number, its dispatch list
 * and its back-references left out. Caller frees with nd_mentions_free. */
struct nd_mentions *nd_citation_extract(const struct nd_document *doc, const struct nd_normalized *text,
                                        const struct nd_metadata *metadata);

/* Both of a document's readings at once, for whoever needs both: the same as nd_metadata_read and then
 * nd_citation_extract, in half the time. Caller frees *metadata_out and *mentions_out. */
void nd_citation_read(const struct nd_document *doc, const struct nd_normalized *text,
                      const struct nd_metadata_hints *hints, struct nd_metadata **metadata_out,
                      struct nd_mentions **mentions_out);

/* A code as somebody typed it, anywhere in a query or a list: parsed with the same rules as running text
 * ("21 NQ TW", "số 21-NQ/TW", "7-kh/tw", "76-QD/TW", "Nghị quyết 21-NQ/TW", "30/2020/NĐ-CP", "Luật Đất đai").
 * Returns a list of the citations found; empty when there are none. */
struct nd_mentions *nd_citation_parse(struct nd_str query);

/* The key a code is indexed and looked up by: "21-nq/tw", number without leading zeros, lower case, dashes
 * and spaces made one, individual and normative forms kept apart ("30/2020/nđ-cp"). NULL for a mention
 * without a number; caller frees with g_free. */
char *nd_citation_key(const struct nd_mention *mention);

/* The official wording of a code: "21-NQ/TW", "30/2020/NĐ-CP", "1847/QĐ-TTg"; NULL without number or issuer.
 * Caller frees with g_free. */
char *nd_citation_code(const struct nd_mention *mention);

#endif
