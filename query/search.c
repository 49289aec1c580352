#include "analyzers/data/data.h"
#include "query/search.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "query/relations.h"
#include "query/snippets.h"
#include "query/words.h"
#include "query/works.h"

enum { PASSAGE_BYTES = 280, EDGES_PER_HIT = 3, COUNT_EXACTLY_TO = 200, ENOUGH_CHECKED = 150 };

static const char *const sort_names[ND_N_SORTS] = {"relevance", "date", "-date", "title", "citations"};

const char *nd_sort_name(enum nd_sort sort)
{
    return sort_names[sort];
}

bool nd_sort_parse(const char *name, enum nd_sort *out)
{
    for (size_t i = 0; i < ND_N_SORTS; i++) {
        if (strcmp(name, sort_names[i]) == 0) {
            *out = (enum nd_sort)i;
            return true;
        }
    }
    return false;
}

/* ---- running ---- */

/* A document and how many works cite it. */
struct cited {
    uint32_t id;
    double n;
};

static gint by_id(gconstpointer a, gconstpointer b)
{
    const struct cited *const x = a, *const y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* Calls `take` with each row of a statement. */
static bool each_row(struct nd_session *part, enum nd_statement_id id,
                     void (*take)(struct nd_session *part, struct nd_sql_statement *row, void *user_data),
                     void *user_data, GError **error)
{
    struct nd_sql_statement *const s = nd_session_statement(part, id, error);
    if (!s)
        return false;
    nd_sql_bind(s, id == ND_STATEMENT_DOCUMENTS_WITH_KEY ? "" : "u", (unsigned)part->visible);
    for (bool row = true;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        take(part, s, user_data);
    }
}

static void take_cited(struct nd_session *part, struct nd_sql_statement *row, void *cited)
{
    const struct cited one = {(uint32_t)nd_session_joined(part, nd_sql_int(row, 0)), nd_sql_double(row, 1)};
    g_array_append_val((GArray *)cited, one);
}

/* What several catalogues say of one work is added up by its key. */
struct count_by_key {
    GHashTable *n_by_key; /* of double */
    GArray *cited;
};

static void count_key(struct nd_session *part, struct nd_sql_statement *row, void *user_data)
{
    struct count_by_key *const counts = user_data;
    const double n = nd_sql_double(row, 1), *const before =
                                                g_hash_table_lookup(counts->n_by_key, nd_sql_text(row, 0));
    const double sum = n + (before ? *before : 0);
    (void)part;
    g_hash_table_insert(counts->n_by_key, g_strdup(nd_sql_text(row, 0)), g_memdup2(&sum, sizeof sum));
}

static void take_counted(struct nd_session *part, struct nd_sql_statement *row, void *user_data)
{
    struct count_by_key *const counts = user_data;
    const double *const n = g_hash_table_lookup(counts->n_by_key, nd_sql_text(row, 1));
    const struct cited one = {(uint32_t)nd_session_joined(part, nd_sql_int(row, 0)), n ? *n : 0};
    if (n)
        g_array_append_val(counts->cited, one);
}

/* Array of struct cited, by id. */
static GArray *times_cited(struct nd_session *session, GError **error)
{
    g_autoptr(GArray) cited = g_array_new(FALSE, FALSE, sizeof(struct cited));
    if (session->n_parts == 1)
        return each_row(session, ND_STATEMENT_TIMES_CITED, take_cited, cited, error) ? g_steal_pointer(&cited)
                                                                                     : NULL;
    g_autoptr(GHashTable) n_by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct count_by_key counts = {n_by_key, cited};
    for (unsigned i = 0; i < 2 * session->n_parts; i++) {
        const bool counting = i < session->n_parts;
        if (!each_row(session->parts[i % session->n_parts],
                      counting ? ND_STATEMENT_TIMES_CITED_BY_KEY : ND_STATEMENT_DOCUMENTS_WITH_KEY,
                      counting ? count_key : take_counted, &counts, error))
            return NULL;
    }
    g_array_sort(cited, by_id);
    return g_steal_pointer(&cited);
}

/* The query with every match weighed by how many works cite it. */
static struct xc_query *weigh_by_citations(struct nd_session *session, const struct xc_query *query,
                                           GError **error)
{
    g_autoptr(GArray) cited_documents = times_cited(session, error);
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(double));
    if (!cited_documents)
        return NULL;
    for (guint i = 0; i < cited_documents->len; i++) {
        const struct cited *const one = &g_array_index(cited_documents, struct cited, i);
        g_array_append_val(ids, one->id);
        g_array_append_val(weights, one->n);
    }
    GError *xc_error = NULL;
    xc_auto(xc_query) unweighted = xc_query_new_scaled(query, 0, &xc_error);
    xc_auto(xc_query) cited =
        unweighted ? xc_query_new_documents(session->database, (const uint32_t *)(const void *)ids->data,
                                            (const double *)(const void *)weights->data, ids->len, &xc_error)
                   : NULL;
    const struct xc_query *const parts[] = {unweighted, cited};
    struct xc_query *const both = cited ? xc_query_new_operator(XC_AND_MAYBE, parts, 2, 0, &xc_error) : NULL;
    if (!both)
        nd_fulltext_propagate(error, xc_error);
    return both;
}

