#ifndef ND_QUERY_DATES_H
#define ND_QUERY_DATES_H

/*
 * A day is written in figures or with the words tháng and năm between them; both mean one day. Inside query/
 * only. docs/vietnamese.md, "Numbers and dates".
 */

#include "base/str.h"

/* Normalised text with each day in the other of the two spellings ("1/7/2025" and "1 tháng 7 năm 2025");
 * NULL when there is no day in it. Caller frees with g_free. */
char *nd_dates_respell(struct nd_str text);

#endif
