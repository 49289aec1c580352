#include "query/search.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "query/citation_order.h"
#include "query/hits.h"
#include "query/words.h"
#include "query/work_names.h"

enum { COUNT_EXACTLY_TO = 200, ENOUGH_CHECKED = 150 };

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
    if (!request->until) {
        const int64_t generation = nd_session_generation(session, error);
        *until_out = (uint32_t)MAX(generation, 0);
        return generation >= 0;
    }
    struct nd_sql_statement *const s = nd_session_statement(session, ND_STATEMENT_NEWEST, error);
    bool row;
    if (!s)
        return false;
    nd_sql_bind(s, "u", request->until);
    if (!nd_sql_step(s, &row, error))
        return false;
    const uint32_t newest = row ? (uint32_t)nd_sql_int(s, 0) : 0;
    nd_sql_bind(s, "");
    *until_out = request->until;
    if (statistics.last_id <= newest)
        return true;
    plan->query = leave_out(plan->query, newest + 1, statistics.last_id, error);
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
        xc.query = by_citations = nd_citation_order(session, plan->query, error);
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
        if (!nd_hit_show(session, plan, request, &found->hits[i], &results->hits[i], error))
            return NULL;
    }
    if (request->fold && !request->bare)
        nd_hits_fold(results);
    if (request->facets && !nd_facets_fill(session, found, syntax, request->facets, results, error))
        return NULL;
    if (request->card && request->offset == 0 &&
        !nd_query_card(session, syntax, plan->restored, results, error))
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
