#ifndef ND_BASE_ERROR_H
#define ND_BASE_ERROR_H

/*
 * The project's one error domain. A failure returns false or NULL and sets a GError of this domain; its code
 * decides the exit status of a program and the status of a web answer, its message is a lower-case clause
 * without a full stop that a front end prints after "<program>: ".
 */

#include <glib.h>

#define ND_ERROR (nd_error_quark())

enum nd_error_code {
    ND_ERROR_NOT_FOUND, /* no such document, work or match: exit 1 */
    ND_ERROR_USAGE,     /* bad option, argument or query syntax: exit 2 */
    ND_ERROR_LIMIT,     /* a named cap was hit: exit 3 */
    ND_ERROR_INPUT,     /* a document could not be read; the run goes on: exit 3 */
    ND_ERROR_INDEX,     /* index missing, corrupt or of another version: exit 4 */
    ND_ERROR_IO,        /* input/output or operating-system failure: exit 5 */
    ND_ERROR_LOCKED,    /* another writer holds the index: exit 6 */
    ND_ERROR_CHANGED,   /* the index changed underneath a reader, try again: exit 6 */
    ND_ERROR_INTERNAL   /* a failure that no other code describes: exit 70 */
};

/* Exit statuses that are not failures of a call. */
enum nd_exit {
    ND_EXIT_SUCCESS = 0,
    ND_EXIT_NO_MATCH = 1,
    ND_EXIT_USAGE = 2,
    ND_EXIT_PARTIAL = 3, /* finished, but some documents were skipped or a limit was hit */
    ND_EXIT_INDEX = 4,
    ND_EXIT_IO = 5,
    ND_EXIT_LOCKED = 6,
    ND_EXIT_INTERNAL = 70
};

GQuark nd_error_quark(void);

/* The exit status for an error of any domain: errors of GLib's option parser are usage errors (2), of its
 * file functions input/output failures (5), anything unknown internal (70). */
int nd_error_exit_status(const GError *error);

/* The HTTP status for an error, by the table of the house style (200, 400, 404, 413, 500, 503). */
int nd_error_http_status(const GError *error);

/* Sets *error to ND_ERROR_IO (ND_ERROR_NOT_FOUND never): "<message>: <strerror(errnum)>". */
void nd_error_set_errno(GError **error, int errnum, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
