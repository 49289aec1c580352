/* The graph drawn: the DOT language, and SVG through graphviz, run as a program so that its memory and its
 * crashes stay its own. */
#include "base/error.h"
#include "base/helper.h"
#include "base/i18n.h"
#include "query/graph_write.h"

#include <errno.h>
#include <string.h>

enum {
    MAX_DRAWN_NODES = 2000, /* more than anybody can read, and minutes of layout */
    MAX_RANKED_NODES = 60,  /* above, layers grow too wide and a force-directed layout reads better */
    MAX_NAMED_EDGES = 40,   /* with their relation written beside them */
    LABEL_CHARACTERS = 28,
    TOOLTIP_CHARACTERS = 200
};

static const struct nd_helper_limits limits = {
    .cpu_s = 60, .wall_s = 60, .memory_bytes = (size_t)1 << 30, .output_bytes = (size_t)64 << 20};

static void quoted(FILE *out, const char *text, glong characters)
{
    fputc('"', out);
    for (const char *p = text; *p && characters-- > 0;) {
        const char *next = g_utf8_next_char(p);
        if (*p == '"' || *p == '\\')
            fputc('\\', out);
        if ((unsigned char)*p < ' ')
            fputc(' ', out);
        else
            fwrite(p, 1, (size_t)(next - p), out);
        p = next;
        if (characters == 0 && *p)
            fputs("…", out);
    }
    fputc('"', out);
}

/* Colour and line of each relation: told apart without colours too. */
static const struct {
    const char *style;
    int width;
} lines[ND_N_RELATIONS] = {
    [ND_RELATION_CITES] = {"dotted", 1},    [ND_RELATION_IMPLEMENTS] = {"solid", 1},
    [ND_RELATION_BASED_ON] = {"dashed", 1}, [ND_RELATION_GUIDES] = {"dashed", 1},
    [ND_RELATION_AMENDS] = {"solid", 2},    [ND_RELATION_CORRECTS] = {"dotted", 2},
    [ND_RELATION_REPLACES] = {"bold", 2},   [ND_RELATION_REPEALS] = {"dashed", 2},
    [ND_RELATION_REVIEWS] = {"dotted", 2},
};

/* What tells documents of one code apart: "Lai Châu 2021". */
static void write_label(const struct nd_export_node *node, FILE *out)
{
    g_autoptr(GString) below = g_string_new(NULL);
    if (node->code && node->place)
        g_string_append_printf(below, "%s ", node->place);
    if (node->date.year)
        g_string_append_printf(below, "%d", node->date.year);
    quoted(out, node->label, LABEL_CHARACTERS);
    if (below->len) {
        fputs(" + \"\\n\" + ", out);
        quoted(out, g_strchomp(below->str), LABEL_CHARACTERS);
    }
}

/* What much is built upon is read first. */
static int font_size(const struct nd_export_node *node)
{
    return node->n_cited >= 50 ? 18 : node->n_cited >= 10 ? 14 : 10;
}

static void write_nodes(const struct nd_graph_view *view, FILE *out)
{
    for (guint i = 0; i < view->nodes->len; i++) {
        const struct nd_export_node *node = nd_graph_view_node(view, i);
        fprintf(out, "  n%u [label=", i);
        write_label(node, out);
        fputs(", tooltip=", out);
        quoted(out, node->title ? node->title : node->key, TOOLTIP_CHARACTERS);
        fprintf(out, ", fontsize=%d, color=\"%s\"%s];\n", font_size(node), nd_level_color(node->level),
                node->present ? ", penwidth=2" : ", style=\"rounded,filled,dashed\"");
    }
}

/* In a large graph the legend alone says what a line means. */
static void write_edges(const struct nd_graph_view *view, FILE *out)
{
    const bool named = view->edges->len <= MAX_NAMED_EDGES;
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        const char *color = nd_relation_color(edge->relation), *name = nd_relation_name(edge->relation);
        fprintf(out, "  n%u -> n%u [tooltip=\"%s\", color=\"%s\", fontcolor=\"%s\", style=%s, penwidth=%d%s",
                edge->source, edge->target, name, color, color, lines[edge->relation].style,
                lines[edge->relation].width + (edge->strength != ND_STRENGTH_BODY),
                edge->proposed ? ", arrowhead=onormal" : "");
        if (named)
            fprintf(out, ", label=\"%s\"", name);
        fputs("];\n", out);
    }
}

