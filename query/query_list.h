#ifndef ND_QUERY_QUERY_LIST_H
#define ND_QUERY_QUERY_LIST_H

/* Lists of queries on their way into an operator. Inside query/ only. */

#include "corpus/store/xapian_c/xapian_c.h"

/* A list that owns its queries; free with g_ptr_array_unref. */
GPtrArray *nd_query_list_new(void);
/* Consumes query; false when it is NULL, that is, when making it failed. */
bool nd_query_list_add(GPtrArray *list, struct xc_query *query);
/* The same with its weight multiplied. */
bool nd_query_list_add_scaled(GPtrArray *list, struct xc_query *query, double factor, GError **error);
/* All of the list under one operator. The list stays as it is. */
struct xc_query *nd_query_list_combine(const GPtrArray *list, enum xc_operator op, GError **error);

#endif
