#ifndef ND_CORPUS_READ_EXTRACT_PDF_TABLE_H
#define ND_CORPUS_READ_EXTRACT_PDF_TABLE_H

/* Rows and columns of the cells of one page, and the order in which what stands in them is read. */

#include "corpus/read/extract/pdf_grid.h"

#include <glib.h>

struct nd_pdf_cell {
    struct nd_pdf_box box;
    unsigned table, row, column; /* from 0 */
    bool alone;                  /* a frame around text, not a table */
};

/* Fills in all but the boxes. Tables are parted by what stands between them; a row begins at the top edge of
 * any of its cells, so that a cell over two rows belongs to the first. */
void nd_pdf_cells_number(struct nd_pdf_cell *cells, guint n);

/* A piece of a line, in a cell. */
struct nd_pdf_piece {
    const struct nd_pdf_cell *cell;
    struct nd_pdf_box box;
    guint line;     /* the caller's */
    unsigned level; /* which line of the cell it is on; filled in */
};

/* Sorts pieces row by row, cell by cell, line by line, from left to right. */
void nd_pdf_pieces_sort(struct nd_pdf_piece *pieces, guint n);

#endif
