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

bool nd_graph_write_dot(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    (void)error;
    fputs("digraph citations {\n  rankdir=LR; overlap=prism; splines=true; outputorder=edgesfirst;\n"
          "  node [shape=box, style=\"rounded,filled\", fontname=\"DejaVu Sans\", fontsize=10, "
          "fillcolor=white];\n"
          "  edge [fontname=\"DejaVu Sans\", fontsize=8];\n",
          out);
    for (guint i = 0; i < view->nodes->len; i++) {
        const struct nd_export_node *node = nd_graph_view_node(view, i);
        fprintf(out, "  n%u [label=", i);
        quoted(out, node->label, LABEL_CHARACTERS);
        fputs(", tooltip=", out);
        quoted(out, node->title ? node->title : node->key, TOOLTIP_CHARACTERS);
        fprintf(out, ", color=\"%s\"%s];\n", nd_level_color(node->level),
                node->present ? ", penwidth=2" : ", style=\"rounded,dashed\"");
    }
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        fprintf(out, "  n%u -> n%u [label=\"%s\", color=\"%s\", fontcolor=\"%s\"%s];\n", edge->source,
                edge->target, edge->relation == ND_RELATION_CITES ? "" : nd_relation_name(edge->relation),
                nd_relation_color(edge->relation), nd_relation_color(edge->relation),
                edge->proposed                       ? ", style=dotted"
                : edge->strength == ND_STRENGTH_BODY ? ""
                                                     : ", penwidth=2");
    }
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
