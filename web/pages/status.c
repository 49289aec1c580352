#include "web/pages/json.h"
#include "web/pages/parts.h"
#include "query/collection.h"

/* "0,3" or "0.3". */
static void put_tenths(struct nd_html *html, uint64_t tenths)
{
    nd_put(html, NUMBER(tenths / 10), html->language == ND_LANGUAGE_VI ? HTML(",") : HTML("."),
           INTEGER(tenths % 10));
}

static void put_size(struct nd_html *html, uint64_t bytes)
{
    put_tenths(html, bytes >= 1000 * 1000 ? bytes / (100 * 1000) : bytes / 100);
    nd_put(html, bytes >= 1000 * 1000 ? HTML(" MB") : HTML(" kB"));
}

static void put_time(struct nd_html *html, int64_t seconds)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
    g_autoptr(GDateTime) local = utc ? g_date_time_to_local(utc) : NULL;
    if (!local)
        return;
    const struct nd_date date = {.year = (int16_t)g_date_time_get_year(local),
                                 .month = (int8_t)g_date_time_get_month(local),
                                 .day = (int8_t)g_date_time_get_day_of_month(local)};
    char clock[8];
    g_snprintf(clock, sizeof clock, "%02d:%02d", g_date_time_get_hour(local), g_date_time_get_minute(local));
    nd_put(html, DATE(date), HTML(" "), TEXT(clock));
}

static void put_row(struct nd_html *html, enum nd_message name, uint64_t n)
{
    nd_put(html, HTML("<dt>"), MESSAGE(name), HTML("</dt><dd>"), NUMBER(n));
}

static void put_card(struct nd_html *html, const struct nd_collection *all)
{
    nd_put(html, HTML("<dl class=\"card\">"));
    put_row(html, ND_MESSAGE_STATUS_DOCUMENTS, all->n_documents);
    if (all->n_copies > 0)
        nd_put(html, HTML(" <span class=\"soft\">("), NUMBER(all->n_copies), HTML(" "), MSG(STATUS_COPIES),
               HTML(")</span>"));
    nd_put(html, HTML("</dd><dt>"), MSG(STATUS_TEXT), HTML("</dt><dd>"));
    put_size(html, all->n_bytes);
    nd_put(html, HTML("</dd>"));
    put_row(html, ND_MESSAGE_STATUS_CITATIONS, all->n_citations);
    nd_put(html, HTML("</dd>"));
    put_row(html, ND_MESSAGE_STATUS_WORKS, all->n_works);
    nd_put(html, HTML(" <span class=\"soft\">("), MSG(STATUS_WORKS_NOTE), HTML(")</span></dd>"));
    if (all->finished_s) {
        nd_put(html, HTML("<dt>"), MSG(STATUS_RUN), HTML("</dt><dd>"));
        put_time(html, all->finished_s);
        nd_put(html, HTML(" <span class=\"soft\">("), NUMBER(all->n_files), HTML(" "), MSG(STATUS_FILES),
               HTML(", "));
        put_size(html, all->milliseconds > 0 ? all->bytes * 1000 / all->milliseconds : all->bytes);
        nd_put(html, HTML("/s)</span></dd>"));
    }
    nd_put(html, HTML("</dl>"));
}

static enum nd_message trouble_message(const char *code, bool *found)
{
    static const struct {
        const char *code;
        enum nd_message message;
    } names[] = {
        {"not-a-file", ND_MESSAGE_TROUBLE_NOT_A_FILE},
        {"loop", ND_MESSAGE_TROUBLE_LOOP},
        {"unreadable", ND_MESSAGE_TROUBLE_UNREADABLE},
        {"too-deep", ND_MESSAGE_TROUBLE_TOO_DEEP},
        {"file-too-large", ND_MESSAGE_TROUBLE_FILE_TOO_LARGE},
        {"unsupported", ND_MESSAGE_TROUBLE_UNSUPPORTED},
        {"invalid-utf8", ND_MESSAGE_TROUBLE_INVALID_UTF8},
        {"text-too-large", ND_MESSAGE_TROUBLE_TEXT_TOO_LARGE},
        {"too-many-blocks", ND_MESSAGE_TROUBLE_TOO_MANY_BLOCKS},
        {"changed-while-read", ND_MESSAGE_TROUBLE_CHANGED_WHILE_READ},
        {"damaged", ND_MESSAGE_TROUBLE_DAMAGED},
        {"invalid-text", ND_MESSAGE_TROUBLE_INVALID_TEXT},
        {"encrypted", ND_MESSAGE_TROUBLE_ENCRYPTED},
        {"timeout", ND_MESSAGE_TROUBLE_TIMEOUT},
        {"crashed", ND_MESSAGE_TROUBLE_CRASHED},
        {"no-extractor", ND_MESSAGE_TROUBLE_NO_EXTRACTOR},
        {"archive-limit", ND_MESSAGE_TROUBLE_ARCHIVE_LIMIT},
        {"needs-ocr", ND_MESSAGE_TROUBLE_NEEDS_OCR},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i].code, code) == 0) {
            *found = true;
            return names[i].message;
        }
    }
    *found = false;
    return ND_MESSAGE_STATUS_TROUBLE;
}

