#include "corpus/read/extract/pdf_lines.h"

#include "base/caps.h"
#include "corpus/read/extract/pdf_columns.h"
#include "corpus/read/extract/pdf_table.h"
#include "corpus/read/marker.h"

enum {
    MARGIN_LINES = 3, /* at the top and bottom of a page, where running headers and footers can stand */
    REPEATS = 3,      /* pages on which a line must stand to be a running one */
    KEY_BYTES = 160,
    MAX_LINES = 4 << 20,
    MARKER_GLYPHS = 10, /* of the number of a list's item */
    TAB_HEIGHTS = 5,    /* between it and the item, at most */
    COMMON_LINES = 3,   /* lines that share an edge make it the body's */
    MAX_CELLS = 5000    /* of a page */
};

struct glyph {
    uint32_t c;
    const char *font; /* interned */
    bool raised;      /* smaller than what it follows and above its feet */
};

struct line {
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
struct edges {
    double left, right;
};

struct nd_pdf_lines {
    struct nd_builder *builder;
    GArray *glyphs;     /* of struct glyph */
    GArray *lines;      /* of struct line */
    GArray *cells;      /* of struct nd_pdf_cell; line.cell counts them from 1 */
    GArray *columns;    /* of struct edges; line.column counts them from 1 */
    GArray *extents;    /* of struct nd_pdf_extent: of this page's glyphs */
    struct edges edges; /* of text that is in no column */
    GStringChunk *fonts;
    unsigned page;
    double page_height;
    const struct nd_pdf_grid *grid;
    guint page_cells, page_lines, page_glyphs; /* those of this page begin there */
    struct line open;
    struct nd_pdf_box last; /* of the open line's last full letter */
    const char *last_font_name, *last_font;
};

struct nd_pdf_lines *nd_pdf_lines_new(struct nd_builder *builder)
{
    struct nd_pdf_lines *self = g_new0(struct nd_pdf_lines, 1);
    self->builder = builder;
    self->glyphs = g_array_new(FALSE, FALSE, sizeof(struct glyph));
    self->lines = g_array_new(FALSE, FALSE, sizeof(struct line));
    self->cells = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_cell));
    self->columns = g_array_new(FALSE, FALSE, sizeof(struct edges));
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

static const struct line *get_line(const struct nd_pdf_lines *self, guint i)
{
    return &g_array_index(self->lines, struct line, i);
}

static const char *intern_font(struct nd_pdf_lines *self, const char *font)
{
    if (font != self->last_font_name || !font) {
        self->last_font_name = font;
        self->last_font = font && strlen(font) < 200 ? g_string_chunk_insert_const(self->fonts, font) : NULL;
    }
    return self->last_font;
}

static struct nd_pdf_cell *cell_of(const struct nd_pdf_lines *self, const struct line *line)
{
    return line->cell ? &g_array_index(self->cells, struct nd_pdf_cell, line->cell - 1) : NULL;
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
    const struct nd_pdf_cell *here = self->open.n > 0 ? cell_of(self, &self->open) : NULL;
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
    const struct glyph glyph = {c, font, raised};
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
        g_array_index(self->glyphs, struct glyph, self->glyphs->len - 1).c != ' ')
        append_glyph(self, ' ', name, false, none);
    if (self->open.n == 0) {
        self->open = (struct line){.first = self->glyphs->len, .page = self->page, .box = box, .cell = cell};
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

/* A line's text for comparing and for its marker, cut to KEY_BYTES; caller frees. */
static char *line_text(const struct nd_pdf_lines *self, const struct line *line, bool digits_away)
{
    GString *key = g_string_new(NULL);
    for (guint i = 0; i < line->n && key->len < KEY_BYTES; i++) {
        uint32_t c = g_array_index(self->glyphs, struct glyph, line->first + i).c;
        if (digits_away && (g_unichar_isdigit(c) || g_unichar_isspace(c)))
            continue;
        g_string_append_unichar(key, c);
    }
    return g_string_free(key, FALSE);
}

/* Appends to `out` the lines of one table, of lines first..end-1. */
static void append_table(const struct nd_pdf_lines *self, guint first, guint end, unsigned table, GArray *out)
{
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_piece));
    for (guint i = first; i < end; i++) {
        const struct line *line = get_line(self, i);
        const struct nd_pdf_cell *cell = cell_of(self, line);
        if (cell && cell->table == table)
            g_array_append_val(pieces, ((struct nd_pdf_piece){.cell = cell, .box = line->box, .line = i}));
    }
    nd_pdf_pieces_sort((struct nd_pdf_piece *)(void *)pieces->data, pieces->len);
    for (guint i = 0; i < pieces->len; i++)
        g_array_append_val(out, *get_line(self, g_array_index(pieces, struct nd_pdf_piece, i).line));
}

