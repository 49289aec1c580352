#ifndef ND_QUERY_CARDS_H
#define ND_QUERY_CARDS_H

/* Cards of works, struct nd_work_card of query.h; for the files of this room. */

#include "query/session.h"

/* The card of a work without aliases and counts; NULL without error where the session may not see it. */
struct nd_work_card *nd_work_card_brief(struct nd_session *session, int64_t work, GError **error);

/* The same of one part, for lists of hundreds: whether and where its text is here, and how that spells its
 * type, may be left out. */
struct nd_work_card *nd_work_card_named(struct nd_session *part, int64_t work, GError **error);

/* The same with aliases, counts and what replaced it. */
struct nd_work_card *nd_work_card_full(struct nd_session *session, int64_t work, GError **error);

/* Brief cards of works (int64_t), one for each in their order; array of struct nd_work_card *. */
GPtrArray *nd_work_cards_of(struct nd_session *session, const GArray *works, GError **error);
/* The same with all that full cards have. */
GPtrArray *nd_work_cards_full(struct nd_session *session, const GArray *works, GError **error);
/* Brief ones, those whose text is here first, or, of the editions of a law, the newest. */
GPtrArray *nd_work_cards_brief(struct nd_session *session, const GArray *works, bool editions,
                               GError **error);

#endif
