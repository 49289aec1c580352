/* The graph as tables: CSV for spreadsheets and graph tools, JSON lines for programs. */
#include "query/graph_write.h"

#include "query/csv.h"

#include <jansson.h>

static void header(FILE *out, const char *columns)
{
    nd_csv_begin(out);
    fputs(columns, out);
    nd_csv_end_row(out);
}

bool nd_graph_write_csv(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    (void)error;
    header(
        out,
        "source_key,source_code,target_key,target_code,relation,strength,confidence,evidence,path,start,end,"
        "rule,reported_by,proposed,source_title,target_title");
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        const struct nd_export_node *source = nd_graph_view_node(view, edge->source);
        const struct nd_export_node *target = nd_graph_view_node(view, edge->target);
        nd_csv_cell(out, source->key, true);
        nd_csv_cell(out, source->code, false);
        nd_csv_cell(out, target->key, false);
        nd_csv_cell(out, target->code, false);
        nd_csv_cell(out, nd_relation_name(edge->relation), false);
        nd_csv_cell(out, nd_strength_name(edge->strength), false);
        nd_csv_number(out, edge->confidence);
        nd_csv_cell(out, edge->evidence, false);
        nd_csv_cell(out, edge->path, false);
        fprintf(out, ",%u,%u", edge->start, edge->end);
        nd_csv_cell(out, edge->rule, false);
        nd_csv_cell(out, edge->reported_by, false);
        nd_csv_cell(out, edge->proposed ? "1" : "0", false);
        nd_csv_cell(out, source->title, false);
        nd_csv_cell(out, target->title, false);
        nd_csv_end_row(out);
    }
    return true;
}

bool nd_graph_write_nodes(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    (void)error;
    char date[11];
    header(out, view->has_figures
                    ? "Id,Label,Type,Issuer,Level,Place,Date,Title,Present,Cited,PageRank,Component"
                    : "Id,Label,Type,Issuer,Level,Place,Date,Title,Present,Cited");
    for (guint i = 0; i < view->nodes->len; i++) {
        const struct nd_export_node *node = nd_graph_view_node(view, i);
        nd_csv_cell(out, node->key, true);
        nd_csv_cell(out, node->label, false);
        nd_csv_cell(out, node->type, false);
        nd_csv_cell(out, node->issuer, false);
        nd_csv_cell(out, nd_level_name(node->level), false);
        nd_csv_cell(out, node->place, false);
        nd_csv_cell(out, nd_date_format(node->date, date), false);
        nd_csv_cell(out, node->title, false);
        fprintf(out, ",%d,%u", node->present, node->n_cited);
        if (view->has_figures) {
            nd_csv_number(out, node->pagerank);
            fprintf(out, ",%u", node->component);
        }
        nd_csv_end_row(out);
    }
    return true;
}

bool nd_graph_write_edges(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)error;
    header(out, "Source,Target,Type,Label,Weight,Strength,Confidence,Proposed");
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        nd_csv_cell(out, nd_graph_view_node(view, edge->source)->key, true);
        nd_csv_cell(out, nd_graph_view_node(view, edge->target)->key, false);
        nd_csv_cell(out, "Directed", false);
        nd_csv_cell(out, nd_relation_name(edge->relation), false);
        fprintf(out, ",%u", g_array_index(weights, guint, i));
        nd_csv_cell(out, nd_strength_name(edge->strength), false);
        nd_csv_number(out, edge->confidence);
        nd_csv_cell(out, edge->proposed ? "1" : "0", false);
        nd_csv_end_row(out);
    }
    return true;
}

static void set_text(json_t *object, const char *name, const char *text)
{
    json_object_set_new(object, name, text ? json_string(text) : json_null());
}

static json_t *node_json(const struct nd_export_node *node)
{
    char date[11];
    json_t *object = json_object();
    set_text(object, "key", node->key);
    set_text(object, "code", node->code);
    set_text(object, "type", node->type);
    set_text(object, "issuer", node->issuer);
    set_text(object, "level", nd_level_name(node->level));
    set_text(object, "place", node->place);
    set_text(object, "date", node->date.year ? nd_date_format(node->date, date) : NULL);
    set_text(object, "title", node->title);
    json_object_set_new(object, "present", json_boolean(node->present));
    return object;
}

bool nd_graph_write_jsonl(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    (void)weights;
    (void)error;
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        json_t *object = json_object();
        json_object_set_new(object, "source", node_json(nd_graph_view_node(view, edge->source)));
        json_object_set_new(object, "target", node_json(nd_graph_view_node(view, edge->target)));
        set_text(object, "relation", nd_relation_name(edge->relation));
        set_text(object, "strength", nd_strength_name(edge->strength));
        json_object_set_new(object, "proposed", json_boolean(edge->proposed));
        json_object_set_new(object, "confidence", json_real(edge->confidence));
        set_text(object, "evidence", edge->evidence);
        set_text(object, "path", edge->path);
        json_object_set_new(object, "start", json_integer(edge->start));
        json_object_set_new(object, "end", json_integer(edge->end));
        set_text(object, "rule", edge->rule);
        set_text(object, "reported_by", edge->reported_by);
        json_dumpf(object, out, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(4));
        fputc('\n', out);
        json_decref(object);
    }
    return true;
}
