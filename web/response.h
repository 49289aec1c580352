#ifndef ND_WEB_RESPONSE_H
#define ND_WEB_RESPONSE_H

/*
 * An answer, complete in memory before its first byte is sent: so a failure half way still has a proper
 * status, and nothing is sent by a request that ran out of time.
 */

#include "base/auto.h"
#include "web/request.h"

#include <glib.h>

struct nd_response {
    int status;
    const char *type; /* Content-Type, a literal */
    GString *headers; /* further header lines, each ended by CR LF */
    GString *body;
    const char *caching; /* Cache-Control, a literal */
};

struct nd_response *nd_response_new(void);
void nd_response_free(struct nd_response *response);
ND_DEFINE_AUTO(nd_response, nd_response_free)

/* Adds a header. value may come from outside: anything but printable ASCII is left out, so it cannot start
 * another header. */
void nd_response_header(struct nd_response *response, const char *name, const char *value);

/* Answers 303 See Other with an address of this site, which begins with '/'. */
void nd_response_redirect(struct nd_response *response, int status, const char *address);

/* Takes everything written so far back. */
void nd_response_reset(struct nd_response *response, int status);

/* The whole answer as a CGI program prints it ("Status: 200 OK", RFC 3875 section 6), with the headers every
 * answer has: content policy, no sniffing, no framing, no referrer to others. head leaves the body out. */
void nd_response_write_cgi(const struct nd_response *response, bool head, GString *out);

/* The headers every answer has, as name and value pairs closed by NULL. */
const char *const *nd_response_fixed_headers(void);

/* "OK", "Not Found". */
const char *nd_response_reason(int status);

#endif
