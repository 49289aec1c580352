#ifndef ND_QUERY_COMPLETE_H
#define ND_QUERY_COMPLETE_H

/* What the last word of a query may become, for the completion of shells: names of fields and relations with
 * their colon, behind a field's colon the values that documents have, behind a relation's, and for a digit,
 * codes of works. */

#include "query/query.h"

/* At most cap words, each whole ("type:KH"). NULL-terminated; caller frees with g_strfreev. */
char **nd_complete(struct nd_session *session, const char *word, size_t cap, GError **error);

#endif