/* Names of files may tell what nobody has read yet: they are for those entrusted with the collection. */
static void put_names(struct nd_html *html, const struct nd_trouble *trouble)
{
    nd_put(html, HTML("<details><summary>"), MSG(STATUS_NAMES), HTML("</summary><ul class=\"names\">"));
    for (guint i = 0; i < trouble->names->len; i++)
        nd_put(html, HTML("<li class=\"isolate\">"), TEXT(trouble->names->pdata[i]), HTML("</li>"));
    if (trouble->n_files > trouble->names->len)
        nd_put(html, HTML("<li>"), MSG(STATUS_MORE), HTML("</li>"));
    nd_put(html, HTML("</ul></details>"));
}

static void put_troubles(struct nd_html *html, const struct nd_collection *all, bool with_names)
{
    nd_put(html, HTML("<h2 id=\"trouble\">"), MSG(STATUS_TROUBLE), HTML("</h2>"));
    if (all->troubles->len == 0) {
        nd_put(html, HTML("<p>"), MSG(STATUS_NO_TROUBLE), HTML("</p>"));
        return;
    }
    nd_put(html,
           HTML("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"trouble\"><table "
                "class=\"plain\"><thead><tr><th scope=\"col\">"),
           MSG(STATUS_WHY), HTML("</th><th scope=\"col\" class=\"num\">"), MSG(CARD_FILE),
           HTML("</th><th scope=\"col\">"), MSG(STATUS_LOST), HTML("</th><th scope=\"col\">"),
           MSG(STATUS_REMEDY), HTML("</th></tr></thead><tbody>"));
    for (guint i = 0; i < all->troubles->len; i++) {
        const struct nd_trouble *trouble = all->troubles->pdata[i];
        bool known;
        const enum nd_message why = trouble_message(trouble->code, &known);
        nd_put(html, HTML("<tr><th scope=\"row\">"), known ? MESSAGE(why) : TEXT(trouble->code),
               HTML("</th><td class=\"num\">"), NUMBER(trouble->n_files), HTML("</td><td>"),
               trouble->skipped ? MSG(STATUS_SKIPPED) : MSG(STATUS_PARTIAL), HTML("</td><td>"),
               TEXT(trouble->remedy));
        if (with_names)
            put_names(html, trouble);
        nd_put(html, HTML("</td></tr>"));
    }
    nd_put(html, HTML("</tbody></table></div>"));
}

/* What is in the collection, as far as this reader may see it. */
bool nd_page_status(struct nd_visit *visit, GError **error)
{
    static const struct {
        const char *facet;
        enum nd_message name;
    } tables[] = {
        {"type", ND_MESSAGE_FACET_TYPE},
        {"level", ND_MESSAGE_FACET_LEVEL},
        {"place", ND_MESSAGE_FACET_PLACE},
        {"year", ND_MESSAGE_FACET_YEAR},
    };
    const struct nd_request *request = visit->request;
    const struct nd_search_request everything = {
        .query = "", .limit = 1, .facets = ND_FACETS_FIELDS, .exact = true, .bare = true};
    nd_auto(nd_results) all = nd_search(visit->session, &everything, NULL, error);
    if (!all)
        return false;
    nd_auto(nd_collection) collection = nd_collection_view(visit->session, error);
    if (!collection)
        return false;
    if (nd_request_is(request, ND_PARAMETER_FORMAT, "json")) {
        nd_answer_status_json(visit, collection);
        return true;
    }
    const char *heading = nd_message(ND_MESSAGE_STATUS_TITLE, request->language);
    struct nd_html html = nd_frame_begin(request, visit->response, &(struct nd_frame){.title = heading});
    nd_put(&html, HTML("<h1>"), TEXT(heading), HTML("</h1>"));
    put_card(&html, collection);
    put_troubles(&html, collection, visit->is_trusted);
    nd_put(&html, HTML("<h2>"), MSG(STATUS_CONTENTS), HTML("</h2><div class=\"tables\">"));
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        const struct nd_facet *facet = NULL;
        for (size_t k = 0; k < all->n_facets; k++) {
            if (strcmp(all->facets[k].name, tables[i].facet) == 0)
                facet = &all->facets[k];
        }
        if (!facet || facet->n_values == 0)
            continue;
        nd_put(&html, HTML("<table class=\"plain\"><caption>"), MESSAGE(tables[i].name),
               HTML("</caption><tbody>"));
        for (size_t k = 0; k < facet->n_values; k++) {
            const struct nd_facet_value *value = &facet->values[k];
            nd_put(&html, HTML("<tr><th scope=\"row\"><a href=\""), BASE, HTML("/?"), ATTR(tables[i].facet),
                   HTML("="), URL(value->value), AND_LANGUAGE, HTML("\">"));
            if (strcmp(tables[i].facet, "level") == 0)
                nd_put_level(&html, value->value);
            else
                nd_put(&html, TEXT(value->label ? value->label : value->value));
            nd_put(&html, HTML("</a></th><td class=\"num\">"), NUMBER(value->n), HTML("</td></tr>"));
        }
        nd_put(&html, HTML("</tbody></table>"));
    }
    nd_put(&html, HTML("</div>"));
    nd_frame_end(&html, request);
    return true;
}
