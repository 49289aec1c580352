#include "corpus/read/extract/pdf_lines_private.h"

#include "base/caps.h"

enum {
    KEY_BYTES = 160,
    MAX_LINES = 4 << 20,
    MAX_CELLS = 5000 /* of a page */
};

struct nd_pdf_lines *nd_pdf_lines_new(struct nd_builder *builder)
{
    struct nd_pdf_lines *self = g_new0(struct nd_pdf_lines, 1);
    self->builder = builder;
    self->glyphs = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_glyph));
    self->lines = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_line));
    self->cells = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_cell));
    self->columns = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_edges));
    self->extents = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_extent));
    self->fonts = g_string_chunk_new(1024);
    return self;
}

void nd_pdf_lines_free(struct nd_pdf_lines *self)
{
    if (!self)
        return;
    g_array_unref(self->glyphs);
    g_array_unref(self->lines);
    g_array_unref(self->cells);
    g_array_unref(self->columns);
    g_array_unref(self->extents);
    g_string_chunk_free(self->fonts);
    g_free(self);
}

unsigned nd_pdf_lines_count(const struct nd_pdf_lines *self)
{
    return self->lines->len;
}

static const char *intern_font(struct nd_pdf_lines *self, const char *font)
{
    if (font != self->last_font_name || !font) {
        self->last_font_name = font;
        self->last_font = font && strlen(font) < 200 ? g_string_chunk_insert_const(self->fonts, font) : NULL;
    }
    return self->last_font;
}

struct nd_pdf_cell *nd_pdf_line_cell(const struct nd_pdf_lines *self, const struct nd_pdf_line *line)
{
    return line->cell ? &g_array_index(self->cells, struct nd_pdf_cell, line->cell - 1) : NULL;
}

char *nd_pdf_line_text(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, bool digits_away)
{
    GString *key = g_string_new(NULL);
    for (guint i = 0; i < line->n && key->len < KEY_BYTES; i++) {
        uint32_t c = g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + i).c;
        if (digits_away && (g_unichar_isdigit(c) || g_unichar_isspace(c)))
            continue;
        g_string_append_unichar(key, c);
    }
    return g_string_free(key, FALSE);
}

static bool is_near(double a, double b)
{
    return ABS(a - b) < 3;
}

/* poppler runs columns that stand side by side together now and then: a gap shows it, or a jump to another
 * line. */
static void split_at_jump(struct nd_pdf_lines *self, struct nd_pdf_box box)
{
    const struct nd_pdf_box *open = &self->open.box;
    double height = open->bottom - open->top;
    double overlap = MIN(open->bottom, box.bottom) - MAX(open->top, box.top);
    if (overlap < 0.3 * MIN(height, box.bottom - box.top) || box.left > open->right + 2.5 * height)
        nd_pdf_lines_end_line(self);
}

/* The number of the cell around the middle of box, 0 for none. */
static guint cell_at(struct nd_pdf_lines *self, struct nd_pdf_box box)
{
    const double x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    struct nd_pdf_box found;
    const struct nd_pdf_cell *here = self->open.n > 0 ? nd_pdf_line_cell(self, &self->open) : NULL;
    if (here && x > here->box.left && x < here->box.right && y > here->box.top && y < here->box.bottom)
        return self->open.cell;
    if (!self->grid || !nd_pdf_grid_cell(self->grid, x, y, &found))
        return 0;
    for (guint i = self->cells->len; i > self->page_cells; i--) { /* most often the last */
        const struct nd_pdf_box *known = &g_array_index(self->cells, struct nd_pdf_cell, i - 1).box;
        if (is_near(known->left, found.left) && is_near(known->top, found.top) &&
            is_near(known->right, found.right) && is_near(known->bottom, found.bottom))
            return i;
    }
    if (self->cells->len - self->page_cells == MAX_CELLS)
        return 0;
    g_array_append_val(self->cells, ((struct nd_pdf_cell){.box = found}));
    return self->cells->len;
}

