#ifndef ND_CORPUS_READ_EXTRACT_PDF_LINES_H
#define ND_CORPUS_READ_EXTRACT_PDF_LINES_H

/*
 * From the lines of pages, as they stand on paper, to paragraphs: lines that reach the right edge go on in
 * the next one, unless that is indented, carries a marker or stands apart. What repeats at the top or bottom
 * of pages is a running header or footer. Lines inside the cells of a ruled table become its cells, row by
 * row.
 */

#include "corpus/read/builder.h"
#include "corpus/read/extract/pdf_grid.h"

struct nd_pdf_lines;

/* Writes into builder, which must outlive it. */
struct nd_pdf_lines *nd_pdf_lines_new(struct nd_builder *builder);
void nd_pdf_lines_free(struct nd_pdf_lines *self);
ND_DEFINE_AUTO(nd_pdf_lines, nd_pdf_lines_free)

/* grid may be NULL; it is borrowed until the next page or the end. */
void nd_pdf_lines_begin_page(struct nd_pdf_lines *self, unsigned number, const struct nd_pdf_grid *grid);
/* font is interned by the call; NULL when unknown. */
void nd_pdf_lines_add(struct nd_pdf_lines *self, uint32_t c, struct nd_pdf_box box, const char *font);
void nd_pdf_lines_end_line(struct nd_pdf_lines *self);

/* Lines with text so far. */
unsigned nd_pdf_lines_count(const struct nd_pdf_lines *self);
/* Writes the paragraphs of all pages. */
void nd_pdf_lines_finish(struct nd_pdf_lines *self);

#endif
