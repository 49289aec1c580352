/* What only a document above the reader's stamp says is nowhere to be had, by whatever way it is asked for.
 */

#include "base/error.h"
#include "corpus/store/sql.h"
#include "query/lookups.h"
#include "query/session.h"
#include "tests/unit/query/query_sample.h"

#include <sqlite3.h>
#include <string.h>

static const struct sample_file files[] = {
    {"open.txt",
     "TỈNH ỦY SƠN LA\n*\nSố 11-KH/TU\nSơn La, ngày 01 tháng 3 năm 2023\n\nKẾ HOẠCH\n"
     "thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII\n-----\n\n"
     "Kế hoạch này căn cứ Quyết định số 77-QĐ/TU của Ban Thường vụ Tỉnh ủy Sơn La và "
     "Thông báo số 66-TB/TU của Tỉnh ủy Sơn La.\n"
     "Các chi bộ tổ chức sinh hoạt chuyên đề mỗi quý một lần, theo dõi việc thực hiện.\n"},
    {"other.txt",
     "TỈNH ỦY LÀO CAI\n*\nSố 12-KH/TU\nLào Cai, ngày 05 tháng 01 năm 2023\n\nKẾ HOẠCH\n"
     "thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII\n-----\n\n"
     "Các chi bộ tổ chức sinh hoạt chuyên đề; BCĐN họp mỗi tháng.\n"},
    {"secret.txt", "TỈNH ỦY SƠN LA\n*\nSố 77-QĐ/TU\nSơn La, ngày 02 tháng 02 năm 2023\nMẬT\n\nQUYẾT ĐỊNH\n"
                   "về việc bố trí kim ô thước bạc\n-----\n\n"
                   "Căn cứ Nghị quyết số 88-NQ/TW, ngày 05/5/2021 của Bộ Chính trị về kho thóc ngầm;\n\n"
                   "Căn cứ Kế hoạch số 12-KH/TU, ngày 05/01/2023 của Tỉnh ủy Lào Cai;\n\n"
                   "Căn cứ Thông báo số 66-TB/TU, ngày 07/7/2021 của Tỉnh ủy Sơn La về khuơng nguýt;\n\n"
                   "Thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022, Ban Thường vụ Tỉnh ủy quyết "
                   "định như sau.\n\nBan Chỉ đạo ngầm (viết tắt là BCĐN) phụ trách zorgonvit ở Sơn La.\n"},
    {0},
};

static char *folder;
static struct nd_session *reader, *insider;

/* None of these words or codes may come out. */
static const char *const secrets[] = {"zorgon", "kim ô", "Kim Ô",      "thước",      "88-NQ/TW",   "thóc",
                                      "khuơng", "nguýt", "2023-02-02", "2021-07-07", "secret.txt", NULL};

static void assert_silent(const char *text, const char *way)
{
    for (const char *const *secret = secrets; text && *secret; secret++) {
        if (strstr(text, *secret))
            g_error("%s tells of \"%s\": %s", way, *secret, text);
    }
}

static void assert_card_silent(const struct nd_work_card *card, const char *way)
{
    char date[11];
    assert_silent(card->key, way);
    assert_silent(card->title, way);
    assert_silent(card->path, way);
    assert_silent(nd_date_format(card->date, date), way);
    for (size_t i = 0; i < card->n_aliases; i++)
        assert_silent(card->aliases[i].text, way);
}

static void assert_edges_silent(const GPtrArray *edges, const char *way)
{
    for (guint i = 0; i < edges->len; i++) {
        const struct nd_evidence *const edge = g_ptr_array_index(edges, i);
        char date[11];
        const char *const texts[] = {edge->source_key,
                                     edge->source_title,
                                     edge->target_key,
                                     edge->target_title,
                                     edge->evidence,
                                     edge->path,
                                     nd_date_format(edge->date, date)};
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++)
            assert_silent(texts[k], way);
    }
}

static struct nd_results *search(struct nd_session *session, const char *query, enum nd_sort sort)
{
    const struct nd_search_request request = {.query = query,
                                              .query_size = strlen(query),
                                              .limit = 20,
                                              .sort = sort,
                                              .n_passages = 3,
                                              .facets = ND_FACETS_ALL,
                                              .exact = true,
                                              .card = true,
                                              .explain = true};
    g_autoptr(GError) error = NULL;
    struct nd_results *const results = nd_search(session, &request, NULL, &error);
    if (!results)
        g_assert_error(error, ND_ERROR, ND_ERROR_NOT_FOUND);
    return results;
}