/* The query without the documents from id `first` to `last`. Consumed. */
static struct xc_query *leave_out(struct xc_query *query, uint32_t first, uint32_t last, GError **error)
{
    xc_auto(xc_query) all = query;
    g_autoptr(GArray) later = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (uint64_t i = first; i <= last; i++) {
        const uint32_t id = (uint32_t)i;
        g_array_append_val(later, id);
    }
    GError *xc_error = NULL;
    xc_auto(xc_query) left_out = xc_query_new_documents(NULL, (const uint32_t *)(const void *)later->data,
                                                        NULL, later->len, &xc_error);
    const struct xc_query *const parts[] = {all, left_out};
    struct xc_query *const rest = left_out ? xc_query_new_operator(XC_AND_NOT, parts, 2, 0, &xc_error) : NULL;
    if (!rest)
        nd_fulltext_propagate(error, xc_error);
    return rest;
}

/* Keeps a plan to the documents there were at an earlier page. *until_out becomes what later pages ask with:
 * the generation, because the number of the newest document would tell of documents that the reader may not
 * see. */
static bool hold_still(struct nd_session *session, const struct nd_search_request *request,
                       struct nd_plan *plan, uint32_t *until_out, GError **error)
{
    struct xc_statistics statistics;
    GError *xc_error = NULL;
    if (!xc_database_statistics(session->database, &statistics, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    *until_out = 0;
    if (statistics.n_shards != 1)
        return true;
    struct nd_sql_statement *const s =
        nd_session_statement(session, request->until ? ND_STATEMENT_NEWEST : ND_STATEMENT_GENERATION, error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, request->until ? "u" : "", request->until);
    if (!nd_sql_step(s, &row, error))
        return false;
    const uint32_t number = row ? (uint32_t)nd_sql_int(s, 0) : 0;
    nd_sql_bind(s, "");
    *until_out = request->until ? request->until : number;
    if (!request->until || statistics.last_id <= number)
        return true;
    plan->query = leave_out(plan->query, number + 1, statistics.last_id, error);
    return plan->query != NULL;
}

/* Cuts the hits that were fetched before the page asked for. */
static void skip_hits(struct xc_results *results, size_t n)
{
    n = MIN(n, results->n_hits);
    if (n > 0)
        memmove(results->hits, results->hits + n, (results->n_hits - n) * sizeof *results->hits);
    results->n_hits -= n;
}

/* Drops the hits that do not have what the query could not check, and takes them off the count: exactly when
 * all matches are here, in proportion when not. */
static bool verify(struct nd_session *session, const struct nd_plan *plan, struct xc_results *results,
                   GError **error)
{
    const size_t n = results->n_hits;
    const bool all_here = results->lower == results->upper && n == results->upper;
    if (!nd_ranking_verify(plan->ranking, session->index, results, error))
        return false;
    if (all_here) {
        results->lower = results->estimated = results->upper = (uint32_t)results->n_hits;
    } else if (n > 0) {
        results->lower = (uint32_t)results->n_hits;
        results->estimated = (uint32_t)((double)results->estimated * (double)results->n_hits / (double)n);
        results->upper = MAX(results->upper, results->lower + 1);
    }
    return true;
}

/* How many matches Xapian looks at, at least: the counts of facets are over these. */
static uint32_t to_check(const struct nd_search_request *request)
{
    if (request->exact || (request->facets && request->facet_sample == 0))
        return UINT32_MAX;
    if (request->facets)
        return MAX(request->facet_sample, (uint32_t)COUNT_EXACTLY_TO);
    return request->bare ? 0 : COUNT_EXACTLY_TO;
}

static struct xc_results *run(struct nd_session *session, const struct nd_plan *plan,
                              const struct nd_search_request *request, GError **error)
{
    xc_auto(xc_query) by_citations = NULL;
    const uint32_t facets = (uint32_t)nd_fields[ND_FIELD_FACETS].slot;
    struct xc_sort_key key = {0};
    struct xc_request xc = {
        .query = plan->query,
        .offset = request->offset,
        .limit = request->limit,
        .check_at_least = to_check(request),
        .weight = nd_words_weighting(),
        .facet_slots = &facets,
        .n_facets = request->facets ? 1 : 0,
        .facet_parts = request->facets ? ND_FACET_PARTS : 0,
        .sort_keys = &key,
    };
    switch (request->sort) {
    case ND_SORT_DATE:
    case ND_SORT_DATE_DOWN:
        key =
            (struct xc_sort_key){(uint32_t)nd_fields[ND_FIELD_DATE].slot, request->sort == ND_SORT_DATE_DOWN};
        xc.sort = XC_SORT_VALUES_THEN_RELEVANCE;
        xc.n_sort_keys = 1;
        break;
    case ND_SORT_TITLE:
        key = (struct xc_sort_key){(uint32_t)nd_fields[ND_FIELD_TITLE_SORT].slot, false};
        xc.sort = XC_SORT_VALUES_THEN_RELEVANCE;
        xc.n_sort_keys = 1;
        break;
    case ND_SORT_CITATIONS:
        xc.query = by_citations = weigh_by_citations(session, plan->query, error);
        if (!by_citations)
            return NULL;
        break;
    default:
        break;
    }
    /* The best hits are looked at twice, on every page that shows some of them; those that have the words of
     * a phrase but not in a row fall out. */
    const uint32_t depth = nd_ranking_depth(plan->ranking);
    const bool ranked = request->sort == ND_SORT_RELEVANCE && request->offset < depth;
    if (ranked) {
        xc.offset = 0;
        xc.limit = MAX(request->offset + request->limit, depth);
    }
    const uint32_t wanted = xc.limit;
    if (request->facets == ND_FACETS_ALL)
        xc.limit = MAX(xc.limit, (uint32_t)ND_FACET_HITS);
    xc_auto(xc_results) results = nd_fulltext_search(session->fulltext, &xc, error);
    if (!results)
        return NULL;
    /* That there are more than could be checked is known; how large a part of them are matches, a sample
     * tells. */
    if (nd_ranking_requires(plan->ranking) && results->upper > results->n_hits)
        results->n_hits = MIN(results->n_hits, (size_t)MAX(wanted, (uint32_t)ENOUGH_CHECKED));
    if ((nd_ranking_requires(plan->ranking) && !verify(session, plan, results, error)) ||
        (ranked && !nd_ranking_apply(plan->ranking, session->index, results, error)))
        return NULL;
    if (ranked)
        skip_hits(results, request->offset);
    return g_steal_pointer(&results);
}

/* ---- hits ---- */

bool nd_hit_fill(struct nd_session *session, int64_t id, struct nd_hit *hit, uint32_t *body_start_out,
                 GError **error)
{
    nd_auto(nd_catalog_document) document = nd_session_document(session, id, error);
    if (!document)
        return false;
    struct nd_metadata *const metadata = &document->metadata;
    *body_start_out = metadata->body_start;
    hit->id = id;
    hit->key = g_steal_pointer(&document->key);
    hit->path = g_steal_pointer(&document->path);
    hit->work = g_steal_pointer(&document->work);
    hit->title = g_steal_pointer(&metadata->title);
    hit->type = g_steal_pointer(&metadata->type);
    hit->type_word = metadata->type_word ? metadata->type_word : nd_type_only_word(hit->type);
    hit->number = g_steal_pointer(&metadata->number);
    hit->code = g_steal_pointer(&metadata->code);
    hit->issuer = g_steal_pointer(&metadata->issuer);
    hit->place = g_steal_pointer(&metadata->place);
    hit->signer = g_steal_pointer(&metadata->signer);
    hit->level = metadata->level;
    hit->date = metadata->date;
    hit->secrecy = metadata->secrecy;
    int64_t local;
    struct nd_session *const part = nd_session_part(session, id, &local);
    struct nd_sql_statement *const s = nd_session_statement(part, ND_STATEMENT_COPIES, error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, "siu", hit->key, local, (unsigned)session->visible);
    if (!nd_sql_step(s, &row, error))
        return false;
    hit->n_copies = row ? (uint32_t)nd_sql_int(s, 0) : 0;
    return true;
}

void nd_hit_clear(struct nd_hit *hit)
{
    g_free(hit->key);
    g_free(hit->path);
    g_free(hit->work);
    g_free(hit->title);
    g_free(hit->type);
    g_free(hit->number);
    g_free(hit->code);
    g_free(hit->issuer);
    g_free(hit->place);
    g_free(hit->signer);
    for (size_t i = 0; i < hit->n_other_files; i++) {
        g_free(hit->other_files[i].document);
        g_free(hit->other_files[i].path);
    }
    g_free(hit->other_files);
    for (size_t i = 0; i < hit->n_passages; i++)
        nd_passage_clear(&hit->passages[i]);
    g_free(hit->passages);
    g_clear_pointer(&hit->edges, g_ptr_array_unref);
}

/* Why the document matches the query's relation operators. */
static bool fill_edges(struct nd_session *session, const struct nd_plan *plan, struct nd_hit *hit,
                       GError **error)
{
    for (guint i = 0; i < plan->relations->len; i++) {
        const struct nd_planned_relation *const relation = g_ptr_array_index(plan->relations, i);
        struct nd_edge_request request = {
            .statement = ND_STATEMENT_EDGES_OF_DOCUMENT,
            .id = hit->id,
            .relations = nd_relation_set(relation->node->relation),
            .works = relation->any || relation->node->transitive ? NULL : relation->works,
            .cap = EDGES_PER_HIT,
            .n_evidence = SIZE_MAX,
        };
        if (relation->node->inverse) { /* what is said of the hit's work, in other documents */
            g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(int64_t));
            if (!hit->work || !nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, hit->work, own, error)) {
                if (hit->work)
                    return false;
                continue;
            }
            request.statement = ND_STATEMENT_EDGES_IN;
            request.id = own->len > 0 ? g_array_index(own, int64_t, 0) : 0;
        }
        g_autoptr(GPtrArray) edges = nd_edges_find(session, &request, error);
        if (!edges)
            return false;
        if (!hit->edges)
            hit->edges = g_steal_pointer(&edges);
        else
            while (edges->len > 0)
                g_ptr_array_add(hit->edges, g_ptr_array_steal_index(edges, 0));
    }
    return true;
}

