#ifndef ND_QUERY_WORKS_H
#define ND_QUERY_WORKS_H

/* Which works of the catalogue a key, a name or a citation means; for the files of this room. */

#include "query/session.h"

/* The row ids (int64_t) of works that a statement gives for text and what the session may see, appended to
 * works; of one that several parts of the session know, one. */
bool nd_works_by(struct nd_session *session, enum nd_statement_id statement, const char *text, GArray *works,
                 GError **error);

/* The key of a work; caller frees with g_free. */
char *nd_work_key(struct nd_session *session, int64_t work, GError **error);

/* The same work in each part of the session that knows it, and the session may see (int64_t), into *out,
 * which is emptied first. In a session of one index that is the work itself. */
bool nd_work_everywhere(struct nd_session *session, int64_t work, GArray *out, GError **error);

/* Works whose alias is the name that a citation without number gives. */
bool nd_works_by_mention_name(struct nd_session *session, const struct nd_mention *citation, GArray *works,
                              GError **error);

/* Whether a citation names a law without saying which edition: the newest is meant, the others are former
 * ones. */
bool nd_names_editions(const struct nd_mention *citation);

/* The same for works of a type (a code of types.tsv) and a number, of whatever body: the most cited first. */
bool nd_works_by_number(struct nd_session *session, const char *type, const char *number, GArray *works,
                        GError **error);

/* Works that a document's title or alias is this name of. */
bool nd_works_by_name(struct nd_session *session, struct nd_str name, GArray *works, GError **error);

#endif