/* What the reader types is echoed in explanations: those are looked at where the query itself is no secret.
 */
static void test_no_query_finds_counts_or_explains_it(void)
{
    static const struct {
        const char *query;
        bool harmless;
    } rows[] = {
        {"sinh hoạt chuyên đề", true},
        {"zorgon*", false},
        {"zorgonvti", false},
        {"zorg*", false},
        {"kim o thuoc bac", false},
        {"\"kim ô thước bạc\"", false},
        {"BCĐN", true},
        {"khuong nguyt", false},
        {"*", true},
        {"-xyz", true},
        {"tỉnh:\"Sơn La\"", true},
        {"ngày:2023-02-02", false},
        {"số:77", true},
        {"77-QĐ/TU", true},
        {"88-NQ/TW", false},
        {"66-TB/TU", true},
        {"21-NQ/TW", true},
        {"cites:*", true},
        {"thay thế", true},
        {"loại:QĐ", true},
        {"path:in", true},
        {"title:thuoc", false},
        {"z*", true},
        {"kh*", true},
        {"implements:(zorgonvit)", false},
        {"basis_of:(zorgonvit)", false},
        {"basis_of:(loại:QĐ)", true},
        {"replaced_by:*", true},
        {"basis_of:77-QĐ/TU", true},
        {"bố trí kim ô thước bạc", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (int sort = 0; sort < ND_N_SORTS; sort++) {
            nd_auto(nd_results) results = search(reader, rows[i].query, (enum nd_sort)sort);
            if (!results)
                continue;
            g_autofree char *names = sample_names(results);
            assert_silent(names, rows[i].query);
            g_assert_cmpuint(results->n_matches, ==, results->n_hits);
            if (results->card)
                assert_card_silent(results->card, rows[i].query);
            for (size_t f = 0; f < results->n_facets; f++) {
                for (size_t v = 0; v < results->facets[f].n_values; v++) {
                    g_assert_cmpuint(results->facets[f].values[v].n, <=, results->n_hits);
                    g_assert_cmpstr(results->facets[f].values[v].value, !=, "QĐ");
                }
            }
            for (char **remark = results->remarks; *remark && rows[i].harmless; remark++)
                assert_silent(*remark, rows[i].query);
            if (rows[i].harmless)
                assert_silent(results->explanation, rows[i].query);
            assert_silent(results->corrected, rows[i].query);
        }
    }
}

/* A nested query sees no more than the reader. */
static void test_brackets_find_nothing_through_it(void)
{
    static const char *const queries[] = {"basis_of:(zorgonvit)", "implements:(zorgonvit)", "replaced_by:*",
                                          "basis_of:(số:77)"};
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        nd_auto(nd_results) results = search(reader, queries[i], ND_SORT_RELEVANCE);
        g_assert_cmpuint(results ? results->n_hits : 0, ==, 0);
    }
    nd_auto(nd_results) known = search(insider, "basis_of:(zorgonvit)", ND_SORT_RELEVANCE);
    g_assert_cmpuint(known->n_hits, >, 0);
}

