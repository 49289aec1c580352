#include "web/pages/drawing.h"
#include "web/pages/parts.h"
#include "query/names.h"

#define BOX_WIDTH   190
#define BOX_HEIGHT  46
#define COLUMN_STEP 320
#define ROW_STEP    62
#define MARGIN      16
#define BOW         70 /* of a line between two boxes of one column */
#define LABEL_BYTES ((size_t)30)
#define STEPS_MAX   2
#define N_COLUMNS   (2 * STEPS_MAX + 1)

/* Dark enough on white for thin lines and small text (4.5:1), and told apart by their labels as well. */
static const char *const colours[ND_N_RELATIONS] = {
    [ND_RELATION_CITES] = "#5d574e",    [ND_RELATION_IMPLEMENTS] = "#8c1d18",
    [ND_RELATION_BASED_ON] = "#174a7c", [ND_RELATION_GUIDES] = "#1f6b3a",
    [ND_RELATION_AMENDS] = "#8a5a00",   [ND_RELATION_CORRECTS] = "#6b5b00",
    [ND_RELATION_REPLACES] = "#6a2c91", [ND_RELATION_REPEALS] = "#a3154f",
    [ND_RELATION_REVIEWS] = "#00696b",
};

struct drawing {
    const struct nd_graph *graph;
    int *column;    /* of each node: -2 to 2, 0 for the centre */
    int *x, *y;     /* of its upper left corner */
    unsigned *said; /* for each node, left and right: the relations named there, bits 1 << enum nd_relation */
    int width, height;
};

static int node_index(const struct nd_graph *graph, const char *key)
{
    for (size_t i = 0; key && i < graph->n_nodes; i++) {
        if (g_strcmp0(graph->nodes[i].key, key) == 0)
            return (int)i;
    }
    return -1;
}

/* A node stands on the side its nearest neighbour stands on; beside the centre the direction of the relation
 * decides. Nodes come nearest first, so that neighbour is already placed. */
static void place_columns(struct drawing *drawing)
{
    const struct nd_graph *graph = drawing->graph;
    for (size_t i = 1; i < graph->n_nodes; i++) {
        int side = 1;
        for (guint k = 0; k < graph->edges->len; k++) {
            const struct nd_evidence *edge = graph->edges->pdata[k];
            const int source = node_index(graph, edge->source_key),
                      target = node_index(graph, edge->target_key);
            const int other = source == (int)i ? target : target == (int)i ? source : -1;
            if (other < 0 || graph->nodes[other].distance >= graph->nodes[i].distance)
                continue;
            if (other > 0)
                side = drawing->column[other] < 0 ? -1 : 1;
            else
                side = source == 0 ? -1 : 1;
            break;
        }
        drawing->column[i] = side * (int)MIN(graph->nodes[i].distance, (unsigned)STEPS_MAX);
    }
}

static void place_boxes(struct drawing *drawing)
{
    const size_t n = drawing->graph->n_nodes;
    int used[N_COLUMNS] = {0}, x[N_COLUMNS], rows = 0, next = MARGIN;
    for (size_t i = 0; i < n; i++) {
        const int count = ++used[drawing->column[i] + STEPS_MAX];
        rows = MAX(rows, count);
    }
    for (int c = 0; c < STEPS_MAX; c++) {
        if (used[c] > 0)
            next = MARGIN + BOW; /* room for bows on the left */
    }
    for (int c = 0; c < N_COLUMNS; c++) {
        x[c] = next;
        if (used[c] > 0)
            next += COLUMN_STEP;
    }
    drawing->width = next - COLUMN_STEP + BOX_WIDTH + MARGIN + BOW;
    drawing->height = 2 * MARGIN + rows * ROW_STEP - (ROW_STEP - BOX_HEIGHT);
    int filled[N_COLUMNS] = {0};
    for (size_t i = 0; i < n; i++) {
        const int c = drawing->column[i] + STEPS_MAX;
        drawing->x[i] = x[c];
        drawing->y[i] = MARGIN + (rows - used[c]) * ROW_STEP / 2 + filled[c]++ * ROW_STEP;
    }
}

