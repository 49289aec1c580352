#ifndef ND_WEB_ADDRESS_H
#define ND_WEB_ADDRESS_H

/*
 * Addresses made from the current request: the same search with one thing changed. Only parameters that
 * belong into an address are carried on, in the order of parameters.def, so that equal searches have equal
 * addresses.
 */

#include "web/html.h"
#include "web/request.h"

/* A parameter with another value; value NULL leaves it out. A list ends with ND_CHANGES_END. */
struct nd_change {
    enum nd_parameter parameter;
    const char *value;
};
#define ND_CHANGES_END ((struct nd_change){ND_N_PARAMETERS, NULL})

/* Writes the address (escaped for an attribute) of `path`, which begins with '/', with the request's search
 * parameters as changed. A change of anything but the page leads back to the first page. */
void nd_address_put(struct nd_html *html, const struct nd_request *request, const char *path,
                    const struct nd_change *changes);

#define nd_put_address(html, request, path, ...)                                                             \
    nd_address_put(html, request, path, (const struct nd_change[]){__VA_ARGS__, ND_CHANGES_END})

/* The same parameters as hidden fields of a form, without those in `except`. */
void nd_address_put_hidden(struct nd_html *html, const struct nd_request *request,
                           const enum nd_parameter *except, size_t n_except);

#endif
