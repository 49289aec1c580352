#ifndef ND_CORPUS_READ_EXTRACT_PDF_LINES_PRIVATE_H
#define ND_CORPUS_READ_EXTRACT_PDF_LINES_PRIVATE_H

/*
 * Between the steps from glyphs to paragraphs: pdf_lines.c gathers the lines of each page and puts them in
 * reading order, pdf_margins.c marks running headers, footers and footnotes, pdf_paragraphs.c writes.
 */

#include "corpus/read/extract/pdf_columns.h"
#include "corpus/read/extract/pdf_lines.h"
#include "corpus/read/extract/pdf_table.h"

struct nd_pdf_glyph {
    uint32_t c;
    const char *font; /* interned */
    bool raised;      /* smaller than what it follows and above its feet */
};

struct nd_pdf_line {
    guint first, n; /* glyphs */
    unsigned page;
    struct nd_pdf_box box;
    bool running; /* header or footer */
    bool note;    /* of a footnote */
    bool at_top;
    guint cell;   /* its number from 1, 0 for none */
    guint column; /* the same */
};

/* Where the lines of text begin and end, in points. */
struct nd_pdf_edges {
    double left, right;
};

struct nd_pdf_lines {
    struct nd_builder *builder;
    GArray *glyphs;            /* of struct nd_pdf_glyph */
    GArray *lines;             /* of struct nd_pdf_line */
    GArray *cells;             /* of struct nd_pdf_cell; line.cell counts them from 1 */
    GArray *columns;           /* of struct nd_pdf_edges; line.column counts them from 1 */
    GArray *extents;           /* of struct nd_pdf_extent: of this page's glyphs */
    struct nd_pdf_edges edges; /* of text that is in no column */
    GStringChunk *fonts;
    unsigned page;
    const struct nd_pdf_grid *grid;
    guint page_cells, page_lines, page_glyphs; /* those of this page begin there */
    struct nd_pdf_line open;
    struct nd_pdf_box last; /* of the open line's last full letter */
    const char *last_font_name, *last_font;
};

static inline const struct nd_pdf_line *nd_pdf_line_at(const struct nd_pdf_lines *self, guint i)
{
    return &g_array_index(self->lines, struct nd_pdf_line, i);
}

static inline double nd_pdf_line_height(const struct nd_pdf_line *line)
{
    return line->box.bottom - line->box.top;
}

/* NULL for a line in none. */
struct nd_pdf_cell *nd_pdf_line_cell(const struct nd_pdf_lines *self, const struct nd_pdf_line *line);
/* A line's text for comparing and for its marker, cut to 160 bytes or a little more; caller frees. */
char *nd_pdf_line_text(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, bool digits_away);

/* Puts the lines of the page at hand in reading order. */
void nd_pdf_lines_end_page(struct nd_pdf_lines *self);

/* Marks what repeats at the top and bottom of pages, and footnotes. */
void nd_pdf_margins_mark(struct nd_pdf_lines *self);

/* The number of at most three digits from glyph i of the line on; 0 for none. *end_out is behind it. */
unsigned nd_pdf_number_at(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, guint i,
                          guint *end_out);
bool nd_pdf_is_raised_at(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, guint i);
/* Whether line i has a footnote's number and text in one: "1Số liệu năm 2024". */
bool nd_pdf_begins_note(const struct nd_pdf_lines *self, guint i);
/* Whether line i is the raised number before a footnote: digits alone, smaller than the text that follows
 * beside them; or begins with such a number. */
bool nd_pdf_is_note_mark(const struct nd_pdf_lines *self, guint i);
/* Whether a footnote of this number stands on the line's page. */
bool nd_pdf_has_note(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, unsigned number);

#endif
