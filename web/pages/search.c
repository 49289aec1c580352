#include "web/pages/json.h"
#include "web/pages/parts.h"
#include "base/caps.h"
#include "base/error.h"

#define HITS_PER_PAGE    10
#define PASSAGES_PER_HIT 2
#define FACET_SAMPLE     1000 /* matches; among more of them the counts are marked as lower bounds */
#define FACET_VALUES     8    /* shown; more are behind a narrower question */
#define PASTED_BYTES     60   /* a query from here on may be pasted text, asking what its citations mean */

/* The parameters that narrow a search, each with the field of the query language it stands for. */
static const struct {
    enum nd_parameter parameter;
    const char *field;
    enum nd_message heading;
} narrowing[] = {
    {ND_PARAMETER_TYPE, "type", ND_MESSAGE_FACET_TYPE},
    {ND_PARAMETER_LEVEL, "level", ND_MESSAGE_FACET_LEVEL},
    {ND_PARAMETER_PLACE, "place", ND_MESSAGE_FACET_PLACE},
    {ND_PARAMETER_ISSUER, "issuer", ND_MESSAGE_FACET_ISSUER},
    {ND_PARAMETER_YEAR, "year", ND_MESSAGE_FACET_YEAR},
};

/* What is added to the words that were typed: " type:\"KH\" date:2022..". */
static char *narrowing_text(const struct nd_request *request)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(narrowing); i++) {
        const char *value = request->values[narrowing[i].parameter];
        if (!value)
            continue;
        g_autofree char *plain = g_strdelimit(g_strdup(value), "\"", ' ');
        g_string_append_printf(text, " %s:\"%s\"", narrowing[i].field, plain);
    }
    const char *from = request->values[ND_PARAMETER_FROM], *to = request->values[ND_PARAMETER_TO];
    if (from || to)
        g_string_append_printf(text, " date:%s..%s", from ? from : "", to ? to : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static bool is_narrowed(const struct nd_request *request)
{
    g_autofree char *text = narrowing_text(request);
    return *text != '\0';
}

char *nd_search_text(const struct nd_request *request)
{
    g_autofree char *narrowed = narrowing_text(request);
    const char *typed = request->values[ND_PARAMETER_QUERY];
    if (!typed)
        return g_strdup(g_strchug(narrowed));
    return *narrowed && strstr(typed, " OR ") ? g_strconcat("(", typed, ")", narrowed, NULL)
                                              : g_strconcat(typed, narrowed, NULL);
}

static void put_front(struct nd_visit *visit)
{
    struct nd_html html = nd_frame_begin(visit->request, visit->response, &(struct nd_frame){.front = true});
    nd_put(&html, HTML("<div class=\"front\"><h1>"), MSG(FRONT_TITLE), HTML("</h1>"));
    nd_frame_put_find(&html, visit->request);
    nd_put(&html, HTML("<p class=\"soft\">"), MSG(FRONT_LEAD), HTML("</p><ul>"));
    static const struct {
        const char *query[ND_N_LANGUAGES];
        enum nd_message meaning;
    } examples[] = {
        {{"sinh hoat chuyen de", "sinh hoat chuyen de"}, ND_MESSAGE_EXAMPLE_WORDS},
        {{"21-NQ/TW", "21-NQ/TW"}, ND_MESSAGE_EXAMPLE_CODE},
        {{"thựchiện:21-NQ/TW cấp:tỉnh", "implements:21-NQ/TW level:provincial"}, ND_MESSAGE_EXAMPLE_RELATION},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
        const char *query = examples[i].query[html.language];
        nd_put(&html, HTML("<li><a href=\""));
        nd_put_address(&html, visit->request, "/", {ND_PARAMETER_QUERY, query});
        nd_put(&html, HTML("\">"), TEXT(query), HTML("</a><br><span class=\"soft\">"),
               MESSAGE(examples[i].meaning), HTML("</span></li>"));
    }
    nd_put(&html, HTML("</ul></div>"));
    nd_frame_end(&html, visit->request);
}

static void put_facets(struct nd_html *html, const struct nd_request *request,
                       const struct nd_results *results)
{
    nd_put(html, HTML("<aside class=\"side\" aria-label=\""), MSG(NARROW), HTML("\">"));
    for (size_t i = 0; i < G_N_ELEMENTS(narrowing); i++) {
        const enum nd_parameter parameter = narrowing[i].parameter;
        const struct nd_facet *facet = NULL;
        for (size_t k = 0; k < results->n_facets; k++) {
            if (strcmp(results->facets[k].name, narrowing[i].field) == 0)
                facet = &results->facets[k];
        }
        if (!facet || facet->n_values == 0)
            continue;
        nd_put(html, HTML("<h2>"), MESSAGE(narrowing[i].heading), HTML("</h2><ul class=\"facets\">"));
        for (size_t k = 0; k < facet->n_values && k < FACET_VALUES; k++) {
            const struct nd_facet_value *value = &facet->values[k];
            const bool chosen = g_strcmp0(request->values[parameter], value->value) == 0;
            nd_put(html, HTML("<li><a href=\""));
            nd_put_address(html, request, "/", {parameter, chosen ? NULL : value->value});
            if (chosen)
                nd_put(html, HTML("\" aria-current=\"true\" title=\""), MSG(FACET_REMOVE));
            nd_put(html, HTML("\"><span>"));
            if (parameter == ND_PARAMETER_LEVEL)
                nd_put_level(html, value->value);
            else
                nd_put(html, TEXT(value->label ? value->label : value->value));
            nd_put(html, HTML("</span><span>"), NUMBER(value->n), facet->exact ? HTML("") : HTML("+"),
                   HTML("</span></a></li>"));
        }
        nd_put(html, HTML("</ul>"));
    }
    static const enum nd_parameter own[] = {ND_PARAMETER_FROM, ND_PARAMETER_TO};
    nd_put(html, HTML("<h2 id=\"dates\">"), MSG(FACET_DATE), HTML("</h2><form action=\""), BASE,
           HTML("/\" aria-labelledby=\"dates\">"));
    nd_address_put_hidden(html, request, own, G_N_ELEMENTS(own));
    nd_put(html, HTML("<label>"), MSG(FROM), HTML(" <input name=\"from\" placeholder=\"2020\" value=\""),
           ATTR(request->values[ND_PARAMETER_FROM]), HTML("\"></label><label>"), MSG(TO),
           HTML(" <input name=\"to\" placeholder=\"2022-06\" value=\""),
           ATTR(request->values[ND_PARAMETER_TO]), HTML("\"></label><button class=\"quiet\">"), MSG(APPLY),
           HTML("</button></form></aside>"));
}

static void put_sorts(struct nd_html *html, const struct nd_request *request)
{
    static const struct {
        const char *value;
        enum nd_message name;
    } sorts[] = {
        {"relevance", ND_MESSAGE_SORT_RELEVANCE}, {"-date", ND_MESSAGE_SORT_NEWEST},
        {"date", ND_MESSAGE_SORT_OLDEST},         {"citations", ND_MESSAGE_SORT_CITATIONS},
        {"title", ND_MESSAGE_SORT_TITLE},
    };
    const char *now = request->values[ND_PARAMETER_SORT];
    nd_put(html, HTML("<p class=\"small\">"), MSG(SORT));
    for (size_t i = 0; i < G_N_ELEMENTS(sorts); i++) {
        const bool chosen = strcmp(now ? now : "relevance", sorts[i].value) == 0;
        nd_put(html, HTML(" "));
        if (chosen) {
            nd_put(html, HTML("<b>"), MESSAGE(sorts[i].name), HTML("</b>"));
            continue;
        }
        nd_put(html, HTML("<a href=\""));
        nd_put_address(html, request, "/", {ND_PARAMETER_SORT, i == 0 ? NULL : sorts[i].value});
        nd_put(html, HTML("\">"), MESSAGE(sorts[i].name), HTML("</a>"));
    }
    nd_put(html, HTML("</p>"));
}

/* The links to the other pages keep to the documents there were on this one. */
static void put_pages(struct nd_html *html, const struct nd_request *request,
                      const struct nd_results *results)
{
    const uint64_t n_matches = results->n_matches;
    const int page = MAX(1, nd_request_number(request, ND_PARAMETER_PAGE, 1));
    const uint64_t reachable = MIN(n_matches, (uint64_t)ND_CAP_RESULT_WINDOW);
    const int last = (int)((reachable + HITS_PER_PAGE - 1) / HITS_PER_PAGE);
    if (last <= 1)
        return;
    nd_put(html, HTML("<nav class=\"pages\" aria-label=\""), MSG(PAGES), HTML("\">"));
    for (int i = 1; i <= last; i++) {
        if (i != 1 && i != last && (i < page - 2 || i > page + 2)) {
            if (i == page - 3 || i == page + 3)
                nd_put(html, HTML("<span>…</span>"));
            continue;
        }
        if (i == page) {
            nd_put(html, HTML("<b aria-current=\"page\">"), INTEGER(i), HTML("</b>"));
            continue;
        }
        char number[16], until[16];
        g_snprintf(number, sizeof number, "%d", i);
        g_snprintf(until, sizeof until, "%u", results->until);
        nd_put(html, HTML("<a href=\""));
        nd_put_address(html, request, "/", {ND_PARAMETER_PAGE, i == 1 ? NULL : number},
                       {ND_PARAMETER_UNTIL, i == 1 || results->until == 0 ? NULL : until});
        nd_put(html, HTML("\">"), INTEGER(i), HTML("</a>"));
    }
    nd_put(html, HTML("</nav>"));
}

/* "Tìm thấy 17 văn bản", and what the index would rather have been asked. */
static void put_summary(struct nd_html *html, const struct nd_request *request,
                        const struct nd_results *results)
{
    nd_put(html, HTML("<div class=\"said\"><p role=\"status\">"));
    if (results->n_matches == 0)
        nd_put(html, MSG(FOUND_NONE));
    else
        nd_put(html, results->n_matches_exact ? MSG(FOUND) : MSG(FOUND_ABOUT), HTML(" <b>"),
               NUMBER(results->n_matches), HTML("</b> "),
               results->n_matches == 1 ? MSG(DOCUMENT_ONE) : MSG(DOCUMENT_MANY));
    nd_put(html, HTML("</p>"));
    if (results->n_matches > 1)
        put_sorts(html, request);
    nd_put(html, HTML("</div>"));
    g_autofree char *narrowed = narrowing_text(request);
    if (results->corrected) {
        g_autofree char *meant = g_strdup(results->corrected);
        if (g_str_has_suffix(meant, narrowed))
            meant[strlen(meant) - strlen(narrowed)] = '\0';
        nd_put(html, HTML("<div class=\"note\"><p>"), MSG(DID_YOU_MEAN), HTML(" <a href=\""));
        nd_put_address(html, request, "/", {ND_PARAMETER_QUERY, meant});
        nd_put(html, HTML("\">"), TEXT(meant), HTML("</a></p></div>"));
    }
    if (results->remarks && results->remarks[0]) {
        nd_put(html, HTML("<div class=\"note\">"));
        for (char **remark = results->remarks; *remark; remark++)
            nd_put(html, HTML("<p>"), TEXT(*remark), HTML("</p>"));
        nd_put(html, HTML("</div>"));
    }
}

static void put_nothing_found(struct nd_html *html, const struct nd_request *request)
{
    nd_put(html, HTML("<p>"), MSG(NOTHING_WAYS), HTML("</p><ul>"));
    if (is_narrowed(request)) {
        nd_put(html, HTML("<li><a href=\""));
        nd_put_address(html, request, "/", {ND_PARAMETER_TYPE, NULL}, {ND_PARAMETER_LEVEL, NULL},
                       {ND_PARAMETER_PLACE, NULL}, {ND_PARAMETER_ISSUER, NULL}, {ND_PARAMETER_YEAR, NULL},
                       {ND_PARAMETER_FROM, NULL}, {ND_PARAMETER_TO, NULL});
        nd_put(html, HTML("\">"), MSG(NOTHING_WIDEN), HTML("</a></li>"));
    }
    nd_put(html, HTML("<li>"), MSG(NOTHING_FEWER), HTML("</li><li>"), MSG(NOTHING_ACCENTS), HTML("</li><li>"),
           MSG(NOTHING_CODE), HTML("</li></ul>"));
}

static void put_candidates(struct nd_html *html, const GPtrArray *works)
{
    nd_put(html, HTML("<div class=\"note\"><p>"), MSG(CANDIDATES), HTML("</p><ul class=\"list\">"));
    for (guint i = 0; i < works->len; i++) {
        nd_put(html, HTML("<li>"));
        nd_put_work_line(html, works->pdata[i]);
        nd_put(html, HTML("</li>"));
    }
    nd_put(html, HTML("</ul></div>"));
}

/* A citation alone is a question about that work, and its page answers it. The search for places that speak
 * of it stays one step away: there the query has "exact". */
static bool leads_to_work(const struct nd_request *request, const struct nd_results *results)
{
    return results->card && !is_narrowed(request) && !request->values[ND_PARAMETER_EXACT] &&
           !request->values[ND_PARAMETER_PAGE] && !request->values[ND_PARAMETER_SORT] &&
           !request->values[ND_PARAMETER_FORMAT];
}

static void redirect_to_work(struct nd_visit *visit, const char *key)
{
    g_autoptr(GString) address = g_string_new(visit->request->base);
    g_string_append(address, "/work/");
    nd_html_escape_path(address, nd_str_from_c(key));
    if (visit->request->values[ND_PARAMETER_LANGUAGE])
        g_string_append_printf(address, "?lang=%s", nd_language_code(visit->request->language));
    nd_response_redirect(visit->response, 303, address->str);
}

/* A query the language cannot read: what is wrong, with the place marked. */
static void put_query_error(struct nd_visit *visit, const char *query, size_t position, const GError *error)
{
    struct nd_html html =
        nd_frame_begin(visit->request, visit->response, &(struct nd_frame){.title = query, .status = 400});
    const struct nd_str text = nd_str_from_c(query);
    const size_t at = MIN(position, text.n);
    nd_put(&html, HTML("<div class=\"note\"><p><b>"), MSG(ERROR_QUERY), HTML("</b> "), TEXT(error->message),
           HTML("</p><p>"), SLICE(nd_str_slice(text, 0, at)), HTML("<mark>"),
           SLICE(nd_str_slice(text, at, text.n)), HTML("</mark></p></div>"));
    nd_frame_end(&html, visit->request);
}

static void put_hits(struct nd_html *html, const struct nd_results *results, const char *query)
{
    nd_put(html, HTML("<ol class=\"hits\">"));
    for (size_t i = 0; i < results->n_hits; i++) {
        nd_put(html, HTML("<li>"));
        nd_put_hit(html, &results->hits[i], query);
        nd_put(html, HTML("</li>"));
    }
    nd_put(html, HTML("</ol>"));
}

static void put_results(struct nd_visit *visit, const struct nd_results *results)
{
    const struct nd_request *request = visit->request;
    const char *title = request->values[ND_PARAMETER_QUERY];
    struct nd_html html = nd_frame_begin(
        request, visit->response,
        &(struct nd_frame){.title = title ? title : nd_message(ND_MESSAGE_FIND, request->language),
                           .feed = true});
    nd_put(&html, HTML("<h1 class=\"hidden\">"), MSG(RESULTS), HTML("</h1><div class=\"columns\"><div>"));
    put_summary(&html, request, results);
    if (results->candidates && results->candidates->len > 0)
        put_candidates(&html, results->candidates);
    if (results->card) {
        nd_put(&html, HTML("<div class=\"note\">"));
        nd_put_work_line(&html, results->card);
        nd_put(&html, HTML("</div>"));
    }
    if (results->n_hits == 0)
        put_nothing_found(&html, request);
    else
        put_hits(&html, results, title);
    put_pages(&html, request, results);
    nd_put(&html, HTML("</div>"));
    if (results->n_matches > 0 || is_narrowed(request))
        put_facets(&html, request, results);
    nd_put(&html, HTML("</div>"));
    nd_frame_end(&html, request);
}

static void put_search_feed(struct nd_visit *visit, const struct nd_results *results, const char *query)
{
    g_autofree char *title = g_strconcat("ndsearch: ", query, NULL);
    g_autoptr(GString) address = g_string_new("/?q=");
    nd_html_escape_url(address, nd_str_from_c(query));
    nd_put_feed(visit, results, &(struct nd_feed){.title = title, .address = address->str});
}

bool nd_page_search(struct nd_visit *visit, GError **error)
{
    const struct nd_request *request = visit->request;
    const char *typed = request->values[ND_PARAMETER_QUERY];
    const bool html =
        !request->values[ND_PARAMETER_FORMAT] || nd_request_is(request, ND_PARAMETER_FORMAT, "html");
    if (html && !typed && !is_narrowed(request)) {
        put_front(visit);
        return true;
    }
    if (typed && html && !request->values[ND_PARAMETER_EXACT] && strlen(typed) >= PASTED_BYTES) {
        bool answered;
        if (!nd_page_pasted(visit, &answered, error))
            return false;
        if (answered)
            return true;
    }
    g_autofree char *query = nd_search_text(request);
    const bool feed = nd_request_is(request, ND_PARAMETER_FORMAT, "atom");
    const bool json = nd_request_is(request, ND_PARAMETER_FORMAT, "json");
    const int page = MAX(1, nd_request_number(request, ND_PARAMETER_PAGE, 1));
    struct nd_search_request search = {
        .query = query,
        .query_size = strlen(query),
        .offset = (uint32_t)(page - 1) * HITS_PER_PAGE,
        .until = (uint32_t)nd_request_number(request, ND_PARAMETER_UNTIL, 0),
        .limit = feed ? 50 : HITS_PER_PAGE,
        .sort = feed ? ND_SORT_DATE_DOWN : ND_SORT_RELEVANCE,
        .n_passages = feed ? 1 : PASSAGES_PER_HIT,
        .facets = feed   ? ND_FACETS_NONE
                  : json ? ND_FACETS_ALL
                         : ND_FACETS_FIELDS, /* those that narrow a search */
        .facet_sample = FACET_SAMPLE,
        .card = !feed,
        .fold = !feed, /* to a subscriber each new file is news */
    };
    if (request->values[ND_PARAMETER_SORT])
        nd_sort_parse(request->values[ND_PARAMETER_SORT], &search.sort);
    size_t position = 0;
    g_autoptr(GError) failure = NULL;
    nd_auto(nd_results) results = nd_search(visit->session, &search, &position, &failure);
    if (!results && html && g_error_matches(failure, ND_ERROR, ND_ERROR_USAGE)) {
        put_query_error(visit, query, position, failure);
        return true;
    }
    if (!results) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    if (json)
        nd_answer_search_json(visit, &search, results);
    else if (leads_to_work(request, results))
        redirect_to_work(visit, results->card->key);
    else if (feed)
        put_search_feed(visit, results, query);
    else
        put_results(visit, results);
    return true;
}