static struct nd_str cut(const char *text, bool *was_cut)
{
    struct nd_str s = nd_str_from_c(text);
    *was_cut = s.n > LABEL_BYTES;
    if (*was_cut) {
        s.n = LABEL_BYTES;
        while (s.n > 0 && ((uint8_t)s.p[s.n] & 0xc0) == 0x80)
            s.n--;
    }
    return s;
}

/* A relation is named once at each side of a box, one name above the line, the next below it, and so on. */
static void put_label(struct nd_html *html, const struct drawing *drawing, int node, bool on_right,
                      enum nd_relation relation)
{
    static const int offsets[] = {-5, 15, -19, 29};
    unsigned *said = &drawing->said[2 * node + on_right];
    const guint n = (guint)__builtin_popcount(*said);
    if (*said & 1U << relation || n >= G_N_ELEMENTS(offsets))
        return;
    *said |= 1U << relation;
    const int x = on_right ? drawing->x[node] + BOX_WIDTH + 9 : drawing->x[node] - 9;
    nd_put(html, HTML("<text x=\""), INTEGER(x), HTML("\" y=\""),
           INTEGER(drawing->y[node] + BOX_HEIGHT / 2 + offsets[n]),
           HTML("\" font-size=\"12\" paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"4\" fill=\""),
           ATTR(colours[relation]), HTML("\" text-anchor=\""), on_right ? HTML("start") : HTML("end"),
           HTML("\">"), MESSAGE(nd_relation_message(relation, false)), HTML("</text>"));
}

static void put_line(struct nd_html *html, const struct drawing *drawing, const struct nd_evidence *edge,
                     bool label)
{
    const int source = node_index(drawing->graph, edge->source_key);
    const int target = node_index(drawing->graph, edge->target_key);
    if (source < 0 || target < 0 || source == target)
        return;
    /* Boxes in one column are joined by a bow beside it, on the side away from the centre. */
    const bool same_column = drawing->x[source] == drawing->x[target];
    const bool from_right =
        same_column ? drawing->column[source] >= 0 : drawing->x[source] < drawing->x[target];
    const bool to_right = same_column ? from_right : !from_right;
    /* The label hangs at the end away from the centre, where the lines have come apart. */
    if (label) {
        const bool source_is_outer =
            drawing->graph->nodes[source].distance > drawing->graph->nodes[target].distance;
        put_label(html, drawing, source_is_outer ? source : target, source_is_outer ? from_right : to_right,
                  edge->relation);
        return;
    }
    const int x1 = drawing->x[source] + (from_right ? BOX_WIDTH : 0),
              y1 = drawing->y[source] + BOX_HEIGHT / 2;
    const int x2 = drawing->x[target] + (to_right ? BOX_WIDTH : 0), y2 = drawing->y[target] + BOX_HEIGHT / 2;
    const int bend = same_column ? x1 + (from_right ? BOW : -BOW) : (x1 + x2) / 2;
    const char *colour = colours[edge->relation];
    nd_put(html, HTML("<path d=\"M"), INTEGER(x1), HTML(" "), INTEGER(y1), HTML("C"), INTEGER(bend),
           HTML(" "), INTEGER(y1), HTML(" "), INTEGER(bend), HTML(" "), INTEGER(y2), HTML(" "), INTEGER(x2),
           HTML(" "), INTEGER(y2), HTML("\" fill=\"none\" stroke=\""), ATTR(colour),
           HTML("\" stroke-width=\"1.6\""));
    if (edge->proposed || edge->strength == ND_STRENGTH_BODY)
        nd_put(html, HTML(" stroke-dasharray=\"5 4\""));
    nd_put(html, HTML("/><circle cx=\""), INTEGER(x2), HTML("\" cy=\""), INTEGER(y2),
           HTML("\" r=\"3.5\" fill=\""), ATTR(colour), HTML("\"/>"));
}

