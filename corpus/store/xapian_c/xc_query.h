#ifndef XAPIAN_C_XC_QUERY_H
#define XAPIAN_C_XC_QUERY_H

/*
 * Queries, built bottom up. A query is immutable; its parts are shared, not copied, so that the arguments of
 * a constructor are only borrowed for the call and may be freed after it. Each constructor's result is the
 * caller's, freed with xc_query_free; NULL is a failure.
 */

#include "corpus/store/xapian_c/xc_types.h"

G_BEGIN_DECLS

struct xc_query;

enum xc_operator {
    XC_AND,
    XC_OR,
    XC_AND_NOT,   /* the first and none of the others */
    XC_XOR,       /* an odd number of them */
    XC_AND_MAYBE, /* the first; the others only add weight */
    XC_FILTER,    /* all; only the first adds weight */
    XC_NEAR,      /* all within `parameter` positions, any order */
    XC_PHRASE,    /* all within `parameter` positions, in this order */
    XC_SYNONYM,   /* as XC_OR, weighed as one term */
    XC_MAX,       /* as XC_OR, weighed as the best of them */
    XC_ELITE_SET, /* as XC_OR of the best `parameter` */
    XC_N_OPERATORS
};

struct xc_query *xc_query_new_all(GError **error) XC_NOEXCEPT;
struct xc_query *xc_query_new_nothing(GError **error) XC_NOEXCEPT;

/* wqf is the term's frequency in the query (1), position its place (0 for none). */
struct xc_query *xc_query_new_term(struct xc_bytes term, uint32_t wqf, uint32_t position,
                                   GError **error) XC_NOEXCEPT;

/* parameter: the window of XC_NEAR and XC_PHRASE (0: the number of parts), the size of XC_ELITE_SET (0: 10)
 * XC_NOEXCEPT; otherwise 0. No parts give the query that matches nothing. The parts of XC_NEAR and XC_PHRASE
 * must be terms or an XC_OR, XC_SYNONYM or wildcard of terms. */
struct xc_query *xc_query_new_operator(enum xc_operator op, const struct xc_query *const *parts, size_t n,
                                       uint32_t parameter, GError **error) XC_NOEXCEPT;
/* The same over terms. */
struct xc_query *xc_query_new_operator_terms(enum xc_operator op, const struct xc_bytes *terms, size_t n,
                                             uint32_t parameter, GError **error) XC_NOEXCEPT;

/* Multiplies the weight by factor, which is at least 0; with 0 the query only filters. */
struct xc_query *xc_query_new_scaled(const struct xc_query *query, double factor, GError **error) XC_NOEXCEPT;

/* Documents with lower <= value <= upper in slot, by bytes; both inclusive. One without a value is in no
 * range. */
struct xc_query *xc_query_new_value_range(uint32_t slot, struct xc_bytes lower, struct xc_bytes upper,
                                          GError **error) XC_NOEXCEPT;
struct xc_query *xc_query_new_value_ge(uint32_t slot, struct xc_bytes lower, GError **error) XC_NOEXCEPT;
struct xc_query *xc_query_new_value_le(uint32_t slot, struct xc_bytes upper, GError **error) XC_NOEXCEPT;

enum xc_wildcard_limit {
    XC_WILDCARD_ERROR,        /* XC_ERROR_WILDCARD when the query is run */
    XC_WILDCARD_FIRST,        /* the first in byte order */
    XC_WILDCARD_MOST_FREQUENT /* the most frequent */
};

/* Every term that starts with prefix, at most cap_terms of them (0: no cap), combined by XC_OR, XC_SYNONYM or
 * XC_MAX. */
struct xc_query *xc_query_new_wildcard(struct xc_bytes prefix, uint32_t cap_terms,
                                       enum xc_wildcard_limit limit, enum xc_operator combiner,
                                       GError **error) XC_NOEXCEPT;

/* The documents of a list of ids, ascending and without repeats; ids of no document match nothing. weights,
 * where not NULL, has a weight of at least 0 for each. The lists are copied. database is the one that the
 * query will be run over, which tells how its shards number their documents; it may be NULL for one without
 * shards. All shards must be local. */
struct xc_query *xc_query_new_documents(const struct xc_database *database, const uint32_t *ids,
                                        const double *weights, size_t n, GError **error) XC_NOEXCEPT;

/* The documents that a database lists in its user metadata under key, as xc_ids_pack writes a list; of
 * several local shards each lists its own. Weighs nothing. Remote shards refuse it when the query is run
 * (XC_ERROR_UNIMPLEMENTED). XC_ERROR_DATABASE_CORRUPT, when run, for something that is no list. */
struct xc_query *xc_query_new_listed(struct xc_bytes key, GError **error) XC_NOEXCEPT;

/* Replaces out by a list of ids, ascending and without repeats: the difference of each to the one before,
 * seven bits a byte, low ones first, the highest bit set in all but the last byte of a number. */
void xc_ids_pack(const uint32_t *ids, size_t n, GString *out) XC_NOEXCEPT;
/* Appends the ids of a packed list to out (of uint32_t); false, and some of them, for something else. */
bool xc_ids_unpack(struct xc_bytes packed, GArray *out) XC_NOEXCEPT;

/* Judges a document by its id: a weight of 0 to max_weight when it matches, anything below 0 when not. Of
 * several shards uuid tells which one the id belongs to (xc_database_uuid); borrowed for the call. Called by
 * the thread that searches, for every document that the rest of the query leaves over: so give it a part of
 * an XC_AND whose other parts are narrow; on its own it would read every document. */
typedef double xc_judge(const char *uuid, uint32_t id, void *user_data);

/* The documents that judge accepts, at its weight. destroy, where not NULL, is called with user_data when
 * nothing refers to the query any more, and also on failure. Works over several local shards; remote ones
 * refuse it when the query is run (XC_ERROR_UNIMPLEMENTED). */
struct xc_query *xc_query_new_judged(xc_judge *judge, double max_weight, void *user_data,
                                     void (*destroy)(void *user_data), GError **error) XC_NOEXCEPT;

/* A second owner of the same query. */
struct xc_query *xc_query_copy(const struct xc_query *self, GError **error) XC_NOEXCEPT;
void xc_query_free(struct xc_query *self) XC_NOEXCEPT;
XC_DEFINE_AUTO(xc_query, xc_query_free)

bool xc_query_is_empty(const struct xc_query *self) XC_NOEXCEPT;
/* The number of term occurrences in the query. */
uint32_t xc_query_length(const struct xc_query *self) XC_NOEXCEPT;
/* Xapian's own notation, for tests and --explain; replaces out. */
bool xc_query_describe(const struct xc_query *self, GString *out, GError **error) XC_NOEXCEPT;
/* Each distinct term. */
bool xc_query_each_term(const struct xc_query *self, bool (*visit)(struct xc_bytes term, void *user_data),
                        void *user_data, GError **error) XC_NOEXCEPT;

G_END_DECLS

#endif
