#ifndef ND_GRAPH_SETTLE_H
#define ND_GRAPH_SETTLE_H

/*
 * The resolver's second step: a claim that needs others' knowledge is settled from the facts of its group. It
 * depends on the claim and on those facts alone, so a change elsewhere cannot change it.
 */

#include "graph/authority.h"
#include "graph/titles.h"

/* Where learned facts come from: a hash table, or the catalogue. */
struct nd_fact_source {
    /* The facts documents taught in the group, in any order; borrowed until the next call. */
    const struct nd_fact *(*get)(void *user_data, const char *group, size_t *n_out);
    void *user_data;
    const struct nd_authorities_in_force *authorities; /* NULL: those of the data files */
    struct nd_titles *titles;                          /* remembers titles from claim to claim */
};

struct nd_settled {
    char *work;         /* NULL unless one work is meant */
    char **candidates;  /* NULL-terminated, likeliest first; NULL without */
    const char *reason; /* in words, static, translatable */
    double confidence;
};

/* Settles claim i, through the mention it follows where it repeats one. Caller clears *out. */
void nd_settle(const struct nd_claims *claims, size_t i, const struct nd_fact_source *source,
               struct nd_settled *out);
void nd_settled_clear(struct nd_settled *settled);

#endif
