#include "web/pages/drawing.h"
#include "web/pages/json.h"
#include "web/pages/parts.h"

#define NODES_MAX 60

static const char *label_of(const char *code, const char *title, const char *key)
{
    return code ? code : title ? title : key;
}

/* The same as the drawing, for whoever reads tables better, or hears them. */
static void put_table(struct nd_html *html, const struct nd_graph *graph)
{
    nd_put(
        html, HTML("<h2 id=\"relations\">"), MSG(RELATIONS),
        HTML("</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"relations\"><table "
             "class=\"plain\"><thead><tr><th scope=\"col\">"),
        MSG(DOCUMENT), HTML("</th><th scope=\"col\">"), MSG(RELATION), HTML("</th><th scope=\"col\">"),
        MSG(TARGET), HTML("</th></tr></thead><tbody>"));
    for (guint i = 0; i < graph->edges->len; i++) {
        const struct nd_evidence *edge = graph->edges->pdata[i];
        nd_put(html, HTML("<tr><td>"));
        nd_put_work_link(html, edge->source_key,
                         label_of(edge->source_code, edge->source_title, edge->source_key));
        nd_put(html, HTML("</td><td>"), MESSAGE(nd_relation_message(edge->relation, false)),
               HTML("</td><td>"));
        nd_put_work_link(html, edge->target_key,
                         label_of(edge->target_code, edge->target_title, edge->target_key));
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

static void put_page(struct nd_visit *visit, const struct nd_graph *graph, int steps)
{
    const struct nd_request *request = visit->request;
    const struct nd_graph_node *centre = &graph->nodes[0];
    const char *name = label_of(centre->code, centre->title, centre->key);
    g_autofree char *heading = g_strconcat(nd_message(ND_MESSAGE_GRAPH, request->language), " ", name, NULL);
    struct nd_html html = nd_frame_begin(request, visit->response, &(struct nd_frame){.title = heading});
    nd_put(&html, HTML("<h1>"), TEXT(heading), HTML("</h1><div class=\"actions\">"));
    put_steps(&html, request, steps);
    nd_put(&html, HTML("<a class=\"button quiet\" href=\""), BASE, HTML("/work/"), PATH(centre->key),
           WITH_LANGUAGE, HTML("\">"), MSG(WORK_PAGE), HTML("</a><a class=\"button quiet\" href=\""), BASE,
           ATTR(request->path), HTML("?format=svg&amp;steps="), INTEGER(steps), HTML("\">SVG</a></div>"));
    if (!graph->complete)
        nd_put(&html, HTML("<p class=\"note\">"), MSG(GRAPH_CUT), HTML("</p>"));
    nd_put(&html, HTML("<div class=\"drawing\" tabindex=\"0\" role=\"region\" aria-label=\""), ATTR(heading),
           HTML("\">"));
    nd_put_drawing(&html, graph, true);
    nd_put(&html, HTML("</div><p class=\"small soft\">"), MSG(GRAPH_LEGEND), HTML("</p>"));
    put_table(&html, graph);
    nd_frame_end(&html, request);
}

bool nd_page_graph(struct nd_visit *visit, GError **error)
{
    const struct nd_request *request = visit->request;
    const int steps = MAX(1, nd_request_number(request, ND_PARAMETER_STEPS, 1));
    nd_auto(nd_graph) graph = nd_graph_around(visit->session, visit->rest, (unsigned)steps, NODES_MAX, error);
    if (!graph)
        return false;
    if (nd_request_is(request, ND_PARAMETER_FORMAT, "svg")) {
        struct nd_html html = nd_frame_bare(request, visit->response);
        visit->response->type = "image/svg+xml";
        nd_put_drawing(&html, graph, false);
        return true;
    }
    if (nd_request_is(request, ND_PARAMETER_FORMAT, "json"))
        nd_answer_graph_json(visit, graph);
    else
        put_page(visit, graph, steps);
    return true;
}