/* Puts the lines first..end-1 of one page, some of which are in cells, in reading order: a table stands where
 * its first line stood. */
static void arrange_page(struct nd_pdf_lines *self, guint first, guint end)
{
    guint first_cell = G_MAXUINT, last_cell = 0;
    for (guint i = first; i < end; i++) {
        guint cell = get_line(self, i)->cell;
        first_cell = cell ? MIN(first_cell, cell) : first_cell;
        last_cell = MAX(last_cell, cell);
    }
    if (last_cell == 0)
        return;
    nd_pdf_cells_number(&g_array_index(self->cells, struct nd_pdf_cell, first_cell - 1),
                        last_cell - first_cell + 1);
    g_autoptr(GArray) arranged = g_array_new(FALSE, FALSE, sizeof(struct line));
    g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
    for (guint i = first; i < end; i++) {
        struct line *line = &g_array_index(self->lines, struct line, i);
        const struct nd_pdf_cell *cell = cell_of(self, line);
        if (cell && cell->alone)
            line->cell = 0;
        if (!line->cell)
            g_array_append_val(arranged, *line);
        else if (g_hash_table_add(done, GUINT_TO_POINTER(cell->table)))
            append_table(self, first, end, cell->table, arranged);
    }
    memcpy(&g_array_index(self->lines, struct line, first), arranged->data,
           arranged->len * sizeof(struct line));
}

static guint end_of_page(const struct nd_pdf_lines *self, guint first)
{
    guint end = first;
    while (end < self->lines->len && get_line(self, end)->page == get_line(self, first)->page)
        end++;
    return end;
}

/* The edges of the column that `strips`, all of one, stand in. */
static struct edges edges_of_strips(const struct nd_pdf_strip *strips, guint n)
{
    struct edges edges = {strips[0].box.left, strips[0].box.right};
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
        const struct line *line = get_line(self, first + i);
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
        const struct line line = {.first = strip[i].first + self->page_glyphs,
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
            g_array_index(self->columns, struct edges, strip[i].column - 1) =
                edges_of_strips(strip + i, end - i);
    }
}

static void end_page(struct nd_pdf_lines *self)
{
    if (self->lines->len == self->page_lines)
        return;
    arrange_page(self, self->page_lines, self->lines->len);
    arrange_columns(self);
}

void nd_pdf_lines_begin_page(struct nd_pdf_lines *self, unsigned number, double height,
                             const struct nd_pdf_grid *grid)
{
    end_page(self);
    self->page = number;
    self->page_height = height;
    self->grid = grid;
    self->page_cells = self->cells->len;
    self->page_lines = self->lines->len;
    self->page_glyphs = self->glyphs->len;
    g_array_set_size(self->extents, 0);
}

