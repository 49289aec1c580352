#ifndef ND_ANALYZERS_TEXT_TERMS_H
#define ND_ANALYZERS_TEXT_TERMS_H

/*
 * What one document contributes to the full-text index: its distinct terms, each with its within-document
 * frequency, sorted by bytes, and its word stream. Sorted and grouped, because that is how the store takes
 * them fastest. Term prefixes are those of corpus/store/fields.def and of this table:
 *
 *   (none)  folded word of title and body
 *   A       the same for a word in text that lost its accents: bare
 *   B       two words in a row, as nd_bigram_term writes them
 *   K       citation key ("K21-nq/tw")
 *   S       folded word of the title
 *   Z       stem of a foreign word
 *
 * Terms have no positions. Positions of every word in every document would make the inverted file twice as
 * large; which documents can hold a phrase is told by bigrams, and whether they do by the word stream.
 */

#include "base/auto.h"
#include "base/caps.h"
#include "base/document.h"
#include "base/str.h"
#include "analyzers/text/normalize.h"

struct nd_term {
    struct nd_bytes text; /* prefix included; at most ND_CAP_TERM_BYTES + 1 bytes; B terms are no UTF-8 */
    uint32_t wdf;         /* within-document frequency, at least 1 */
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

/* Replaces what terms holds by the terms of one document. title is the document's title, maybe empty: then
 * a short first line is taken for one; it is usually also part of the text. citations are in text order.
 * Boilerplate blocks are left out. */
void nd_terms_build(struct nd_terms *terms, const struct nd_document *doc, const struct nd_normalized *text,
                    struct nd_str title, const struct nd_term_citation *citations, size_t n_citations);

/* The two halves of a build: what needs the text alone, nearly all of the work, and the rest, which needs
 * what was read in it. For a long text another thread can read its citations beside the first. */
void nd_terms_read(struct nd_terms *terms, const struct nd_document *doc, const struct nd_normalized *text);
void nd_terms_finish(struct nd_terms *terms, const struct nd_normalized *text, struct nd_str title,
                     const struct nd_term_citation *citations, size_t n_citations);

/* The terms of the last build, borrowed from terms until the next build. *length_out is the number of words.
 */
const struct nd_term *nd_terms_list(const struct nd_terms *terms, size_t *n_out, uint32_t *length_out);

/* The words of the document in order, two bytes each: nd_stream_hash of the word's term, low byte first.
 * Before them stand the number of the title's words, in two bytes, and these; for a text that came without a
 * title those of its first line, where that may be one. Borrowed from terms until the next build. */
struct nd_bytes nd_terms_stream(const struct nd_terms *terms);

/* How many of the words stand in each of the document's blocks; none in boilerplate. Borrowed from terms
 * until the next build. */
const uint32_t *nd_terms_block_words(const struct nd_terms *terms, size_t *n_blocks_out);

/* The stream's two bytes for a term: a folded word, or 'A' and a bare one. */
uint16_t nd_stream_hash(struct nd_str term);

/* What the store has to keep in Xapian's synonym table, beside documents: each pair once since the builder
 * was made or since the last call (and maybe again after a very large collection of words). bare key       ->
 * each accented word it is typed for        "dang" -> "đảng"
 *   '=' and word   ->  what a document says it is short for      "=tccsđ" -> "tổ chức cơ sở đảng"
 *   '~' and words  ->  the abbreviation                          "~tổ chức cơ sở đảng" -> "tccsđ" */
void nd_terms_take_synonyms(struct nd_terms *terms,
                            void (*take)(struct nd_str key, struct nd_str synonym, void *user_data),
                            void *user_data);

/* A bigram's term: 'B' and a hash of three bytes, never NUL; the first is the first word's, so that
 * neighbours share it. A hash, because the words themselves would make bigrams cost three times as much. Of
 * the half a million bigrams of a large collection one in thirty shares its term with another. */
enum { ND_BIGRAM_BYTES = 4 };
void nd_bigram_term(struct nd_str first, struct nd_str second, char out[ND_BIGRAM_BYTES]);

/* Whether folded only joins other words: conjunctions, prepositions, particles (function_words.def). */
bool nd_word_is_function(struct nd_str folded);

/* Whether the index keeps the bigram of these two folded words: neither is a function word or, in front, a
 * number. docs/vietnamese.md, "Words of several syllables". */
bool nd_bigram_is_kept(struct nd_str first, struct nd_str second);

#endif
