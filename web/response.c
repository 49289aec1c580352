#include "web/response.h"

/*
 * Nothing is loaded from elsewhere, nothing inline runs, nobody frames us, no other site hears where one was.
 * img-src is for drawings served by ourselves; form-action keeps a hostile document from sending a form away
 * even if it got one onto a page.
 */
static const char *const fixed_headers[] = {
    "Content-Security-Policy",
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options",
    "nosniff",
    "X-Frame-Options",
    "DENY",
    "Referrer-Policy",
    "same-origin", /* not "no-referrer": forms would then come from the origin "null" */
    "Cross-Origin-Opener-Policy",
    "same-origin",
    "Cross-Origin-Resource-Policy",
    "same-origin",
    "Permissions-Policy",
    "camera=(), geolocation=(), microphone=()",
    "Vary",
    "Accept-Language",
    NULL,
};

static const struct {
    int status;
    const char *reason;
} reasons[] = {
    {200, "OK"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {413, "Content Too Large"},
    {422, "Unprocessable Content"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

struct nd_response *nd_response_new(void)
{
    struct nd_response *response = g_new0(struct nd_response, 1);
    response->headers = g_string_new(NULL);
    response->body = g_string_sized_new(32 << 10);
    nd_response_reset(response, 200);
    return response;
}

void nd_response_free(struct nd_response *response)
{
    if (!response)
        return;
    g_string_free(response->headers, TRUE);
    g_string_free(response->body, TRUE);
    g_free(response);
}

void nd_response_reset(struct nd_response *response, int status)
{
    response->status = status;
    response->type = "text/html; charset=utf-8";
    response->caching = "no-cache";
    g_string_truncate(response->headers, 0);
    g_string_truncate(response->body, 0);
}

static void append_printable(GString *out, const char *value)
{
    for (; *value; value++) {
        if (*value >= 0x20 && *value < 0x7f)
            g_string_append_c(out, *value);
    }
}

void nd_response_header(struct nd_response *response, const char *name, const char *value)
{
    g_string_append_printf(response->headers, "%s: ", name);
    append_printable(response->headers, value);
    g_string_append(response->headers, "\r\n");
}

void nd_response_redirect(struct nd_response *response, int status, const char *address)
{
    g_assert(address[0] == '/' && address[1] != '/');
    nd_response_reset(response, status);
    nd_response_header(response, "Location", address);
}

const char *const *nd_response_fixed_headers(void)
{
    return fixed_headers;
}

const char *nd_response_reason(int status)
{
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        if (reasons[i].status == status)
            return reasons[i].reason;
    }
    return "Unknown";
}

void nd_response_write_cgi(const struct nd_response *response, bool head, GString *out)
{
    g_string_append_printf(out, "Status: %d %s\r\n", response->status, nd_response_reason(response->status));
    if (response->body->len > 0)
        g_string_append_printf(out, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                               response->type, response->body->len);
    g_string_append_printf(out, "Cache-Control: %s\r\n", response->caching);
    for (const char *const *header = fixed_headers; *header; header += 2)
        g_string_append_printf(out, "%s: %s\r\n", header[0], header[1]);
    g_string_append_len(out, response->headers->str, (gssize)response->headers->len);
    g_string_append(out, "\r\n");
    if (!head)
        g_string_append_len(out, response->body->str, (gssize)response->body->len);
}