static bool is_raised(const struct nd_pdf_box *letter, const struct nd_pdf_box *digit)
{
    const double height = letter->bottom - letter->top;
    return digit->bottom - digit->top < 0.8 * height && digit->bottom < letter->bottom - 0.1 * height;
}

static void append_glyph(struct nd_pdf_lines *self, uint32_t c, const char *font, bool raised,
                         struct nd_pdf_extent extent)
{
    const struct nd_pdf_glyph glyph = {c, font, raised};
    self->open.n++;
    g_array_append_val(self->glyphs, glyph);
    g_array_append_val(self->extents, extent);
}

void nd_pdf_lines_add(struct nd_pdf_lines *self, uint32_t c, struct nd_pdf_box box, const char *font)
{
    bool space = c == ' ' || c == 0xa0;
    if (self->glyphs->len >= ND_CAP_TEXT_BYTES / 4)
        return; /* the builder complains at the same cap */
    guint cell = space ? self->open.cell : cell_at(self, box);
    if (self->open.n > 0 && cell != self->open.cell)
        nd_pdf_lines_end_line(self);
    if (self->open.n > 0 && !space)
        split_at_jump(self, box);
    if (self->open.n == 0 && space)
        return;
    const char *const name = intern_font(self, font);
    const struct nd_pdf_extent none = {0, -1};
    /* poppler leaves out the space that a tab makes */
    if (self->open.n > 0 && !space && box.left > self->open.box.right + (box.bottom - box.top) / 2 &&
        g_array_index(self->glyphs, struct nd_pdf_glyph, self->glyphs->len - 1).c != ' ')
        append_glyph(self, ' ', name, false, none);
    if (self->open.n == 0) {
        self->open =
            (struct nd_pdf_line){.first = self->glyphs->len, .page = self->page, .box = box, .cell = cell};
    } else if (!space) {
        self->open.box.left = MIN(self->open.box.left, box.left);
        self->open.box.top = MIN(self->open.box.top, box.top);
        self->open.box.right = MAX(self->open.box.right, box.right);
        self->open.box.bottom = MAX(self->open.box.bottom, box.bottom);
    }
    const bool raised = self->open.n > 0 && g_unichar_isdigit(c) && is_raised(&self->last, &box);
    if (!raised && !space)
        self->last = box;
    append_glyph(self, c, name, raised,
                 space ? none : (struct nd_pdf_extent){(float)box.left, (float)box.right});
}

void nd_pdf_lines_end_line(struct nd_pdf_lines *self)
{
    if (self->open.n > 0 && self->lines->len < MAX_LINES)
        g_array_append_val(self->lines, self->open);
    self->open.n = 0;
}

/* Appends to `out` the lines of one table, of lines first..end-1. */
static void append_table(const struct nd_pdf_lines *self, guint first, guint end, unsigned table, GArray *out)
{
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_piece));
    for (guint i = first; i < end; i++) {
        const struct nd_pdf_line *line = nd_pdf_line_at(self, i);
        const struct nd_pdf_cell *cell = nd_pdf_line_cell(self, line);
        if (cell && cell->table == table)
            g_array_append_val(pieces, ((struct nd_pdf_piece){.cell = cell, .box = line->box, .line = i}));
    }
    nd_pdf_pieces_sort((struct nd_pdf_piece *)(void *)pieces->data, pieces->len);
    for (guint i = 0; i < pieces->len; i++)
        g_array_append_val(out, *nd_pdf_line_at(self, g_array_index(pieces, struct nd_pdf_piece, i).line));
}

/* Puts the lines first..end-1 of one page, some of which are in cells, in reading order: a table stands where
 * its first line stood. */
