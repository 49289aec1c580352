/* What rests on a work, once for each that does: for works that thousands rest on. */

#include "query/edges.h"
#include "query/works.h"

GPtrArray *nd_work_sources(struct nd_session *session, const char *work, unsigned relations, unsigned unless,
                           size_t cap, size_t n_evidence, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_session_enter(session, error))
        return NULL;
    GPtrArray *sources = NULL;
    if (nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, work, works, error)) {
        const struct nd_edge_request request = {
            .statement = ND_STATEMENT_EDGES_IN,
            .id = works->len > 0 ? g_array_index(works, int64_t, 0) : 0,
            .relations = relations,
            .source_once = true,
            .unless = unless,
            .cap = cap,
            .n_evidence = n_evidence,
        };
        sources = works->len > 0 ? nd_edges_find(session, &request, error) : g_ptr_array_new();
    }
    nd_session_leave(session);
    return sources;
}

/* Adds what one part of the session knows. */
static bool add_places(struct nd_session *session, int64_t work, unsigned relations, enum nd_level level,
                       GHashTable *places, GError **error)
{
    int64_t local;
    struct nd_session *const part = nd_session_part(session, work, &local);
    struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_PLACES_OF_SOURCES, error);
    if (!s)
        return false;
    nd_sql_bind(s, "iuuu", local, relations, (unsigned)session->visible, (unsigned)level);
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        const char *const place = row ? nd_sql_text(s, 0) : NULL;
        if (!place)
            continue;
        const unsigned known = GPOINTER_TO_UINT(g_hash_table_lookup(places, place));
        const unsigned strength = (unsigned)nd_sql_int(s, 1) + 1;
        if (strength > known)
            g_hash_table_insert(places, g_strdup(place), GUINT_TO_POINTER(strength));
    }
    return true;
}

GHashTable *nd_work_places(struct nd_session *session, const char *work, unsigned relations,
                           enum nd_level level, GError **error)
{
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) everywhere = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_session_enter(session, error))
        return NULL;
    bool good = nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, work, works, error);
    if (good && works->len > 0)
        good = nd_work_everywhere(session, g_array_index(works, int64_t, 0), everywhere, error);
    for (guint i = 0; i < everywhere->len && good; i++)
        good = add_places(session, g_array_index(everywhere, int64_t, i), relations, level, places, error);
    nd_session_leave(session);
    return good ? g_steal_pointer(&places) : NULL;
}
