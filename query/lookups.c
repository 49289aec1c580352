#include "query/lookups.h"

#include "base/i18n.h"
#include "analyzers/data/data.h"
#include "graph/resolver.h"
#include "query/cards.h"
#include "query/edges.h"
#include "query/names.h"
#include "query/works.h"

#include <stdio.h>
#include <time.h>

enum { PATH_WORKS_CAP = 200000 };

static void place_count_free(gpointer data)
{
    struct nd_place_count *const count = data;
    g_free(count->place);
    g_free(count);
}

static bool work_row(struct nd_session *session, const char *key, int64_t *out, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, key, works, error))
        return false;
    if (works->len == 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("nothing in this index is or cites \"%s\""), key);
        return false;
    }
    *out = g_array_index(works, int64_t, 0);
    return true;
}

/* ---- gaps ---- */

static const char *place_key(const char *name)
{
    const struct nd_place *const place = nd_place_by_name(name);
    return place ? place->key : name;
}

static GHashTable *implementing_places(struct nd_session *session, int64_t work, GError **error)
{
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const struct nd_edge_request request = {
        .statement = ND_STATEMENT_EDGES_IN, .id = work, .relations = 1U << ND_RELATION_IMPLEMENTS};
    g_autoptr(GPtrArray) edges = nd_edges_find(session, &request, error);
    if (!edges)
        return NULL;
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        if (edge->place && !edge->proposed)
            g_hash_table_add(places, g_strdup(place_key(edge->place)));
    }
    return g_steal_pointer(&places);
}

static bool valid_on(struct nd_validity validity, struct nd_date date)
{
    return (!validity.from.year || nd_date_compare(validity.from, date) <= 0) &&
           (!validity.until.year || nd_date_compare(date, validity.until) < 0);
}

static struct nd_date today(void)
{
    const time_t now = time(NULL);
    struct tm parts;
    localtime_r(&now, &parts);
    return (struct nd_date){(int16_t)(parts.tm_year + 1900), (int8_t)(parts.tm_mon + 1),
                            (int8_t)parts.tm_mday};
}

static void add_every_province(struct nd_date date, GHashTable *implementing, GHashTable *known,
                               GPtrArray *out)
{
    size_t n;
    const struct nd_place *const places = nd_places(&n);
    for (size_t i = 0; i < n; i++) {
        if (!valid_on(places[i].validity, date) || g_hash_table_contains(implementing, places[i].key) ||
            !g_hash_table_add(known, g_strdup(places[i].key)))
            continue;
        struct nd_place_count *const count = g_new0(struct nd_place_count, 1);
        count->place = g_strdup(places[i].name);
        g_ptr_array_add(out, count);
    }
}

static GPtrArray *gaps(struct nd_session *session, const char *key, bool all_places, struct nd_date date,
                       GError **error)
{
    int64_t work;
    if (!work_row(session, key, &work, error))
        return NULL;
    g_autoptr(GHashTable) implementing = implementing_places(session, work, error);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(place_count_free);
    struct nd_sql_statement *const s =
        implementing ? nd_session_statement(session, ND_STATEMENT_PLACES_WITH_DOCUMENTS, error) : NULL;
    if (!s)
        return NULL;
    nd_sql_bind(s, "u", (unsigned)session->visible);
    for (;;) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return NULL;
        if (!row)
            break;
        const char *const place = place_key(nd_sql_text(s, 0));
        if (g_hash_table_contains(implementing, place) || !g_hash_table_add(known, g_strdup(place)))
            continue;
        struct nd_place_count *const count = g_new0(struct nd_place_count, 1);
        count->place = g_strdup(nd_sql_text(s, 0));
        count->n_documents = (uint32_t)nd_sql_int(s, 1);
        g_ptr_array_add(out, count);
    }
    if (all_places) {
        nd_auto(nd_work_card) card = nd_work_card_brief(session, work, error);
        if (!card)
            return NULL;
        add_every_province(date.year         ? date
                           : card->date.year ? card->date
                                             : today(),
                           implementing, known, out);
    }
    return g_steal_pointer(&out);
}

GPtrArray *nd_lookup_gaps(struct nd_session *session, const char *work, bool all_places, struct nd_date date,
                          GError **error)
{
    if (!nd_session_enter(session, error))
        return NULL;
    GPtrArray *const out = gaps(session, work, all_places, date, error);
    nd_session_leave(session);
    return out;
}

/* ---- missing ---- */

