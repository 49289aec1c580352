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

/* term may stand for word number i < ND_STREAM_WORDS. */
void nd_stream_pattern_add(struct nd_stream_pattern *pattern, unsigned i, struct nd_str term);
/* The set of words a stream element stands for, as bits. */
uint64_t nd_stream_pattern_at(const struct nd_stream_pattern *pattern, struct nd_bytes stream, size_t i);

/* Whether words 0 to n - 1 stand in a row. */
bool nd_stream_has_phrase(const struct nd_stream_pattern *pattern, unsigned n, struct nd_bytes stream);
/* Whether words 0 to n - 1 all stand within `window` words, in any order. */
bool nd_stream_has_near(const struct nd_stream_pattern *pattern, unsigned n, unsigned window,
                        struct nd_bytes stream);

/* What a document must have: words 0 to n - 1, in a row (window 0) or within `window` words of each other. */
struct nd_stream_check {
    struct nd_stream_pattern *pattern; /* owned */
    struct nd_stream_pattern
        *instead; /* owned; one of these words will do instead (an abbreviation); or NULL */
    unsigned n, window;
};
void nd_stream_check_clear(struct nd_stream_check *check);
bool nd_stream_passes(const struct nd_stream_check *check, struct nd_bytes stream);

/* The documents that pass, as a query part that must stand in an AND with the words themselves. Consumes
 * check; index must outlive the query. */
struct xc_query *nd_stream_query(struct nd_stream_check check, struct nd_index *index, GError **error);

#endif