/* The lines first..end-1 of one page, in their order on paper: marks the running ones. */
static void mark_page(struct nd_pdf_lines *self, guint first, guint end, GHashTable *counts, bool count_only)
{
    g_autoptr(GHashTable) on_page = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = first; i < end; i++) {
        struct line *line = &g_array_index(self->lines, struct line, i);
        unsigned above = 0, below = 0;
        if (line->cell)
            continue;
        for (guint k = first; k < end && (above < MARGIN_LINES || below < MARGIN_LINES); k++) {
            above += get_line(self, k)->box.bottom < line->box.top + 1;
            below += get_line(self, k)->box.top > line->box.bottom - 1;
        }
        if (above >= MARGIN_LINES && below >= MARGIN_LINES)
            continue;
        g_autofree char *text = line_text(self, line, true);
        g_autofree char *key = g_strdup_printf("%c%s", above < MARGIN_LINES ? 't' : 'b', text);
        unsigned seen = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));
        if (count_only) {
            if (!g_hash_table_add(on_page, g_strdup(key))) /* a table's cells: it is pages that count */
                continue;
            g_hash_table_insert(counts, g_steal_pointer(&key), GUINT_TO_POINTER(seen + 1));
        } else {
            /* a page number alone is one too, if others have it */
            line->running = seen >= REPEATS && (above == 0 || below == 0 || *text);
            line->at_top = above < MARGIN_LINES;
        }
    }
}

static void mark_running_lines(struct nd_pdf_lines *self)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (unsigned pass = 0; pass < 2; pass++) {
        for (guint i = 0, end; i < self->lines->len; i = end) {
            end = end_of_page(self, i);
            mark_page(self, i, end, counts, pass == 0);
        }
    }
}

static double height_of(const struct line *line)
{
    return line->box.bottom - line->box.top;
}

/* The height of the body's lines, in points: the largest that a tenth of the full lines have, for footnotes
 * may be longer than the text. */
static double body_height(const struct nd_pdf_lines *self)
{
    enum { BUCKETS = 400 };
    g_autofree unsigned *heights = g_new0(unsigned, BUCKETS);
    unsigned all = 0, body = 0;
    for (guint i = 0; i < self->lines->len; i++) {
        const struct line *line = get_line(self, i);
        if (line->running || line->cell || line->n < 30)
            continue;
        heights[(unsigned)CLAMP(height_of(line) * 4, 0, BUCKETS - 1)]++;
        all++;
    }
    for (unsigned i = 0; i < BUCKETS; i++)
        body = heights[i] > 0 && heights[i] * 10 >= all ? i : body;
    return body / 4.0;
}

enum { NOTE_DIGITS = 3, LAST_LINES = 15 /* of a page, where footnotes may begin */ };

/* The number of at most NOTE_DIGITS digits from glyph i of the line on; 0 for none. *end_out is behind it. */
static unsigned number_at(const struct nd_pdf_lines *self, const struct line *line, guint i, guint *end_out)
{
    unsigned number = 0;
    guint k = i;
    for (; k < line->n; k++) {
        const uint32_t c = g_array_index(self->glyphs, struct glyph, line->first + k).c;
        if (c < '0' || c > '9')
            break;
        number = k - i < NOTE_DIGITS ? number * 10 + (c - '0') : 0;
    }
    *end_out = k;
    return k - i <= NOTE_DIGITS ? number : 0;
}

static bool is_raised_at(const struct nd_pdf_lines *self, const struct line *line, guint i)
{
    return i < line->n && g_array_index(self->glyphs, struct glyph, line->first + i).raised;
}

/* Whether the text of the page that line i is on refers to a footnote of this number. */
static bool refers_to(const struct nd_pdf_lines *self, guint i, unsigned number)
{
    const unsigned page = get_line(self, i)->page;
    for (guint k = i; k > 0 && get_line(self, k - 1)->page == page; k--) {
        const struct line *line = get_line(self, k - 1);
        for (guint g = 0, end; g < line->n; g = MAX(end, g + 1)) {
            end = g;
            if (is_raised_at(self, line, g) && number_at(self, line, g, &end) == number)
                return true;
        }
    }
    return false;
}

