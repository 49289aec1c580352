#include "web/pages/page.h"

/* Source: OpenSearch 1.1 draft 6, and its suggestions extension. */
bool nd_page_opensearch(struct nd_visit *visit, G_GNUC_UNUSED GError **error)
{
    struct nd_html html = nd_frame_bare(visit->request, visit->response);
    g_autofree char *origin = nd_visit_origin(visit);
    visit->response->type = "application/opensearchdescription+xml";
    nd_put(&html,
           HTML("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
                "<ShortName>ndsearch</ShortName>\n<Description>"),
           MSG(FRONT_TITLE),
           HTML("</Description>\n<InputEncoding>UTF-8</InputEncoding>\n<Url type=\"text/html\" template=\""),
           ATTR(origin), HTML("/?q={searchTerms}\"/>\n<Url type=\"application/atom+xml\" template=\""),
           ATTR(origin),
           HTML("/?q={searchTerms}&amp;format=atom\"/>\n<Url type=\"application/x-suggestions+json\" "
                "template=\""),
           ATTR(origin),
           HTML("/suggest?q={searchTerms}\"/>\n<Image width=\"32\" height=\"32\" "
                "type=\"image/svg+xml\">"),
           TEXT(origin), HTML("/icon.svg</Image>\n</OpenSearchDescription>\n"));
    return true;
}
