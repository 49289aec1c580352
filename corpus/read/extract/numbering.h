#ifndef ND_CORPUS_READ_EXTRACT_NUMBERING_H
#define ND_CORPUS_READ_EXTRACT_NUMBERING_H

/*
 * The numbers that a word processor writes before paragraphs of lists without them being in the text:
 * "Điều 5.", "2.1", "c)". A definition says what each level looks like; lists that follow the same definition
 * count on together, unless one of them restarts. Source: ECMA-376 part 1, 17.9; [MS-DOC] 2.4.6.3, 2.9.131
 * (LFO) and 2.9.150 (LVLF).
 */

#include "base/auto.h"

#include <glib.h>
#include <stdbool.h>

enum { ND_NUMBERING_LEVELS = 9 };

enum nd_number_format {
    ND_NUMBER_DECIMAL,
    ND_NUMBER_DECIMAL_ZERO, /* 01, 02, ... */
    ND_NUMBER_UPPER_ROMAN,
    ND_NUMBER_LOWER_ROMAN,
    ND_NUMBER_UPPER_LETTER,
    ND_NUMBER_LOWER_LETTER,
    ND_NUMBER_BULLET, /* whatever the sign: comes out as "-" */
    ND_NUMBER_NONE
};

/* The number alone: "4", "iv", "d". Caller frees with g_free. */
char *nd_number_label(enum nd_number_format format, long n);

struct nd_numbering;

struct nd_numbering *nd_numbering_new(void);
void nd_numbering_free(struct nd_numbering *self);
ND_DEFINE_AUTO(nd_numbering, nd_numbering_free)

/* Level `level` (from 0; others are ignored) of definition `definition`. label has "%1" to "%9" for the
 * numbers of the levels; it is copied. */
void nd_numbering_define(struct nd_numbering *self, long definition, long level, enum nd_number_format format,
                         const char *label, long start);
/* List `list` follows `definition`. */
void nd_numbering_list(struct nd_numbering *self, long list, long definition);
/* List `list` begins with `start` at `level` where it is first used. */
void nd_numbering_restart(struct nd_numbering *self, long list, long level, long start);

/* The definition that `list` follows counts from its start again. */
void nd_numbering_begin(struct nd_numbering *self, long list);

/* What stands before the next paragraph of the list, a space behind it; "" when the list is not known. Caller
 * frees with g_free. */
char *nd_numbering_next(struct nd_numbering *self, long list, long level);

#endif
