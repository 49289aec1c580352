#include "corpus/read/extract/pdf_columns.h"

#include <stdbool.h>
#include <string.h>

enum {
    FULL_GLYPHS = 12,  /* of a line of text in a narrow column */
    FULL_LINES = 8,    /* on either side of a gutter, at least: more than a head or a signature has */
    STEP = 2,          /* points between the places where a gutter is looked for */
    MAX_DEPTH = 4,     /* gutters inside of what gutters part */
    MAX_STRIPS = 4000, /* of a page */
    EDGES = 512
};

static const double near_edge = 4; /* points that edges of one column may differ */

/* Where a strip stands to a vertical line. */
enum side { LEFT, RIGHT, BOTH, ACROSS };

/* What a gutter would part: the strips [first, end) of those of the page, from top to bottom. */
struct gutter {
    double x;
    guint first, end;
    unsigned full; /* full lines on the side that has fewer */
};

struct page {
    const struct nd_pdf_extent *glyphs;
    guint *n_columns;
    GArray *out; /* of struct nd_pdf_strip */
};

static const struct nd_pdf_strip *strip_at(const GArray *strips, guint i)
{
    return &g_array_index(strips, struct nd_pdf_strip, i);
}

/* The first glyph right of x, when the glyphs before it end left of x; 0 when one of them stands across. */
static guint glyph_after(const struct page *page, const struct nd_pdf_strip *strip, double x)
{
    guint after = 0;
    for (guint i = 0; i < strip->n; i++) {
        const struct nd_pdf_extent glyph = page->glyphs[strip->first + i];
        if (glyph.right < glyph.left)
            continue;
        if (glyph.left >= x)
            after = after ? after : i;
        else if (glyph.right > x || after)
            return 0;
    }
    return after;
}

static enum side side_of(const struct page *page, const struct nd_pdf_strip *strip, double x)
{
    if (strip->box.right <= x)
        return LEFT;
    if (strip->box.left >= x)
        return RIGHT;
    return glyph_after(page, strip, x) ? BOTH : ACROSS;
}

/* What is known of one side of a gutter. */
struct tally {
    unsigned strips, full;
    double top, bottom;        /* of the full ones */
    uint16_t edges[EDGES];     /* full lines that begin at so many times near_edge points */
    unsigned most_on_one_edge; /* of them */
};

static void count(struct tally *tally, const struct nd_pdf_box *box, double left, guint n_glyphs)
{
    tally->strips++;
    if (n_glyphs < FULL_GLYPHS)
        return;
    tally->top = tally->full ? MIN(tally->top, box->top) : box->top;
    tally->bottom = tally->full ? MAX(tally->bottom, box->bottom) : box->bottom;
    tally->full++;
    const unsigned edge = (unsigned)CLAMP(left / near_edge, 0, EDGES - 1);
    tally->edges[edge]++;
    tally->most_on_one_edge = MAX(tally->most_on_one_edge, tally->edges[edge]);
}

static bool is_column(const struct tally *tally)
{
    return tally->full >= FULL_LINES && tally->full * 2 >= tally->strips &&
           tally->most_on_one_edge * 2 >= tally->full;
}

static void weigh(const struct tally sides[2], struct gutter candidate, struct gutter *best)
{
    const double beside =
        MIN(sides[LEFT].bottom, sides[RIGHT].bottom) - MAX(sides[LEFT].top, sides[RIGHT].top);
    const double height = MIN(sides[LEFT].bottom - sides[LEFT].top, sides[RIGHT].bottom - sides[RIGHT].top);
    candidate.full = MIN(sides[LEFT].full, sides[RIGHT].full);
    if (is_column(&sides[LEFT]) && is_column(&sides[RIGHT]) && beside * 2 > height &&
        candidate.full > best->full)
        *best = candidate;
}

