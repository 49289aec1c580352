#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* One row for each code, in the order of enum nd_error_code. */
static const struct {
    enum nd_exit exit_status;
    int http_status;
} statuses[] = {
    [ND_ERROR_NOT_FOUND] = {ND_EXIT_NO_MATCH, 404}, [ND_ERROR_USAGE] = {ND_EXIT_USAGE, 400},
    [ND_ERROR_LIMIT] = {ND_EXIT_PARTIAL, 413},      [ND_ERROR_INPUT] = {ND_EXIT_PARTIAL, 413},
    [ND_ERROR_INDEX] = {ND_EXIT_INDEX, 503},        [ND_ERROR_IO] = {ND_EXIT_IO, 500},
    [ND_ERROR_LOCKED] = {ND_EXIT_LOCKED, 503},      [ND_ERROR_CHANGED] = {ND_EXIT_LOCKED, 503},
    [ND_ERROR_INTERNAL] = {ND_EXIT_INTERNAL, 500},
};

GQuark nd_error_quark(void)
{
    return g_quark_from_static_string("nd-error-quark");
}

static bool has_row(const GError *error)
{
    return error->domain == ND_ERROR && error->code >= 0 && (size_t)error->code < G_N_ELEMENTS(statuses);
}

int nd_error_exit_status(const GError *error)
{
    if (has_row(error))
        return (int)statuses[error->code].exit_status;
    if (error->domain == G_OPTION_ERROR)
        return ND_EXIT_USAGE;
    if (error->domain == G_FILE_ERROR)
        return ND_EXIT_IO;
    return ND_EXIT_INTERNAL;
}

int nd_error_http_status(const GError *error)
{
    return has_row(error) ? statuses[error->code].http_status : 500;
}

void nd_error_set_errno(GError **error, int errnum, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *context = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, ND_ERROR, ND_ERROR_IO, "%s: %s", context, g_strerror(errnum));
}
