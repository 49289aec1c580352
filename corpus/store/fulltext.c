#include "corpus/store/fulltext_private.h"

#include "base/error.h"

/* A reader is overtaken when a writer commits twice during one query; three times in a row is no accident. */
#define MAX_TRIES 3

struct nd_fulltext {
    struct xc_database *database;
};

/* What an error of the binding means to the user of an index: the rows that are not ND_ERROR_INDEX. */
static enum nd_error_code mapped_code(int code)
{
    switch ((enum xc_error_code)code) {
    case XC_ERROR_DATABASE_LOCK:
        return ND_ERROR_LOCKED;
    case XC_ERROR_DATABASE_MODIFIED:
        return ND_ERROR_CHANGED;
    case XC_ERROR_WILDCARD:
    case XC_ERROR_NETWORK_TIMEOUT:
    case XC_ERROR_MEMORY:
        return ND_ERROR_LIMIT;
    case XC_ERROR_NETWORK:
    case XC_ERROR_SYSTEM:
    case XC_ERROR_DATABASE_CREATE:
    case XC_ERROR_DATABASE:
        return ND_ERROR_IO;
    case XC_ERROR_QUERY_PARSER:
    case XC_ERROR_RANGE:
        return ND_ERROR_USAGE;
    case XC_ERROR_DOC_NOT_FOUND:
        return ND_ERROR_NOT_FOUND;
    case XC_ERROR_ASSERTION:
    case XC_ERROR_UNIMPLEMENTED:
    case XC_ERROR_INVALID_ARGUMENT:
    case XC_ERROR_INVALID_OPERATION:
    case XC_ERROR_STANDARD:
    case XC_ERROR_UNKNOWN:
        return ND_ERROR_INTERNAL;
    default:
        return ND_ERROR_INDEX;
    }
}

void nd_fulltext_propagate(GError **error, GError *xc_error)
{
    if (xc_error->domain == XC_ERROR)
        g_set_error(error, ND_ERROR, (int)mapped_code(xc_error->code), "full text: %s", xc_error->message);
    else
        g_propagate_error(error, g_error_copy(xc_error));
    g_error_free(xc_error);
}

struct nd_fulltext *nd_fulltext_open(const char *path, GError **error)
{
    GError *xc_error = NULL;
    struct xc_database *database = xc_database_open(path, &xc_error);
    if (!database) {
        nd_fulltext_propagate(error, xc_error);
        return NULL;
    }
    struct nd_fulltext *fulltext = g_new0(struct nd_fulltext, 1);
    fulltext->database = database;
    return fulltext;
}

void nd_fulltext_close(struct nd_fulltext *fulltext)
{
    if (!fulltext)
        return;
    xc_database_close(fulltext->database);
    g_free(fulltext);
}

struct xc_database *nd_fulltext_database(struct nd_fulltext *fulltext)
{
    return fulltext->database;
}

bool nd_fulltext_refresh(struct nd_fulltext *fulltext, GError **error)
{
    GError *xc_error = NULL;
    if (xc_database_reopen(fulltext->database, NULL, &xc_error))
        return true;
    nd_fulltext_propagate(error, xc_error);
    return false;
}

bool nd_database_generation(const struct xc_database *database, int64_t *out, GError **error)
{
    GError *xc_error = NULL;
    g_autoptr(GString) value = g_string_new(NULL);
    if (!xc_database_metadata(database, xc_bytes_from_c(ND_GENERATION_KEY), value, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    *out = g_ascii_strtoll(value->str, NULL, 10);
    return true;
}

bool nd_fulltext_generation(struct nd_fulltext *fulltext, int64_t *out, GError **error)
{
    struct xc_statistics statistics;
    GError *xc_error = NULL;
    if (!xc_database_statistics(fulltext->database, &statistics, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    *out = 0;
    return statistics.n_shards != 1 || nd_database_generation(fulltext->database, out, error);
}

struct xc_results *nd_fulltext_search(struct nd_fulltext *fulltext, const struct xc_request *request,
                                      GError **error)
{
    for (unsigned tries = 1;; tries++) {
        GError *xc_error = NULL;
        struct xc_results *results = xc_search(fulltext->database, request, &xc_error);
        if (results)
            return results;
        const bool again =
            g_error_matches(xc_error, XC_ERROR, XC_ERROR_DATABASE_MODIFIED) && tries < MAX_TRIES;
        if (!again) {
            nd_fulltext_propagate(error, xc_error);
            return NULL;
        }
        g_error_free(xc_error);
        if (!nd_fulltext_refresh(fulltext, error))
            return NULL;
    }
}
