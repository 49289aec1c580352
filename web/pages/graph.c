#include "web/pages/drawing.h"
#include "web/pages/json.h"
#include "web/pages/parts.h"
#include "base/helper.h"
#include "query/graph_export.h"
#include "query/names.h"

#include <stdlib.h>

#define NODES_MAX 60

/* What of the neighbourhood can be taken away. SVG and PNG are the page's own drawing; the others are the
 * files of ndgraph export. */
static const struct download {
    const char *format, *label, *type;
    bool drawn;
} downloads[] = {
    {"svg", "SVG", "image/svg+xml", true},
    {"png", "PNG", "image/png", true},
    {"graphml", "GraphML", "application/graphml+xml", false},
    {"csv", "CSV", "text/csv; charset=utf-8", false},
};

/* SVG to PNG is another program's work, within the time of one request. */
static const char *const rasterizer[] = {"rsvg-convert", "--zoom=2", "--format=png", NULL};
static const struct nd_helper_limits rasterizer_limits = {
    .cpu_s = 3, .wall_s = 4, .memory_bytes = (size_t)512 << 20, .output_bytes = (size_t)16 << 20};

static bool can_rasterize(void)
{
    g_autofree char *program = g_find_program_in_path(rasterizer[0]);
    return program != NULL;
}

/* The same as the drawing, for whoever reads tables better, or hears them. */
static void put_table(struct nd_html *html, const struct nd_graph *graph)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    nd_put(
        html, HTML("<h2 id=\"relations\">"), MSG(RELATIONS),
        HTML("</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"relations\"><table "
             "class=\"plain\"><thead><tr><th scope=\"col\">"),
        MSG(DOCUMENT), HTML("</th><th scope=\"col\">"), MSG(RELATION), HTML("</th><th scope=\"col\">"),
        MSG(TARGET), HTML("</th></tr></thead><tbody>"));
    for (guint i = 0; i < graph->edges->len; i++) {
        const struct nd_evidence *edge = graph->edges->pdata[i];
        g_autofree char *line =
            g_strdup_printf("%s %d %s", edge->source_key, (int)edge->relation, edge->target_key);
        if (!g_hash_table_add(seen, g_steal_pointer(&line)))
            continue; /* told in several places */
        nd_put(html, HTML("<tr><td>"));
        nd_put_work_link(html, edge->source_key, edge->source_code, edge->type, edge->source_title);
        nd_put(html, HTML("</td><td>"), MESSAGE(nd_relation_message(edge->relation, false)),
               HTML("</td><td>"));
        nd_put_work_link(html, edge->target_key, edge->target_code, edge->target_type, edge->target_title);
        nd_put(html, HTML("</td></tr>"));
    }
    nd_put(html, HTML("</tbody></table></div>"));
}

static void put_steps(struct nd_html *html, const struct nd_request *request, int steps)
{
    static const enum nd_message names[] = {ND_MESSAGE_ONE_STEP, ND_MESSAGE_TWO_STEPS};
    static const char *const values[] = {"1", "2"};
    for (int i = 0; i < 2; i++) {
        nd_put(html, HTML("<a class=\"button quiet\" href=\""), BASE, ATTR(request->path), HTML("?steps="),
               ATTR(values[i]), AND_LANGUAGE, HTML("\""),
               i + 1 == steps ? HTML(" aria-current=\"true\"") : HTML(""), HTML(">"), MESSAGE(names[i]),
               HTML("</a>"));
    }
}

static void put_downloads(struct nd_html *html, const struct nd_request *request, int steps)
{
    nd_put(html, HTML("<p class=\"downloads\">"), MSG(DOWNLOAD));
    for (size_t i = 0; i < G_N_ELEMENTS(downloads); i++) {
        if (strcmp(downloads[i].format, "png") == 0 && !can_rasterize())
            continue;
        nd_put(html, HTML(" <a href=\""), BASE, HTML("/graph/"), PATH(request->path + strlen("/graph/")),
               HTML("?format="), ATTR(downloads[i].format), HTML("&amp;steps="), INTEGER(steps), AND_LANGUAGE,
               HTML("\">"), ATTR(downloads[i].label), HTML("</a>"));
    }
    nd_put(html, HTML("</p>"));
}

static bool rasterize(GString *body, GError **error)
{
    g_autoptr(GByteArray) png = NULL;
    if (!nd_helper_run(rasterizer, (struct nd_bytes){(const uint8_t *)body->str, body->len},
                       &rasterizer_limits, &png, error))
        return false;
    g_string_truncate(body, 0);
    g_string_append_len(body, (const char *)png->data, (gssize)png->len);
    return true;
}

