#include "query/edges.h"

#include "analyzers/text/passage.h"
#include "graph/work.h"
#include "query/cards.h"
#include "query/works.h"

void nd_evidence_free(struct nd_evidence *evidence)
{
    if (!evidence)
        return;
    g_free(evidence->source_key);
    g_free(evidence->source_code);
    g_free(evidence->source_title);
    g_free(evidence->target_key);
    g_free(evidence->target_code);
    g_free(evidence->target_title);
    g_free(evidence->target_type);
    g_free(evidence->evidence);
    g_free(evidence->path);
    g_free(evidence->document);
    g_free(evidence->rule);
    g_free(evidence->reported_by);
    g_free(evidence->place);
    g_free(evidence->type);
    g_free(evidence);
}

static void evidence_free(gpointer evidence)
{
    nd_evidence_free(evidence);
}

/* A row of the edge statements. */
struct edge_row {
    int64_t source, target, document, ordinal, reported_by;
    struct nd_evidence *edge;
};

static bool wanted(const GArray *works, int64_t other)
{
    if (!works)
        return true;
    for (guint i = 0; i < works->len; i++) {
        if (g_array_index(works, int64_t, i) == other)
            return true;
    }
    return false;
}

/* Whether the source does one of the excluded relations to the target as strongly as the edge says. */
static bool says_better(struct nd_session *session, unsigned relations, int64_t source, int64_t target,
                        enum nd_strength strength, bool *out, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_STRENGTH_BETWEEN, error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, "iiuu", source, target, relations, (unsigned)session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    *out = row && nd_sql_int(s, 0) >= (int64_t)strength;
    return true;
}

/* Whether request has the row in front of it left out for its source. */
static bool skip_source(struct nd_session *session, const struct nd_edge_request *request,
                        struct nd_sql_statement *row, GHashTable *seen, bool *out, GError **error)
{
    const int64_t source = nd_sql_int(row, 0);
    *out = request->source_once && !g_hash_table_add(seen, GSIZE_TO_POINTER((gsize)source));
    return *out || !request->unless ||
           says_better(session, request->unless, source, nd_sql_int(row, 1),
                       (enum nd_strength)nd_sql_int(row, 3), out, error);
}

static bool read_rows(struct nd_session *session, const struct nd_edge_request *request, GArray *rows,
                      GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, request->statement, error);
    if (!s)
        return false;
    nd_sql_bind(s, request->group ? "iuus" : "iuu", request->id, request->relations,
                (unsigned)session->visible, request->group);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    while (request->cap == 0 || rows->len < request->cap) {
        bool found;
        if (!nd_sql_step(s, &found, error))
            return false;
        if (!found)
            break;
        const int64_t source = nd_sql_int(s, 0), target = nd_sql_int(s, 1);
        if (!wanted(request->works, request->statement == ND_STATEMENT_EDGES_IN ? source : target))
            continue;
        bool skipped;
        if (!skip_source(session, request, s, seen, &skipped, error))
            return false;
        if (skipped)
            continue;
        struct nd_evidence *const edge = g_new0(struct nd_evidence, 1);
        edge->relation = (enum nd_relation)nd_sql_int(s, 2);
        edge->strength = (enum nd_strength)nd_sql_int(s, 3);
        edge->proposed = nd_sql_int(s, 4) != 0;
        edge->confidence = nd_sql_double(s, 5);
        edge->possible = request->group != NULL;
        edge->rule = g_strdup(nd_catalog_wording(session->catalog, nd_sql_int(s, 8)));
        const struct edge_row row = {
            source, target, nd_sql_int(s, 6), nd_sql_int(s, 7), nd_sql_is_null(s, 9) ? 0 : nd_sql_int(s, 9),
            edge};
        g_array_append_val(rows, row);
    }
    return true;
}

static void edge_row_clear(gpointer data)
{
    nd_evidence_free(((struct edge_row *)data)->edge);
}

