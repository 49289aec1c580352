#include "web/request.h"
#include "base/caps.h"
#include "base/error.h"
#include "base/utf8.h"

#include <stdlib.h>

enum form { FORM_TEXT, FORM_BLOCK, FORM_NUMBER, FORM_DATE, FORM_WORD };

static const struct parameter {
    const char *name;
    enum form form;
    size_t max;
    const char *words;
} parameters[ND_N_PARAMETERS] = {
#define ND_PARAMETER(id, name, form, max, words) [ND_PARAMETER_##id] = {name, FORM_##form, max, words},
#include "web/parameters.def"
#undef ND_PARAMETER
};

const char *nd_parameter_name(enum nd_parameter parameter)
{
    return parameters[parameter].name;
}

/* Undoes %XX, and '+' where plus_is_space. NULL unless the result is UTF-8 without NUL. */
static char *decode(const char *text, size_t size, bool plus_is_space)
{
    g_autoptr(GString) out = g_string_sized_new(size);
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= size || !g_ascii_isxdigit(text[i + 1]) || !g_ascii_isxdigit(text[i + 2]))
                return NULL;
            c = (char)(g_ascii_xdigit_value(text[i + 1]) * 16 + g_ascii_xdigit_value(text[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0')
            return NULL;
        g_string_append_c(out, c);
    }
    struct nd_str checked;
    if (!nd_utf8_check((struct nd_bytes){(const uint8_t *)out->str, out->len}, &checked, NULL))
        return NULL;
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Control characters become spaces, but for line breaks where they may stay. */
static void clean(char *value, bool keep_lines)
{
    for (char *p = value; *p; p++) {
        if (((uint8_t)*p < 0x20 || *p == 0x7f) && !(keep_lines && *p == '\n'))
            *p = ' ';
    }
    g_strstrip(value);
}

static bool value_fits(const struct parameter *parameter, const char *value)
{
    if (strlen(value) > parameter->max && parameter->form != FORM_NUMBER)
        return false;
    switch (parameter->form) {
    case FORM_TEXT:
    case FORM_BLOCK:
        return true;
    case FORM_NUMBER: {
        guint64 number;
        return g_ascii_string_to_unsigned(value, 10, 0, parameter->max, &number, NULL);
    }
    case FORM_DATE: {
        struct nd_date date;
        return nd_date_parse(value, &date);
    }
    case FORM_WORD: {
        g_autofree char *word = g_strdup_printf(" %s ", value);
        return !strchr(value, ' ') && strstr(parameter->words, word);
    }
    }
    g_assert_not_reached();
}

static bool take_parameter(struct nd_request *request, const char *pair, size_t size, GError **error)
{
    const char *equals = memchr(pair, '=', size);
    const size_t name_size = equals ? (size_t)(equals - pair) : size;
    for (int i = 0; i < ND_N_PARAMETERS; i++) {
        const struct parameter *parameter = &parameters[i];
        if (strlen(parameter->name) != name_size || memcmp(parameter->name, pair, name_size) != 0)
            continue;
        if (!equals || request->values[i])
            return true; /* the first of several counts */
        g_autofree char *value = decode(equals + 1, size - name_size - 1, true);
        if (!value) {
            g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "parameter %s is not UTF-8 text", parameter->name);
            return false;
        }
        clean(value, parameter->form == FORM_BLOCK);
        if (*value == '\0')
            return true; /* an empty field of a form */
        if (!value_fits(parameter, value)) {
            g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "parameter %s is out of bounds", parameter->name);
            return false;
        }
        request->values[i] = g_steal_pointer(&value);
        return true;
    }
    return true;
}

static bool take_parameters(struct nd_request *request, const char *text, size_t size, GError **error)
{
    for (size_t start = 0; start < size;) {
        const char *end = memchr(text + start, '&', size - start);
        const size_t pair = end ? (size_t)(end - text) - start : size - start;
        if (!take_parameter(request, text + start, pair, error))
            return false;
        start += pair + 1;
    }
    return true;
}

/* A mount point is put into every link: only plain characters, so that it needs no escape anywhere. */
static bool base_is_plain(const char *base)
{
    return *base == '\0' || (*base == '/' && base[1] != '/' &&
                             base[strspn(base, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                               "0123456789-._~/")] == '\0');
}

/* It is repeated in feeds and in addresses to copy. */
static bool host_is_plain(const char *host)
{
    return *host &&
           host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]")] == '\0';
}

/*
 * Servers disagree about SCRIPT_NAME and PATH_INFO. A CGI program has its own name in SCRIPT_NAME and the
 * rest in PATH_INFO; a FastCGI one under nginx has the whole path in SCRIPT_NAME and no PATH_INFO. ND_BASE
 * settles it where a configuration says so.
 */
