#ifndef ND_QUERY_MATCHER_H
#define ND_QUERY_MATCHER_H

/*
 * Where the words of a query stand in a text: for the marks in snippets and in the document view. Words are
 * compared as the index compares them, folded, so that a text in any Unicode form, tone placement or case is
 * marked in its own spelling.
 */

#include "base/auto.h"
#include "base/document.h"
#include "base/str.h"
#include "query/words.h"

#include <glib.h>

struct nd_matcher;

struct nd_matcher *nd_matcher_new(void);
void nd_matcher_free(struct nd_matcher *matcher);
ND_DEFINE_AUTO(nd_matcher, nd_matcher_free)

/* Marks each of the words wherever it stands. Words that follow each other in the query count more when they
 * do so in the text. weights has one for each word, or is NULL. */
void nd_matcher_add_words(struct nd_matcher *matcher, const struct nd_query_word *words, size_t n,
                          const double *weights);
/* Marks the words only where all of them stand in a row. */
void nd_matcher_add_phrase(struct nd_matcher *matcher, const struct nd_query_word *words, size_t n,
                           double weight);
/* Marks every word that begins with prefix, a normalised token; without accents, in any accents. terms are
 * all n index terms that do; fewer than all are as good as none (n 0): then words alone tell nothing. */
void nd_matcher_add_prefix(struct nd_matcher *matcher, struct nd_str prefix, const struct xc_bytes *terms,
                           size_t n);

bool nd_matcher_is_empty(const struct nd_matcher *matcher);

/* A place where a pattern matches. */
struct nd_match {
    uint32_t start, end;  /* bytes of the text given */
    uint32_t first, last; /* ordinals of its tokens */
    uint32_t pattern;     /* patterns are counted from 0 in the order they were added */
    double weight;
};

/* Turns to a document: of a word that it has as it was understood, readings that were not intended count no
 * more, because it was not found by them. words are the document's as the index has them
 * (nd_document_words.text); without them, or where they do not fit the blocks, the text is read. */
void nd_matcher_turn_to(struct nd_matcher *matcher, const struct nd_document *doc, struct nd_bytes words);

/* Whether the words of the document at hand told all: nd_matcher_find_words may be called. */
bool nd_matcher_knows_words(const struct nd_matcher *matcher);
/* Appends the matches in words [from, to) of the document at hand to out, as nd_matcher_find does, counted in
 * words instead of bytes. */
void nd_matcher_find_words(const struct nd_matcher *matcher, uint32_t from, uint32_t to, GArray *out);

/* Appends the matches in text, of the document at hand (before nd_matcher_turn_to: of any), in any spelling,
 * in order of their ends, to out (of struct nd_match); stops at cap matches. */
void nd_matcher_find(const struct nd_matcher *matcher, struct nd_str text, size_t cap, GArray *out);

#endif
