#ifndef ND_INDEXER_DIAGNOSTICS_H
#define ND_INDEXER_DIAGNOSTICS_H

#include "base/document.h"

#include <jansson.h>

/* How ndindex shows what is wrong with a file: a line for people, an object for programs. */

/* "path!member: code: message; remedy". Caller frees with g_free. */
char *nd_diagnostic_line(const char *path, const char *member, const struct nd_diagnostic *diagnostic);

/* {"code", "severity", "message", "offset"} */
json_t *nd_diagnostic_to_json(const struct nd_diagnostic *diagnostic);

/* A file name as a JSON string; bytes that are not UTF-8 become U+FFFD. */
json_t *nd_name_to_json(const char *bytes);

#endif
