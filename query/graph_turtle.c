/* The graph as linked data: ELI terms where the ontology has one, PROV for the evidence.
 * Source: ELI ontology 1.5 (data.europa.eu/eli/ontology), PROV-O (W3C, 2013). */
#include "query/graph_write.h"

#include <string.h>

/* Our own terms, for what ELI has none. */
static const char *const properties[ND_N_RELATIONS] = {
    [ND_RELATION_CITES] = "eli:cites",       [ND_RELATION_IMPLEMENTS] = "eli:ensures_implementation_of",
    [ND_RELATION_BASED_ON] = "eli:based_on", [ND_RELATION_GUIDES] = "nd:guides",
    [ND_RELATION_AMENDS] = "eli:amends",     [ND_RELATION_CORRECTS] = "eli:corrects",
    [ND_RELATION_REPLACES] = "eli:repeals",  [ND_RELATION_REPEALS] = "eli:repeals",
    [ND_RELATION_REVIEWS] = "nd:reviews",
};

/* <urn:nd:work:...> with everything but letters, digits and a few marks escaped. */
static void work_uri(FILE *out, const char *key)
{
    g_autofree char *escaped = g_uri_escape_string(key, "/~@:", FALSE);
    fprintf(out, "<urn:nd:work:%s>", escaped);
}

static void literal(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            fputc('\\', out);
        fputc((unsigned char)*p < ' ' ? ' ' : *p, out);
    }
    fputc('"', out);
}

static void property(FILE *out, const char *name, const char *text, const char *suffix)
{
    if (!text || !*text)
        return;
    fprintf(out, " ;\n    %s ", name);
    literal(out, text);
    fputs(suffix, out);
}

static void write_node(const struct nd_export_node *node, FILE *out)
{
    char date[11];
    work_uri(out, node->key);
    fputs(" a eli:LegalResource", out);
    property(out, "eli:id_local", node->code, "");
    property(out, "eli:title", node->title, "@vi");
    property(out, "nd:type", node->type, "");
    property(out, "nd:issuer", node->issuer, "");
    property(out, "nd:place", node->place, "@vi");
    if (node->date.day)
        property(out, "eli:date_document", nd_date_format(node->date, date), "^^xsd:date");
    fputs(" .\n", out);
}

static void write_edge(const struct nd_graph_view *view, guint i, FILE *out)
{
    const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
    const char *source = nd_graph_view_node(view, edge->source)->key;
    const char *target = nd_graph_view_node(view, edge->target)->key;
    char confidence[G_ASCII_DTOSTR_BUF_SIZE];
    if (!edge->proposed) { /* a task for the future is told, but is not yet so */
        work_uri(out, source);
        fprintf(out, " %s ", properties[edge->relation]);
        work_uri(out, target);
        fputs(" .\n", out);
    }
    fprintf(out, "<urn:nd:statement:%u> a rdf:Statement, prov:Entity ;\n    rdf:subject ", i);
    work_uri(out, source);
    fprintf(out, " ;\n    rdf:predicate %s ;\n    rdf:object ", properties[edge->relation]);
    work_uri(out, target);
    fputs(" ;\n    prov:wasQuotedFrom ", out);
    work_uri(out, edge->reported_by ? edge->reported_by : source);
    property(out, "prov:value", edge->evidence, "");
    property(out, "nd:path", edge->path, "");
    fprintf(out,
            " ;\n    nd:start %u ;\n    nd:end %u ;\n    nd:strength \"%s\" ;\n    nd:proposed %s ;\n"
            "    nd:confidence %s",
            edge->start, edge->end, nd_strength_name(edge->strength), edge->proposed ? "true" : "false",
            g_ascii_formatd(confidence, sizeof confidence, "%.4f", edge->confidence));
    property(out, "nd:rule", edge->rule, "");
    fputs(" .\n", out);
}

bool nd_graph_write_turtle(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    (void)error;
    fputs("@prefix eli: <http://data.europa.eu/eli/ontology#> .\n"
          "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
          "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
          "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
          "@prefix nd: <urn:nd:term:> .\n\n",
          out);
    for (guint i = 0; i < view->nodes->len; i++)
        write_node(nd_graph_view_node(view, i), out);
    for (guint i = 0; i < view->edges->len; i++)
        write_edge(view, i, out);
    return true;
}