/* Whether line i has a footnote's number and text in one: "1Số liệu năm 2024". */
static bool begins_note(const struct nd_pdf_lines *self, guint i)
{
    guint end;
    const struct line *line = get_line(self, i);
    const unsigned number = number_at(self, line, 0, &end);
    return number > 0 && end < line->n &&
           g_unichar_isalpha(g_array_index(self->glyphs, struct glyph, line->first + end).c) &&
           refers_to(self, i, number);
}

/* Whether line i is the raised number before a footnote: digits alone, smaller than the text that follows
 * beside them; or begins with such a number. */
static bool is_note_mark(const struct nd_pdf_lines *self, guint i)
{
    if (begins_note(self, i))
        return true;
    const struct line *mark = get_line(self, i);
    if (mark->n > 3 || i + 1 >= self->lines->len)
        return false;
    for (guint k = 0; k < mark->n; k++) {
        uint32_t c = g_array_index(self->glyphs, struct glyph, mark->first + k).c;
        if (!g_unichar_isdigit(c) && c != ' ')
            return false;
    }
    const struct line *text = get_line(self, i + 1);
    return text->page == mark->page && height_of(mark) < 0.85 * height_of(text) &&
           mark->box.left < text->box.left && mark->box.top < text->box.bottom &&
           mark->box.bottom > text->box.top;
}

/* Footnotes are what follows such a number to the end of the page, in small letters. */
static void mark_notes(struct nd_pdf_lines *self)
{
    double body = body_height(self);
    for (guint first = 0, end; first < self->lines->len; first = end) {
        end = end_of_page(self, first);
        guint start = end;
        for (guint i = end; i-- > first;) {
            const struct line *line = get_line(self, i);
            if (line->running)
                continue;
            if (line->cell || height_of(line) > 0.95 * body)
                break;
            start = is_note_mark(self, i) ? i : start;
        }
        /* one that has its number and its reference needs no small letters */
        for (guint i = end; i-- > first && end - i <= LAST_LINES;)
            start = begins_note(self, i) ? MIN(start, i) : start;
        for (guint i = start; i < end; i++) {
            struct line *line = &g_array_index(self->lines, struct line, i);
            const bool apart =
                i > start && line->box.top - get_line(self, i - 1)->box.bottom > height_of(line);
            if (apart && !is_note_mark(self, i))
                break;
            line->note = !line->running;
        }
    }
}

/* The edges that full lines of the body have in common: left and right, in points. */
static void find_edges(struct nd_pdf_lines *self)
{
    enum { BUCKETS = 2000 };
    g_autofree unsigned *lefts = g_new0(unsigned, BUCKETS), *rights = g_new0(unsigned, BUCKETS);
    for (guint i = 0; i < self->lines->len; i++) {
        const struct line *line = get_line(self, i);
        if (line->running || line->cell || line->column || line->n < 30)
            continue;
        lefts[(unsigned)CLAMP(line->box.left / 3, 0, BUCKETS - 1)]++;
        rights[(unsigned)CLAMP(line->box.right / 3, 0, BUCKETS - 1)]++;
    }
    unsigned left = 0, right = 0, first = BUCKETS, last = 0;
    for (unsigned i = 0; i < BUCKETS; i++) {
        left = lefts[i] > lefts[left] ? i : left;
        right = rights[i] > rights[right] ? i : right;
        first = lefts[i] > 0 ? MIN(first, i) : first;
        last = rights[i] > 0 ? i : last;
    }
    /* a page of few lines has none in common: then the outermost count */
    self->edges.left = (lefts[left] < COMMON_LINES && first < BUCKETS ? first : left) * 3.0;
    self->edges.right = (rights[right] < COMMON_LINES ? last : right) * 3.0 + 3;
}

static struct edges edges_of(const struct nd_pdf_lines *self, const struct line *line)
{
    return line->column ? g_array_index(self->columns, struct edges, line->column - 1) : self->edges;
}

