/* The graph for Gephi, Cytoscape, yEd and igraph: GraphML and GEXF 1.3. */
#include "query/graph_write.h"

#include <string.h>

void nd_xml_text(FILE *out, const char *text)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    for (const char *p = text; *p; p++) {
        const char *entity = NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
            if (*p == entities[i].c)
                entity = entities[i].entity;
        if (entity)
            fputs(entity, out);
        else if ((unsigned char)*p >= ' ')
            fputc(*p, out);
        else
            fputc(' ', out); /* XML 1.0 has no control characters, and none of ours matters */
    }
}

const char *nd_relation_color(enum nd_relation relation)
{
    static const char *const colors[ND_N_RELATIONS] = {
        [ND_RELATION_CITES] = "#999999",    [ND_RELATION_IMPLEMENTS] = "#1f77b4",
        [ND_RELATION_BASED_ON] = "#2ca02c", [ND_RELATION_GUIDES] = "#17becf",
        [ND_RELATION_AMENDS] = "#ff7f0e",   [ND_RELATION_CORRECTS] = "#bcbd22",
        [ND_RELATION_REPLACES] = "#d62728", [ND_RELATION_REPEALS] = "#8c564b",
        [ND_RELATION_REVIEWS] = "#9467bd",
    };
    return colors[relation];
}

const char *nd_level_color(enum nd_level level)
{
    static const char *const colors[ND_N_LEVELS] = {
        [ND_LEVEL_UNKNOWN] = "#bbbbbb", [ND_LEVEL_CENTRAL] = "#c0392b",  [ND_LEVEL_PROVINCIAL] = "#2980b9",
        [ND_LEVEL_BLOC] = "#8e44ad",    [ND_LEVEL_DISTRICT] = "#27ae60", [ND_LEVEL_COMMUNE] = "#f39c12",
    };
    return colors[level];
}

/* Without figures, their attributes are not declared. */
static bool is_there(const struct nd_graph_view *view, const char *attribute)
{
    return view->has_figures || (strcmp(attribute, "pagerank") != 0 && strcmp(attribute, "component") != 0);
}

/* ---- GraphML. Source: http://graphml.graphdrawing.org/specification.html ---- */

/* Every attribute, declared before it is used. id is also its name: scalar types only, which every tool has.
 */
static const struct {
    const char *id, *of, *type;
} keys[] = {
    {"label", "node", "string"},       {"code", "node", "string"},     {"type", "node", "string"},
    {"issuer", "node", "string"},      {"level", "node", "string"},    {"place", "node", "string"},
    {"date", "node", "string"},        {"title", "node", "string"},    {"present", "node", "boolean"},
    {"cited", "node", "int"},          {"pagerank", "node", "double"}, {"component", "node", "int"},
    {"interaction", "edge", "string"}, {"strength", "edge", "string"}, {"confidence", "edge", "double"},
    {"proposed", "edge", "boolean"},   {"weight", "edge", "double"},
};

static void data(FILE *out, const char *of, const char *id, const char *text)
{
    if (!text || !*text)
        return;
    fprintf(out, "      <data key=\"%c_%s\">", of[0], id);
    nd_xml_text(out, text);
    fputs("</data>\n", out);
}

static void number(FILE *out, const char *of, const char *id, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    data(out, of, id, g_ascii_formatd(buffer, sizeof buffer, "%.4g", value));
}

static void graphml_node(const struct nd_graph_view *view, guint i, FILE *out)
{
    const struct nd_export_node *node = nd_graph_view_node(view, i);
    char date[11];
    fputs("    <node id=\"", out);
    nd_xml_text(out, node->key);
    fputs("\">\n", out);
    data(out, "node", "label", node->label);
    data(out, "node", "code", node->code);
    data(out, "node", "type", node->type);
    data(out, "node", "issuer", node->issuer);
    data(out, "node", "level", nd_level_name(node->level));
    data(out, "node", "place", node->place);
    data(out, "node", "date", nd_date_format(node->date, date));
    data(out, "node", "title", node->title);
    data(out, "node", "present", node->present ? "true" : "false");
    number(out, "node", "cited", node->n_cited);
    if (view->has_figures) {
        number(out, "node", "pagerank", node->pagerank);
        number(out, "node", "component", node->component);
    }
    fputs("    </node>\n", out);
}

bool nd_graph_write_graphml(const struct nd_graph_view *view, const GArray *weights, FILE *out,
                            GError **error)
{
    (void)error;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
          "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
          out);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (is_there(view, keys[i].id))
            fprintf(out, "  <key id=\"%c_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                    keys[i].of[0], keys[i].id, keys[i].of, keys[i].id, keys[i].type);
    }
    fputs("  <graph id=\"citations\" edgedefault=\"directed\">\n", out);
    for (guint i = 0; i < view->nodes->len; i++)
        graphml_node(view, i, out);
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        fprintf(out, "    <edge id=\"e%u\" source=\"", i);
        nd_xml_text(out, nd_graph_view_node(view, edge->source)->key);
        fputs("\" target=\"", out);
        nd_xml_text(out, nd_graph_view_node(view, edge->target)->key);
        fputs("\">\n", out);
        data(out, "edge", "interaction", nd_relation_name(edge->relation));
        data(out, "edge", "strength", nd_strength_name(edge->strength));
        number(out, "edge", "confidence", edge->confidence);
        data(out, "edge", "proposed", edge->proposed ? "true" : "false");
        number(out, "edge", "weight", g_array_index(weights, guint, i));
        fputs("    </edge>\n", out);
    }
    fputs("  </graph>\n</graphml>\n", out);
    return true;
}

