#ifndef ND_CORPUS_READ_EXTRACT_PDF_COLUMNS_H
#define ND_CORPUS_READ_EXTRACT_PDF_COLUMNS_H

/*
 * The columns of newspapers and gazettes: poppler now and then reads lines that stand beside each other as
 * one flow. A gutter is told from the space between two other things beside each other (the two heads of an
 * official document, a signature beside the receivers, columns of a table) by many full lines on both sides.
 */

#include "corpus/read/extract/pdf_grid.h"

#include <glib.h>

/* A line, or the part of one that stands in a column. */
struct nd_pdf_strip {
    guint first, n; /* glyphs */
    struct nd_pdf_box box;
    guint line;   /* the caller's */
    guint column; /* from 1, of all that the caller has counted; 0 outside of columns */
};

/* Where a glyph stands; right < left for a space. */
struct nd_pdf_extent {
    float left, right;
};

/* Puts the strips of one page in reading order, cut where a gutter goes through them: what stands above the
 * columns, the columns from left to right, what stands below. glyphs are those that strips count. *n_columns
 * is counted on. Returns the strips in order, or NULL when the page has no columns; caller unrefs. */
GArray *nd_pdf_columns_arrange(const struct nd_pdf_strip *strips, guint n, const struct nd_pdf_extent *glyphs,
                               guint *n_columns);

#endif
