#ifndef ND_WEB_PAGES_DOCUMENT_TEXT_H
#define ND_WEB_PAGES_DOCUMENT_TEXT_H

/*
 * A document's text as HTML: its blocks as paragraphs, headings, lists and tables, citations as links, hits
 * marked, places that can be quoted. Anchors: p1, p2, ... for blocks, page-1, ... for pages, hit-1, ... for
 * hits, at for the byte the reader came for.
 */

#include "query/query.h"
#include "web/html.h"

/* at is a byte of the text, -1 for none. */
void nd_put_document_text(struct nd_html *html, const struct nd_document_view *view, int64_t at);

/* The headings as a list of links, nothing when there are fewer than three. */
void nd_put_document_outline(struct nd_html *html, const struct nd_document_view *view);

#endif
