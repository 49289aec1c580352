#ifndef ND_QUERY_CITATION_ORDER_H
#define ND_QUERY_CITATION_ORDER_H

/* Sorting by citations. */

#include "query/session.h"

/* The query with every match weighed by how many works cite it, as far as the session may see. */
struct xc_query *nd_citation_order(struct nd_session *session, const struct xc_query *query, GError **error);

#endif
