#ifndef ND_CORPUS_READ_EXTRACT_SHEET_NUMBER_H
#define ND_CORPUS_READ_EXTRACT_SHEET_NUMBER_H

/*
 * Numbers of spreadsheets as people see them: a day is stored as a count of days, 44728, and only the format
 * of its cell says that it shows 16/06/2022. Source: ECMA-376, part 1, 18.8.30 (numFmt), 18.17.4 (dates).
 */

#include <stdbool.h>

/* What a number format shows, or'ed; 0 for a plain number. */
enum nd_sheet_format {
    ND_SHEET_DAY = 1,
    ND_SHEET_MONTH = 2,
    ND_SHEET_YEAR = 4,
    ND_SHEET_CLOCK = 8,
    ND_SHEET_PERCENT = 16,
};

/* Of a format that every program knows by its number, and of one that the file spells out ("dd/mm/yyyy"). */
unsigned nd_sheet_format_by_id(unsigned id);
unsigned nd_sheet_format_of_code(const char *code);

enum { ND_SHEET_NUMBER_BYTES = 64 };

/* Writes value, which is finite: days as 16/06/2022, the clock as 08:30, shares as 12.5%. from_1904: the file
 * counts days from 1904. A day outside the calendar stays a number. */
void nd_sheet_number_format(double value, unsigned format, bool from_1904, char out[ND_SHEET_NUMBER_BYTES]);

#endif