/* The text an edge's evidence stands in; edges of one document follow each other often. */
struct text_cache {
    int64_t id;
    struct nd_document *text;
};

/* The passage out of the text itself, where none is kept. */
static bool read_evidence(struct nd_session *session, struct edge_row *row, struct text_cache *cache,
                          GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_MENTION_SPAN, error);
    bool found;
    if (!s)
        return false;
    nd_sql_bind(s, "ii", row->document, row->ordinal);
    if (!nd_sql_step(s, &found, error))
        return false;
    if (!found)
        return true;
    row->edge->span = (struct nd_range){(uint32_t)nd_sql_int(s, 0), (uint32_t)nd_sql_int(s, 1)};
    if (cache->id != row->document || !cache->text) {
        g_clear_pointer(&cache->text, nd_document_free);
        cache->text = nd_catalog_text(session->catalog, row->document, error);
        cache->id = row->document;
        if (!cache->text)
            return false;
    }
    row->edge->evidence = nd_passage_around(cache->text, row->edge->span, ND_PASSAGE_BYTES, &row->edge->mark);
    return true;
}

static bool fill_evidence(struct nd_session *session, struct edge_row *row, struct text_cache *cache,
                          GError **error)
{
    struct nd_stored_passage passage;
    bool found;
    if (!nd_catalog_passage(session->catalog, row->document, (uint32_t)row->ordinal, &passage, &found, error))
        return false;
    if (!found)
        return read_evidence(session, row, cache, error);
    row->edge->span = passage.span;
    row->edge->evidence = nd_str_dup(passage.text);
    row->edge->mark = passage.mark;
    return true;
}

/* The card of the last work there was at an end: edges of one work have it at one end, all of them. */
struct card_cache {
    int64_t work;
    struct nd_work_card *card;
};

static const struct nd_work_card *cached_card(struct nd_session *session, int64_t work,
                                              struct card_cache *cache, GError **error)
{
    if (cache->card && cache->work == work)
        return cache->card;
    nd_work_card_free(cache->card);
    cache->work = work;
    cache->card = nd_work_card_named(session, work, error);
    return cache->card;
}

/* "MOC-CHAU": a committee whose province its documents do not say is known by its key alone. */
static bool is_key(const char *place)
{
    return g_ascii_isupper(place[0]) && (g_ascii_isupper(place[1]) || place[1] == '-');
}

static bool fill_names(struct nd_session *session, struct edge_row *row, struct card_cache ends[2],
                       GError **error)
{
    struct nd_evidence *const edge = row->edge;
    const struct nd_work_card *const source =
        row->source ? cached_card(session, row->source, &ends[0], error) : NULL;
    const struct nd_work_card *const target =
        source || !row->source ? cached_card(session, row->target, &ends[1], error) : NULL;
    if (!target)
        return false;
    if (source) {
        edge->source_key = g_strdup(source->key);
        edge->source_code = g_strdup(source->code);
        edge->source_title = g_strdup(source->title);
        edge->level = source->level;
        edge->place = g_strdup(source->place);
        edge->type = g_strdup(source->type);
        edge->date = source->date;
    }
    edge->target_key = g_strdup(target->key);
    edge->target_code = g_strdup(target->code);
    edge->target_title = g_strdup(target->title);
    edge->target_type = g_strdup(target->type);
    if (row->reported_by) {
        nd_auto(nd_work_card) reporter = nd_work_card_named(session, row->reported_by, error);
        if (!reporter)
            return false;
        edge->reported_by = g_steal_pointer(&reporter->key);
    }
    struct nd_sql_statement *const document = nd_session_brief(session, row->document, error);
    if (!document)
        return false;
    edge->path = nd_brief_path(document);
    edge->document = g_strdup(nd_sql_text(document, ND_BRIEF_KEY));
    if (!source) { /* of a document without a code, of which the graph knows nothing for certain */
        edge->source_key = g_strdup_printf(ND_WORK_DOCUMENT "%.16s", edge->document);
        edge->source_title = g_strdup(nd_sql_text(document, ND_BRIEF_TITLE));
    }
    if (!row->reported_by && edge->place && is_key(edge->place)) {
        g_free(edge->place);
        edge->place = g_strdup(nd_sql_text(document, ND_BRIEF_PLACE_LINE));
    }
    if (!row->reported_by) { /* the source itself: its header knows more than its citations do */
        if (edge->level == ND_LEVEL_UNKNOWN)
            edge->level = (enum nd_level)nd_sql_int(document, ND_BRIEF_LEVEL);
        if (!edge->place)
            edge->place = g_strdup(nd_sql_text(document, ND_BRIEF_PLACE));
        if (!edge->type)
            edge->type = g_strdup(nd_sql_text(document, ND_BRIEF_TYPE));
        if (!edge->date.year)
            edge->date = nd_brief_date(document);
    }
    return true;
}

