#ifndef ND_WEB_PAGES_PAGE_H
#define ND_WEB_PAGES_PAGE_H

/*
 * The pages: one function each, found by the table pages.def. A page either writes the response and returns
 * true, or fails with an error, which becomes an error page; what it wrote until then is taken back.
 */

#include "query/query.h"
#include "web/address.h"
#include "web/html.h"
#include "web/frame.h"
#include "web/request.h"
#include "web/response.h"

/* What one request may see and do, and the way to the index. */
struct nd_visit {
    const struct nd_request *request;
    struct nd_response *response;
    const char *rest; /* of the path, after the page's own; "" without */
    const char *index_dir;
    struct nd_session *session; /* opened for this reader's eyes; NULL on pages that need no index */
    bool may_download;          /* original files */
    bool is_trusted;            /* on a list of the configuration, or at the machine itself */
};

#define ND_PAGE(path, match, index, who, function)                                                           \
    bool nd_page_##function(struct nd_visit *visit, GError **error);
#include "web/pages.def"
#undef ND_PAGE

/* The whole address of the site as the reader's browser has it, "https://host/base", for feeds and for
 * addresses to copy. Caller frees with g_free. */
char *nd_visit_origin(const struct nd_visit *visit);

#endif
