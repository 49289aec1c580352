#ifndef ND_QUERY_SEARCH_H
#define ND_QUERY_SEARCH_H

/* Parts of nd_search, for the files of this room. */

#include "query/plan.h"

/* The facets of a search over the slot of ND_FIELD_FACETS in so many parts, in their order, and for
 * ND_FACETS_ALL that of relations, which is estimated from the hits where there are more matches. */
enum { ND_FACET_HITS = 400 }; /* to be found at least, for the facet of relations */
bool nd_facets_fill(struct nd_session *session, const struct xc_results *found,
                    const struct nd_syntax *syntax, enum nd_facets which, struct nd_results *results,
                    GError **error);
void nd_facet_clear(struct nd_facet *facet);

/* What the user should know beside the hits: a better spelling, what would find more. */
void nd_remarks_fill(struct nd_session *session, const struct nd_syntax *syntax, const struct nd_plan *plan,
                     const struct nd_search_request *request, struct nd_results *results);

#endif
