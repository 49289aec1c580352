#ifndef ND_QUERY_HITS_H
#define ND_QUERY_HITS_H

/* The documents of a result, struct nd_hit of query.h; for the files of this room. */

#include "query/plan.h"

/* Fills hit from the row of a document; false without error where the session may not see it. */
bool nd_hit_fill(struct nd_session *session, int64_t id, struct nd_hit *hit, uint32_t *body_start_out,
                 GError **error);
void nd_hit_clear(struct nd_hit *hit);

/* Fills hit as request wants to see what was found: its row, why it matches, its passages. */
bool nd_hit_show(struct nd_session *session, const struct nd_plan *plan,
                 const struct nd_search_request *request, const struct xc_hit *found, struct nd_hit *hit,
                 GError **error);
/* Makes one hit of those of one work, the best of them; the others become its other files. */
void nd_hits_fold(struct nd_results *results);

#endif