static GPtrArray *edges_of_part(struct nd_session *session, const struct nd_edge_request *request,
                                GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct edge_row));
    g_array_set_clear_func(rows, edge_row_clear);
    if (!read_rows(session, request, rows, error))
        return NULL;
    g_autoptr(GPtrArray) edges = g_ptr_array_new_with_free_func(evidence_free);
    struct text_cache cache = {0};
    struct card_cache ends[2] = {0};
    bool good = true;
    for (guint i = 0; i < rows->len && good; i++) {
        struct edge_row *const row = &g_array_index(rows, struct edge_row, i);
        good = fill_names(session, row, ends, error) &&
               (i >= request->n_evidence || fill_evidence(session, row, &cache, error));
        if (good)
            g_ptr_array_add(edges, g_steal_pointer(&row->edge));
    }
    nd_document_free(cache.text);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        nd_work_card_free(ends[i].card);
    return good ? g_steal_pointer(&edges) : NULL;
}

/* The works of a request that a part knows, by its own ids. */
static GArray *works_in_part(struct nd_session *session, struct nd_session *part, const GArray *works,
                             GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (guint i = 0; i < works->len; i++) {
        if (!nd_work_everywhere(session, g_array_index(works, int64_t, i), all, error))
            return NULL;
        for (guint k = 0; k < all->len; k++) {
            int64_t local;
            if (nd_session_part(session, g_array_index(all, int64_t, k), &local) == part)
                g_array_append_val(own, local);
        }
    }
    return g_steal_pointer(&own);
}

static gint strongest_first(gconstpointer a, gconstpointer b)
{
    const struct nd_evidence *const x = *(struct nd_evidence *const *)a, *const y =
                                                                             *(struct nd_evidence *const *)b;
    if (x->strength != y->strength)
        return x->strength > y->strength ? -1 : 1;
    if (x->proposed != y->proposed)
        return x->proposed ? 1 : -1;
    return x->confidence > y->confidence ? -1 : x->confidence < y->confidence;
}

/* The title of a work as all parts know it. */
static bool retitle(struct nd_session *session, const char *key, char **title, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!key || !nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, key, works, error))
        return !key;
    if (works->len == 0)
        return true;
    nd_auto(nd_work_card) card = nd_work_card_brief(session, g_array_index(works, int64_t, 0), error);
    if (!card)
        return false;
    g_free(*title);
    *title = g_steal_pointer(&card->title);
    return true;
}

