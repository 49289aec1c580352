#ifndef ND_QUERY_PLAN_H
#define ND_QUERY_PLAN_H

/* From the syntax tree to what Xapian runs, and to what is marked in the results. */

#include "query/language.h"
#include "query/matcher.h"
#include "query/ranking.h"
#include "query/session.h"

/* A relation operator of the query with the works its operand means. */
struct nd_planned_relation {
    const struct nd_node *node; /* borrowed from the syntax tree */
    GArray *works;              /* of int64_t; empty for '*' */
    bool any;
};

struct nd_plan {
    struct xc_query *query;     /* over the documents that the session may see */
    struct nd_ranking *ranking; /* of the words that rank */
    struct nd_matcher *matcher; /* of the words asked for, those excluded left out */
    GPtrArray *relations;       /* of struct nd_planned_relation *; those excluded left out */
    GPtrArray *remarks;         /* of char *: what the user should know */
    GPtrArray *missing;         /* of char *: words that the collection does not have */
    char *restored;             /* the words with their accents put back, where that changes them */
    bool weighted;              /* some part of the query ranks; otherwise all results weigh the same */
};

/* syntax must outlive the plan. Where `sure` is not asked for, the query may find documents with the words of
 * a phrase but not in a row: nd_ranking_verify drops them. Fails with ND_ERROR_NOT_FOUND when a relation
 * names a work that nobody knows, ND_ERROR_LIMIT, and the errors of the stores. Caller frees with
 * nd_plan_free. */
struct nd_plan *nd_plan_make(struct nd_session *session, const struct nd_syntax *syntax, bool sure,
                             size_t *position_out, GError **error);
void nd_plan_free(struct nd_plan *plan);
ND_DEFINE_AUTO(nd_plan, nd_plan_free)

/* The tree, the accents restored, the works that relations name, and Xapian's query, for --explain. Caller
 * frees with g_free. */
char *nd_plan_explain(struct nd_session *session, const struct nd_syntax *syntax, const struct nd_plan *plan,
                      GError **error);

#endif
