#ifndef ND_QUERY_WORDS_H
#define ND_QUERY_WORDS_H

/*
 * Words of a query as a Xapian query: folded, with the accented readings of words typed without accents,
 * weighed for ranking. This is where retrieval quality is decided, together with ranking.h, which looks at
 * the best hits a second time; everything around it only filters. docs/vietnamese.md tells what is equal to
 * what.
 */

#include "base/auto.h"
#include "base/str.h"
#include "corpus/store/xapian_c/xapian_c.h"
#include "query/stream.h"

enum nd_words_mode {
    ND_WORDS_ANY,    /* ranked: the more of the words and the closer together, the better */
    ND_WORDS_ALL,    /* every word, in any order */
    ND_WORDS_PHRASE, /* every word, in a row */
    ND_WORDS_NEAR,   /* every word within `window` positions */
    /* The same two as far as terms tell: fast, finds every such document, and others. nd_words.check tells
     * them apart. */
    ND_WORDS_LIKELY_PHRASE,
    ND_WORDS_LIKELY_NEAR,
};

/* One word as typed, and the index terms it may stand for: itself, or the accented words of the collection
 * that it is when its accents are left out. No terms for a word that the collection does not have. */
struct nd_query_word {
    char *typed;
    char **terms;       /* NULL-terminated, without prefix, the intended one first */
    uint32_t frequency; /* documents with the first term */
    double novelty;     /* of its weight, what its neighbours do not tell already (query/novelty.h) */
    bool has_lost;      /* some text that lost its accents has the word */
    bool all_meant;     /* the terms are spellings of one, all of them meant */
};

/* Words [first, last] of the query may also stand as one abbreviation. */
struct nd_query_short {
    size_t first, last;
    char *term;
};

struct nd_matcher;

struct nd_words {
    struct xc_query *query;      /* matches nothing when text holds no word */
    struct nd_query_word *words; /* in the order of the text */
    size_t n_words;
    GArray *shorts;               /* of struct nd_query_short */
    uint32_t n_documents;         /* of the database */
    struct nd_stream_check check; /* of a likely mode: what a document's word stream must have; its pattern is
                                   * NULL where the query alone is sure */
    char *restored; /* the text as it was understood, accents put back and slips corrected, where that changes
                     * it; NULL otherwise */
};

/* text is normalised (analyzers/text/normalize.h). prefix is that of the field searched in, "" for the whole
 * text; a field takes ND_WORDS_PHRASE and ND_WORDS_NEAR as ND_WORDS_ALL. window only counts for
 * ND_WORDS_NEAR. index must outlive the words. Errors are of XC_ERROR. Caller frees with nd_words_free. */
struct nd_words *nd_words_read(struct nd_index *index, struct nd_str text, enum nd_words_mode mode,
                               unsigned window, const char *prefix, GError **error);
void nd_words_free(struct nd_words *words);
ND_DEFINE_AUTO(nd_words, nd_words_free)

/* Every word of the collection that begins with prefix, a normalised token; without accents, in any accents
 * ("da" finds đả). At most ND_CAP_WILDCARD_TERMS of them, the most frequent; *cut_out says whether there were
 * more. matcher, where not NULL, marks them. */
struct xc_query *nd_words_prefix(const struct xc_database *database, struct nd_str prefix,
                                 struct nd_matcher *matcher, bool *cut_out, GError **error);

/* How terms are weighed, tuned together with what nd_words_read makes. */
struct xc_weight nd_words_weighting(void);

#endif