/* ---- GEXF. Source: https://gexf.net/schema.html, version 1.3 ---- */

static const struct {
    const char *title, *type;
} gexf_attributes[] = {
    {"code", "string"},     {"type", "string"},       {"issuer", "string"},   {"level", "string"},
    {"place", "string"},    {"title", "string"},      {"present", "boolean"}, {"cited", "integer"},
    {"pagerank", "double"}, {"component", "integer"},
};

static void attvalue(FILE *out, unsigned id, const char *text)
{
    if (!text || !*text)
        return;
    fprintf(out, "          <attvalue for=\"%u\" value=\"", id);
    nd_xml_text(out, text);
    fputs("\"/>\n", out);
}

static void gexf_color(FILE *out, const char *color)
{
    unsigned rgb = (unsigned)g_ascii_strtoull(color + 1, NULL, 16);
    fprintf(out, "        <viz:color r=\"%u\" g=\"%u\" b=\"%u\"/>\n", rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
}

static void gexf_node(const struct nd_graph_view *view, guint index, FILE *out)
{
    const struct nd_export_node *node = nd_graph_view_node(view, index);
    char cited[16], component[16], pagerank[G_ASCII_DTOSTR_BUF_SIZE];
    g_snprintf(cited, sizeof cited, "%u", node->n_cited);
    g_snprintf(component, sizeof component, "%u", node->component);
    g_ascii_formatd(pagerank, sizeof pagerank, "%.4g", node->pagerank);
    const char *const values[] = {node->code,
                                  node->type,
                                  node->issuer,
                                  nd_level_name(node->level),
                                  node->place,
                                  node->title,
                                  node->present ? "true" : "false",
                                  cited,
                                  view->has_figures ? pagerank : NULL,
                                  view->has_figures ? component : NULL};
    G_STATIC_ASSERT(G_N_ELEMENTS(values) == G_N_ELEMENTS(gexf_attributes));
    fputs("      <node id=\"", out);
    nd_xml_text(out, node->key);
    fputs("\" label=\"", out);
    nd_xml_text(out, node->label);
    fputc('"', out);
    if (node->date.year) /* a day is required; the first of what is known */
        fprintf(out, " start=\"%04d-%02d-%02d\"", node->date.year, MAX(node->date.month, 1),
                MAX(node->date.day, 1));
    fputs(">\n        <attvalues>\n", out);
    for (unsigned i = 0; i < G_N_ELEMENTS(values); i++)
        attvalue(out, i, values[i]);
    fputs("        </attvalues>\n", out);
    gexf_color(out, nd_level_color(node->level));
    fprintf(out, "        <viz:size value=\"%u\"/>\n      </node>\n", 10 + MIN(node->n_cited, 90));
}

static void gexf_edge(const struct nd_graph_view *view, guint i, guint weight, FILE *out)
{
    const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
    const char *relation = nd_relation_name(edge->relation);
    fprintf(out, "      <edge id=\"%u\" source=\"", i);
    nd_xml_text(out, nd_graph_view_node(view, edge->source)->key);
    fputs("\" target=\"", out);
    nd_xml_text(out, nd_graph_view_node(view, edge->target)->key);
    fprintf(out, "\" type=\"directed\" kind=\"%s\" label=\"%s\" weight=\"%u\">\n", relation, relation,
            weight);
    fputs("        <attvalues>\n", out);
    attvalue(out, 0, nd_strength_name(edge->strength));
    attvalue(out, 1, edge->proposed ? "true" : "false");
    fputs("        </attvalues>\n", out);
    gexf_color(out, nd_relation_color(edge->relation));
    fputs("      </edge>\n", out);
}

bool nd_graph_write_gexf(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)error;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n"
          "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\">\n"
          "    <attributes class=\"node\" mode=\"static\">\n",
          out);
    for (size_t i = 0; i < G_N_ELEMENTS(gexf_attributes); i++) {
        if (is_there(view, gexf_attributes[i].title))
            fprintf(out, "      <attribute id=\"%zu\" title=\"%s\" type=\"%s\"/>\n", i,
                    gexf_attributes[i].title, gexf_attributes[i].type);
    }
    fputs("    </attributes>\n    <attributes class=\"edge\" mode=\"static\">\n"
          "      <attribute id=\"0\" title=\"strength\" type=\"string\"/>\n"
          "      <attribute id=\"1\" title=\"proposed\" type=\"boolean\"/>\n    </attributes>\n    <nodes>\n",
          out);
    for (guint i = 0; i < view->nodes->len; i++)
        gexf_node(view, i, out);
    fputs("    </nodes>\n    <edges>\n", out);
    for (guint i = 0; i < view->edges->len; i++)
        gexf_edge(view, i, g_array_index(weights, guint, i), out);
    fputs("    </edges>\n  </graph>\n</gexf>\n", out);
    return true;
}
