#include "query/graph_figures.h"
#include "query/graph_write.h"
#include "query/sentence.h"

#include <igraph/igraph.h>

/* Two works built on a third, and a pair apart; with marks that every format has to escape. */
static struct nd_graph_view *small_view(void)
{
    static const char *const keys[] = {"01-KH/TU~2020@A", "02-KH/TU~2021@B", "21-NQ/TW~XIII", "x<&\">\t\x01",
                                       "y"};
    static const guint ends[][2] = {{0, 2}, {1, 2}, {3, 4}, {3, 4}};
    struct nd_graph_view *view = g_new0(struct nd_graph_view, 1);
    view->strings = g_string_chunk_new(64);
    view->nodes = g_array_new(FALSE, FALSE, sizeof(struct nd_export_node));
    view->edges = g_array_new(FALSE, FALSE, sizeof(struct nd_export_edge));
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        struct nd_export_node node = {.key = keys[i], .label = keys[i], .date = {2020, 5, 0}};
        g_array_append_val(view->nodes, node);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct nd_export_edge edge = {.source = ends[i][0],
                                      .target = ends[i][1],
                                      .relation = ND_RELATION_IMPLEMENTS,
                                      .strength = i == 3 ? ND_STRENGTH_TITLE : ND_STRENGTH_BODY,
                                      .confidence = 0.5,
                                      .path = "p",
                                      .rule = "r"};
        g_array_append_val(view->edges, edge);
    }
    return view;
}

static void merging_keeps_the_best_evidence_and_counts(void)
{
    nd_auto(nd_graph_view) view = small_view();
    g_autoptr(GArray) weights = NULL;
    nd_graph_view_merge(view, &weights);
    g_assert_cmpuint(view->edges->len, ==, 3);
    g_assert_cmpuint(g_array_index(weights, guint, 2), ==, 2);
    g_assert_cmpint(nd_graph_view_edge(view, 2)->strength, ==, ND_STRENGTH_TITLE);
}

static void figures_rank_what_is_built_upon_and_number_components_by_size(void)
{
    nd_auto(nd_graph_view) view = small_view();
    g_assert_true(nd_graph_figures_compute(view, NULL));
    double sum = 0;
    for (guint i = 0; i < view->nodes->len; i++)
        sum += nd_graph_view_node(view, i)->pagerank;
    g_assert_cmpfloat_with_epsilon(sum, 1, 1e-9);
    g_assert_cmpfloat(nd_graph_view_node(view, 2)->pagerank, >, nd_graph_view_node(view, 0)->pagerank);
    g_assert_cmpuint(nd_graph_view_node(view, 0)->component, ==, 1);
    g_assert_cmpuint(nd_graph_view_node(view, 2)->component, ==, 1);
    g_assert_cmpuint(nd_graph_view_node(view, 4)->component, ==, 2);
}

static void igraph_reads_the_graphml(void)
{
    nd_auto(nd_graph_view) view = small_view();
    g_autoptr(GArray) weights = NULL;
    nd_graph_view_merge(view, &weights);
    FILE *file = tmpfile();
    g_assert_nonnull(file);
    g_assert_true(nd_graph_write_graphml(view, weights, file, NULL));
    rewind(file);
    igraph_t graph;
    igraph_set_attribute_table(&igraph_cattribute_table);
    g_assert_cmpint(igraph_read_graph_graphml(&graph, file, 0), ==, IGRAPH_SUCCESS);
    fclose(file);
    g_assert_cmpint(igraph_vcount(&graph), ==, 5);
    g_assert_cmpint(igraph_ecount(&graph), ==, 3);
    g_assert_cmpstr(VAS(&graph, "label", 2), ==, "21-NQ/TW~XIII");
    g_assert_cmpstr(VAS(&graph, "label", 3), ==, "x<&\">  ");
    g_assert_cmpstr(EAS(&graph, "interaction", 0), ==, "implements");
    g_assert_cmpfloat(EAN(&graph, "weight", 2), ==, 2);
    igraph_destroy(&graph);
}

