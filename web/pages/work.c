#include "web/pages/json.h"
#include "web/pages/parts.h"
#include "query/names.h"
#include "analyzers/data/data.h"

#include <stdlib.h>

/* Thousands may rest on a work: what a page shows of them, the others one step away, in a search. */
#define IMPLEMENTERS_SHOWN 60
#define OTHERS_SHOWN       30
#define TARGETS_READ       500
#define TIMELINE_SHOWN     60
#define JSON_EDGES         1000 /* each way */
#define FEED_ENTRIES       50

static void put_card(struct nd_html *html, const struct nd_work_card *work)
{
    nd_put(html, HTML("<dl class=\"card\">"));
    if (work->code)
        nd_put(html, HTML("<dt>"), MSG(CARD_NUMBER), HTML("</dt><dd>"), TEXT(work->code), HTML("</dd>"));
    if (work->issuer) {
        nd_put(html, HTML("<dt>"), MSG(FACET_ISSUER), HTML("</dt><dd>"), TEXT(nd_issuer_name(work->issuer)));
        if (work->term)
            nd_put(html, HTML(" "), MSG(TERM), HTML(" "), TEXT(work->term));
        nd_put(html, HTML("</dd>"));
    }
    if (work->place)
        nd_put(html, HTML("<dt>"), MSG(FACET_PLACE), HTML("</dt><dd>"), TEXT(work->place), HTML("</dd>"));
    if (work->date.year)
        nd_put(html, HTML("<dt>"), MSG(CARD_DATE), HTML("</dt><dd>"), DATE(work->date), HTML("</dd>"));
    nd_put(html, HTML("<dt>"), MSG(CARD_TEXT), HTML("</dt><dd>"));
    if (work->document)
        nd_put(html, HTML("<a href=\""), BASE, HTML("/document/"), URL(work->document), WITH_LANGUAGE,
               HTML("\">"), MSG(STATE_HERE), HTML("</a>"));
    else
        nd_put(html, MSG(STATE_ABSENT));
    nd_put(html, HTML("</dd>"));
    if (work->n_aliases > 0) {
        nd_put(html, HTML("<dt>"), MSG(ALIASES), HTML("</dt><dd lang=\"vi\">"));
        for (size_t i = 0; i < work->n_aliases; i++) {
            const struct nd_work_alias *alias = &work->aliases[i];
            if (i > 0)
                nd_put(html, HTML("<br>"));
            nd_put(html, TEXT(alias->text));
            if (alias->document)
                nd_put(html, HTML(" <a class=\"small\" href=\""), BASE, HTML("/document/"),
                       URL(alias->document), WITH_LANGUAGE, HTML("\">"), MSG(ALIAS_SOURCE), HTML("</a>"));
        }
        nd_put(html, HTML("</dd>"));
    }
    nd_put(html, HTML("</dl>"));
}

static void put_edge_document(struct nd_html *html, const struct nd_evidence *edge)
{
    if (edge->source_key)
        nd_put_work_link(html, edge->source_key, edge->source_code, edge->type, edge->source_title);
    else
        nd_put_title(html, edge->type, edge->source_title);
}

static void put_evidence(struct nd_html *html, const struct nd_evidence *edge)
{
    if (!edge->evidence)
        return;
    nd_put(html, HTML("<a class=\"quote\" lang=\"vi\" href=\""));
    nd_put_document_address(html, edge->document, NULL, edge->span.start);
    nd_put(html, HTML("\">"));
    nd_put_marked(html, nd_str_from_c(edge->evidence), &edge->mark, edge->mark.end > edge->mark.start);
    nd_put(html, HTML("</a>"));
    if (edge->proposed)
        nd_put(html, HTML(" <span class=\"tag\">"), MSG(PROPOSED), HTML("</span>"));
    if (edge->strength == ND_STRENGTH_BODY)
        nd_put(html, HTML(" <span class=\"tag\">"), MSG(ONLY_IN_BODY), HTML("</span>"));
    if (edge->reported_by)
        nd_put(html, HTML(" <span class=\"tag\">"), MSG(REPORTED), HTML("</span>"));
}

