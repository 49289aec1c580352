#include "web/pages/parts.h"

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
        .query = "", .limit = 1, .facets = true, .exact = true, .bare = true};
    nd_auto(nd_results) all = nd_search(visit->session, &everything, NULL, error);
    if (!all)
        return false;
    const char *heading = nd_message(ND_MESSAGE_STATUS, request->language);
    struct nd_html html = nd_frame_begin(request, visit->response, &(struct nd_frame){.title = heading});
    nd_put(&html, HTML("<h1>"), MSG(STATUS), HTML("</h1><p>"), MSG(COLLECTION_HAS), HTML(" <b>"),
           NUMBER(all->n_matches), HTML("</b> "), MSG(DOCUMENT_MANY), HTML("</p><div class=\"tables\">"));
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