static bool ends_sentence(const struct nd_pdf_lines *self, const struct line *line)
{
    uint32_t last = ' ';
    for (guint i = line->n; i > 0 && last == ' '; i--)
        last = g_array_index(self->glyphs, struct glyph, line->first + i - 1).c;
    return last < 0x80 && last != ' ' && strchr(".;:?!", (int)last);
}

static bool is_upper_case(const struct nd_pdf_lines *self, const struct line *line)
{
    unsigned upper = 0;
    for (guint i = 0; i < line->n; i++) {
        uint32_t c = g_array_index(self->glyphs, struct glyph, line->first + i).c;
        if (g_unichar_islower(c))
            return false;
        upper += g_unichar_isupper(c) != 0;
    }
    return upper > 1;
}

/* The grounds of a decision stand in a paragraph each. Source: Decree 30/2020/NĐ-CP, appendix I, II.6. */
static bool is_ground(const char *text)
{
    static const char *const starts[] = {"Căn cứ ", "Xét đề nghị ", "Theo đề nghị "};
    for (unsigned i = 0; i < G_N_ELEMENTS(starts); i++)
        if (g_str_has_prefix(text, starts[i]))
            return true;
    return false;
}

/* Whether before is the number or the dash of a list, alone, and line what it counts, behind a tab on the
 * same row. */
static bool is_item(const struct nd_pdf_lines *self, const struct line *before, const struct line *line)
{
    const double height = height_of(line);
    const double overlap = MIN(before->box.bottom, line->box.bottom) - MAX(before->box.top, line->box.top);
    if (before->page != line->page || before->n > MARKER_GLYPHS || 2 * overlap < height ||
        line->box.left < before->box.right || line->box.left > before->box.right + TAB_HEIGHTS * height)
        return false;
    g_autofree char *text = line_text(self, before, false);
    g_strchomp(text);
    const size_t n = strlen(text);
    return n > 0 && (strchr(".)", text[n - 1]) || strcmp(text, "-") == 0 || strcmp(text, "+") == 0);
}

/* Whether line goes on with the paragraph of the line before; next is the one behind, or NULL. */
static bool continues(const struct nd_pdf_lines *self, const struct line *before, const struct line *line,
                      const struct line *next)
{
    const double left = edges_of(self, line).left, right = edges_of(self, before).right;
    if (is_item(self, before, line))
        return true;
    if (next && is_item(self, line, next))
        return false;
    g_autofree char *text = line_text(self, line, false);
    if (nd_marker_of(nd_str_from_c(text)).kind != ND_BLOCK_PARAGRAPH || is_ground(text))
        return false;
    double height = MAX(before->box.bottom - before->box.top, 6.0);
    bool sentence_end = ends_sentence(self, before);
    bool reaches_edge = before->box.right > right - (sentence_end ? 1 : 4) * height;
    if (before->page != line->page || before->column != line->column)
        return (before->page != line->page || (before->column && line->column)) && reaches_edge &&
               !sentence_end && line->box.left < left + height;
    double gap = line->box.top - before->box.bottom;
    if (gap > height || gap < -3 * height || is_upper_case(self, before) != is_upper_case(self, line))
        return false;
    bool small_first = g_unichar_islower(g_array_index(self->glyphs, struct glyph, line->first).c);
    if (!reaches_edge) /* the end of a paragraph, or a centred title that goes on in small letters */
        return small_first && !sentence_end;
    /* a first line stands further in than the line before, or than the one behind */
    bool indented = line->box.left > left + 0.8 * height &&
                    (line->box.left > before->box.left + height / 2 ||
                     (next && next->page == line->page && next->column == line->column &&
                      next->box.left < line->box.left - height / 2));
    return !indented || (small_first && !sentence_end);
}

/* Whether a footnote of this number stands on the line's page. */
static bool has_note(const struct nd_pdf_lines *self, const struct line *line, unsigned number)
{
    const struct line *const end = get_line(self, 0) + self->lines->len;
    for (const struct line *l = line + 1; l < end && l->page == line->page; l++) {
        guint behind;
        if (l->note && number_at(self, l, 0, &behind) == number)
            return true;
    }
    return false;
}