static bool find_path(struct nd_request *request, nd_request_variable *variable, void *user_data)
{
    const char *script = variable("SCRIPT_NAME", user_data);
    const char *info = variable("PATH_INFO", user_data);
    const char *uri = variable("REQUEST_URI", user_data);
    const char *base = variable("ND_BASE", user_data);
    script = script ? script : "";
    info = info && *info ? info : NULL;
    if (!base) {
        const size_t n = strlen(script);
        const bool mounted = !uri || (strncmp(uri, script, n) == 0 && strchr("/?", uri[n]));
        const bool is_program = info || g_str_has_suffix(script, ".cgi");
        base = mounted && is_program ? script : "";
        if (!info)
            info = is_program ? "/" : script;
    } else if (!info) {
        info = g_str_has_prefix(script, base) ? script + strlen(base) : script;
    }
    const size_t length = strlen(base);
    request->base = g_strndup(base, length - (length > 0 && base[length - 1] == '/'));
    struct nd_str path;
    if (!nd_utf8_check((struct nd_bytes){(const uint8_t *)info, strlen(info)}, &path, NULL))
        return false;
    request->path = *info ? g_strdup(info) : g_strdup("/");
    return request->path[0] == '/' && base_is_plain(request->base);
}

/* Whether a form was sent from a page of this site: Sec-Fetch-Site and Origin, whichever the browser sends,
 * both say so. Source: Fetch Metadata Request Headers, section 2.3; RFC 6454, section 7. */
static bool is_same_origin(const struct nd_request *request, nd_request_variable *variable, void *user_data)
{
    const char *site = variable("HTTP_SEC_FETCH_SITE", user_data);
    const char *origin = variable("HTTP_ORIGIN", user_data);
    if ((!site && !origin) || (site && strcmp(site, "same-origin") != 0))
        return false;
    const char *authority = origin ? strstr(origin, "://") : NULL;
    return !origin || (authority && request->host && strcmp(authority + 3, request->host) == 0);
}

struct nd_request *nd_request_read(nd_request_variable *variable, void *user_data, const char *body,
                                   size_t body_size, GError **error)
{
    nd_auto(nd_request) request = g_new0(struct nd_request, 1);
    const char *method = variable("REQUEST_METHOD", user_data);
    const char *query = variable("QUERY_STRING", user_data);
    const char *user = variable("REMOTE_USER", user_data);
    const char *https = variable("HTTPS", user_data);
    method = method ? method : "GET";
    query = query ? query : "";
    request->head = strcmp(method, "HEAD") == 0;
    if (strcmp(method, "POST") == 0)
        request->method = ND_METHOD_POST;
    else if (!request->head && strcmp(method, "GET") != 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "unknown method");
        return NULL;
    }
    if (strlen(query) > ND_CAP_WEB_ADDRESS_BYTES || body_size > ND_CAP_WEB_BODY_BYTES) {
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, "the request is too large");
        return NULL;
    }
    if (!find_path(request, variable, user_data)) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "the address is not UTF-8 text");
        return NULL;
    }
    if (!take_parameters(request, query, strlen(query), error) ||
        (request->method == ND_METHOD_POST && !take_parameters(request, body, body_size, error)))
        return NULL;
    request->user = user && *user ? g_strdup(user) : NULL;
    const char *host = variable("HTTP_HOST", user_data);
    request->host = host && host_is_plain(host) ? g_strdup(host) : NULL;
    request->https = https && *https && g_ascii_strcasecmp(https, "off") != 0;
    request->same_origin = is_same_origin(request, variable, user_data);
    request->etag = g_strdup(variable("HTTP_IF_NONE_MATCH", user_data));
    if (request->values[ND_PARAMETER_LANGUAGE])
        request->language =
            nd_request_is(request, ND_PARAMETER_LANGUAGE, "en") ? ND_LANGUAGE_EN : ND_LANGUAGE_VI;
    else
        request->language = nd_language_negotiate(variable("HTTP_ACCEPT_LANGUAGE", user_data));
    return g_steal_pointer(&request);
}

void nd_request_free(struct nd_request *request)
{
    if (!request)
        return;
    for (int i = 0; i < ND_N_PARAMETERS; i++)
        g_free(request->values[i]);
    g_free(request->path);
    g_free(request->base);
    g_free(request->user);
    g_free(request->host);
    g_free(request->etag);
    g_free(request);
}

int nd_request_number(const struct nd_request *request, enum nd_parameter parameter, int otherwise)
{
    g_assert(parameters[parameter].form == FORM_NUMBER);
    const char *value = request->values[parameter];
    return value ? atoi(value) : otherwise;
}

struct nd_date nd_request_date(const struct nd_request *request, enum nd_parameter parameter)
{
    struct nd_date date = {0};
    if (request->values[parameter])
        nd_date_parse(request->values[parameter], &date);
    return date;
}

bool nd_request_is(const struct nd_request *request, enum nd_parameter parameter, const char *value)
{
    return g_strcmp0(request->values[parameter], value) == 0;
}