static bool fill_hit(struct nd_session *session, const struct nd_plan *plan,
                     const struct nd_search_request *request, const struct xc_hit *found, struct nd_hit *hit,
                     GError **error)
{
    hit->score = found->weight;
    uint32_t body_start;
    if (!nd_hit_fill(session, found->id, hit, &body_start, error))
        return false;
    if (request->bare)
        return true;
    if (!fill_edges(session, plan, hit, error))
        return false;
    if (request->n_passages == 0)
        return true;
    int64_t id;
    struct nd_catalog *const catalog = nd_session_part(session, found->id, &id)->catalog;
    nd_auto(nd_document) text = nd_catalog_text(catalog, id, error);
    if (!text)
        return false;
    struct nd_document_words words;
    if (!nd_ranking_words(plan->ranking, session->index, found->id, &words, error))
        return false;
    hit->passages = g_new0(struct nd_passage, request->n_passages);
    hit->n_passages = nd_snippets_make(text, words.text, plan->matcher, body_start, request->n_passages,
                                       PASSAGE_BYTES, hit->passages);
    return true;
}

/* Whether two hits are the same work in two files: their identity is sure, to the day; or the same text in
 * two indexes. */
static bool is_same_work(const struct nd_hit *a, const struct nd_hit *b)
{
    if (strcmp(a->key, b->key) == 0)
        return true;
    return a->work && b->work && a->code && a->date.day && strcmp(a->work, b->work) == 0 &&
           nd_date_compare(a->date, b->date) == 0;
}