static void arrange_page(struct nd_pdf_lines *self, guint first, guint end)
{
    guint first_cell = G_MAXUINT, last_cell = 0;
    for (guint i = first; i < end; i++) {
        guint cell = nd_pdf_line_at(self, i)->cell;
        first_cell = cell ? MIN(first_cell, cell) : first_cell;
        last_cell = MAX(last_cell, cell);
    }
    if (last_cell == 0)
        return;
    nd_pdf_cells_number(&g_array_index(self->cells, struct nd_pdf_cell, first_cell - 1),
                        last_cell - first_cell + 1);
    g_autoptr(GArray) arranged = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_line));
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    for (guint i = first; i < end; i++) {
        struct nd_pdf_line *line = &g_array_index(self->lines, struct nd_pdf_line, i);
        const struct nd_pdf_cell *cell = nd_pdf_line_cell(self, line);
        if (cell && cell->alone)
            line->cell = 0;
        if (!line->cell)
            g_array_append_val(arranged, *line);
        else if (g_hash_table_add(done, GUINT_TO_POINTER(cell->table)))
            append_table(self, first, end, cell->table, arranged);
    }
    memcpy(&g_array_index(self->lines, struct nd_pdf_line, first), arranged->data,
           arranged->len * sizeof(struct nd_pdf_line));
}

/* The edges of the column that `strips`, all of one, stand in. */
static struct nd_pdf_edges edges_of_strips(const struct nd_pdf_strip *strips, guint n)
{
    struct nd_pdf_edges edges = {strips[0].box.left, strips[0].box.right};
    for (guint i = 1; i < n; i++) {
        edges.left = MIN(edges.left, strips[i].box.left);
        edges.right = MAX(edges.right, strips[i].box.right);
    }
    return edges;
}

/* Puts the lines of this page in the order of its columns, if it has any. A page with tables is left alone.
 */
static void arrange_columns(struct nd_pdf_lines *self)
{
    const guint first = self->page_lines, n = self->lines->len - first;
    guint n_columns = self->columns->len;
    g_autoptr(GArray) strips = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_strip));
    for (guint i = 0; i < n; i++) {
        const struct nd_pdf_line *line = nd_pdf_line_at(self, first + i);
        if (line->cell)
            return;
        const struct nd_pdf_strip strip = {line->first - self->page_glyphs, line->n, line->box, i, 0};
        g_array_append_val(strips, strip);
    }
    g_autoptr(GArray) arranged =
        nd_pdf_columns_arrange((const struct nd_pdf_strip *)(void *)strips->data, n,
                               (const struct nd_pdf_extent *)(void *)self->extents->data, &n_columns);
    if (!arranged)
        return;
    g_array_set_size(self->lines, first);
    const struct nd_pdf_strip *const strip = (const struct nd_pdf_strip *)(void *)arranged->data;
    for (guint i = 0; i < arranged->len && self->lines->len < MAX_LINES; i++) {
        const struct nd_pdf_line line = {.first = strip[i].first + self->page_glyphs,
                                         .n = strip[i].n,
                                         .page = self->page,
                                         .box = strip[i].box,
                                         .column = strip[i].column};
        g_array_append_val(self->lines, line);
    }
    g_array_set_size(self->columns, n_columns);
    for (guint i = 0, end; i < arranged->len; i = end) {
        for (end = i; end < arranged->len && strip[end].column == strip[i].column;)
            end++;
        if (strip[i].column)
            g_array_index(self->columns, struct nd_pdf_edges, strip[i].column - 1) =
                edges_of_strips(strip + i, end - i);
    }
}

void nd_pdf_lines_end_page(struct nd_pdf_lines *self)
{
    if (self->lines->len == self->page_lines)
        return;
    arrange_page(self, self->page_lines, self->lines->len);
    arrange_columns(self);
}

void nd_pdf_lines_begin_page(struct nd_pdf_lines *self, unsigned number, const struct nd_pdf_grid *grid)
{
    nd_pdf_lines_end_page(self);
    self->page = number;
    self->grid = grid;
    self->page_cells = self->cells->len;
    self->page_lines = self->lines->len;
    self->page_glyphs = self->glyphs->len;
    g_array_set_size(self->extents, 0);
}
