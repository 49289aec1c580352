#include "corpus/read/extract/pdf_grid.h"

#include <glib.h>

enum {
    ACROSS_POINTS = 24, /* a shorter horizontal line is part of a letter */
    DOWN_POINTS = 13,   /* a shorter vertical one, too: rows are this high at least */
    CONTRAST = 35,      /* by how much a rule is darker than what is beside it, of 255 */
    BESIDE_PIXELS = 3,  /* how far beside: thicker than that is no rule */
    GAP_PIXELS = 2,     /* where segments of a rule meet */
    SLACK_PIXELS = 4,   /* by which a rule may end short of the one it meets */
    MAX_RULES = 4000
};

/* At `at` on one axis, from..to on the other; pixels. */
struct rule {
    int at, from, to;
};

struct nd_pdf_grid {
    GArray *across, *down; /* of struct rule */
    double scale;
};

/* The picture seen along one direction, so that both kinds of rules are found by the same code. */
struct view {
    const uint8_t *pixels;
    int length, width;              /* along the rule, across it */
    size_t next_along, next_across; /* bytes */
};

static int pixel(const struct view *view, int along, int across)
{
    if (across < 0 || across >= view->width)
        return 255;
    return view->pixels[(size_t)along * view->next_along + (size_t)across * view->next_across];
}

static bool is_dark(const struct view *view, int along, int across)
{
    int here = pixel(view, along, across) + CONTRAST;
    return here <= pixel(view, along, across - BESIDE_PIXELS) &&
           here <= pixel(view, along, across + BESIDE_PIXELS);
}

/* A rule two or three pixels thick is found in each of them: the last stands for all. */
static void add_run(GArray *rules, guint first_of_row_before, int at, int from, int to)
{
    for (guint i = first_of_row_before; i < rules->len; i++) {
        struct rule *r = &g_array_index(rules, struct rule, i);
        if (r->at == at - 1 && r->from < to && from < r->to) {
            *r = (struct rule){at, MIN(r->from, from), MAX(r->to, to)};
            return;
        }
    }
    if (rules->len < MAX_RULES)
        g_array_append_val(rules, ((struct rule){at, from, to}));
}

static GArray *find_rules(const struct view *view, int shortest)
{
    GArray *rules = g_array_new(FALSE, FALSE, sizeof(struct rule));
    for (int at = 0; at < view->width; at++) {
        guint recent = rules->len;
        while (recent > 0 && g_array_index(rules, struct rule, recent - 1).at >= at - 2 * BESIDE_PIXELS)
            recent--;
        int from = -1, last = -1;
        for (int i = 0; i <= view->length; i++) {
            if (i < view->length && is_dark(view, i, at)) {
                from = from < 0 ? i : from;
                last = i;
            } else if (from >= 0 && (i == view->length || i - last > GAP_PIXELS)) {
                if (last - from >= shortest)
                    add_run(rules, recent, at, from, last);
                from = -1;
            }
        }
    }
    return rules;
}

/* Whether one of the rules of the other direction passes the point. */
static bool is_met(const GArray *others, int at, int along)
{
    for (guint i = 0; i < others->len; i++) {
        const struct rule *r = &g_array_index(others, struct rule, i);
        if (ABS(r->at - at) <= SLACK_PIXELS && along >= r->from - SLACK_PIXELS &&
            along <= r->to + SLACK_PIXELS)
            return true;
    }
    return false;
}

/* The stems of letters, line after line, and the bars of some in a row can look like a rule; but one between
 * cells ends at others. Keeps rules of which `ends` ends do. */
static void keep_met(GArray *rules, const GArray *others, unsigned ends)
{
    guint kept = 0;
    for (guint i = 0; i < rules->len; i++) {
        struct rule r = g_array_index(rules, struct rule, i);
        if ((unsigned)is_met(others, r.from, r.at) + is_met(others, r.to, r.at) >= ends)
            g_array_index(rules, struct rule, kept++) = r;
    }
    g_array_set_size(rules, kept);
}

struct nd_pdf_grid *nd_pdf_grid_new(const uint8_t *pixels, int width, int height, int stride, double scale)
{
    struct nd_pdf_grid *self = g_new0(struct nd_pdf_grid, 1);
    self->scale = scale;
    const struct view across = {pixels, width, height, 1, (size_t)stride},
                      down = {pixels, height, width, (size_t)stride, 1};
    self->across = find_rules(&across, (int)(ACROSS_POINTS * scale));
    self->down = find_rules(&down, (int)(DOWN_POINTS * scale));
    keep_met(self->down, self->across, 2);
    keep_met(self->across, self->down, 1); /* some tables have no rules at their sides */
    return self;
}

void nd_pdf_grid_free(struct nd_pdf_grid *self)
{
    if (!self)
        return;
    g_array_unref(self->across);
    g_array_unref(self->down);
    g_free(self);
}

/* The rules next to `at` on either side, of those that pass `along`. */
static bool find_sides(const GArray *rules, double at, double along, double *before, double *behind)
{
    bool has_before = false, has_behind = false;
    for (guint i = 0; i < rules->len; i++) {
        const struct rule *r = &g_array_index(rules, struct rule, i);
        if (along < r->from - SLACK_PIXELS || along > r->to + SLACK_PIXELS)
            continue;
        if (r->at <= at && (!has_before || r->at > *before)) {
            *before = r->at;
            has_before = true;
        } else if (r->at > at && (!has_behind || r->at < *behind)) {
            *behind = r->at;
            has_behind = true;
        }
    }
    return has_before && has_behind;
}

bool nd_pdf_grid_cell(const struct nd_pdf_grid *self, double x, double y, struct nd_pdf_box *cell)
{
    struct nd_pdf_box found;
    if (!self || self->across->len < 2 || self->down->len < 2)
        return false;
    x *= self->scale;
    y *= self->scale;
    if (!find_sides(self->down, x, y, &found.left, &found.right) ||
        !find_sides(self->across, y, x, &found.top, &found.bottom))
        return false;
    *cell = (struct nd_pdf_box){found.left / self->scale, found.top / self->scale, found.right / self->scale,
                                found.bottom / self->scale};
    return true;
}