static void absent_work_free(gpointer data)
{
    struct nd_absent_work *const work = data;
    nd_work_card_free(work->card);
    g_free(work);
}

static bool read_missing(struct nd_session *session, unsigned cap, GPtrArray *out, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_ABSENT_WORKS, error);
    if (!s)
        return false;
    nd_sql_bind(s, "uu", (unsigned)session->visible, cap);
    for (;;) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        struct nd_absent_work *const work = g_new0(struct nd_absent_work, 1);
        g_ptr_array_add(out, work);
        work->n_documents = (uint32_t)nd_sql_int(s, 1);
        work->n_citations = (uint32_t)nd_sql_int(s, 2);
        work->card = nd_work_card_brief(session, nd_sql_int(s, 0), error);
        if (!work->card)
            return false;
    }
}

GPtrArray *nd_lookup_missing(struct nd_session *session, unsigned cap, GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(absent_work_free);
    if (!nd_session_enter(session, error))
        return NULL;
    const bool good = read_missing(session, cap, out, error);
    nd_session_leave(session);
    return good ? g_steal_pointer(&out) : NULL;
}

/* ---- path ---- */

/* How a work was reached: from which one. */
struct step {
    int64_t work, before;
};

static bool search_path(struct nd_session *session, int64_t from, int64_t to, GArray *chain, GError **error)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(struct step));
    g_autoptr(GArray) neighbours = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GHashTable) reached = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    const struct step first = {from, 0};
    g_array_append_val(steps, first);
    g_hash_table_insert(reached, g_memdup2(&from, sizeof from), GUINT_TO_POINTER(1));
    guint level_end = 1;
    unsigned depth = 0;
    for (guint next = 0; next < steps->len && steps->len < PATH_WORKS_CAP; next++) {
        if (next == level_end) {
            level_end = steps->len;
            if (++depth == ND_PATH_STEPS)
                return true;
        }
        const int64_t work = g_array_index(steps, struct step, next).work;
        if (work == to)
            break;
        if (!nd_work_neighbours(session, work, neighbours, error))
            return false;
        for (guint i = 0; i < neighbours->len; i++) {
            const int64_t other = g_array_index(neighbours, int64_t, i);
            if (g_hash_table_contains(reached, &other))
                continue;
            const struct step step = {other, work};
            g_array_append_val(steps, step);
            g_hash_table_insert(reached, g_memdup2(&other, sizeof other), GUINT_TO_POINTER(steps->len));
        }
    }
    for (int64_t work = to; work && g_hash_table_contains(reached, &work);) {
        g_array_prepend_val(chain, work);
        const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(reached, &work));
        work = g_array_index(steps, struct step, place - 1).before;
    }
    return true;
}

/* The strongest edge between two works, whichever way it goes. */
static bool edge_between(struct nd_session *session, int64_t a, int64_t b, GPtrArray *out, GError **error)
{
    for (int side = 0; side < 2; side++) {
        g_autoptr(GArray) other = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_array_append_val(other, b);
        const struct nd_edge_request request = {
            .statement = side == 0 ? ND_STATEMENT_EDGES_OUT : ND_STATEMENT_EDGES_IN,
            .id = a,
            .relations = ~0U,
            .works = other,
            .cap = 1,
            .n_evidence = SIZE_MAX,
        };
        g_autoptr(GPtrArray) edges = nd_edges_find(session, &request, error);
        if (!edges)
            return false;
        if (edges->len > 0) {
            g_ptr_array_add(out, g_ptr_array_steal_index(edges, 0));
            return true;
        }
    }
    return true;
}

GPtrArray *nd_lookup_path(struct nd_session *session, const char *from, const char *to, GError **error)
{
    g_autoptr(GPtrArray) out =
        g_ptr_array_new_with_free_func((GDestroyNotify)(void (*)(void))nd_evidence_free);
    g_autoptr(GArray) chain = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int64_t first, last;
    if (!nd_session_enter(session, error))
        return NULL;
    bool good = work_row(session, from, &first, error) && work_row(session, to, &last, error) &&
                search_path(session, first, last, chain, error);
    for (guint i = 1; i < chain->len && good; i++)
        good = edge_between(session, g_array_index(chain, int64_t, i - 1), g_array_index(chain, int64_t, i),
                            out, error);
    nd_session_leave(session);
    return good ? g_steal_pointer(&out) : NULL;
}

/* ---- stats ---- */

