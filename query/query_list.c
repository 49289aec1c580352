#include "query/query_list.h"

static void query_free(gpointer query)
{
    xc_query_free(query);
}

GPtrArray *nd_query_list_new(void)
{
    return g_ptr_array_new_with_free_func(query_free);
}

bool nd_query_list_add(GPtrArray *list, struct xc_query *query)
{
    if (query)
        g_ptr_array_add(list, query);
    return query != NULL;
}

bool nd_query_list_add_scaled(GPtrArray *list, struct xc_query *query, double factor, GError **error)
{
    xc_auto(xc_query) owned = query;
    return owned && nd_query_list_add(list, xc_query_new_scaled(owned, factor, error));
}

struct xc_query *nd_query_list_combine(const GPtrArray *list, enum xc_operator op, GError **error)
{
    return xc_query_new_operator(op, (const struct xc_query *const *)list->pdata, list->len, 0, error);
}
