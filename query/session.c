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

static bool open_parts(struct nd_session *session, const char *index_dir, GError **error)
{
    const unsigned n = nd_index_shards(session->index);
    for (unsigned i = 0; i < n; i++) {
        if (nd_index_shard_catalog(session->index, i))
            continue;
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX,
                    _("%s is elsewhere; only an index of this machine can be searched"), index_dir);
        return false;
    }
    session->parts = g_new0(struct nd_session *, n);
    session->n_siblings = 1;
    session->n_parts = n;
    if (n == 1) {
        session->catalog = nd_index_shard_catalog(session->index, 0);
        session->parts[0] = session;
    }
    for (unsigned i = 0; i < n && n > 1; i++) {
        struct nd_session *const part = session->parts[i] = g_new0(struct nd_session, 1);
        part->catalog = nd_index_shard_catalog(session->index, i);
        part->visible = session->visible;
        part->number = i;
        part->n_siblings = n;
        part->n_parts = 1;
        part->parts = g_memdup2(&part, sizeof part);
    }
    return true;
}

struct nd_session *nd_session_open_joined(const char *index_dir, enum nd_secrecy visible, GError **error)
{
    struct nd_index *const index = nd_index_open(index_dir, error);
    if (!index)
        return NULL;
    nd_auto(nd_session) session = g_new0(struct nd_session, 1);
    session->index = index;
    session->fulltext = nd_index_fulltext(index);
    session->database = nd_fulltext_database(session->fulltext);
    session->visible = visible;
    return open_parts(session, index_dir, error) && hide(session->database, visible, error)
               ? g_steal_pointer(&session)
               : NULL;
}

struct nd_session *nd_session_open(const char *index_dir, enum nd_secrecy visible, GError **error)
{
    nd_auto(nd_session) session = nd_session_open_joined(index_dir, visible, error);
    if (!session || session->n_parts == 1)
        return g_steal_pointer(&session);
    g_set_error(error, ND_ERROR, ND_ERROR_INDEX,
                _("%s joins several indexes, which only ndsearch can answer from"), index_dir);
    return NULL;
}

void nd_session_expect_few(struct nd_session *session)
{
    for (unsigned i = 0; i < session->n_parts; i++)
        nd_catalog_expect_few(session->parts[i]->catalog);
}

void nd_session_close(struct nd_session *session)
{
    if (!session)
        return;
    for (unsigned i = 0; i < session->n_parts; i++) {
        if (session->parts[i] != session)
            nd_session_close(session->parts[i]);
    }
    g_free(session->parts);
    for (size_t i = 0; i < ND_N_STATEMENTS; i++)
        nd_sql_free(session->statements[i]);
    g_clear_pointer(&session->relation_sets, g_hash_table_unref);
    nd_index_close(session->index);
    g_free(session);
}

struct nd_session *nd_session_part(struct nd_session *session, int64_t id, int64_t *local_out)
{
    const int64_t n = session->n_parts;
    *local_out = n == 1 ? id : (id - 1) / n + 1;
    return n == 1 ? session : session->parts[(id - 1) % n];
}

int64_t nd_session_joined(const struct nd_session *part, int64_t local)
{
    return (local - 1) * (int64_t)part->n_siblings + part->number + 1;
}

void nd_session_join_ids(const struct nd_session *part, GArray *ids, guint first)
{
    for (guint i = first; i < ids->len; i++) {
        int64_t *const id = &g_array_index(ids, int64_t, i);
        *id = nd_session_joined(part, *id);
    }
}

struct nd_sql_statement *nd_session_statement(struct nd_session *session, enum nd_statement_id id,
                                              GError **error)
{
    g_assert(session->catalog); /* of several, ask the parts */
    if (!nd_sql_prepare(nd_catalog_sqlite(session->catalog), &session->statements[id], statement_texts[id],
                        error))
        return NULL;
    return session->statements[id];
}

bool nd_session_enter(struct nd_session *session, GError **error)
{
    if (!nd_fulltext_refresh(session->fulltext, error))
        return false;
    for (unsigned i = 0; i < session->n_parts; i++) {
        session->parts[i]->brief = 0;
        session->parts[i]->generation = -1;
        if (nd_catalog_begin(session->parts[i]->catalog, error))
            continue;
        while (i-- > 0)
            nd_catalog_end(session->parts[i]->catalog);
        return false;
    }
    return true;
}

void nd_session_leave(struct nd_session *session)
{
    for (unsigned i = 0; i < session->n_parts; i++)
        nd_catalog_end(session->parts[i]->catalog);
}

int64_t nd_session_generation(struct nd_session *part, GError **error)
{
    if (part->generation >= 0)
        return part->generation;
    struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_GENERATION, error);
    bool row;
    if (!s)
        return -1;
    nd_sql_bind(s, "");
    if (!nd_sql_step(s, &row, error))
        return -1;
    part->generation = row ? nd_sql_int(s, 0) : 0;
    nd_sql_bind(s, "");
    return part->generation;
}

bool nd_session_find_document(struct nd_session *session, const char *key, int64_t *id_out, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_DOCUMENT_BY_KEY, error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, "su", key, (unsigned)session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    if (row)
        *id_out = nd_sql_int(s, 0);
    else
        g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no such document"));
    return row;
}

struct nd_sql_statement *nd_session_brief(struct nd_session *session, int64_t id, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_DOCUMENT_BRIEF, error);
    bool row;
    if (!s || session->brief == id)
        return s;
    session->brief = 0;
    nd_sql_bind(s, "i", id);
    if (!nd_sql_step(s, &row, error))
        return NULL;
    if (!row || nd_sql_int(s, ND_BRIEF_SECRECY) > (int64_t)session->visible) {
        g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no such document"));
        return NULL;
    }
    session->brief = id;
    return s;
}

char *nd_brief_path(struct nd_sql_statement *brief)
{
    const struct nd_bytes path = nd_sql_bytes(brief, ND_BRIEF_PATH),
                          member = nd_sql_bytes(brief, ND_BRIEF_MEMBER);
    GString *const joined = g_string_new_len((const char *)path.p, (gssize)path.n);
    if (member.p)
        g_string_append_printf(joined, "!%.*s", (int)member.n, (const char *)member.p);
    return g_string_free(joined, FALSE);
}

struct nd_date nd_brief_date(struct nd_sql_statement *brief)
{
    struct nd_date date = {0, 0, 0};
    const char *const text = nd_sql_text(brief, ND_BRIEF_DATE);
    if (text)
        nd_date_parse(text, &date);
    return date;
}

struct nd_catalog_document *nd_session_document(struct nd_session *session, int64_t id, GError **error)
{
    int64_t local;
    struct nd_session *const part = nd_session_part(session, id, &local);
    nd_auto(nd_catalog_document) document = nd_catalog_document_by_id(part->catalog, local, error);
    if (document && document->metadata.secrecy > session->visible) {
        g_set_error_literal(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("no such document"));
        return NULL;
    }
    return g_steal_pointer(&document);
}