static void put_box(struct nd_html *html, const struct drawing *drawing, size_t i, bool linked)
{
    const struct nd_graph_node *node = &drawing->graph->nodes[i];
    g_autofree char *name = nd_work_label(node->code, node->type, node->title, node->key);
    bool name_cut, place_cut;
    const struct nd_str label = cut(name, &name_cut);
    const struct nd_str place = cut(node->place, &place_cut);
    if (linked)
        nd_put(html, HTML("<a href=\""), BASE, HTML("/work/"), PATH(node->key), WITH_LANGUAGE, HTML("\">"));
    nd_put(html, i == 0 ? HTML("<g id=\"centre\"><title>") : HTML("<g><title>"), TEXT(name),
           node->title && node->code ? HTML(" – ") : HTML(""), TEXT(node->code ? node->title : NULL),
           HTML("</title><rect x=\""), INTEGER(drawing->x[i]), HTML("\" y=\""), INTEGER(drawing->y[i]),
           HTML("\" width=\""), INTEGER(BOX_WIDTH), HTML("\" height=\""), INTEGER(BOX_HEIGHT),
           HTML("\" rx=\"4\" fill=\""),
           i == 0           ? HTML("#8c1d18")
           : node->document ? HTML("#f4f1ea")
                            : HTML("#ffffff"),
           HTML("\" stroke=\""), i == 0 ? HTML("#8c1d18") : HTML("#5d574e"), HTML("\""));
    if (!node->document && i > 0)
        nd_put(html, HTML(" stroke-dasharray=\"4 3\""));
    nd_put(html, HTML("/><text x=\""), INTEGER(drawing->x[i] + 10), HTML("\" y=\""),
           INTEGER(drawing->y[i] + 19), HTML("\" font-size=\"13.5\" font-weight=\"600\" fill=\""),
           i == 0 ? HTML("#ffffff") : HTML("#1d1b18"), HTML("\">"), SLICE(label),
           name_cut ? HTML("…") : HTML(""), HTML("</text><text x=\""), INTEGER(drawing->x[i] + 10),
           HTML("\" y=\""), INTEGER(drawing->y[i] + 37), HTML("\" font-size=\"12\" fill=\""),
           i == 0 ? HTML("#ffffff") : HTML("#5d574e"), HTML("\">"), SLICE(place));
    if (node->date.year) {
        char date[16];
        g_snprintf(date, sizeof date, "%d/%d/%d", node->date.day, node->date.month, node->date.year);
        nd_put(html, place.n > 0 ? HTML(" · ") : HTML(""),
               TEXT(node->date.day ? date : strrchr(date, '/') + 1));
    }
    nd_put(html, HTML("</text></g>"), linked ? HTML("</a>") : HTML(""));
}

void nd_put_drawing(struct nd_html *html, const struct nd_graph *graph, bool linked)
{
    const size_t n = graph->n_nodes;
    g_autofree int *column = g_new0(int, n), *x = g_new0(int, n), *y = g_new0(int, n);
    g_autofree unsigned *said = g_new0(unsigned, 2 * n);
    const struct nd_graph_node *const centre = &graph->nodes[0];
    g_autofree char *name = nd_work_label(centre->code, centre->type, centre->title, centre->key);
    struct drawing drawing = {.graph = graph, .column = column, .x = x, .y = y, .said = said};
    place_columns(&drawing);
    place_boxes(&drawing);
    nd_put(html, HTML("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""), INTEGER(drawing.width),
           HTML("\" height=\""), INTEGER(drawing.height), HTML("\" viewBox=\"0 0 "), INTEGER(drawing.width),
           HTML(" "), INTEGER(drawing.height),
           HTML("\" font-family=\"'Segoe UI', 'Noto Sans', Arial, 'Liberation Sans', sans-serif\"><title>"),
           MSG(GRAPH), HTML(" "), TEXT(name),
           HTML("</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"));
    for (guint i = 0; i < graph->edges->len; i++)
        put_line(html, &drawing, graph->edges->pdata[i], false);
    for (guint i = 0; i < graph->edges->len; i++) /* above all lines */
        put_line(html, &drawing, graph->edges->pdata[i], true);
    for (size_t i = 0; i < n; i++)
        put_box(html, &drawing, i, linked);
    nd_put(html, HTML("</svg>"));
}