static void count_group_free(gpointer data)
{
    struct nd_count_group *const group = data;
    for (size_t i = 0; i < group->n_counts; i++)
        g_free(group->counts[i].name);
    g_free(group->counts);
    g_free(group);
}

static const char *level_name(int64_t level)
{
    return level < ND_N_LEVELS ? nd_level_name((enum nd_level)level) : NULL;
}

static const char *relation_name(int64_t relation)
{
    return nd_relation_name((enum nd_relation)relation);
}

static const char *outcome_name(int64_t outcome)
{
    static const char *const names[] = {
        [ND_OUTCOME_RESOLVED] = "resolved",
        [ND_OUTCOME_ABSENT] = "absent",
        [ND_OUTCOME_AMBIGUOUS] = "ambiguous",
        [ND_OUTCOME_UNKNOWN] = "unknown",
    };
    return outcome >= 0 && outcome < (int64_t)G_N_ELEMENTS(names) ? names[outcome] : NULL;
}

static const char *type_label(int64_t value, const char *name)
{
    (void)value;
    g_autofree char *words = nd_type_words(name);
    return g_intern_string(words); /* as many as the table has rows */
}

static const char *level_label(int64_t value, const char *name)
{
    (void)name;
    return value < ND_N_LEVELS ? nd_level_label((enum nd_level)value) : NULL;
}

static const char *relation_label(int64_t value, const char *name)
{
    (void)name;
    return nd_relation_label((enum nd_relation)value, false);
}

static const char *outcome_label(int64_t value, const char *name)
{
    static const char *const labels[] = {
        [ND_OUTCOME_RESOLVED] = N_("of a text that is here"),
        [ND_OUTCOME_ABSENT] = N_("of a known one that is not here"),
        [ND_OUTCOME_AMBIGUOUS] = N_("that fit several"),
        [ND_OUTCOME_UNKNOWN] = N_("of nobody knows what"),
    };
    (void)name;
    return value >= 0 && value < (int64_t)G_N_ELEMENTS(labels) ? _(labels[value]) : NULL;
}

GPtrArray *nd_lookup_stats(struct nd_session *session, GError **error)
{
    static const struct {
        const char *name, *heading;
        enum nd_statement_id statement;
        const char *(*name_of)(int64_t value); /* NULL where the value is a name itself */
        const char *(*label_of)(int64_t value, const char *name);
    } groups[] = {
        {"types", N_("documents by type"), ND_STATEMENT_DOCUMENTS_BY_TYPE, NULL, type_label},
        {"levels", N_("documents by level"), ND_STATEMENT_DOCUMENTS_BY_LEVEL, level_name, level_label},
        {"places", N_("documents by place"), ND_STATEMENT_PLACES_WITH_DOCUMENTS, NULL, NULL},
        {"relations", N_("relations"), ND_STATEMENT_EDGES_BY_RELATION, relation_name, relation_label},
        {"citations", N_("citations"), ND_STATEMENT_RESOLUTIONS_BY_OUTCOME, outcome_name, outcome_label},
    };
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(count_group_free);
    if (!nd_session_enter(session, error))
        return NULL;
    bool good = true;
    for (size_t i = 0; i < G_N_ELEMENTS(groups) && good; i++) {
        g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(struct nd_count));
        struct nd_sql_statement *const s = nd_session_statement(session, groups[i].statement, error);
        bool row = false;
        good = s != NULL;
        if (good)
            nd_sql_bind(s, "u", (unsigned)session->visible);
        while (good && (good = nd_sql_step(s, &row, error)) && row) {
            const char *const name =
                groups[i].name_of ? groups[i].name_of(nd_sql_int(s, 0)) : nd_sql_text(s, 0);
            const bool known = name && *name;
            const struct nd_count count = {
                .name = g_strdup(known ? name : "unknown"),
                .label = !known ? _("unknown")
                         : groups[i].label_of
                             ? groups[i].label_of(groups[i].name_of ? nd_sql_int(s, 0) : 0, name)
                             : NULL,
                .n = (uint64_t)nd_sql_int(s, 1),
            };
            g_array_append_val(counts, count);
        }
        struct nd_count_group *const group = g_new0(struct nd_count_group, 1);
        group->name = groups[i].name;
        group->heading = _(groups[i].heading);
        group->n_counts = counts->len;
        group->counts = (struct nd_count *)(void *)g_array_free(g_steal_pointer(&counts), FALSE);
        g_ptr_array_add(out, group);
    }
    nd_session_leave(session);
    return good ? g_steal_pointer(&out) : NULL;
}
