#ifndef ND_QUERY_PLAN_PRIVATE_H
#define ND_QUERY_PLAN_PRIVATE_H

/* Between plan.c, which walks the tree of a query, and plan_relations.c, which asks the graph on the way. */

#include "query/plan.h"
#include "query/words.h"

struct nd_planner {
    struct nd_session *session;
    struct nd_plan *plan;
    bool sure;         /* phrases are checked by the query itself */
    bool required;     /* what is planned now must be in every hit */
    bool again;        /* another spelling of what was planned already: marked, but not counted again */
    unsigned excluded; /* depth of NOT: nothing below is marked or explained by evidence */
    size_t error_at;
    size_t relation_rows; /* that operators have looked at */
    GPtrArray *answered;  /* of relations that were asked for already */
    unsigned n_paths;     /* that were looked for */
};

/* The query of a part of the tree; NULL with error set. mode says what bare words are to be. */
struct xc_query *nd_plan_node(struct nd_planner *self, const struct nd_node *node, enum nd_words_mode mode,
                              GError **error);
/* Something the user should know about the answer. */
void nd_plan_remark(struct nd_planner *self, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Moves an error of the binding into the project's domain. NULL, for returning. */
void *nd_plan_propagate(GError **error, GError *xc_error);
struct xc_query *nd_plan_combine_two(enum xc_operator op, const struct xc_query *a, const struct xc_query *b,
                                     GError **error);
struct xc_query *nd_plan_every_document(GError **error);
struct xc_query *nd_plan_no_document(GError **error);
/* Documents by id (uint32_t), as far as the full text has them. weights (double) may be NULL. */
struct xc_query *nd_plan_ids(struct nd_planner *self, const GArray *ids, const GArray *weights,
                             GError **error);
/* Sorts ids (int64_t) and keeps each once. */
void nd_plan_keep_each_once(GArray *ids);

struct xc_query *nd_plan_relation(struct nd_planner *self, const struct nd_node *node, GError **error);
/* The documents that cite what the citation means without ever writing its number: by name, or by its event.
 * NULL without an error when there are none. */
struct xc_query *nd_plan_cited_by_name(struct nd_planner *self, const struct nd_node *citation,
                                       GError **error);
/* For nd_planner.answered and nd_plan.relations. */
GPtrArray *nd_plan_answered_new(void);
GPtrArray *nd_planned_relations_new(void);

#endif
