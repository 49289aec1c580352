#ifndef ND_QUERY_CSV_H
#define ND_QUERY_CSV_H

/* Comma-separated values. Source: RFC 4180; also reads ';' and tabs as separators, whichever the first line
 * has most of, as spreadsheets in a Vietnamese locale write them. A line ends with LF, CR LF or CR. */

#include "base/str.h"

#include <stdio.h>

struct nd_csv {
    struct nd_str text;
    size_t at;
    char separator;     /* found out by the first nd_csv_read */
    size_t line;        /* where the row last read begins, from 1 */
    size_t n_line_ends; /* up to at */
};

/* The fields of the next row (char *, owned by the array), NULL at the end. A byte order mark in front is
 * left out. */
GPtrArray *nd_csv_read(struct nd_csv *csv);

/* A field, in quotes where it needs them; nothing for NULL. A field that a spreadsheet would take for a
 * formula gets an apostrophe in front. */
void nd_csv_put(FILE *out, const char *field);

/* The byte order mark that makes spreadsheets read UTF-8. */
void nd_csv_begin(FILE *out);
/* A cell, and the comma before it unless it is the first; NULL is the empty cell. */
void nd_csv_cell(FILE *out, const char *text, bool first);
void nd_csv_number(FILE *out, double number);
void nd_csv_end_row(FILE *out);

#endif
