#ifndef ND_WEB_LAYOUT_H
#define ND_WEB_LAYOUT_H

/*
 * What all pages share: head, masthead with the search field, footer with the language switch.
 */

#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

struct nd_layout {
    const char *title; /* of the window, before the name of the site; NULL for the first page */
    bool front;        /* the search field belongs to the page, not to the masthead */
    bool feed;         /* this search has an Atom feed */
    bool may_review;   /* shows the way to the review queue */
    int status;        /* 200 when 0 */
};

/* Begins a page into the response. The html lives as long as request and response. */
struct nd_html nd_layout_begin(const struct nd_request *request, struct nd_response *response,
                               const struct nd_layout *layout);
void nd_layout_end(struct nd_html *html, const struct nd_request *request);

/* A page without layout (feeds, drawings) over the response's body. */
struct nd_html nd_layout_bare(const struct nd_request *request, struct nd_response *response);

/* The search form, as masthead and first page have it. */
void nd_layout_put_find(struct nd_html *html, const struct nd_request *request);

#endif
