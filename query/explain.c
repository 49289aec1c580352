#include "query/plan.h"
#include "query/works.h"

char *nd_plan_explain(struct nd_session *session, const struct nd_syntax *syntax, const struct nd_plan *plan,
                      GError **error)
{
    g_autoptr(GString) out = g_string_new("syntax:\n");
    g_autofree char *tree = nd_syntax_dump(syntax);
    g_string_append(out, tree);
    if (plan->restored)
        g_string_append_printf(out, "accents restored: %s\n", plan->restored);
    for (guint i = 0; i < plan->missing->len; i++)
        g_string_append_printf(out, "not in the collection: %s\n",
                               (char *)g_ptr_array_index(plan->missing, i));
    for (guint i = 0; i < plan->relations->len; i++) {
        const struct nd_planned_relation *const relation = g_ptr_array_index(plan->relations, i);
        g_string_append_printf(out, "%s:", nd_relation_name(relation->node->relation));
        for (guint w = 0; w < relation->works->len; w++) {
            g_autofree char *key = nd_work_key(session, g_array_index(relation->works, int64_t, w), error);
            if (!key)
                return NULL;
            g_string_append_printf(out, " %s", key);
        }
        g_string_append_c(out, '\n');
    }
    g_autoptr(GString) xapian = g_string_new(NULL);
    GError *xc_error = NULL;
    if (!xc_query_describe(plan->query, xapian, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return NULL;
    }
    g_string_append_printf(out, "xapian: %s\n", xapian->str);
    return g_string_free(g_steal_pointer(&out), FALSE);
}
