#ifndef ND_BASE_JSON_H
#define ND_BASE_JSON_H

/* Writing JSON to a stream, one value after the other. Commas and quotes are put where they belong; a member
 * function with NULL as the value writes null, with NULL as the name writes an element of an array. */

#include "base/date.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct nd_json {
    FILE *out;
    bool comma; /* the next value follows another one */
};

void nd_json_begin_object(struct nd_json *json, const char *name);
void nd_json_end_object(struct nd_json *json);
void nd_json_begin_array(struct nd_json *json, const char *name);
void nd_json_end_array(struct nd_json *json);
/* Bytes that are not UTF-8 (of a path) become U+FFFD. */
void nd_json_string(struct nd_json *json, const char *name, const char *value);
/* A slice of a text. */
void nd_json_slice(struct nd_json *json, const char *name, struct nd_str value);
/* "2022-06-16", or as much of it as is known; null for none. */
void nd_json_date(struct nd_json *json, const char *name, struct nd_date date);
void nd_json_null(struct nd_json *json, const char *name);
void nd_json_integer(struct nd_json *json, const char *name, int64_t value);
void nd_json_number(struct nd_json *json, const char *name, double value);
void nd_json_bool(struct nd_json *json, const char *name, bool value);
/* Ends the outermost value's line. */
void nd_json_end_line(struct nd_json *json);

#endif