/* Makes one hit of those of one work, the best of them; the others become its other files. */
static void fold(struct nd_results *results)
{
    size_t kept = 0;
    for (size_t i = 0; i < results->n_hits; i++) {
        struct nd_hit *const hit = &results->hits[i];
        struct nd_hit *first = NULL;
        for (size_t k = 0; k < kept && !first; k++) {
            if (is_same_work(&results->hits[k], hit))
                first = &results->hits[k];
        }
        if (!first) {
            results->hits[kept++] = *hit;
            continue;
        }
        first->other_files = g_renew(struct nd_other_file, first->other_files, first->n_other_files + 1);
        first->other_files[first->n_other_files++] = (struct nd_other_file){
            .document = g_steal_pointer(&hit->key), .path = g_steal_pointer(&hit->path)};
        nd_hit_clear(hit);
    }
    results->n_hits = kept;
}

/* ---- the card of a citation ---- */

/* Adds the works that a query names which is one citation and nothing else. */
static bool add_cited(struct nd_session *session, const struct nd_syntax *syntax, GArray *works,
                      bool *editions_out, GError **error)
{
    if (!syntax || !syntax->only_citation)
        return true;
    *editions_out = nd_names_editions(syntax->only_citation);
    return nd_citation_works(session, syntax->only_citation, works, error);
}