static void trimming_keeps_what_is_nearest_and_most_cited(void)
{
    nd_auto(nd_graph_view) view = small_view();
    static const unsigned distances[] = {2, 1, 0, 1, 2}, cited[] = {0, 1, 5, 9, 0};
    for (guint i = 0; i < view->nodes->len; i++) {
        struct nd_export_node *node = &g_array_index(view->nodes, struct nd_export_node, i);
        node->distance = distances[i];
        node->n_cited = cited[i];
    }
    nd_graph_view_trim(view, 3);
    g_assert_cmpuint(view->nodes->len, ==, 3);
    g_assert_cmpstr(nd_graph_view_node(view, 0)->key, ==, "02-KH/TU~2021@B");
    g_assert_cmpstr(nd_graph_view_node(view, 1)->key, ==, "21-NQ/TW~XIII");
    g_assert_cmpuint(view->edges->len, ==, 1);
    g_assert_cmpuint(nd_graph_view_edge(view, 0)->source, ==, 0);
    g_assert_cmpuint(nd_graph_view_edge(view, 0)->target, ==, 1);
    g_assert_cmpuint(nd_graph_view_node(view, 1)->n_cited, ==, 1);
}

static void without_figures_their_columns_are_left_out(void)
{
    static const char *const formats[] = {"nodes", "graphml", "gexf"};
    for (int figures = 0; figures < 2; figures++) {
        nd_auto(nd_graph_view) view = small_view();
        g_autoptr(GArray) weights = NULL;
        nd_graph_view_merge(view, &weights);
        g_assert_true(!figures || nd_graph_figures_compute(view, NULL));
        nd_graph_writer *const writers[] = {nd_graph_write_nodes, nd_graph_write_graphml,
                                            nd_graph_write_gexf};
        for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
            char *text = NULL;
            size_t size;
            FILE *file = open_memstream(&text, &size);
            g_assert_true(writers[i](view, weights, file, NULL));
            fclose(file);
            g_autofree char *lower = g_ascii_strdown(text, -1);
            g_test_message("%s, figures: %d", formats[i], figures);
            g_assert_cmpint(strstr(lower, "pagerank") != NULL, ==, figures);
            g_assert_cmpint(strstr(lower, "component") != NULL, ==, figures);
            free(text);
        }
    }
}

static void every_format_has_a_name_and_a_media_type(void)
{
    g_assert_null(nd_graph_format_by_name("xls"));
    for (size_t i = 0; nd_graph_format_at(i); i++) {
        const struct nd_graph_format *format = nd_graph_format_at(i);
        g_assert_true(nd_graph_format_by_name(nd_graph_format_name(format)) == format);
        g_assert_nonnull(strchr(nd_graph_format_media_type(format), '/'));
    }
}

static void a_sentence_is_one_line_without_bullets_around_the_citation(void)
{
    static const struct {
        const char *text, *citation, *sentence;
    } cases[] = {
        {"Câu đầu. - Căn cứ\n Nghị quyết số 1; và sau.", "Nghị quyết số 1", "Căn cứ Nghị quyết số 1"},
        {"=SUM(A1) theo Luật X", "Luật X", "SUM(A1) theo Luật X"},
        {"• Điều lệ", "Điều lệ", "Điều lệ"},
        {"Luật X", "Luật X", "Luật X"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *at = strstr(cases[i].text, cases[i].citation);
        uint32_t start = (uint32_t)(at - cases[i].text);
        g_autofree char *got = nd_sentence_around(nd_str_from_c(cases[i].text), start,
                                                  start + (uint32_t)strlen(cases[i].citation));
        g_assert_cmpstr(got, ==, cases[i].sentence);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define CASE(name) g_test_add_func("/graph_export/" #name, name)
    CASE(merging_keeps_the_best_evidence_and_counts);
    CASE(figures_rank_what_is_built_upon_and_number_components_by_size);
    CASE(igraph_reads_the_graphml);
    CASE(trimming_keeps_what_is_nearest_and_most_cited);
    CASE(without_figures_their_columns_are_left_out);
    CASE(every_format_has_a_name_and_a_media_type);
    CASE(a_sentence_is_one_line_without_bullets_around_the_citation);
    return g_test_run();
}