/* A search for those that are not shown, when there are any; n_all: 0 where they were not counted. */
static void put_more(struct nd_html *html, const struct nd_work_card *work, enum nd_relation relation,
                     const GPtrArray *shown, size_t n_shown, uint32_t n_all)
{
    if (shown->len <= n_shown)
        return;
    nd_put(html, HTML("<p>"));
    if (n_all > n_shown)
        nd_put(html, MSG(SHOWN), HTML(" <b>"), NUMBER(n_shown), HTML("</b> "), MSG(OF), HTML(" <b>"),
               NUMBER(n_all), HTML("</b> "), MSG(STRONGEST_FIRST), HTML(" "));
    nd_put(html, HTML("<a href=\""), BASE, HTML("/?q="), URL(nd_relation_name(relation)), HTML("%3A"),
           URL(work->key), AND_LANGUAGE, HTML("\">"), MSG(ALL), HTML("</a></p>"));
}

static void put_implementers(struct nd_html *html, const struct nd_work_card *work, const GPtrArray *edges)
{
    nd_put(html, HTML("<h2 id=\"implementers\">"), MSG(LIST_IMPLEMENTED_BY), HTML("</h2>"));
    if (edges->len == 0) {
        nd_put(html, HTML("<p class=\"soft\">"), MSG(NO_IMPLEMENTERS), HTML("</p>"));
        return;
    }
    nd_put(
        html,
        HTML("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"implementers\"><table "
             "class=\"plain rows\"><thead><tr><th scope=\"col\">"),
        MSG(FACET_LEVEL), HTML("</th><th scope=\"col\">"), MSG(FACET_PLACE), HTML("</th><th scope=\"col\">"),
        MSG(DOCUMENT), HTML("</th><th scope=\"col\">"), MSG(CARD_DATE), HTML("</th><th scope=\"col\">"),
        MSG(EVIDENCE), HTML("</th></tr></thead><tbody>"));
    for (int level = ND_LEVEL_CENTRAL; level <= ND_N_LEVELS; level++) {
        const enum nd_level wanted = level == ND_N_LEVELS ? ND_LEVEL_UNKNOWN : (enum nd_level)level;
        for (guint i = 0; i < MIN(edges->len, IMPLEMENTERS_SHOWN); i++) {
            const struct nd_evidence *edge = edges->pdata[i];
            if (edge->level != wanted)
                continue;
            nd_put(html, HTML("<tr><td class=\"nowrap\">"));
            nd_put_level(html, nd_level_name(edge->level));
            nd_put(html, HTML("</td><td class=\"nowrap\">"), TEXT(edge->place),
                   edge->source_code ? HTML("</td><td class=\"nowrap\">") : HTML("</td><td>"));
            put_edge_document(html, edge);
            nd_put(html, HTML("</td><td class=\"nowrap\">"), DATE(edge->date), HTML("</td><td>"));
            put_evidence(html, edge);
            nd_put(html, HTML("</td></tr>"));
        }
    }
    nd_put(html, HTML("</tbody></table></div>"));
    put_more(html, work, ND_RELATION_IMPLEMENTS, edges, IMPLEMENTERS_SHOWN,
             work->n_in[ND_RELATION_IMPLEMENTS]);
}

enum coverage {
    COVERAGE_NONE, /* the collection has nothing of this province */
    COVERAGE_GAP,  /* it has documents, none of which implements the work */
    COVERAGE_WEAK, /* one says so in its body only */
    COVERAGE_FULL
};

static enum coverage coverage_of(const struct nd_place *place, GHashTable *covered,
                                 const struct nd_facet *present)
{
    const unsigned strength = GPOINTER_TO_UINT(g_hash_table_lookup(covered, place->name));
    if (strength > 0)
        return strength - 1 == ND_STRENGTH_BODY ? COVERAGE_WEAK : COVERAGE_FULL;
    for (size_t i = 0; present && i < present->n_values; i++) {
        if (strcmp(present->values[i].value, place->key) == 0)
            return COVERAGE_GAP;
    }
    return COVERAGE_NONE;
}

