#ifndef ND_INDEXER_DIAGNOSTICS_H
#define ND_INDEXER_DIAGNOSTICS_H

#include "base/document.h"
#include "base/json.h"

/* How ndindex shows what is wrong with a file: a line for people, an object for programs. */

/* "path!member: code: message; remedy". Caller frees with g_free. */
char *nd_diagnostic_line(const char *path, const char *member, const struct nd_diagnostic *diagnostic);

/* Writes "code", "severity", "message" and "offset" into the object at hand. */
void nd_diagnostic_put_json(struct nd_json *json, const struct nd_diagnostic *diagnostic);

#endif
