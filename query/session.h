#ifndef ND_QUERY_SESSION_H
#define ND_QUERY_SESSION_H

/* The inside of a session, for the files of this room. */

#include "corpus/store/index.h"
#include "corpus/store/sql.h"
#include "query/query.h"

enum nd_statement_id {
#define ND_STATEMENT(id, sql) ND_STATEMENT_##id,
#include "query/statements.def"
#undef ND_STATEMENT
    ND_N_STATEMENTS
};

struct nd_session {
    struct nd_index *index;
    struct nd_catalog *catalog;   /* of the index */
    struct nd_fulltext *fulltext; /* of the index */
    struct xc_database *database; /* of fulltext */
    enum nd_secrecy visible;
    struct nd_sql_statement *statements[ND_N_STATEMENTS];
};

/* The statement, prepared, owned by the session; NULL with error set. */
struct nd_sql_statement *nd_session_statement(struct nd_session *session, enum nd_statement_id id,
                                              GError **error);

/* Begins a look-up: both stores go to their newest state, and the catalogue stays there until
 * nd_session_leave. */
bool nd_session_enter(struct nd_session *session, GError **error);
void nd_session_leave(struct nd_session *session);

/* The row of a document that this session may see; otherwise ND_ERROR_NOT_FOUND. */
struct nd_catalog_document *nd_session_document(struct nd_session *session, int64_t id, GError **error);

#endif