/* The best gutter at x, among the runs of strips that nothing stands across. */
static void try_gutter(const struct page *page, const GArray *strips, double x, struct gutter *best)
{
    struct tally sides[2] = {0};
    guint first = 0;
    for (guint i = 0; i <= strips->len; i++) {
        const struct nd_pdf_strip *strip = i < strips->len ? strip_at(strips, i) : NULL;
        const enum side side = strip ? side_of(page, strip, x) : ACROSS;
        if (side == ACROSS) {
            if (sides[LEFT].strips + sides[RIGHT].strips > 0) {
                weigh(sides, (struct gutter){.x = x, .first = first, .end = i}, best);
                memset(sides, 0, sizeof sides);
            }
            first = i + 1;
        } else if (side == BOTH) {
            const guint after = glyph_after(page, strip, x);
            count(&sides[LEFT], &strip->box, strip->box.left, after);
            count(&sides[RIGHT], &strip->box, page->glyphs[strip->first + after].left, strip->n - after);
        } else {
            count(&sides[side], &strip->box, strip->box.left, strip->n);
        }
    }
}

static bool find_gutter(const struct page *page, const GArray *strips, struct gutter *out)
{
    double left = 0, right = 0;
    for (guint i = 0; i < strips->len; i++) {
        left = i ? MIN(left, strip_at(strips, i)->box.left) : strip_at(strips, i)->box.left;
        right = MAX(right, strip_at(strips, i)->box.right);
    }
    *out = (struct gutter){0};
    if (strips->len < FULL_LINES || right - left > 20000)
        return false;
    for (double x = left + (right - left) / 8; x < right - (right - left) / 8; x += STEP)
        try_gutter(page, strips, x, out);
    return out->full > 0;
}

static int from_top(const void *a, const void *b)
{
    const struct nd_pdf_strip *x = a, *y = b;
    return (x->box.top > y->box.top) - (x->box.top < y->box.top);
}

static int by_line(const void *a, const void *b)
{
    const struct nd_pdf_strip *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

static bool on_one_row(const struct nd_pdf_box *a, const struct nd_pdf_box *b)
{
    const double overlap = MIN(a->bottom, b->bottom) - MAX(a->top, b->top);
    return overlap * 2 > MIN(a->bottom - a->top, b->bottom - b->top);
}

/* Pieces of one row from left to right; strips stand from top to bottom. */
static void sort_rows(GArray *strips)
{
    struct nd_pdf_strip *const strip = (struct nd_pdf_strip *)(void *)strips->data;
    for (guint i = 1; i < strips->len; i++)
        for (guint k = i; k > 0 && strip[k].box.left < strip[k - 1].box.left &&
                          on_one_row(&strip[k].box, &strip[k - 1].box);
             k--) {
            const struct nd_pdf_strip moved = strip[k];
            strip[k] = strip[k - 1];
            strip[k - 1] = moved;
        }
}

/* Whether so much stands beside something else, or has a wide space in it, that a gutter may be there. */
static bool may_have_gutter(const struct page *page, const GArray *sorted)
{
    unsigned found = 0;
    for (guint i = 0; i < sorted->len && found < FULL_LINES; i++) {
        const struct nd_pdf_strip *strip = strip_at(sorted, i);
        const double wide = MAX(8.0, 0.6 * (strip->box.bottom - strip->box.top));
        bool beside = i > 0 && on_one_row(&strip->box, &strip_at(sorted, i - 1)->box);
        double end = strip->box.left;
        for (guint k = 0; k < strip->n && !beside; k++) {
            const struct nd_pdf_extent glyph = page->glyphs[strip->first + k];
            beside = (double)glyph.left > end + wide;
            end = MAX(end, (double)glyph.right);
        }
        found += beside;
    }
    return found >= FULL_LINES;
}

/* The part of strip that its glyphs [first, end) make. */
static struct nd_pdf_strip part(const struct page *page, const struct nd_pdf_strip *strip, guint first,
                                guint end)
{
    struct nd_pdf_strip out = *strip;
    out.first = strip->first + first;
    out.n = end - first;
    bool any = false;
    for (guint i = first; i < end; i++) {
        const struct nd_pdf_extent glyph = page->glyphs[strip->first + i];
        if (glyph.right < glyph.left)
            continue;
        out.box.left = any ? MIN(out.box.left, (double)glyph.left) : (double)glyph.left;
        out.box.right = any ? MAX(out.box.right, (double)glyph.right) : (double)glyph.right;
        any = true;
    }
    return out;
}

static void arrange(struct page *page, GArray *strips, bool in_column, unsigned depth);

static void arrange_range(struct page *page, const GArray *strips, guint first, guint end, unsigned depth)
{
    g_autoptr(GArray) range = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_strip));
    if (end > first)
        g_array_append_vals(range, strip_at(strips, first), end - first);
    arrange(page, range, false, depth);
}

