#ifndef ND_BASE_HELPER_H
#define ND_BASE_HELPER_H

/*
 * Another program as a bounded function from bytes to bytes: a drawing tool, run so that its memory, its time
 * and its crashes stay its own. No shell; the program is looked up in PATH.
 */

#include "base/str.h"

#include <stdbool.h>

struct nd_helper_limits {
    unsigned cpu_s, wall_s;
    size_t memory_bytes; /* of address space */
    size_t output_bytes;
};

/* Runs argv (NULL-terminated) with input as its standard input; *output_out is what it wrote to standard
 * output, caller unrefs. Its standard error goes nowhere. Fails with ND_ERROR_IO when the program is missing,
 * crashes or reports a failure, ND_ERROR_LIMIT when it needed more than limits. Bytes are kept in memory
 * files, so that neither side waits for the other. */
bool nd_helper_run(const char *const argv[], struct nd_bytes input, const struct nd_helper_limits *limits,
                   GByteArray **output_out, GError **error);

#endif