/* The relations and levels that are there, and what dashes and hollow arrows say, below the drawing. */
static void write_legend(const struct nd_graph_view *view, FILE *out)
{
    static const char *const strokes[] = {"solid", "━━▶", "dashed", "╍╍▶", "dotted", "┄┄▶", "bold", "━━▶"};
    unsigned relations = 0, levels = 0;
    bool proposed = false, absent = false;
    for (guint i = 0; i < view->edges->len; i++) {
        relations |= 1U << nd_graph_view_edge(view, i)->relation;
        proposed |= nd_graph_view_edge(view, i)->proposed;
    }
    for (guint i = 0; i < view->nodes->len; i++) {
        levels |= 1U << nd_graph_view_node(view, i)->level;
        absent |= !nd_graph_view_node(view, i)->present;
    }
    fputs("  labelloc=b; label=<<TABLE BORDER=\"0\" CELLSPACING=\"6\"><TR>", out);
    for (unsigned r = 0; r < ND_N_RELATIONS; r++) {
        const char *stroke = strokes[1];
        for (size_t i = 0; i < G_N_ELEMENTS(strokes); i += 2)
            if (strcmp(strokes[i], lines[r].style) == 0)
                stroke = strokes[i + 1];
        if (relations & 1U << r)
            fprintf(out, "<TD><FONT COLOR=\"%s\">%s%s%s %s</FONT></TD>", nd_relation_color(r),
                    lines[r].width > 1 ? "<B>" : "", stroke, lines[r].width > 1 ? "</B>" : "",
                    nd_relation_name(r));
    }
    if (proposed)
        fputs("<TD>━━▷ proposed</TD>", out);
    for (unsigned l = 0; l < ND_N_LEVELS; l++)
        if (levels & 1U << l)
            fprintf(out, "<TD><FONT COLOR=\"%s\">▢ %s</FONT></TD>", nd_level_color(l),
                    nd_level_name(l) ? nd_level_name(l) : "level unknown");
    fprintf(out, "%s<TD></TD></TR></TABLE>>;\n", absent ? "<TD>┌╌┐ text not here</TD>" : "");
}

bool nd_graph_write_dot(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    (void)error;
    fprintf(out,
            "digraph citations {\n  rankdir=LR; overlap=prism; splines=%s; outputorder=edgesfirst; "
            "bgcolor=white; fontname=\"DejaVu Sans\"; fontsize=12;\n"
            "  node [shape=box, style=\"rounded,filled\", fontname=\"DejaVu Sans\", fillcolor=white, "
            "height=0.3, margin=\"0.08,0.04\"];\n"
            "  edge [fontname=\"DejaVu Sans\", fontsize=8, arrowsize=0.7];\n",
            view->nodes->len > MAX_RANKED_NODES ? "line" : "true");
    write_nodes(view, out);
    write_edges(view, out);
    if (view->nodes->len)
        write_legend(view, out);
    fputs("}\n", out);
    return true;
}

/* ---- drawn by graphviz ---- */

static bool dot_of(const struct nd_graph_view *view, char **text_out, size_t *size_out, GError **error)
{
    *text_out = NULL;
    FILE *memory = open_memstream(text_out, size_out);
    bool good = memory && nd_graph_write_dot(view, NULL, memory, error);
    good = memory && fclose(memory) == 0 && good;
    if (!good)
        nd_error_set_errno(error, errno, "cannot draw the graph");
    return good;
}

static bool draw(const struct nd_graph_view *view, const char *format, FILE *out, GError **error)
{
    if (view->nodes->len > MAX_DRAWN_NODES) {
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT,
                    _("%u works are too many for a drawing (%d at most); restrict the graph"),
                    view->nodes->len, MAX_DRAWN_NODES);
        return false;
    }
    char *text;
    size_t size = 0;
    const char *const argv[] = {view->nodes->len > MAX_RANKED_NODES ? "sfdp" : "dot", format, NULL};
    g_autoptr(GByteArray) drawing = NULL;
    const bool good =
        dot_of(view, &text, &size, error) &&
        nd_helper_run(argv, (struct nd_bytes){(const uint8_t *)text, size}, &limits, &drawing, error);
    free(text);
    if (good)
        fwrite(drawing->data, 1, drawing->len, out);
    return good;
}

bool nd_graph_write_svg(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    return draw(view, "-Tsvg", out, error);
}

bool nd_graph_write_png(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    return draw(view, "-Tpng", out, error);
}
