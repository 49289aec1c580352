#ifndef ND_WEB_FRAME_H
#define ND_WEB_FRAME_H

/*
 * What all pages share: head, masthead with the search field, footer with the language switch.
 */

#include "web/html.h"
#include "web/request.h"
#include "web/response.h"

struct nd_frame {
    const char *title; /* of the window, before the name of the site; NULL for the first page */
    bool front;        /* the search field belongs to the page, not to the masthead */
    bool feed;         /* this search has an Atom feed */
    int status;        /* 200 when 0 */
};

/* Begins a page into the response. The html lives as long as request and response. */
struct nd_html nd_frame_begin(const struct nd_request *request, struct nd_response *response,
                              const struct nd_frame *frame);
void nd_frame_end(struct nd_html *html, const struct nd_request *request);

/* A page without layout (feeds, drawings) over the response's body. */
struct nd_html nd_frame_bare(const struct nd_request *request, struct nd_response *response);

/* The search form, as masthead and first page have it. */
void nd_frame_put_find(struct nd_html *html, const struct nd_request *request);

#endif
