/* The graph drawn: the DOT language, and SVG through graphviz, run as a program so that its memory and its
 * crashes stay its own. */
#include "base/error.h"
#include "query/graph_write.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>

enum {
    MAX_DRAWN_NODES = 2000, /* more than anybody can read, and minutes of layout */
    MAX_RANKED_NODES = 60,  /* above, layers grow too wide and a force-directed layout reads better */
    LABEL_CHARACTERS = 28,
    TOOLTIP_CHARACTERS = 200
};

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
        const struct nd_graph_node *node = nd_graph_view_node(view, i);
        fprintf(out, "  n%u [label=", i);
        quoted(out, node->label, LABEL_CHARACTERS);
        fputs(", tooltip=", out);
        quoted(out, node->title ? node->title : node->key, TOOLTIP_CHARACTERS);
        fprintf(out, ", color=\"%s\"%s];\n", nd_level_color(node->level),
                node->present ? ", penwidth=2" : ", style=\"rounded,dashed\"");
    }
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_graph_edge *edge = nd_graph_view_edge(view, i);
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

static char *dot_of(const struct nd_graph_view *view, size_t *size_out, GError **error)
{
    char *text = NULL;
    FILE *memory = open_memstream(&text, size_out);
    if (!memory) {
        nd_error_set_errno(error, errno, "cannot draw the graph");
        return NULL;
    }
    bool written = nd_graph_write_dot(view, NULL, memory, error);
    if (fclose(memory) != 0 || !written) {
        free(text);
        return NULL;
    }
    return text;
}

bool nd_graph_write_svg(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    if (view->nodes->len > MAX_DRAWN_NODES) {
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT,
                    "%u works are too many for a drawing (%d at most); "
                    "restrict the graph",
                    view->nodes->len, MAX_DRAWN_NODES);
        return false;
    }
    size_t size = 0;
    char *text = dot_of(view, &size, error);
    if (!text)
        return false;
    g_autoptr(GBytes) input = g_bytes_new_with_free_func(text, size, free, text);
    const char *layout = view->nodes->len > MAX_RANKED_NODES ? "sfdp" : "dot";
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) svg = NULL;
    g_autoptr(GSubprocess) program = g_subprocess_new(
        G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
        &cause, layout, "-Tsvg", NULL);
    if (!program || !g_subprocess_communicate(program, input, NULL, &svg, NULL, &cause) ||
        !g_subprocess_get_successful(program)) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "graphviz cannot draw the graph%s%s", cause ? ": " : "",
                    cause ? cause->message : "");
        return false;
    }
    fwrite(g_bytes_get_data(svg, NULL), 1, g_bytes_get_size(svg), out);
    return true;
}
