#ifndef ND_QUERY_PREFERENCES_H
#define ND_QUERY_PREFERENCES_H

/*
 * What ndsearch and ndgraph take from the configuration file (base/settings.h) where no option and no
 * variable of the environment says otherwise. Each fails with ND_ERROR_USAGE for a value, or a file, that
 * cannot be understood.
 */

#include "base/terminal.h"
#include "analyzers/citation/metadata.h"

#include <glib.h>

/* The highest stamp whose documents are shown: option where not NULL, else `visible` of the file, else all.
 */
bool nd_preference_visible(const char *option, enum nd_secrecy *out, GError **error);

/* Puts `format` of the file into *format where that is NULL; it stays NULL without one. Caller frees with
 * g_free. */
bool nd_preference_format(char **format, GError **error);

/* Puts `count` of the file, a number above 0, into *count where that is negative; it stays negative without
 * one. */
bool nd_preference_count(int *count, GError **error);

/* What fd is, with `colour` (auto, always, never) of the file, which NO_COLOR and CLICOLOR_FORCE go before.
 */
bool nd_preference_terminal(int fd, struct nd_terminal *out, GError **error);

#endif
