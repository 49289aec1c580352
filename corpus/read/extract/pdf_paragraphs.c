#include "corpus/read/extract/pdf_lines_private.h"

#include "corpus/read/marker.h"

enum {
    MARKER_GLYPHS = 10, /* of the number of a list's item */
    TAB_HEIGHTS = 5,    /* between it and the item, at most */
    COMMON_LINES = 3,   /* lines that share an edge make it the body's */
};

/* The edges that full lines of the body have in common: left and right, in points. */
static void find_edges(struct nd_pdf_lines *self)
{
    enum { BUCKETS = 2000 };
    g_autofree unsigned *lefts = g_new0(unsigned, BUCKETS), *rights = g_new0(unsigned, BUCKETS);
    for (guint i = 0; i < self->lines->len; i++) {
        const struct nd_pdf_line *line = nd_pdf_line_at(self, i);
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

static struct nd_pdf_edges edges_of(const struct nd_pdf_lines *self, const struct nd_pdf_line *line)
{
    return line->column ? g_array_index(self->columns, struct nd_pdf_edges, line->column - 1) : self->edges;
}

static bool ends_sentence(const struct nd_pdf_lines *self, const struct nd_pdf_line *line)
{
    uint32_t last = ' ';
    for (guint i = line->n; i > 0 && last == ' '; i--)
        last = g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + i - 1).c;
    return last < 0x80 && last != ' ' && strchr(".;:?!", (int)last);
}

static bool is_upper_case(const struct nd_pdf_lines *self, const struct nd_pdf_line *line)
{
    unsigned upper = 0;
    for (guint i = 0; i < line->n; i++) {
        uint32_t c = g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + i).c;
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
static bool is_item(const struct nd_pdf_lines *self, const struct nd_pdf_line *before,
                    const struct nd_pdf_line *line)
{
    const double height = nd_pdf_line_height(line);
    const double overlap = MIN(before->box.bottom, line->box.bottom) - MAX(before->box.top, line->box.top);
    if (before->page != line->page || before->n > MARKER_GLYPHS || 2 * overlap < height ||
        line->box.left < before->box.right || line->box.left > before->box.right + TAB_HEIGHTS * height)
        return false;
    g_autofree char *text = nd_pdf_line_text(self, before, false);
    g_strchomp(text);
    const size_t n = strlen(text);
    return n > 0 && (strchr(".)", text[n - 1]) || strcmp(text, "-") == 0 || strcmp(text, "+") == 0);
}

/* Whether line goes on with the paragraph of the line before; next is the one behind, or NULL. */
static bool continues(const struct nd_pdf_lines *self, const struct nd_pdf_line *before,
                      const struct nd_pdf_line *line, const struct nd_pdf_line *next)
{
    const double left = edges_of(self, line).left, right = edges_of(self, before).right;
    if (is_item(self, before, line))
        return true;
    if (next && is_item(self, line, next))
        return false;
    g_autofree char *text = nd_pdf_line_text(self, line, false);
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
    bool small_first = g_unichar_islower(g_array_index(self->glyphs, struct nd_pdf_glyph, line->first).c);
    if (!reaches_edge) /* the end of a paragraph, or a centred title that goes on in small letters */
        return small_first && !sentence_end;
    /* a first line stands further in than the line before, or than the one behind */
    bool indented = line->box.left > left + 0.8 * height &&
                    (line->box.left > before->box.left + height / 2 ||
                     (next && next->page == line->page && next->column == line->column &&
                      next->box.left < line->box.left - height / 2));
    return !indented || (small_first && !sentence_end);
}

/* The marks of footnotes in the text go: as the note's block says enough, and a digit behind a number would
 * change it. */
static void write_line(struct nd_pdf_lines *self, const struct nd_pdf_line *line)
{
    bool space = false;
    guint mark_end = 0;
    for (guint i = 0; i < line->n; i++) {
        if (!line->note && nd_pdf_is_raised_at(self, line, i)) {
            const unsigned number = nd_pdf_number_at(self, line, i, &mark_end);
            if (number > 0 && nd_pdf_has_note(self, line, number)) {
                i = mark_end - 1;
                continue;
            }
        } else if (line->note && i == 0 && nd_pdf_number_at(self, line, 0, &mark_end) > 0 &&
                   mark_end < line->n && nd_pdf_begins_note(self, (guint)(line - nd_pdf_line_at(self, 0)))) {
            for (; i < mark_end; i++)
                nd_builder_char(self->builder,
                                g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + i).c);
            nd_builder_space(self->builder);
        }
        struct nd_pdf_glyph glyph = g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + i);
        if (glyph.c == ' ' && space)
            continue;
        space = glyph.c == ' ';
        nd_builder_font(self->builder, glyph.font);
        nd_builder_char(self->builder, glyph.c);
    }
}

/* A line of a cell. One that begins with a marker begins a paragraph of the same cell. */
static void write_cell_line(struct nd_pdf_lines *self, const struct nd_pdf_line *line,
                            const struct nd_pdf_line *before)
{
    const struct nd_pdf_cell *cell = nd_pdf_line_cell(self, line);
    g_autofree char *text = nd_pdf_line_text(self, line, false);
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
    if (first || nd_pdf_is_note_mark(self, i))
        nd_builder_begin(self->builder, ND_BLOCK_FOOTNOTE, 0);
    else
        nd_builder_space(self->builder);
    write_line(self, nd_pdf_line_at(self, i));
}

void nd_pdf_lines_finish(struct nd_pdf_lines *self)
{
    nd_pdf_lines_end_page(self);
    nd_pdf_margins_mark(self);
    find_edges(self);
    const struct nd_pdf_line *before = NULL, *cell_before = NULL;
    unsigned page = 0;
    bool in_note = false;
    for (guint i = 0; i < self->lines->len; i++) {
        const struct nd_pdf_line *line = nd_pdf_line_at(self, i);
        const struct nd_pdf_line *next = i + 1 < self->lines->len ? nd_pdf_line_at(self, i + 1) : NULL;
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
