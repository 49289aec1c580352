#ifndef ND_QUERY_STREAM_H
#define ND_QUERY_STREAM_H

/*
 * Looking for words in a document's word stream (nd_index_words): phrases, words near each other, and how
 * well a document answers as a whole. Inside query/ only.
 */

#include "base/auto.h"
#include "base/str.h"
#include "corpus/store/index.h"

/* At most this many words of a query are looked for; the rest of a longer one is left to its terms. */
enum { ND_STREAM_WORDS = 64 };

/* For each possible hash the set of query words it stands for. */
struct nd_stream_pattern;

struct nd_stream_pattern *nd_stream_pattern_new(void);
void nd_stream_pattern_free(struct nd_stream_pattern *pattern);
ND_DEFINE_AUTO(nd_stream_pattern, nd_stream_pattern_free)

/* term may stand for word number i < ND_STREAM_WORDS; meant: it is the reading that was intended. */
void nd_stream_pattern_add(struct nd_stream_pattern *pattern, unsigned i, struct nd_str term, bool meant);

/* The words that element i of a stream may stand for, as bits; meant: that it is as intended. */
uint64_t nd_stream_pattern_at(const struct nd_stream_pattern *pattern, struct nd_bytes stream, size_t i,
                              bool meant);

/* A place in a stream with words of the query. */
struct nd_stream_place {
    uint32_t at;    /* elements in front of it */
    uint64_t words; /* those that it may stand for, as bits */
    uint64_t meant; /* those of them that it is as intended; none where nothing was added as meant */
};

/* Replaces places (of struct nd_stream_place) by those of the stream, in order. */
void nd_stream_find(const struct nd_stream_pattern *pattern, struct nd_bytes stream, GArray *places);

/* Whether words 0 to n - 1 stand in a row; meant: as intended. */
bool nd_places_have_phrase(const GArray *places, unsigned n, bool meant);
/* Whether words 0 to n - 1 all stand within `window` words, in any order. */
bool nd_places_have_near(const GArray *places, unsigned n, unsigned window, bool meant);

/* What a document must have: words 0 to n - 1, in a row (window 0) or within `window` words of each other. */
struct nd_stream_check {
    struct nd_stream_pattern *pattern; /* owned */
    struct nd_stream_pattern
        *instead; /* owned; one of these words will do instead (an abbreviation); or NULL */
    unsigned n, window;
};
void nd_stream_check_clear(struct nd_stream_check *check);
/* places is for the places looked at: any array of them, its content is replaced. */
bool nd_stream_passes(const struct nd_stream_check *check, struct nd_bytes stream, GArray *places);

/* The documents that pass, as a query part that must stand in an AND with the words themselves. Consumes
 * check; index must outlive the query. */
struct xc_query *nd_stream_query(struct nd_stream_check check, struct nd_index *index, GError **error);

#endif