GPtrArray *nd_edges_find(struct nd_session *session, const struct nd_edge_request *request, GError **error)
{
    if (session->n_parts == 1)
        return edges_of_part(session, request, error);
    g_autoptr(GPtrArray) edges = g_ptr_array_new_with_free_func(evidence_free);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (request->statement == ND_STATEMENT_EDGES_OF_DOCUMENT)
        g_array_append_val(ids, request->id);
    else if (!nd_work_everywhere(session, request->id, ids, error))
        return NULL;
    for (guint i = 0; i < ids->len; i++) {
        struct nd_edge_request own = *request;
        struct nd_session *const part = nd_session_part(session, g_array_index(ids, int64_t, i), &own.id);
        g_autoptr(GArray) works = request->works ? works_in_part(session, part, request->works, error) : NULL;
        own.works = works;
        g_autoptr(GPtrArray) found = works || !request->works ? edges_of_part(part, &own, error) : NULL;
        if (!found)
            return NULL;
        g_ptr_array_extend_and_steal(edges, g_steal_pointer(&found));
    }
    g_ptr_array_sort(edges, strongest_first);
    if (request->cap > 0 && edges->len > request->cap)
        g_ptr_array_set_size(edges, (gint)request->cap);
    for (guint i = 0; i < edges->len; i++) {
        struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        if (!retitle(session, edge->source_key, &edge->source_title, error) ||
            !retitle(session, edge->target_key, &edge->target_title, error))
            return NULL;
    }
    return g_steal_pointer(&edges);
}

GPtrArray *nd_work_edges_first(struct nd_session *session, const char *work, enum nd_direction direction,
                               unsigned relations, size_t cap, size_t n_evidence, GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_session_enter(session, error))
        return NULL;
    g_autoptr(GPtrArray) edges = g_ptr_array_new_with_free_func(evidence_free);
    bool good = nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, work, works, error);
    for (int side = 0; side < 2 && good && works->len > 0; side++) {
        if (!(direction & (side == 0 ? ND_OUT : ND_IN)))
            continue;
        const struct nd_edge_request request = {
            .statement = side == 0 ? ND_STATEMENT_EDGES_OUT : ND_STATEMENT_EDGES_IN,
            .id = g_array_index(works, int64_t, 0),
            .relations = relations ? relations : ~0U,
            .cap = cap,
            .n_evidence = n_evidence,
        };
        g_autoptr(GPtrArray) found = nd_edges_find(session, &request, error);
        good = found != NULL;
        if (good)
            g_ptr_array_extend_and_steal(edges, g_steal_pointer(&found));
    }
    nd_session_leave(session);
    return good ? g_steal_pointer(&edges) : NULL;
}

GPtrArray *nd_work_possible_edges(struct nd_session *session, const char *work, unsigned relations,
                                  GError **error)
{
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autofree char *group = nd_work_group(work);
    if (!group)
        return g_ptr_array_new_with_free_func(evidence_free);
    if (!nd_session_enter(session, error))
        return NULL;
    GPtrArray *edges = NULL;
    if (nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, work, works, error)) {
        const struct nd_edge_request request = {
            .statement = ND_STATEMENT_EDGES_POSSIBLE,
            .group = group,
            .id = works->len > 0 ? g_array_index(works, int64_t, 0) : 0,
            .relations = relations ? relations : ~0U,
            .n_evidence = SIZE_MAX,
        };
        edges = works->len > 0 ? nd_edges_find(session, &request, error)
                               : g_ptr_array_new_with_free_func(evidence_free);
    }
    nd_session_leave(session);
    return edges;
}

GPtrArray *nd_work_edges(struct nd_session *session, const char *work, enum nd_direction direction,
                         unsigned relations, GError **error)
{
    return nd_work_edges_first(session, work, direction, relations, 0, SIZE_MAX, error);
}

bool nd_work_neighbours(struct nd_session *session, int64_t work, GArray *out, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_NEIGHBOURS, error);
    g_array_set_size(out, 0);
    if (!s)
        return false;
    nd_sql_bind(s, "iu", work, (unsigned)session->visible);
    for (;;) {
        bool row;
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        const int64_t other = nd_sql_int(s, 0) == work ? nd_sql_int(s, 1) : nd_sql_int(s, 0);
        g_array_append_val(out, other);
    }
}
