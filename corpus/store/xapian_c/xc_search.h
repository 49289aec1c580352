#ifndef XAPIAN_C_XC_SEARCH_H
#define XAPIAN_C_XC_SEARCH_H

/*
 * Running a query. A request is a plain struct, zero for everything that is not wanted; the answer is one
 * block of plain data that holds on to nothing of the database.
 */

#include "corpus/store/xapian_c/xc_database.h"
#include "corpus/store/xapian_c/xc_query.h"

G_BEGIN_DECLS

enum xc_weighting {
    XC_WEIGHT_BM25,      /* k1, k2, k3, b, min_normlen */
    XC_WEIGHT_BM25_PLUS, /* and delta */
    XC_WEIGHT_TFIDF,     /* normalizations "ntn" */
    XC_WEIGHT_PL2,       /* k1 as c */
    XC_WEIGHT_COORD,     /* the number of matching terms */
    XC_WEIGHT_BOOL,      /* none: fastest, in order of ids */
    XC_N_WEIGHTINGS
};

struct xc_weight {
    enum xc_weighting scheme;
    bool has_parameters; /* false: Xapian's defaults (BM25: 1, 0, 1, 0.5, 0.5) */
    double k1, k2, k3, b, min_normlen, delta;
};

enum xc_sort {
    XC_SORT_RELEVANCE,
    XC_SORT_VALUES,                /* by the keys, then by id */
    XC_SORT_VALUES_THEN_RELEVANCE, /* by the keys, then by relevance */
    XC_SORT_RELEVANCE_THEN_VALUES, /* by relevance, then by the keys */
};

enum xc_id_order {
    XC_IDS_ASCENDING,
    XC_IDS_DESCENDING,
    XC_IDS_ANY, /* whatever is fastest */
};

/* A value to sort by. Documents without one come first ascending, last descending. */
struct xc_sort_key {
    uint32_t slot;
    bool descending;
};

struct xc_request {
    const struct xc_query *query;
    uint32_t offset, limit;
    uint32_t check_at_least; /* look at this many matches: counts up to it are exact, facets complete */
    struct xc_weight weight;
    enum xc_sort sort;
    const struct xc_sort_key *sort_keys;
    size_t n_sort_keys; /* several need a key maker, which remote databases refuse */
    enum xc_id_order id_order;
    uint32_t collapse_slot; /* meaningful with collapse_cap */
    uint32_t collapse_cap;  /* keep this many of those with one value; 0: no collapsing */
    const uint32_t *facet_slots;
    size_t n_facets;
    uint32_t facet_parts; /* a value of the one facet slot is this many parts, a tab between one and the next,
                           * and each part is a facet; 0: each slot is a facet, each value one value of it */
    uint32_t facet_cap;   /* values of a facet, the most frequent first; 0: all */
    int cutoff_percent;   /* leave out hits below; 0: none */
    double cutoff_weight;
    double time_limit_s; /* stop looking for more matches; 0: none. Not sure: large expansions go over it */
};

struct xc_hit {
    uint32_t id;
    double weight;
    uint32_t n_collapsed; /* at least so many others had the same value */
};

struct xc_facet_value {
    struct xc_bytes value; /* borrowed from the results */
    uint32_t frequency;
};

struct xc_facet {
    uint32_t slot;
    uint32_t
        n_seen; /* matches looked at, those without a value too; all of them with check_at_least so large */
    struct xc_facet_value *values;
    size_t n_values;
};

struct xc_results {
    struct xc_hit *hits;
    size_t n_hits;
    /* The number of matches, after collapsing and before it. Exact where lower and upper agree. */
    uint32_t lower, estimated, upper;
    uint32_t uncollapsed_lower, uncollapsed_estimated, uncollapsed_upper;
    struct xc_facet *facets; /* in the order of facet_slots, or of the parts */
    size_t n_facets;
};

/* By Xapian's matcher, or, over one local directory, in order of relevance by BM25 with parameters, and of
 * parts that are no positions, wildcards, XC_XOR, XC_MAX or XC_ELITE_SET, in blocks: the same hits, in less
 * time where words are frequent, and exact counts of all but long lists of alternatives.
 *
 * Caller frees with xc_results_free. XC_ERROR_DATABASE_MODIFIED: reopen and repeat; XC_ERROR_WILDCARD: a
 * wildcard went over its cap; XC_ERROR_NETWORK*: a shard did not answer. */
struct xc_results *xc_search(struct xc_database *database, const struct xc_request *request,
                             GError **error) XC_NOEXCEPT;
void xc_results_free(struct xc_results *self) XC_NOEXCEPT;
XC_DEFINE_AUTO(xc_results, xc_results_free)

G_END_DECLS

#endif