/* Where the province stands on the map; 0 and 0 without a tile. */
static void find_tile(const char *key, unsigned *row_out, unsigned *column_out)
{
    static const struct {
        const char *key;
        unsigned row, column;
    } tiles[] = {
#define ND_TILE(key, row, column) {key, row, column},
#include "web/tiles.def"
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tiles); i++) {
        if (strcmp(tiles[i].key, key) == 0) {
            *row_out = tiles[i].row;
            *column_out = tiles[i].column;
            return;
        }
    }
}

/* A tile leads to what the province has that implements the work, or has at all. */
static void put_tile(struct nd_html *html, const struct nd_place *place, const struct nd_work_card *work,
                     enum coverage coverage, const char *class, enum nd_message name)
{
    unsigned row = 0, column = 0;
    find_tile(place->key, &row, &column);
    nd_put(html, HTML("<li class=\""), ATTR(class));
    if (row > 0)
        nd_put(html, HTML(" r"), INTEGER(row), HTML(" c"), INTEGER(column));
    nd_put(html, HTML("\">"));
    if (coverage == COVERAGE_NONE) {
        nd_put(html, HTML("<span>"), TEXT(place->name), HTML("</span><span class=\"hidden\">"), MESSAGE(name),
               HTML("</span></li>"));
        return;
    }
    nd_put(html, HTML("<a href=\""), BASE, HTML("/?place="), URL(place->key));
    if (coverage != COVERAGE_GAP)
        nd_put(html, HTML("&amp;q=implements%3A"), URL(work->key));
    nd_put(html, AND_LANGUAGE, HTML("\"><span>"), TEXT(place->name), HTML("</span> <span class=\"state\">"),
           MESSAGE(name), HTML("</span></a></li>"));
}

/* Every province there was on the work's date, as a map of tiles; the gaps stand out. */
static bool put_provinces(struct nd_html *html, struct nd_session *session, const struct nd_work_card *work,
                          GError **error)
{
    static const struct {
        const char *class;
        enum nd_message name;
    } looks[] = {
        [COVERAGE_NONE] = {"none", ND_MESSAGE_COVERAGE_NONE},
        [COVERAGE_GAP] = {"gap", ND_MESSAGE_COVERAGE_GAP},
        [COVERAGE_WEAK] = {"weak", ND_MESSAGE_COVERAGE_WEAK},
        [COVERAGE_FULL] = {"has", ND_MESSAGE_COVERAGE_FULL},
    };
    const struct nd_search_request everything = {
        .query = "", .limit = 1, .facets = ND_FACETS_FIELDS, .bare = true};
    nd_auto(nd_results) all = nd_search(session, &everything, NULL, error);
    g_autoptr(GHashTable) covered =
        all ? nd_work_places(session, work->key, 1U << ND_RELATION_IMPLEMENTS, ND_LEVEL_PROVINCIAL, error)
            : NULL;
    if (!covered)
        return false;
    const struct nd_facet *present = NULL;
    for (size_t i = 0; i < all->n_facets; i++) {
        if (strcmp(all->facets[i].name, "place") == 0)
            present = &all->facets[i];
    }
    nd_put(html, HTML("<h2>"), MSG(PROVINCES), HTML("</h2><ul class=\"places\">"));
    size_t n_places, counts[G_N_ELEMENTS(looks)] = {0};
    const struct nd_place *places = nd_places(&n_places);
    for (size_t i = 0; i < n_places; i++) {
        const struct nd_place *place = &places[i];
        if (work->date.year &&
            ((place->validity.until.year && nd_date_compare(place->validity.until, work->date) <= 0) ||
             (place->validity.from.year && nd_date_compare(place->validity.from, work->date) > 0)))
            continue;
        if (!work->date.year && place->validity.until.year)
            continue;
        const enum coverage coverage = coverage_of(place, covered, present);
        counts[coverage]++;
        put_tile(html, place, work, coverage, looks[coverage].class, looks[coverage].name);
    }
    nd_put(html, HTML("</ul><ul class=\"legend\">"));
    for (size_t i = G_N_ELEMENTS(looks); i-- > 0;)
        nd_put(html, HTML("<li class=\""), ATTR(looks[i].class), HTML("\">"), MESSAGE(looks[i].name),
               HTML(": <b>"), NUMBER(counts[i]), HTML("</b></li>"));
    nd_put(html, HTML("</ul>"));
    return true;
}

