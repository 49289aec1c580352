/* The graph as tables: CSV for spreadsheets and graph tools, JSON lines for programs. */
#include "query/graph_write.h"

#include "base/json.h"
#include "query/csv.h"

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

static void put_node(struct nd_json *json, const char *name, const struct nd_export_node *node)
{
    nd_json_begin_object(json, name);
    nd_json_string(json, "key", node->key);
    nd_json_string(json, "code", node->code);
    nd_json_string(json, "type", node->type);
    nd_json_string(json, "issuer", node->issuer);
    nd_json_string(json, "level", nd_level_name(node->level));
    nd_json_string(json, "place", node->place);
    nd_json_date(json, "date", node->date);
    nd_json_string(json, "title", node->title);
    nd_json_bool(json, "present", node->present);
    nd_json_end_object(json);
}

bool nd_graph_write_jsonl(const struct nd_graph_view *view, const GArray *weights, FILE *out, GError **error)
{
    struct nd_json writer = {.out = out}, *const json = &writer;
    (void)weights;
    (void)error;
    for (guint i = 0; i < view->edges->len; i++) {
        const struct nd_export_edge *edge = nd_graph_view_edge(view, i);
        nd_json_begin_object(json, NULL);
        put_node(json, "source", nd_graph_view_node(view, edge->source));
        put_node(json, "target", nd_graph_view_node(view, edge->target));
        nd_json_string(json, "relation", nd_relation_name(edge->relation));
        nd_json_string(json, "strength", nd_strength_name(edge->strength));
        nd_json_bool(json, "proposed", edge->proposed);
        nd_json_number(json, "confidence", edge->confidence);
        nd_json_string(json, "evidence", edge->evidence);
        nd_json_string(json, "path", edge->path);
        nd_json_integer(json, "start", edge->start);
        nd_json_integer(json, "end", edge->end);
        nd_json_string(json, "rule", edge->rule);
        nd_json_string(json, "reported_by", edge->reported_by);
        nd_json_end_object(json);
        nd_json_end_line(json);
    }
    return true;
}
