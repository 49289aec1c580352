#include "web/pages/parts.h"

/* Source: RFC 4287 (Atom). Dates of documents have no time of day: midnight in Hà Nội stands for them. */
static void put_updated(struct nd_html *html, struct nd_date date)
{
    char text[32];
    g_snprintf(text, sizeof text, "%04d-%02d-%02dT00:00:00+07:00", date.year ? date.year : 1970,
               MAX(1, date.month), MAX(1, date.day));
    nd_put(html, HTML("<updated>"), TEXT(text), HTML("</updated>"));
}

void nd_put_feed(struct nd_visit *visit, const struct nd_results *results, const struct nd_feed *feed)
{
    struct nd_html html = nd_frame_bare(visit->request, visit->response);
    g_autofree char *origin = nd_visit_origin(visit);
    const struct nd_piece separator = strchr(feed->address, '?') ? HTML("&amp;") : HTML("?");
    visit->response->type = "application/atom+xml; charset=utf-8";
    nd_put(&html,
           HTML("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
                "xml:lang=\"vi\"><title>"),
           TEXT(feed->title), HTML("</title><id>"), TEXT(origin), TEXT(feed->address),
           HTML("</id><link href=\""), ATTR(origin), ATTR(feed->address),
           HTML("\"/><link rel=\"self\" href=\""), ATTR(origin), ATTR(feed->address), separator,
           HTML("format=atom\"/>"));
    put_updated(&html, results->n_hits > 0 ? results->hits[0].date : (struct nd_date){0});
    for (size_t i = 0; i < results->n_hits; i++) {
        const struct nd_hit *hit = &results->hits[i];
        nd_put(&html, HTML("\n<entry><title>"), TEXT(hit->code));
        if (hit->code)
            nd_put(&html, HTML(" – "));
        nd_put(&html, TEXT(hit->title), HTML("</title><id>urn:ndsearch:document:"), URL(hit->key),
               HTML("</id><link href=\""), ATTR(origin), HTML("/document/"), URL(hit->key), HTML("\"/>"));
        put_updated(&html, hit->date);
        nd_put(&html, HTML("<author><name>"),
               TEXT(hit->place    ? hit->place
                    : hit->issuer ? hit->issuer
                                  : "ndsearch"),
               HTML("</name></author><summary>"));
        if (hit->edges && hit->edges->len > 0)
            nd_put(&html, TEXT(((struct nd_evidence *)hit->edges->pdata[0])->evidence));
        else if (hit->n_passages > 0)
            nd_put(&html, TEXT(hit->passages[0].text));
        nd_put(&html, HTML("</summary></entry>"));
    }
    nd_put(&html, HTML("\n</feed>\n"));
}