static int by_date(const void *a, const void *b)
{
    const struct nd_evidence *const *left = a, *const *right = b;
    return nd_date_compare((*left)->date, (*right)->date);
}

/* What became of the work, in order of time. */
static void put_timeline(struct nd_html *html, const struct nd_work_card *work, const GPtrArray *edges)
{
    g_autoptr(GPtrArray) dated = g_ptr_array_new();
    for (guint i = 0; i < edges->len; i++) {
        if (((const struct nd_evidence *)edges->pdata[i])->date.year)
            g_ptr_array_add(dated, edges->pdata[i]);
    }
    if (dated->len == 0)
        return;
    qsort(dated->pdata, dated->len, sizeof *dated->pdata, by_date);
    g_autofree char *name = nd_work_label(work->code, work->type, work->title, work->key);
    nd_put(html, HTML("<h2>"), MSG(TIMELINE), HTML("</h2><ol class=\"timeline\">"));
    if (work->date.year)
        nd_put(html, HTML("<li>"), DATE(work->date), HTML(" <b>"), TEXT(name), HTML("</b></li>"));
    for (guint i = 0; i < MIN(dated->len, TIMELINE_SHOWN); i++) {
        const struct nd_evidence *edge = dated->pdata[i];
        nd_put(html, HTML("<li>"), DATE(edge->date), HTML(" "));
        put_edge_document(html, edge);
        if (edge->place)
            nd_put(html, HTML(" <span class=\"soft\">"), TEXT(edge->place), HTML("</span>"));
        nd_put(html, HTML(" <span class=\"tag\">"), MESSAGE(nd_relation_message(edge->relation, false)),
               HTML("</span></li>"));
    }
    nd_put(html, HTML("</ol>"));
    put_more(html, work, ND_RELATION_CITES, dated, TIMELINE_SHOWN, 0);
}

static void put_others(struct nd_html *html, const struct nd_work_card *work, const GPtrArray *edges)
{
    if (edges->len == 0)
        return;
    nd_put(html, HTML("<h2>"), MSG(LIST_CITED_BY), HTML("</h2><ul class=\"list\">"));
    for (guint i = 0; i < MIN(edges->len, OTHERS_SHOWN); i++) {
        const struct nd_evidence *edge = edges->pdata[i];
        nd_put(html, HTML("<li><span class=\"tag\">"), MESSAGE(nd_relation_message(edge->relation, false)),
               HTML("</span> "));
        put_edge_document(html, edge);
        nd_put(html, HTML(" <span class=\"soft\">"), TEXT(edge->place), HTML(" "), DATE(edge->date),
               HTML("</span><br>"));
        put_evidence(html, edge);
        nd_put(html, HTML("</li>"));
    }
    nd_put(html, HTML("</ul>"));
    put_more(html, work, ND_RELATION_CITES, edges, OTHERS_SHOWN, 0);
}

