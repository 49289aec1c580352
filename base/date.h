#ifndef ND_BASE_DATE_H
#define ND_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* A calendar date; year 0 means absent, month or day 0 that only the larger part is known. */
struct nd_date {
    int16_t year;
    int8_t month, day;
};

/* Writes "2022-06-16", "2022-06", "2022" or "" into buffer, as much as is known. Returns buffer. */
const char *nd_date_format(struct nd_date date, char buffer[11]);
/* Reads what nd_date_format writes; false on anything else or on a day that does not exist. */
bool nd_date_parse(const char *text, struct nd_date *out);
/* < 0, 0, > 0; unknown parts sort first. */
int nd_date_compare(struct nd_date a, struct nd_date b);
bool nd_date_is_valid(struct nd_date date);

#endif
