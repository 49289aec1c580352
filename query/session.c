#include "query/session.h"

#include "base/i18n.h"
#include "corpus/store/fields.h"

static const char *const statement_texts[ND_N_STATEMENTS] = {
#define ND_STATEMENT(id, sql) sql,
#include "query/statements.def"
#undef ND_STATEMENT
};

/* Takes the documents above a stamp out of the full text: the rest of the room need not think of them there.
 */
static bool hide(struct xc_database *database, enum nd_secrecy visible, GError **error)
{
    char texts[ND_SECRECY_MOST_SECRET][8];
    struct xc_bytes terms[ND_SECRECY_MOST_SECRET];
    size_t n = 0;
    for (unsigned stamp = visible + 1U; stamp <= ND_SECRECY_MOST_SECRET; stamp++, n++) {
        g_snprintf(texts[n], sizeof texts[n], "%s%u", nd_fields[ND_FIELD_SECRECY].prefix, stamp);
        terms[n] = xc_bytes_from_c(texts[n]);
    }
    GError *xc_error = NULL;
    if (n == 0 || xc_database_hide(database, terms, n, &xc_error))
        return true;
    nd_fulltext_propagate(error, xc_error);
    return false;
}

/* Hits of several shards have ids of their own, and the graph of each is in its own catalogue: what is not
 * joined there cannot be told here. Better said than shown wrong. */
static bool is_one_index(const struct nd_session *session, const char *index_dir, GError **error)
{
    struct xc_statistics statistics;
    GError *xc_error = NULL;
    if (!xc_database_statistics(session->database, &statistics, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    if (statistics.n_shards == 1 && session->catalog)
        return true;
    g_set_error(error, ND_ERROR, ND_ERROR_INDEX,
                session->catalog ? _("%s joins several indexes; only one can be searched at a time")
                                 : _("%s is elsewhere; only an index of this machine can be searched"),
                index_dir);
    return false;
}

struct nd_session *nd_session_open(const char *index_dir, enum nd_secrecy visible, GError **error)
{
    struct nd_index *const index = nd_index_open(index_dir, error);
    if (!index)
        return NULL;
    nd_auto(nd_session) session = g_new0(struct nd_session, 1);
    session->index = index;
    session->catalog = nd_index_catalog(index);
    session->fulltext = nd_index_fulltext(index);
    session->database = nd_fulltext_database(session->fulltext);
    session->visible = visible;
    return is_one_index(session, index_dir, error) && hide(session->database, visible, error)
               ? g_steal_pointer(&session)
               : NULL;
}

void nd_session_close(struct nd_session *session)
{
    if (!session)
        return;
    for (size_t i = 0; i < ND_N_STATEMENTS; i++)
        nd_sql_free(session->statements[i]);
    nd_index_close(session->index);
    g_free(session);
}

struct nd_sql_statement *nd_session_statement(struct nd_session *session, enum nd_statement_id id,
                                              GError **error)
{
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), &session->statements[id], statement_texts[id],
                        error))
        return NULL;
    return session->statements[id];
}

bool nd_session_enter(struct nd_session *session, GError **error)
{
    return nd_fulltext_refresh(session->fulltext, error) && nd_catalog_begin(session->catalog, error);
}

void nd_session_leave(struct nd_session *session)
{
    nd_catalog_end(session->catalog);
}

struct nd_catalog_document *nd_session_document(struct nd_session *session, int64_t id, GError **error)
{
    nd_auto(nd_catalog_document) document = nd_catalog_document_by_id(session->catalog, id, error);
    if (document && document->metadata.secrecy > session->visible) {
        g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no such document"));
        return NULL;
    }
    return g_steal_pointer(&document);
}