static void test_wildcards_and_slips_know_no_words_of_it(void)
{
    static const struct {
        const char *typed, *word;
    } rows[] = {{"zorgo*", "zorgonvit"}, {"khuong", "khuơng"}, {"nguyt", "nguýt"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        nd_auto(nd_results) told = search(insider, rows[i].typed, ND_SORT_RELEVANCE);
        g_assert_nonnull(strstr(told->explanation, rows[i].word));
        nd_auto(nd_results) results = search(reader, rows[i].typed, ND_SORT_RELEVANCE);
        g_assert_null(strstr(results->explanation, rows[i].word));
        g_assert_null(results->corrected);
    }
}

/* A word that only it has is as unknown as one that nothing has. */
static void test_remarks_say_the_same_as_of_a_word_that_nothing_has(void)
{
    nd_auto(nd_results) hidden = search(reader, "zorgonvit", ND_SORT_RELEVANCE);
    nd_auto(nd_results) nowhere = search(reader, "zorgonvix", ND_SORT_RELEVANCE);
    g_assert_cmpuint(g_strv_length(hidden->remarks), ==, g_strv_length(nowhere->remarks));
    for (size_t i = 0; hidden->remarks[i]; i++) {
        g_autofree char *one = g_strdelimit(g_strdup(hidden->remarks[i]), "tx", '?');
        g_autofree char *other = g_strdelimit(g_strdup(nowhere->remarks[i]), "tx", '?');
        g_assert_cmpstr(one, ==, other);
    }
}

static void test_sorting_by_citations_counts_only_visible_ones(void)
{
    nd_auto(nd_results) results = search(reader, "sinh hoạt chuyên đề", ND_SORT_CITATIONS);
    g_assert_cmpuint(results->n_hits, ==, 2);
    g_assert_cmpfloat(results->hits[0].score, ==, results->hits[1].score);
    nd_auto(nd_results) all = search(insider, "sinh hoạt chuyên đề", ND_SORT_CITATIONS);
    g_assert_cmpfloat(all->hits[0].score, >, all->hits[1].score);
    g_assert_cmpstr(all->hits[0].number, ==, "12");
}

static void test_suggestions_complete_visible_words_codes_and_titles(void)
{
    static const struct {
        const char *prefix, *expected; /* NULL: nothing for the reader, something for the insider */
    } rows[] = {{"zorg", NULL},        {"khuơ", NULL},      {"thướ", NULL},
                {"về việc bố", NULL},  {"88-nq", NULL},     {"sinh ho", "sinh hoạt"},
                {"21-nq", "21-NQ/TW"}, {"chuyê", "chuyên"}, {"sinh hoat chuye", "sinh hoat chuyên"}};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) mine = nd_suggest(reader, rows[i].prefix, 10, NULL);
        g_auto(GStrv) all = nd_suggest(insider, rows[i].prefix, 10, NULL);
        g_assert_nonnull(mine);
        g_assert_cmpuint(g_strv_length(all), >, 0);
        if (rows[i].expected)
            g_assert_cmpstr(mine[0], ==, rows[i].expected);
        else
            g_assert_cmpuint(g_strv_length(mine), ==, 0);
    }
    g_auto(GStrv) nothing = nd_suggest(reader, "", 10, NULL);
    g_assert_cmpuint(g_strv_length(nothing), ==, 0);
    g_auto(GStrv) two = nd_suggest(insider, "ch", 2, NULL);
    g_assert_cmpuint(g_strv_length(two), <=, 2);
}

static void test_cards_tell_what_visible_documents_tell(void)
{
    static const char *const texts[] = {"21-NQ/TW", "77-QĐ/TU", "66-TB/TU", "12-KH/TU"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GPtrArray) works = nd_work_find(reader, texts[i], NULL);
        g_assert_cmpuint(works->len, >, 0);
        for (guint w = 0; w < works->len; w++) {
            const struct nd_work_card *const brief = g_ptr_array_index(works, w);
            nd_auto(nd_work_card) card = nd_work_view(reader, brief->key, NULL);
            assert_card_silent(card, texts[i]);
            g_autoptr(GPtrArray) edges = nd_work_edges(reader, card->key, ND_BOTH, 0, NULL);
            assert_edges_silent(edges, texts[i]);
        }
    }
    /* what it told is there for the insider, so that the test tests something */
    g_autofree char *decision = nd_work_resolve(insider, "77-QĐ/TU", NULL, NULL);
    nd_auto(nd_work_card) card = nd_work_view(insider, decision, NULL);
    g_assert_nonnull(strstr(card->title, "kim ô"));
    nd_auto(nd_work_card) same = nd_work_view(reader, decision, NULL);
    g_assert_null(same->title);
    g_assert_null(same->document);
    g_assert_cmpint(same->date.year, ==, 0);
    g_autoptr(GError) error = NULL;
    g_assert_null(nd_work_view(reader, "88-NQ/TW~XIII", &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_NOT_FOUND);
    g_autoptr(GPtrArray) alias = nd_work_find(reader, "về việc bố trí kim ô thước bạc", NULL);
    g_assert_cmpuint(alias->len, ==, 0);
    /* a number alone leads there for the insider only */
    static const char *const numbers[] = {"nghị quyết 88", "nghị quyết số 88"};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(GPtrArray) hidden = nd_work_find(reader, numbers[i], NULL);
        g_autoptr(GPtrArray) shown = nd_work_find(insider, numbers[i], NULL);
        g_assert_cmpuint(hidden->len, ==, 0);
        g_assert_cmpuint(shown->len, ==, 1);
    }
}