/* Both sides of the gutter, one after the other. What stands on one side only, above where both begin, and is
 * no full line is a headline over both. */
static void arrange_sides(struct page *page, const GArray *strips, struct gutter gutter, unsigned depth)
{
    g_autoptr(GArray) head = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_strip));
    GArray *sides[2];
    double top[2] = {G_MAXDOUBLE, G_MAXDOUBLE};
    for (unsigned side = 0; side < 2; side++)
        sides[side] = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_strip));
    for (guint i = gutter.first; i < gutter.end; i++) {
        const enum side side = side_of(page, strip_at(strips, i), gutter.x);
        for (unsigned k = 0; k < 2; k++)
            if (side == BOTH || side == (enum side)k)
                top[k] = MIN(top[k], strip_at(strips, i)->box.top);
    }
    for (guint i = gutter.first; i < gutter.end; i++) {
        const struct nd_pdf_strip *strip = strip_at(strips, i);
        const enum side side = side_of(page, strip, gutter.x);
        if (side == BOTH) {
            const guint after = glyph_after(page, strip, gutter.x);
            const struct nd_pdf_strip parts[] = {part(page, strip, 0, after),
                                                 part(page, strip, after, strip->n)};
            g_array_append_val(sides[LEFT], parts[0]);
            g_array_append_val(sides[RIGHT], parts[1]);
        } else {
            const bool above = strip->box.top + 2 * strip->box.bottom <= 3 * MAX(top[LEFT], top[RIGHT]) &&
                               strip->n < FULL_GLYPHS * 2;
            g_array_append_vals(above ? head : sides[side], strip, 1);
        }
    }
    arrange(page, head, false, depth);
    for (unsigned side = 0; side < 2; side++) {
        arrange(page, sides[side], true, depth);
        g_array_unref(sides[side]);
    }
}

/* Appends strips, from top to bottom, to page->out. */
static void arrange(struct page *page, GArray *strips, bool in_column, unsigned depth)
{
    struct gutter gutter;
    if (depth < MAX_DEPTH && find_gutter(page, strips, &gutter)) {
        arrange_range(page, strips, 0, gutter.first, depth + 1);
        arrange_sides(page, strips, gutter, depth + 1);
        arrange_range(page, strips, gutter.end, strips->len, depth + 1);
        return;
    }
    const guint column = in_column && strips->len > 0 ? ++*page->n_columns : 0;
    if (in_column)
        sort_rows(strips);
    else
        g_array_sort(strips, by_line);
    for (guint i = 0; i < strips->len; i++) {
        g_array_index(strips, struct nd_pdf_strip, i).column = column;
        g_array_append_val(page->out, g_array_index(strips, struct nd_pdf_strip, i));
    }
}

GArray *nd_pdf_columns_arrange(const struct nd_pdf_strip *strips, guint n, const struct nd_pdf_extent *glyphs,
                               guint *n_columns)
{
    if (n < FULL_LINES || n > MAX_STRIPS)
        return NULL;
    struct page page = {.glyphs = glyphs, .n_columns = n_columns};
    struct gutter gutter;
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_strip));
    g_array_append_vals(sorted, strips, n);
    g_array_sort(sorted, from_top);
    if (!may_have_gutter(&page, sorted) || !find_gutter(&page, sorted, &gutter))
        return NULL;
    page.out = g_array_new(FALSE, FALSE, sizeof(struct nd_pdf_strip));
    arrange(&page, sorted, false, 0);
    return page.out;
}