static void put_targets(struct nd_html *html, const struct nd_work_card *work, const GPtrArray *edges)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_evidence *edge = edges->pdata[i];
        if (!edge->target_key || !g_hash_table_add(seen, edge->target_key))
            continue;
        if (g_hash_table_size(seen) == 1)
            nd_put(html, HTML("<h2>"), MSG(RESTS_ON), HTML("</h2><ul class=\"list\">"));
        nd_put(html, HTML("<li><span class=\"tag\">"), MESSAGE(nd_relation_message(edge->relation, false)),
               HTML("</span> "));
        nd_put_work_link(html, edge->target_key, edge->target_code, edge->target_type, edge->target_title);
        nd_put(html, HTML("</li>"));
    }
    if (g_hash_table_size(seen) > 0)
        nd_put(html, HTML("</ul>"));
    if (edges->len == TARGETS_READ)
        nd_put(html, HTML("<p><a href=\""), BASE, HTML("/graph/"), PATH(work->key), WITH_LANGUAGE,
               HTML("\">"), MSG(ALL), HTML("</a></p>"));
}

static void put_replaced(struct nd_html *html, const struct nd_work_card *work)
{
    for (guint i = 0; work->replaced_by && i < work->replaced_by->len; i++) {
        const struct nd_evidence *edge = work->replaced_by->pdata[i];
        nd_put(html, HTML("<div class=\"note\"><p>"), MESSAGE(nd_relation_message(edge->relation, true)),
               HTML(" "));
        put_edge_document(html, edge);
        nd_put(html, HTML(" "), DATE(edge->date), HTML("</p></div>"));
    }
}

/* Laws are issued anew under their name. */
static bool put_editions(struct nd_html *html, struct nd_session *session, const struct nd_work_card *work,
                         GError **error)
{
    g_autoptr(GPtrArray) editions = nd_work_editions(session, work, error);
    if (!editions)
        return false;
    if (editions->len > 0)
        nd_put(html, HTML("<h2>"), MSG(EDITIONS), HTML("</h2><ul class=\"list\">"));
    for (guint i = 0; i < editions->len; i++) {
        nd_put(html, HTML("<li>"));
        nd_put_work_line(html, editions->pdata[i]);
        nd_put(html, HTML("</li>"));
    }
    if (editions->len > 0)
        nd_put(html, HTML("</ul>"));
    return true;
}

static void put_actions(struct nd_html *html, const struct nd_work_card *work)
{
    const char *name = work->code ? work->code : work->title ? work->title : work->key;
    nd_put(html, HTML("<div class=\"actions\"><a class=\"button quiet\" href=\""), BASE, HTML("/graph/"),
           PATH(work->key), WITH_LANGUAGE, HTML("\">"), MSG(GRAPH),
           HTML("</a><a class=\"button quiet\" href=\""), BASE, HTML("/?q="), URL(name), HTML("&amp;exact=1"),
           AND_LANGUAGE, HTML("\">"), MSG(SPEAK_OF_IT), HTML("</a><a class=\"button quiet\" href=\""), BASE,
           HTML("/work/"), PATH(work->key), HTML("?format=atom"), AND_LANGUAGE, HTML("\">"), MSG(FEED),
           HTML("</a></div>"));
}

/* New documents that implement the work, newest first: for whoever waits for them. */
static bool put_work_feed(struct nd_visit *visit, const struct nd_work_card *work, GError **error)
{
    g_autofree char *query = g_strconcat("implements:", work->key, NULL);
    const struct nd_search_request search = {.query = query,
                                             .query_size = strlen(query),
                                             .limit = FEED_ENTRIES,
                                             .sort = ND_SORT_DATE_DOWN,
                                             .n_passages = 1};
    nd_auto(nd_results) results = nd_search(visit->session, &search, NULL, error);
    if (!results)
        return false;
    const enum nd_language language = visit->request->language;
    g_autofree char *name = nd_work_label(work->code, work->type, work->title, work->key);
    g_autofree char *title = g_strdup_printf("%s %s", nd_message(ND_MESSAGE_FEED_TITLE, language), name);
    g_autoptr(GString) address = g_string_new("/work/");
    nd_html_escape_path(address, nd_str_from_c(work->key));
    nd_put_feed(visit, results, &(struct nd_feed){.title = title, .address = address->str});
    return true;
}

/* The relations of a work that its page shows, one more of each kind than it does. Works that do both are
 * among those that implement it, unless they say something else more clearly. */
struct relations {
    GPtrArray *implementers, *others, *out;
};

