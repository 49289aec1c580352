#include "corpus/read/extract/pdf_lines_private.h"

enum {
    MARGIN_LINES = 3, /* at the top and bottom of a page, where running headers and footers can stand */
    REPEATS = 3,      /* pages on which a line must stand to be a running one */
};

/* ---- running headers and footers ---- */

static guint end_of_page(const struct nd_pdf_lines *self, guint first)
{
    guint end = first;
    while (end < self->lines->len && nd_pdf_line_at(self, end)->page == nd_pdf_line_at(self, first)->page)
        end++;
    return end;
}

/* The lines first..end-1 of one page, in their order on paper: marks the running ones. */
static void mark_page(struct nd_pdf_lines *self, guint first, guint end, GHashTable *counts, bool count_only)
{
    g_autoptr(GHashTable) on_page = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = first; i < end; i++) {
        struct nd_pdf_line *line = &g_array_index(self->lines, struct nd_pdf_line, i);
        unsigned above = 0, below = 0;
        if (line->cell)
            continue;
        for (guint k = first; k < end && (above < MARGIN_LINES || below < MARGIN_LINES); k++) {
            above += nd_pdf_line_at(self, k)->box.bottom < line->box.top + 1;
            below += nd_pdf_line_at(self, k)->box.top > line->box.bottom - 1;
        }
        if (above >= MARGIN_LINES && below >= MARGIN_LINES)
            continue;
        g_autofree char *text = nd_pdf_line_text(self, line, true);
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

/* ---- footnotes ---- */

/* The height of the body's lines, in points: the largest that a tenth of the full lines have, for footnotes
 * may be longer than the text. */
static double body_height(const struct nd_pdf_lines *self)
{
    enum { BUCKETS = 400 };
    g_autofree unsigned *heights = g_new0(unsigned, BUCKETS);
    unsigned all = 0, body = 0;
    for (guint i = 0; i < self->lines->len; i++) {
        const struct nd_pdf_line *line = nd_pdf_line_at(self, i);
        if (line->running || line->cell || line->n < 30)
            continue;
        heights[(unsigned)CLAMP(nd_pdf_line_height(line) * 4, 0, BUCKETS - 1)]++;
        all++;
    }
    for (unsigned i = 0; i < BUCKETS; i++)
        body = heights[i] > 0 && heights[i] * 10 >= all ? i : body;
    return body / 4.0;
}

enum { NOTE_DIGITS = 3, LAST_LINES = 15 /* of a page, where footnotes may begin */ };

unsigned nd_pdf_number_at(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, guint i,
                          guint *end_out)
{
    unsigned number = 0;
    guint k = i;
    for (; k < line->n; k++) {
        const uint32_t c = g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + k).c;
        if (c < '0' || c > '9')
            break;
        number = k - i < NOTE_DIGITS ? number * 10 + (c - '0') : 0;
    }
    *end_out = k;
    return k - i <= NOTE_DIGITS ? number : 0;
}

bool nd_pdf_is_raised_at(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, guint i)
{
    return i < line->n && g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + i).raised;
}

/* Whether the text of the page that line i is on refers to a footnote of this number. */
static bool refers_to(const struct nd_pdf_lines *self, guint i, unsigned number)
{
    const unsigned page = nd_pdf_line_at(self, i)->page;
    for (guint k = i; k > 0 && nd_pdf_line_at(self, k - 1)->page == page; k--) {
        const struct nd_pdf_line *line = nd_pdf_line_at(self, k - 1);
        for (guint g = 0, end; g < line->n; g = MAX(end, g + 1)) {
            end = g;
            if (nd_pdf_is_raised_at(self, line, g) && nd_pdf_number_at(self, line, g, &end) == number)
                return true;
        }
    }
    return false;
}

bool nd_pdf_begins_note(const struct nd_pdf_lines *self, guint i)
{
    guint end;
    const struct nd_pdf_line *line = nd_pdf_line_at(self, i);
    const unsigned number = nd_pdf_number_at(self, line, 0, &end);
    return number > 0 && end < line->n &&
           g_unichar_isalpha(g_array_index(self->glyphs, struct nd_pdf_glyph, line->first + end).c) &&
           refers_to(self, i, number);
}

bool nd_pdf_is_note_mark(const struct nd_pdf_lines *self, guint i)
{
    if (nd_pdf_begins_note(self, i))
        return true;
    const struct nd_pdf_line *mark = nd_pdf_line_at(self, i);
    if (mark->n > 3 || i + 1 >= self->lines->len)
        return false;
    for (guint k = 0; k < mark->n; k++) {
        uint32_t c = g_array_index(self->glyphs, struct nd_pdf_glyph, mark->first + k).c;
        if (!g_unichar_isdigit(c) && c != ' ')
            return false;
    }
    const struct nd_pdf_line *text = nd_pdf_line_at(self, i + 1);
    return text->page == mark->page && nd_pdf_line_height(mark) < 0.85 * nd_pdf_line_height(text) &&
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
            const struct nd_pdf_line *line = nd_pdf_line_at(self, i);
            if (line->running)
                continue;
            if (line->cell || nd_pdf_line_height(line) > 0.95 * body)
                break;
            start = nd_pdf_is_note_mark(self, i) ? i : start;
        }
        /* one that has its number and its reference needs no small letters */
        for (guint i = end; i-- > first && end - i <= LAST_LINES;)
            start = nd_pdf_begins_note(self, i) ? MIN(start, i) : start;
        for (guint i = start; i < end; i++) {
            struct nd_pdf_line *line = &g_array_index(self->lines, struct nd_pdf_line, i);
            const bool apart = i > start && line->box.top - nd_pdf_line_at(self, i - 1)->box.bottom >
                                                nd_pdf_line_height(line);
            if (apart && !nd_pdf_is_note_mark(self, i))
                break;
            line->note = !line->running;
        }
    }
}

bool nd_pdf_has_note(const struct nd_pdf_lines *self, const struct nd_pdf_line *line, unsigned number)
{
    const struct nd_pdf_line *const end = nd_pdf_line_at(self, 0) + self->lines->len;
    for (const struct nd_pdf_line *l = line + 1; l < end && l->page == line->page; l++) {
        guint behind;
        if (l->note && nd_pdf_number_at(self, l, 0, &behind) == number)
            return true;
    }
    return false;
}

void nd_pdf_margins_mark(struct nd_pdf_lines *self)
{
    mark_running_lines(self);
    mark_notes(self);
}