static void test_the_neighbourhood_ends_before_it(void)
{
    g_autofree char *key = nd_work_resolve(reader, "21-NQ/TW", NULL, NULL);
    nd_auto(nd_graph) graph = nd_graph_around(reader, key, 5, 100, NULL);
    nd_auto(nd_graph) whole = nd_graph_around(insider, key, 5, 100, NULL);
    g_assert_cmpuint(graph->n_nodes, <, whole->n_nodes);
    for (size_t i = 0; i < graph->n_nodes; i++) {
        char date[11];
        assert_silent(graph->nodes[i].key, "neighbourhood");
        assert_silent(graph->nodes[i].title, "neighbourhood");
        assert_silent(nd_date_format(graph->nodes[i].date, date), "neighbourhood");
    }
    assert_edges_silent(graph->edges, "neighbourhood");
}

static void test_neighbourhoods_grow_by_steps_and_say_when_they_are_cut(void)
{
    g_autofree char *key = nd_work_resolve(insider, "21-NQ/TW", NULL, NULL);
    nd_auto(nd_graph) centre = nd_graph_around(insider, key, 0, 100, NULL);
    g_assert_cmpuint(centre->n_nodes, ==, 1);
    g_assert_cmpstr(centre->nodes[0].key, ==, key);
    nd_auto(nd_graph) near = nd_graph_around(insider, key, 1, 100, NULL);
    nd_auto(nd_graph) far = nd_graph_around(insider, key, 2, 100, NULL);
    g_assert_true(near->complete && far->complete);
    g_assert_cmpuint(near->n_nodes, <, far->n_nodes);
    for (size_t i = 1; i < far->n_nodes; i++)
        g_assert_cmpuint(far->nodes[i].distance, >=, far->nodes[i - 1].distance);
    nd_auto(nd_graph) cut = nd_graph_around(insider, key, 2, 2, NULL);
    g_assert_cmpuint(cut->n_nodes, ==, 2);
    g_assert_false(cut->complete);
    g_autoptr(GError) error = NULL;
    g_assert_null(nd_graph_around(insider, "99-NQ/TW~I", 1, 10, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_NOT_FOUND);
}

static void test_documents_link_only_to_what_is_visible(void)
{
    nd_auto(nd_results) open = search(reader, "số:11", ND_SORT_RELEVANCE);
    nd_auto(nd_document_view) view = nd_document_view(reader, open->hits[0].key, NULL, NULL);
    g_assert_cmpuint(view->n_links, >, 0);
    for (size_t i = 0; i < view->n_links; i++) {
        assert_silent(view->links[i].title, "link");
        assert_silent(view->links[i].work, "link");
        g_assert_null(view->links[i].document);
        for (char **candidate = view->links[i].candidates; candidate && *candidate; candidate++)
            assert_silent(*candidate, "candidate");
    }
    nd_auto(nd_results) stamped = search(insider, "số:77", ND_SORT_RELEVANCE);
    g_autoptr(GError) error = NULL;
    g_assert_null(nd_document_view(reader, stamped->hits[0].key, NULL, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_NOT_FOUND);
}

static void test_collection_look_ups_count_without_it(void)
{
    g_autoptr(GPtrArray) missing = nd_lookup_missing(reader, 100, NULL);
    bool counted_as_missing = false;
    for (guint i = 0; i < missing->len; i++) {
        const struct nd_absent_work *const work = g_ptr_array_index(missing, i);
        assert_card_silent(work->card, "missing");
        counted_as_missing |= g_str_has_prefix(work->card->key, "77-QĐ/TU");
    }
    g_assert_true(counted_as_missing);
    g_autoptr(GPtrArray) stats = nd_lookup_stats(reader, NULL);
    for (guint i = 0; i < stats->len; i++) {
        const struct nd_count_group *const group = g_ptr_array_index(stats, i);
        for (size_t c = 0; c < group->n_counts; c++) {
            g_assert_cmpstr(group->counts[c].name, !=, "QĐ");
            g_assert_cmpstr(group->counts[c].name, !=, "resolved");
        }
    }
    g_autofree char *key = nd_work_resolve(reader, "21-NQ/TW", NULL, NULL);
    g_autoptr(GPtrArray) path = nd_lookup_path(reader, key, "12-KH/TU~2023@LAO-CAI", NULL);
    assert_edges_silent(path, "path");
}

static void test_pasted_text_is_resolved_without_it(void)
{
    const struct nd_str text = nd_str_from_c("theo 77-QĐ/TU, 88-NQ/TW và 66-TB/TU của Tỉnh ủy Sơn La");
    g_autoptr(GPtrArray) citations = nd_resolve_text(reader, text, NULL);
    g_assert_cmpuint(citations->len, ==, 3);
    for (guint i = 0; i < citations->len; i++) {
        const struct nd_text_citation *const citation = g_ptr_array_index(citations, i);
        g_assert_cmpint(citation->state, !=, ND_LINK_HERE);
        for (guint w = 0; w < citation->works->len; w++)
            assert_card_silent(g_ptr_array_index(citation->works, w), "resolve");
    }
}

static void test_why_does_not_know_its_file(void)
{
    g_autofree char *there = g_build_filename(folder, "in", "secret.txt", NULL);
    g_autofree char *nowhere = g_build_filename(folder, "in", "secrex.txt", NULL);
    g_autoptr(GError) hidden = NULL, missing = NULL;
    g_assert_null(nd_why_find(reader, there, "đảng", NULL, &hidden));
    g_assert_null(nd_why_find(reader, nowhere, "đảng", NULL, &missing));
    g_autofree char *same = g_strdelimit(g_strdup(hidden->message), "tx", '?');
    g_autofree char *other = g_strdelimit(g_strdup(missing->message), "tx", '?');
    g_assert_cmpstr(same, ==, other);
}

/* After all of the above: SQLite prepares a statement anew, at twenty times the cost of running it, when a
 * parameter is bound that it compared with the condition of an index. */
static void test_no_statement_is_prepared_twice(void)
{
    unsigned n = 0;
    sqlite3 *const db = nd_catalog_sqlite(reader->catalog);
    for (sqlite3_stmt *s = sqlite3_next_stmt(db, NULL); s; s = sqlite3_next_stmt(db, s), n++) {
        if (sqlite3_stmt_status(s, SQLITE_STMTSTATUS_REPREPARE, 0) > 0)
            g_error("prepared anew: %s", sqlite3_sql(s));
    }
    g_assert_cmpuint(n, >, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = sample_folder();
    sample_index(folder, files);
    reader = sample_open(folder, ND_SECRECY_NONE);
    insider = sample_open(folder, ND_SECRECY_MOST_SECRET);
    g_test_add_func("/visibility/no-query-finds-counts-or-explains-it",
                    test_no_query_finds_counts_or_explains_it);
    g_test_add_func("/visibility/brackets-find-nothing-through-it", test_brackets_find_nothing_through_it);
    g_test_add_func("/visibility/wildcards-and-slips-know-no-words-of-it",
                    test_wildcards_and_slips_know_no_words_of_it);
    g_test_add_func("/visibility/remarks-say-the-same-as-of-a-word-that-nothing-has",
                    test_remarks_say_the_same_as_of_a_word_that_nothing_has);
    g_test_add_func("/visibility/sorting-by-citations-counts-only-visible-ones",
                    test_sorting_by_citations_counts_only_visible_ones);
    g_test_add_func("/visibility/suggestions-complete-visible-words-codes-and-titles",
                    test_suggestions_complete_visible_words_codes_and_titles);
    g_test_add_func("/visibility/cards-tell-what-visible-documents-tell",
                    test_cards_tell_what_visible_documents_tell);
    g_test_add_func("/visibility/the-neighbourhood-ends-before-it", test_the_neighbourhood_ends_before_it);
    g_test_add_func("/visibility/neighbourhoods-grow-by-steps-and-say-when-they-are-cut",
                    test_neighbourhoods_grow_by_steps_and_say_when_they_are_cut);
    g_test_add_func("/visibility/documents-link-only-to-what-is-visible",
                    test_documents_link_only_to_what_is_visible);
    g_test_add_func("/visibility/collection-look-ups-count-without-it",
                    test_collection_look_ups_count_without_it);
    g_test_add_func("/visibility/pasted-text-is-resolved-without-it",
                    test_pasted_text_is_resolved_without_it);
    g_test_add_func("/visibility/why-does-not-know-its-file", test_why_does_not_know_its_file);
    g_test_add_func("/visibility/no-statement-is-prepared-twice", test_no_statement_is_prepared_twice);
    const int status = g_test_run();
    nd_session_close(reader);
    nd_session_close(insider);
    sample_remove(folder);
    g_free(folder);
    return status;
}