static void relations_clear(struct relations *relations)
{
    GPtrArray **const all[] = {&relations->implementers, &relations->others, &relations->out};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        g_clear_pointer(all[i], g_ptr_array_unref);
}

static bool read_relations(struct nd_session *session, const char *work, struct relations *out,
                           GError **error)
{
    const unsigned implements = 1U << ND_RELATION_IMPLEMENTS;
    *out = (struct relations){
        .implementers =
            nd_work_sources(session, work, implements, 0, IMPLEMENTERS_SHOWN + 1, IMPLEMENTERS_SHOWN, error)};
    if (out->implementers)
        out->others =
            nd_work_sources(session, work, ~implements, implements, OTHERS_SHOWN + 1, OTHERS_SHOWN, error);
    if (out->others)
        out->out = nd_work_edges_first(session, work, ND_OUT, 0, TARGETS_READ, 0, error);
    if (!out->out)
        relations_clear(out);
    return out->out != NULL;
}

static bool put_page(struct nd_visit *visit, const struct nd_work_card *work,
                     const struct relations *relations, GError **error)
{
    g_autofree char *name = nd_work_label(work->code, work->type, work->title, work->key);
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    const GPtrArray *const both[] = {relations->implementers, relations->others};
    for (size_t k = 0; k < G_N_ELEMENTS(both); k++)
        for (guint i = 0; i < both[k]->len; i++)
            g_ptr_array_add(sources, both[k]->pdata[i]);
    struct nd_html html =
        nd_frame_begin(visit->request, visit->response, &(struct nd_frame){.title = name, .feed = true});
    nd_put(&html, HTML("<div class=\"columns\"><div><h1>"));
    if (work->title)
        nd_put_title(&html, work->type_word, work->title);
    else
        nd_put(&html, TEXT(name));
    nd_put(&html, HTML("</h1>"));
    put_replaced(&html, work);
    put_card(&html, work);
    put_actions(&html, work);
    put_implementers(&html, work, relations->implementers);
    if (work->level == ND_LEVEL_CENTRAL && !put_provinces(&html, visit->session, work, error))
        return false;
    put_others(&html, work, relations->others);
    nd_put(&html, HTML("</div><aside class=\"side\">"));
    if (!put_editions(&html, visit->session, work, error))
        return false;
    put_targets(&html, work, relations->out);
    put_timeline(&html, work, sources);
    nd_put(&html, HTML("</aside></div>"));
    nd_frame_end(&html, visit->request);
    return true;
}

static bool put_json(struct nd_visit *visit, struct nd_work_card *work, GError **error)
{
    g_autoptr(GPtrArray) in =
        nd_work_edges_first(visit->session, work->key, ND_IN, 0, JSON_EDGES + 1, JSON_EDGES, error);
    g_autoptr(GPtrArray) out =
        in ? nd_work_edges_first(visit->session, work->key, ND_OUT, 0, JSON_EDGES + 1, JSON_EDGES, error)
           : NULL;
    if (!out)
        return false;
    const bool complete = in->len <= JSON_EDGES && out->len <= JSON_EDGES;
    g_ptr_array_set_size(in, (gint)MIN(in->len, JSON_EDGES));
    g_ptr_array_set_size(out, (gint)MIN(out->len, JSON_EDGES));
    nd_answer_work_json(visit, work, in, out, complete);
    return true;
}

bool nd_page_work(struct nd_visit *visit, GError **error)
{
    nd_auto(nd_work_card) work = nd_work_view(visit->session, visit->rest, error);
    if (!work)
        return false;
    if (nd_request_is(visit->request, ND_PARAMETER_FORMAT, "atom"))
        return put_work_feed(visit, work, error);
    if (nd_request_is(visit->request, ND_PARAMETER_FORMAT, "json"))
        return put_json(visit, work, error);
    struct relations relations;
    if (!read_relations(visit->session, work->key, &relations, error))
        return false;
    const bool good = put_page(visit, work, &relations, error);
    relations_clear(&relations);
    return good;
}
