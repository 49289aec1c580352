#include "query/plan_private.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "query/relations.h"
#include "query/words.h"

#include <string.h>

/* A relation of the query and the documents in it. */
struct answered {
    const struct nd_node *node;
    GArray *works, *ids, *weights;
    bool any;
    bool planned; /* among the plan's relations */
};

static void planned_relation_free(gpointer data)
{
    struct nd_planned_relation *const relation = data;
    g_array_unref(relation->works);
    g_free(relation);
}

GPtrArray *nd_planned_relations_new(void)
{
    return g_ptr_array_new_with_free_func(planned_relation_free);
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

void nd_plan_keep_each_once(GArray *ids)
{
    guint kept = 0;
    g_array_sort(ids, by_id);
    for (guint i = 0; i < ids->len; i++) {
        const int64_t id = g_array_index(ids, int64_t, i);
        if (kept == 0 || g_array_index(ids, int64_t, kept - 1) != id)
            g_array_index(ids, int64_t, kept++) = id;
    }
    g_array_set_size(ids, kept);
}

/* nd_relation_documents, with the place of the query where it is too much. at: bytes of the query. */
static bool find_related(struct nd_planner *self, const struct nd_node *relation, size_t at,
                         const GArray *works, bool any, GArray *ids_out, GArray *weights_out, GError **error)
{
    GError *failure = NULL;
    if (nd_relation_documents(self->session, relation, works, any, ids_out, weights_out, &self->relation_rows,
                              &failure))
        return true;
    if (g_error_matches(failure, ND_ERROR, ND_ERROR_LIMIT))
        self->error_at = at;
    g_propagate_error(error, failure);
    return false;
}

struct xc_query *nd_plan_cited_by_name(struct nd_planner *self, const struct nd_node *citation,
                                       GError **error)
{
    const struct nd_node cites = {.kind = ND_NODE_RELATION, .relation = ND_RELATION_CITES};
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(double));
    if (!nd_citation_works(self->session, citation->citation, works, error) ||
        (works->len > 0 && !find_related(self, &cites, citation->start, works, false, ids, weights, error)) ||
        ids->len == 0)
        return NULL;
    return nd_plan_ids(self, ids, weights, error);
}

/* The works of the documents that a nested query finds, each once. */
static bool nested_works(struct nd_planner *self, const struct nd_node *nested, GArray *works, GError **error)
{
    self->excluded++; /* what the bracket finds is not what is shown */
    const bool weighted = self->plan->weighted;
    xc_auto(xc_query) query = nd_plan_node(self, nested, ND_WORDS_ALL, error);
    self->plan->weighted = weighted;
    self->excluded--;
    if (!query)
        return false;
    /* Weighed, although the order does not matter: without weights Xapian 1.4.22 takes the list of all
     * documents for a term that all of them have, and fails with "Unexpected end of posting list". */
    const struct xc_request request = {
        .query = query, .limit = ND_CAP_RESULT_WINDOW, .weight = nd_words_weighting()};
    xc_auto(xc_results) results = nd_fulltext_search(self->session->fulltext, &request, error);
    if (!results)
        return false;
    if (results->estimated > ND_CAP_RESULT_WINDOW)
        nd_plan_remark(self, _("the bracket matches more than %d documents; the first %d were followed"),
                       ND_CAP_RESULT_WINDOW, ND_CAP_RESULT_WINDOW);
    self->relation_rows += results->n_hits;
    for (size_t i = 0; i < results->n_hits; i++) {
        int64_t id;
        struct nd_session *const part = nd_session_part(self->session, results->hits[i].id, &id);
        struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_WORK_OF_DOCUMENT, error);
        const guint first = works->len;
        if (!s)
            return false;
        nd_sql_bind(s, "i", id);
        if (!nd_sql_collect(s, works, error))
            return false;
        nd_session_join_ids(part, works, first);
    }
    nd_plan_keep_each_once(works);
    return true;
}

static void answered_free(gpointer data)
{
    struct answered *const answered = data;
    g_array_unref(answered->works);
    g_array_unref(answered->ids);
    g_array_unref(answered->weights);
    g_free(answered);
}

GPtrArray *nd_plan_answered_new(void)
{
    return g_ptr_array_new_with_free_func(answered_free);
}

static bool same_strings(const GPtrArray *a, const GPtrArray *b)
{
    if (!a || !b || a->len != b->len)
        return a == b;
    for (guint i = 0; i < a->len; i++)
        if (strcmp(a->pdata[i], b->pdata[i]) != 0)
            return false;
    return true;
}

/* Whether two parts of a query ask for the same. Recurses as deep as brackets may be. */
static bool same_node(const struct nd_node *a, const struct nd_node *b)
{
    const guint n = a->children ? a->children->len : 0;
    if (a->kind != b->kind || g_strcmp0(a->text, b->text) != 0 || a->field != b->field ||
        !same_strings(a->values, b->values) || nd_date_compare(a->from, b->from) != 0 ||
        nd_date_compare(a->to, b->to) != 0 || a->relation != b->relation || a->inverse != b->inverse ||
        a->transitive != b->transitive || a->distance != b->distance ||
        n != (b->children ? b->children->len : 0))
        return false;
    for (guint i = 0; i < n; i++)
        if (!same_node(a->children->pdata[i], b->children->pdata[i]))
            return false;
    return true;
}

/* Asks the graph for what a relation of the query names. NULL with error set. */
static struct answered *answer(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    struct answered *const answered = g_new0(struct answered, 1);
    *answered = (struct answered){.node = node,
                                  .works = g_array_new(FALSE, FALSE, sizeof(int64_t)),
                                  .ids = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                                  .weights = g_array_new(FALSE, FALSE, sizeof(double))};
    g_autoptr(GPtrArray) holder = g_ptr_array_new_with_free_func(answered_free);
    g_ptr_array_add(holder, answered);
    if (node->children) {
        if (!nested_works(self, g_ptr_array_index(node->children, 0), answered->works, error))
            return NULL;
    } else {
        if (!nd_relation_operand(self->session, node, answered->works, &answered->any, error))
            return NULL;
        if (answered->works->len == 0 && !answered->any) {
            self->error_at = node->start;
            g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""),
                        node->text);
            return NULL;
        }
        if (answered->works->len > 1)
            nd_plan_remark(self, _("\"%s\" fits %u documents; the evidence says which one is meant"),
                           node->text, answered->works->len);
    }
    if (!find_related(self, node, node->start, answered->works, answered->any, answered->ids,
                      answered->weights, error))
        return NULL;
    g_ptr_array_add(self->answered, g_ptr_array_steal_index(holder, 0));
    return answered;
}

struct xc_query *nd_plan_relation(struct nd_planner *self, const struct nd_node *node, GError **error)
{
    struct answered *answered = NULL;
    for (guint i = 0; i < self->answered->len && !answered; i++) {
        struct answered *const before = g_ptr_array_index(self->answered, i);
        if (same_node(before->node, node))
            answered = before;
    }
    if (!answered && !(answered = answer(self, node, error)))
        return NULL;
    if (!self->excluded && !answered->planned) {
        struct nd_planned_relation *const relation = g_new(struct nd_planned_relation, 1);
        *relation = (struct nd_planned_relation){node, g_array_ref(answered->works), answered->any};
        g_ptr_array_add(self->plan->relations, relation);
        answered->planned = true;
    }
    return nd_plan_ids(self, answered->ids, answered->weights, error);
}