/* The marks of footnotes in the text go: as the note's block says enough, and a digit behind a number would
 * change it. */
static void write_line(struct nd_pdf_lines *self, const struct line *line)
{
    bool space = false;
    guint mark_end = 0;
    for (guint i = 0; i < line->n; i++) {
        if (!line->note && is_raised_at(self, line, i)) {
            const unsigned number = number_at(self, line, i, &mark_end);
            if (number > 0 && has_note(self, line, number)) {
                i = mark_end - 1;
                continue;
            }
        } else if (line->note && i == 0 && number_at(self, line, 0, &mark_end) > 0 && mark_end < line->n &&
                   begins_note(self, (guint)(line - get_line(self, 0)))) {
            for (; i < mark_end; i++)
                nd_builder_char(self->builder, g_array_index(self->glyphs, struct glyph, line->first + i).c);
            nd_builder_space(self->builder);
        }
        struct glyph glyph = g_array_index(self->glyphs, struct glyph, line->first + i);
        if (glyph.c == ' ' && space)
            continue;
        space = glyph.c == ' ';
        nd_builder_font(self->builder, glyph.font);
        nd_builder_char(self->builder, glyph.c);
    }
}

/* A line of a cell. One that begins with a marker begins a paragraph of the same cell. */
static void write_cell_line(struct nd_pdf_lines *self, const struct line *line, const struct line *before)
{
    const struct nd_pdf_cell *cell = cell_of(self, line);
    g_autofree char *text = line_text(self, line, false);
    bool same_line = before && line->box.top + line->box.bottom < 2 * before->box.bottom;
    bool goes_on = before && before->cell == line->cell &&
                   (same_line || nd_marker_of(nd_str_from_c(text)).kind == ND_BLOCK_PARAGRAPH);
    if (goes_on)
        nd_builder_space(self->builder);
    else
        nd_builder_begin_cell(self->builder, cell->row, cell->column);
    write_line(self, line);
}

/* A line of a footnote, at the end of its page. */
static void write_note(struct nd_pdf_lines *self, guint i, bool first)
{
    if (first || is_note_mark(self, i))
        nd_builder_begin(self->builder, ND_BLOCK_FOOTNOTE, 0);
    else
        nd_builder_space(self->builder);
    write_line(self, get_line(self, i));
}

void nd_pdf_lines_finish(struct nd_pdf_lines *self)
{
    end_page(self);
    mark_running_lines(self);
    mark_notes(self);
    find_edges(self);
    const struct line *before = NULL, *cell_before = NULL;
    unsigned page = 0;
    bool in_note = false;
    for (guint i = 0; i < self->lines->len; i++) {
        const struct line *line = get_line(self, i);
        const struct line *next = i + 1 < self->lines->len ? get_line(self, i + 1) : NULL;
        bool goes_on =
            !line->running && !line->note && !line->cell && before && continues(self, before, line, next);
        if (line->page != page && !goes_on) {
            for (; page < line->page; page++)
                nd_builder_page_break(self->builder);
        }
        if (in_note && !line->note)
            nd_builder_end(self->builder);
        if (line->note)
            write_note(self, i, !in_note);
        in_note = line->note;
        if (line->note)
            continue;
        if (line->running) {
            nd_builder_begin(self->builder, line->at_top ? ND_BLOCK_PAGE_HEADER : ND_BLOCK_PAGE_FOOTER, 0);
            write_line(self, line);
            nd_builder_end(self->builder);
            continue;
        }
        if (line->cell) {
            write_cell_line(self, line, cell_before);
            cell_before = line;
            before = NULL;
            continue;
        }
        if (goes_on)
            nd_builder_space(self->builder);
        else
            nd_builder_begin(self->builder, ND_BLOCK_PARAGRAPH, 0);
        write_line(self, line);
        before = line;
    }
    nd_builder_end(self->builder);
}
