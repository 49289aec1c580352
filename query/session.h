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

/*
 * A session of several indexes has a part for each, which is a session of its catalogue alone. Rows of
 * documents and works are numbered in each catalogue by itself; the session numbers them as Xapian does, by
 * turns. What reads rows asks the part that has them, nd_session_part; what looks for them asks all parts. A
 * session of one index is its own only part, and the numbers are the same.
 */
struct nd_session {
    struct nd_index *index;       /* NULL for a part */
    struct nd_catalog *catalog;   /* of the index; NULL for several */
    struct nd_fulltext *fulltext; /* of the index; NULL for a part */
    struct xc_database *database; /* of fulltext */
    enum nd_secrecy visible;
    struct nd_session **parts; /* the session itself where there is but one */
    unsigned n_parts;
    unsigned number, n_siblings; /* of a part: from 0, and how many there are */
    struct nd_sql_statement *statements[ND_N_STATEMENTS];
    GHashTable *relation_sets; /* of a part: what facets.c has read of documents, at relation_version of the
                                * catalogue; NULL before */
    unsigned relation_version;
    int64_t brief;      /* the document that nd_session_brief stands on; 0 for none */
    int64_t generation; /* of the catalogue, for nd_session_generation; -1 before it is asked for */
};

/* The part that a row, of a document or a work, is in, and its id there. */
struct nd_session *nd_session_part(struct nd_session *session, int64_t id, int64_t *local_out);
/* The id of a part's row in the session. */
int64_t nd_session_joined(const struct nd_session *part, int64_t local);
/* The same for ids (int64_t) from `first` on. */
void nd_session_join_ids(const struct nd_session *part, GArray *ids, guint first);

/* The statement, prepared, owned by the session; NULL with error set. */
struct nd_sql_statement *nd_session_statement(struct nd_session *session, enum nd_statement_id id,
                                              GError **error);

/* Begins a look-up: both stores go to their newest state, and the catalogue stays there until
 * nd_session_leave. */
bool nd_session_enter(struct nd_session *session, GError **error);
void nd_session_leave(struct nd_session *session);

/* The generation of a part's catalogue, the same as long as the look-up lasts; below 0 with error set. */
int64_t nd_session_generation(struct nd_session *part, GError **error);

/* The id of the document with a key that this session may see; otherwise ND_ERROR_NOT_FOUND. Nothing of one
 * that it may not see is read: refusing it takes as long as refusing one that is not there. */
bool nd_session_find_document(struct nd_session *session, const char *key, int64_t *id_out, GError **error);

/* The few columns of a document that lists show, for sessions with one catalogue: a row of the statement
 * DOCUMENT_BRIEF, borrowed until the next call. The one asked for last costs nothing. Errors as below. */
enum nd_brief_column {
    ND_BRIEF_KEY,
    ND_BRIEF_PATH,
    ND_BRIEF_MEMBER,
    ND_BRIEF_TITLE,
    ND_BRIEF_DATE,
    ND_BRIEF_TYPE,
    ND_BRIEF_TYPE_WORD,
    ND_BRIEF_LEVEL,
    ND_BRIEF_PLACE,
    ND_BRIEF_SECRECY,
    ND_BRIEF_PLACE_LINE
};
struct nd_sql_statement *nd_session_brief(struct nd_session *session, int64_t id, GError **error);
/* Its path, bytes; "archive!member" for a member. Caller frees. */
char *nd_brief_path(struct nd_sql_statement *brief);
struct nd_date nd_brief_date(struct nd_sql_statement *brief);

/* The row of a document that this session may see; otherwise ND_ERROR_NOT_FOUND. */
struct nd_catalog_document *nd_session_document(struct nd_session *session, int64_t id, GError **error);

#endif
