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
/* Marks every word that begins with prefix, a normalised token; without accents, in any accents. */
void nd_matcher_add_prefix(struct nd_matcher *matcher, struct nd_str prefix);

bool nd_matcher_is_empty(const struct nd_matcher *matcher);

/* What a match adds to the score of a passage, of its weight: all of it the first time its pattern comes, and
 * all of it again where it stands behind a match of the pattern before; less when that is repeated. */
#define ND_MATCH_REPEATED          0.05
#define ND_MATCH_ADJACENT_REPEATED 0.1

/* A place where a pattern matches. */
struct nd_match {
    uint32_t start, end;  /* bytes of the text given */
    uint32_t first, last; /* ordinals of its tokens */
    uint32_t pattern;     /* patterns are counted from 0 in the order they were added */
    double weight;
};

/* How well each of the blocks of a document can match at most, told from the words of the document alone:
 * bounds has one for each, in the measure of nd_match.weight, 0 where nothing matches. False, and bounds
 * untouched, where that cannot be told: for patterns that stand for words not known, or where the words do
 * not fit the blocks. */
bool nd_matcher_bounds(const struct nd_matcher *matcher, const struct nd_document *doc, struct nd_bytes words,
                       double *bounds);

/* Appends the matches in text, original text of any spelling, in order of their ends, to out (of struct
 * nd_match); stops at cap matches. */
void nd_matcher_find(const struct nd_matcher *matcher, struct nd_str text, size_t cap, GArray *out);

#endif
