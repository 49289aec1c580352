#ifndef ND_WEB_REQUEST_H
#define ND_WEB_REQUEST_H

/*
 * A request as the pages see it, whichever way it came: CGI, FastCGI or the built-in server. Everything in it
 * was checked here: text is UTF-8 without NUL, parameters are within the bounds of parameters.def.
 *
 * Source: RFC 3875 (CGI/1.1), WHATWG URL, section 5 (application/x-www-form-urlencoded).
 */

#include "base/auto.h"
#include "base/date.h"
#include "web/message.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define ND_CAP_WEB_ADDRESS_BYTES ((size_t)16 << 10)
#define ND_CAP_WEB_BODY_BYTES    ((size_t)64 << 10)

enum nd_parameter {
#define ND_PARAMETER(id, name, form, max, words) ND_PARAMETER_##id,
#include "web/parameters.def"
#undef ND_PARAMETER
    ND_N_PARAMETERS
};

enum nd_method {
    ND_METHOD_GET, /* and HEAD */
    ND_METHOD_POST
};

struct nd_request {
    enum nd_method method;
    bool head;                     /* answer with headers only */
    char *path;                    /* decoded, begins with '/', without the base */
    char *base;                    /* where the site is mounted: "" or "/tra-cuu", safe in an address */
    char *values[ND_N_PARAMETERS]; /* NULL where absent or empty */
    char *user;                    /* REMOTE_USER, NULL without */
    char *host;                    /* of the Host header; NULL without, or when it holds anything odd */
    bool https;
    bool same_origin; /* the browser says the request came from this site */
    bool may_review;  /* user may decide what citations mean; set by the site */
    enum nd_language language;
    char *etag; /* If-None-Match, NULL without */
};

/* The value of a CGI variable, or NULL. */
typedef const char *nd_request_variable(const char *name, void *user_data);

/* Reads a request from CGI variables and, for POST, its body. Fails with ND_ERROR_USAGE (400: not a request
 * we know, or a parameter out of bounds) or ND_ERROR_LIMIT (413); the request is then unusable. Caller frees
 * with nd_request_free. */
struct nd_request *nd_request_read(nd_request_variable *variable, void *user_data, const char *body,
                                   size_t body_size, GError **error);
void nd_request_free(struct nd_request *request);
ND_DEFINE_AUTO(nd_request, nd_request_free)

/* The value of a NUMBER parameter, otherwise when it is absent. */
int nd_request_number(const struct nd_request *request, enum nd_parameter parameter, int otherwise);
/* The value of a DATE parameter; year 0 when absent. */
struct nd_date nd_request_date(const struct nd_request *request, enum nd_parameter parameter);
/* Whether a WORD parameter has this value. */
bool nd_request_is(const struct nd_request *request, enum nd_parameter parameter, const char *value);

/* The parameter's name in addresses. */
const char *nd_parameter_name(enum nd_parameter parameter);

#endif
