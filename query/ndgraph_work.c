/* Commands of ndgraph about one or two works. */

#include "query/ndgraph.h"

#include "base/i18n.h"
#include "analyzers/data/data.h"
#include "graph/work.h"
#include "query/lookups.h"
#include "query/names.h"
#include "query/output.h"

#include <string.h>

/* One relation as a line: who, what, whom; then the sentence that says so. */
static void print_edge(const struct nd_layout *layout, const struct nd_evidence *edge, bool dated)
{
    char date[11];
    g_autofree char *head = dated ? g_strdup_printf("%-12s", nd_date_format(edge->date, date)) : g_strdup("");
    nd_output_edge_text(layout, head, ND_END_BOTH, edge);
    nd_output_evidence_text(layout, 4, edge);
}

static void print_edges_json(struct nd_json *json, const char *name, const GPtrArray *edges)
{
    nd_json_begin_array(json, name);
    for (guint i = 0; i < edges->len; i++)
        nd_output_edge_json(json, NULL, g_ptr_array_index(edges, i));
    nd_json_end_array(json);
}

static gint by_date(gconstpointer a, gconstpointer b)
{
    const struct nd_evidence *const left = *(struct nd_evidence *const *)a;
    const struct nd_evidence *const right = *(struct nd_evidence *const *)b;
    return nd_date_compare(left->date, right->date);
}

/* The card of a work and its relations; by date, where it is a timeline. */
static int show(struct nd_graph_run *run, const char *text, bool timeline, GError **error)
{
    g_autofree char *key = nd_graph_argument(run, text, error);
    nd_auto(nd_work_card) card = key ? nd_work_view(run->session, key, error) : NULL;
    g_autoptr(GPtrArray) edges =
        card ? nd_work_edges(run->session, key, timeline ? ND_IN : ND_BOTH, 0, error) : NULL;
    if (!edges)
        return ND_EXIT_INTERNAL;
    if (timeline)
        g_ptr_array_sort(edges, by_date);
    if (nd_graph_format_is(run, "json")) {
        struct nd_json json = {.out = run->layout.out};
        nd_json_begin_object(&json, NULL);
        nd_json_string(&json, "schema", timeline ? "ndgraph-timeline/1" : "ndgraph-show/1");
        nd_output_card_json(&json, "work", card);
        print_edges_json(&json, "edges", edges);
        nd_json_end_object(&json);
        nd_json_end_line(&json);
        return ND_EXIT_SUCCESS;
    }
    nd_output_card_text(&run->layout, card);
    for (guint i = 0; i < edges->len; i++)
        print_edge(&run->layout, g_ptr_array_index(edges, i), timeline);
    return edges->len > 0 || !timeline ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

int nd_graph_show(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    return show(run, argv[1], false, error);
}

int nd_graph_timeline(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    return show(run, argv[1], true, error);
}

/* The distinct targets of edges: key -> the first edge to it. */
static GHashTable *targets_of(const GPtrArray *edges)
{
    GHashTable *const targets = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < edges->len; i++) {
        struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        if (edge->target_key && !g_hash_table_contains(targets, edge->target_key))
            g_hash_table_insert(targets, edge->target_key, edge);
    }
    return targets;
}

/* Targets of `edges` that are, or are not, among `other`. */
static void print_side(struct nd_graph_run *run, struct nd_json *json, const char *name, const char *heading,
                       const GPtrArray *edges, GHashTable *other, bool common)
{
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
    if (json)
        nd_json_begin_array(json, name);
    else
        fprintf(run->layout.out, "%s\n", heading);
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        if (!edge->target_key || g_hash_table_contains(other, edge->target_key) != common ||
            !g_hash_table_add(done, edge->target_key))
            continue;
        if (json) {
            nd_output_edge_json(json, NULL, edge);
            continue;
        }
        g_autofree char *label =
            nd_work_label(edge->target_code, edge->target_type, edge->target_title, edge->target_key);
        const char *const word = edge->target_key ? nd_work_type_word(edge->target_key) : NULL;
        g_autofree char *title =
            nd_title_with_type(word ? word : nd_type_only_word(edge->target_type), edge->target_title);
        const bool titled = edge->target_code && edge->target_title;
        g_autofree char *tail = g_strdup_printf("(%s)%s%s", nd_relation_label(edge->relation, false),
                                                titled ? " " : "", titled ? title : "");
        nd_layout_hanging(&run->layout, "    ", ND_STYLE_TITLE, label, tail);
    }
    if (json)
        nd_json_end_array(json);
}

int nd_graph_compare(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    g_autofree char *a = nd_graph_argument(run, argv[1], error);
    g_autofree char *b = a ? nd_graph_argument(run, argv[2], error) : NULL;
    g_autoptr(GPtrArray) edges_a = b ? nd_work_edges(run->session, a, ND_OUT, 0, error) : NULL;
    g_autoptr(GPtrArray) edges_b = edges_a ? nd_work_edges(run->session, b, ND_OUT, 0, error) : NULL;
    if (!edges_b)
        return ND_EXIT_INTERNAL;
    g_autoptr(GHashTable) targets_a = targets_of(edges_a), targets_b = targets_of(edges_b);
    struct nd_json writer = {.out = run->layout.out};
    struct nd_json *const json = nd_graph_format_is(run, "json") ? &writer : NULL;
    if (json) {
        nd_json_begin_object(json, NULL);
        nd_json_string(json, "schema", "ndgraph-compare/1");
        nd_json_string(json, "first", a);
        nd_json_string(json, "second", b);
    }
    g_autofree char *only_a = g_strdup_printf(_("Only %s rests on:"), a);
    g_autofree char *only_b = g_strdup_printf(_("Only %s rests on:"), b);
    print_side(run, json, "both", _("Both rest on:"), edges_a, targets_b, true);
    print_side(run, json, "only_first", only_a, edges_a, targets_b, false);
    print_side(run, json, "only_second", only_b, edges_b, targets_a, false);
    if (json) {
        nd_json_end_object(json);
        nd_json_end_line(json);
    }
    return ND_EXIT_SUCCESS;
}

int nd_graph_path(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    g_autofree char *a = nd_graph_argument(run, argv[1], error);
    g_autofree char *b = a ? nd_graph_argument(run, argv[2], error) : NULL;
    g_autoptr(GPtrArray) edges = b ? nd_lookup_path(run->session, a, b, error) : NULL;
    if (!edges)
        return ND_EXIT_INTERNAL;
    if (nd_graph_format_is(run, "json")) {
        struct nd_json json = {.out = run->layout.out};
        nd_json_begin_object(&json, NULL);
        nd_json_string(&json, "schema", "ndgraph-path/1");
        nd_json_string(&json, "from", a);
        nd_json_string(&json, "to", b);
        print_edges_json(&json, "edges", edges);
        nd_json_end_object(&json);
        nd_json_end_line(&json);
    } else {
        for (guint i = 0; i < edges->len; i++)
            print_edge(&run->layout, g_ptr_array_index(edges, i), false);
    }
    if (edges->len > 0 || strcmp(a, b) == 0)
        return ND_EXIT_SUCCESS;
    g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, _("%s and %s are not connected within %d steps"), a, b,
                ND_PATH_STEPS);
    return ND_EXIT_NO_MATCH;
}
