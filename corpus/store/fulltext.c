#include "corpus/store/fulltext_private.h"

#include "base/error.h"

/* A reader is overtaken when a writer commits twice during one query; three times in a row is no accident. */
#define MAX_TRIES 3

struct nd_fulltext {
    struct xc_database *database;
    bool has_dead; /* some shard may list documents that no search should find */
};

static bool look_for_dead(struct nd_fulltext *fulltext, GError **xc_error)
{
    struct xc_statistics statistics;
    g_autoptr(GString) list = g_string_new(NULL);
    if (!xc_database_statistics(fulltext->database, &statistics, xc_error) ||
        !xc_database_metadata(fulltext->database, xc_bytes_from_c(ND_DEAD_KEY), list, xc_error))
        return false;
    fulltext->has_dead = list->len > 0 || statistics.n_shards > 1;
    return true;
}

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
    if (look_for_dead(fulltext, &xc_error))
        return fulltext;
    nd_fulltext_propagate(error, xc_error);
    nd_fulltext_close(fulltext);
    return NULL;
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
    bool changed;
    if (xc_database_reopen(fulltext->database, &changed, &xc_error) &&
        (!changed || look_for_dead(fulltext, &xc_error)))
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

bool nd_database_dead(const struct xc_database *database, GArray *out, GError **error)
{
    GError *xc_error = NULL;
    g_autoptr(GString) list = g_string_new(NULL);
    if (!xc_database_metadata(database, xc_bytes_from_c(ND_DEAD_KEY), list, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    if (xc_ids_unpack((struct xc_bytes){list->str, list->len}, out))
        return true;
    g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "full text: a list of documents is damaged");
    return false;
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

static struct xc_query *without_dead(const struct xc_query *query, GError **xc_error)
{
    xc_auto(xc_query) dead = xc_query_new_listed(xc_bytes_from_c(ND_DEAD_KEY), xc_error);
    const struct xc_query *const parts[] = {query, dead};
    return dead ? xc_query_new_operator(XC_AND_NOT, parts, 2, 0, xc_error) : NULL;
}

/* A remote shard keeps its dead: no source of documents can be sent to it. */
static struct xc_results *search(struct nd_fulltext *fulltext, const struct xc_request *request,
                                 GError **xc_error)
{
    if (!fulltext->has_dead)
        return xc_search(fulltext->database, request, xc_error);
    struct xc_request living = *request;
    xc_auto(xc_query) query = without_dead(request->query, xc_error);
    living.query = query;
    GError *failure = NULL;
    struct xc_results *results = query ? xc_search(fulltext->database, &living, &failure) : NULL;
    if (g_error_matches(failure, XC_ERROR, XC_ERROR_UNIMPLEMENTED)) {
        g_clear_error(&failure);
        fulltext->has_dead = false;
        results = xc_search(fulltext->database, request, &failure);
    }
    if (failure)
        g_propagate_error(xc_error, failure);
    return results;
}

struct xc_results *nd_fulltext_search(struct nd_fulltext *fulltext, const struct xc_request *request,
                                      GError **error)
{
    for (unsigned tries = 1;; tries++) {
        GError *xc_error = NULL;
        struct xc_results *results = search(fulltext, request, &xc_error);
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
