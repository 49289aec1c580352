#ifndef ND_CORPUS_READ_EXTRACT_PDF_GRID_H
#define ND_CORPUS_READ_EXTRACT_PDF_GRID_H

/*
 * The ruled tables of a page, found in a picture of it: a PDF says where letters stand, but neither what a
 * cell is nor where its text ends, and lines of neighbouring cells run together without the rules between
 * them.
 */

#include "base/auto.h"

#include <stdbool.h>
#include <stdint.h>

/* In points from the top left corner of the page. */
struct nd_pdf_box {
    double left, top, right, bottom;
};

struct nd_pdf_grid;

/* pixels: one byte each, 0 for black, `stride` bytes from row to row; borrowed for the call. scale: pixels a
 * point, 1 to 4. Caller frees. */
struct nd_pdf_grid *nd_pdf_grid_new(const uint8_t *pixels, int width, int height, int stride, double scale);
void nd_pdf_grid_free(struct nd_pdf_grid *self);
ND_DEFINE_AUTO(nd_pdf_grid, nd_pdf_grid_free)

/* The cell around a point: the nearest rules above, below, left and right of it that reach past it. False,
 * and *cell stays, when one is missing. NULL has no cells. */
bool nd_pdf_grid_cell(const struct nd_pdf_grid *self, double x, double y, struct nd_pdf_box *cell);

#endif