/* The same for words, which may be a name typed without its capitals, or without its accents. */
static bool add_named(struct nd_session *session, const struct nd_syntax *syntax, const char *restored,
                      GArray *works, bool *editions_out, GError **error)
{
    enum { NAME_BYTES = 160 };
    const struct nd_node *const root = syntax->root;
    const char *const texts[] = {root->text, restored};
    for (size_t i = 0; root->kind == ND_NODE_WORDS && i < G_N_ELEMENTS(texts); i++) {
        for (unsigned n = 1; texts[i] && strlen(texts[i]) <= NAME_BYTES && n <= ND_TITLE_TYPE_WORDS; n++) {
            g_autofree char *title = nd_work_title_case(texts[i], n);
            nd_auto(nd_syntax) name = nd_syntax_parse(title, strlen(title), &(size_t){0}, NULL);
            if (!add_cited(session, name, works, editions_out, error))
                return false;
            if (works->len > 0)
                return true;
        }
    }
    return true;
}

static bool fill_card(struct nd_session *session, const struct nd_syntax *syntax, const char *restored,
                      struct nd_results *results, GError **error)
{
    bool editions = false;
    g_autoptr(GArray) works = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!add_cited(session, syntax, works, &editions, error) ||
        (works->len == 0 && !add_named(session, syntax, restored, works, &editions, error)))
        return false;
    if (works->len == 0)
        return true;
    g_autoptr(GPtrArray) cards = nd_work_cards_brief(session, works, editions, error);
    if (!cards)
        return false;
    if (works->len == 1 || editions) {
        const struct nd_work_card *const first = g_ptr_array_index(cards, 0);
        g_autoptr(GArray) meant = g_array_new(FALSE, FALSE, sizeof(int64_t));
        if (!nd_works_by(session, ND_STATEMENT_WORK_BY_KEY, first->key, meant, error))
            return false;
        results->card = nd_work_card_full(session, g_array_index(meant, int64_t, 0), error);
        g_ptr_array_remove_index(cards, 0);
    }
    if (cards->len > 0)
        results->candidates = g_steal_pointer(&cards);
    return works->len > 1 && !editions ? true : results->card != NULL;
}

/* ---- one search ---- */

/* Plans and runs; *plan_out is the caller's, set where the plan could be made, in place of one that is there.
 */
static struct xc_results *find(struct nd_session *session, const struct nd_syntax *syntax,
                               const struct nd_search_request *request, bool sure, struct nd_plan **plan_out,
                               struct nd_results *results, size_t *position_out, GError **error)
{
    nd_plan_free(*plan_out);
    *plan_out = nd_plan_make(session, syntax, sure, position_out, error);
    return *plan_out && hold_still(session, request, *plan_out, &results->until, error)
               ? run(session, *plan_out, request, error)
               : NULL;
}

/* Whether facets were counted over documents of which some proved to be no matches: of so few that each can
 * be checked before it is counted. Of more, the counts are estimates. */
static bool must_count_again(const struct nd_search_request *request, const struct nd_plan *plan,
                             const struct xc_results *found)
{
    return request->facets && !request->exact && nd_ranking_requires(plan->ranking) &&
           found->lower == found->upper && found->facets[0].n_seen != found->lower;
}