static bool put_file(struct nd_visit *visit, const struct download *download, int steps, GError **error)
{
    const struct nd_graph_filter around = {
        .around = visit->rest, .steps = (unsigned)steps, .max_nodes = NODES_MAX, .bare_names = true};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const bool good =
        nd_graph_export(visit->session, nd_graph_format_by_name(download->format), &around, out, error);
    fclose(out);
    if (good)
        g_string_append_len(visit->response->body, text, (gssize)size);
    free(text);
    return good;
}

/* "luoc-do-21-NQ-TW~XIII.png": the letters of a key that are no trouble in a file's name. */
static void name_file(struct nd_visit *visit, const char *key, const struct download *download)
{
    g_autofree char *plain = g_strdup(key);
    g_strdelimit(plain, "/\\:", '-');
    g_autoptr(GString) disposition = g_string_new("attachment; filename*=UTF-8''luoc-do-");
    nd_html_escape_url(disposition, nd_str_from_c(plain));
    g_string_append_printf(disposition, ".%s", download->format);
    nd_response_header(visit->response, "Content-Disposition", disposition->str);
    visit->response->type = download->type;
}

static bool put_download(struct nd_visit *visit, const struct nd_graph *graph,
                         const struct download *download, int steps, GError **error)
{
    name_file(visit, graph->nodes[0].key, download);
    if (!download->drawn)
        return put_file(visit, download, steps, error);
    struct nd_html html = nd_frame_bare(visit->request, visit->response);
    nd_put_drawing(&html, graph, false);
    return strcmp(download->format, "png") != 0 || rasterize(visit->response->body, error);
}

static void put_page(struct nd_visit *visit, const struct nd_graph *graph, int steps)
{
    const struct nd_request *request = visit->request;
    const struct nd_graph_node *centre = &graph->nodes[0];
    g_autofree char *name = nd_work_label(centre->code, centre->type, centre->title, centre->key);
    g_autofree char *heading = g_strconcat(nd_message(ND_MESSAGE_GRAPH, request->language), " ", name, NULL);
    struct nd_html html = nd_frame_begin(request, visit->response, &(struct nd_frame){.title = heading});
    nd_put(&html, HTML("<h1>"), TEXT(heading), HTML("</h1><div class=\"actions\">"));
    put_steps(&html, request, steps);
    nd_put(&html, HTML("<a class=\"button quiet\" href=\""), BASE, HTML("/work/"), PATH(centre->key),
           WITH_LANGUAGE, HTML("\">"), MSG(WORK_PAGE), HTML("</a></div>"));
    if (!graph->complete)
        nd_put(&html, HTML("<p class=\"note\">"), MSG(GRAPH_CUT), HTML("</p>"));
    nd_put(
        &html,
        HTML("<div class=\"graph\"><div><div class=\"drawing\" tabindex=\"0\" role=\"region\" aria-label=\""),
        ATTR(heading), HTML("\">"));
    nd_put_drawing(&html, graph, true);
    nd_put(&html, HTML("</div><p class=\"small soft\">"), MSG(GRAPH_LEGEND), HTML("</p>"));
    put_downloads(&html, request, steps);
    nd_put(&html, HTML("</div><div class=\"relations\">"));
    put_table(&html, graph);
    nd_put(&html, HTML("</div></div>"));
    nd_frame_end(&html, request);
}

/* By what they say, not by when it was read: the same graph is always drawn alike. */
static int by_keys(const void *a, const void *b)
{
    const struct nd_evidence *x = *(struct nd_evidence *const *)a, *y = *(struct nd_evidence *const *)b;
    int order = g_strcmp0(x->source_key, y->source_key);
    order = order ? order : g_strcmp0(x->target_key, y->target_key);
    order = order ? order : (int)x->relation - (int)y->relation;
    return order ? order : (int)y->strength - (int)x->strength;
}

static int by_distance(const void *a, const void *b)
{
    const struct nd_graph_node *x = a, *y = b;
    return x->distance != y->distance ? (x->distance < y->distance ? -1 : 1) : g_strcmp0(x->key, y->key);
}

bool nd_page_graph(struct nd_visit *visit, GError **error)
{
    const struct nd_request *request = visit->request;
    const int steps = MAX(1, nd_request_number(request, ND_PARAMETER_STEPS, 1));
    nd_auto(nd_graph) graph = nd_graph_around(visit->session, visit->rest, (unsigned)steps, NODES_MAX, error);
    if (!graph)
        return false;
    g_ptr_array_sort(graph->edges, by_keys);
    qsort(graph->nodes + 1, graph->n_nodes - 1, sizeof *graph->nodes, by_distance);
    for (size_t i = 0; i < G_N_ELEMENTS(downloads); i++) {
        if (nd_request_is(request, ND_PARAMETER_FORMAT, downloads[i].format))
            return put_download(visit, graph, &downloads[i], steps, error);
    }
    if (nd_request_is(request, ND_PARAMETER_FORMAT, "json"))
        nd_answer_graph_json(visit, graph);
    else
        put_page(visit, graph, steps);
    return true;
}