static struct nd_results *search_once(struct nd_session *session, const struct nd_syntax *syntax,
                                      const struct nd_search_request *request, size_t *position_out,
                                      GError **error)
{
    nd_auto(nd_results) results = g_new0(struct nd_results, 1);
    nd_auto(nd_plan) plan = NULL;
    xc_auto(xc_results) found =
        find(session, syntax, request, request->exact, &plan, results, position_out, error);
    if (found && must_count_again(request, plan, found)) {
        xc_results_free(found);
        found = find(session, syntax, request, true, &plan, results, position_out, error);
    }
    if (!found)
        return NULL;
    results->n_matches = found->estimated;
    results->n_matches_exact = found->lower == found->upper;
    results->offset = request->offset;
    const size_t n_shown = MIN(found->n_hits, (size_t)request->limit);
    results->hits = g_new0(struct nd_hit, n_shown);
    for (size_t i = 0; i < n_shown; i++) {
        results->n_hits = i + 1;
        results->hits[i].rank = request->offset + (uint32_t)i + 1;
        if (!fill_hit(session, plan, request, &found->hits[i], &results->hits[i], error))
            return NULL;
    }
    if (request->fold && !request->bare)
        fold(results);
    if (request->facets && !nd_facets_fill(session, found, syntax, request->facets, results, error))
        return NULL;
    if (request->card && request->offset == 0 && !fill_card(session, syntax, plan->restored, results, error))
        return NULL;
    if (request->explain && !(results->explanation = nd_plan_explain(session, syntax, plan, error)))
        return NULL;
    if (!request->bare)
        nd_remarks_fill(session, syntax, plan, request, results);
    return g_steal_pointer(&results);
}

struct nd_results *nd_search(struct nd_session *session, const struct nd_search_request *request,
                             size_t *position_out, GError **error)
{
    enum { ATTEMPTS = 3 };
    const gint64 begun = g_get_monotonic_time();
    size_t ignored;
    size_t *const position = position_out ? position_out : &ignored;
    if ((uint64_t)request->offset + request->limit > ND_CAP_RESULT_WINDOW) {
        *position = 0;
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("only the first %d results of a query can be shown"),
                    ND_CAP_RESULT_WINDOW);
        return NULL;
    }
    nd_auto(nd_syntax) syntax = nd_syntax_parse(request->query, request->query_size, position, error);
    if (!syntax)
        return NULL;
    for (int attempt = 1;; attempt++) {
        g_autoptr(GError) failure = NULL;
        struct nd_results *results = NULL;
        if (nd_session_enter(session, &failure)) {
            results = search_once(session, syntax, request, position, &failure);
            nd_session_leave(session);
        }
        if (results) {
            results->seconds = (double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC;
            return results;
        }
        if (attempt == ATTEMPTS || !g_error_matches(failure, ND_ERROR, ND_ERROR_CHANGED)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return NULL;
        }
    }
}

GArray *nd_search_ids(struct nd_session *session, const char *query, GError **error)
{
    size_t position;
    nd_auto(nd_syntax) syntax = nd_syntax_parse(query, strlen(query), &position, error);
    if (!syntax || !nd_session_enter(session, error))
        return NULL;
    nd_auto(nd_plan) plan = nd_plan_make(session, syntax, true, &position, error);
    const struct xc_request request = {
        .query = plan ? plan->query : NULL, .limit = G_MAXINT32, .weight = nd_words_weighting()};
    xc_auto(xc_results) found = plan ? nd_fulltext_search(session->fulltext, &request, error) : NULL;
    nd_session_leave(session);
    if (!found)
        return NULL;
    GArray *const ids = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), (guint)found->n_hits);
    for (size_t i = 0; i < found->n_hits; i++) {
        const int64_t id = found->hits[i].id;
        g_array_append_val(ids, id);
    }
    return ids;
}

void nd_results_free(struct nd_results *results)
{
    if (!results)
        return;
    for (size_t i = 0; i < results->n_hits; i++)
        nd_hit_clear(&results->hits[i]);
    g_free(results->hits);
    for (size_t i = 0; i < results->n_facets; i++)
        nd_facet_clear(&results->facets[i]);
    g_free(results->facets);
    nd_work_card_free(results->card);
    g_clear_pointer(&results->candidates, g_ptr_array_unref);
    g_free(results->corrected);
    g_strfreev(results->remarks);
    g_free(results->explanation);
    g_free(results);
}
