/* Counts of matches by their fields and relations. */

#include "tests/unit/query/query_sample.h"

#include <string.h>

static char *folder;

#define HEAD(number, year)                                                                                   \
    "TỈNH ỦY LAI CHÂU\nSố " number "\nLai Châu, ngày 02 tháng 5 năm " year "\n\nKẾ HOẠCH\nvề công việc\n\n"

static const struct sample_file before[] = {
    {"one.txt",
     HEAD("11-KH/TU", "2023") "Thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Trung ương, tỉnh "
                              "ủy yêu cầu giữ nếp sinh hoạt chuyên đề.\n"},
    /* the words side by side, but never in a row */
    {"two.txt", HEAD("12-KH/TU", "2024") "Chi bộ có sinh hoạt chuyên nghiệp, hoạt chuyên đề riêng.\n"},
    {"three.txt", HEAD("13-KH/TU", "2024") "Báo cáo buổi sinh hoạt chuyên đề thứ hai.\n"},
    {0}};

static const struct sample_file later[] = {
    {"four.txt",
     HEAD("14-KH/TU", "2024") "Căn cứ Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Trung ương về sinh "
                              "hoạt chuyên đề, tỉnh ủy lập kế hoạch.\n"},
    {0}};

/* "year 2024 2, 2023 1": a facet of what the query finds, a '~' before values that are not exact. */
static char *counted(struct nd_session *session, const char *query, const char *facet, bool exact)
{
    const struct nd_search_request request = {
        .query = query, .query_size = strlen(query), .limit = 1, .facets = ND_FACETS_ALL, .exact = exact};
    g_autoptr(GError) error = NULL;
    nd_auto(nd_results) results = nd_search(session, &request, NULL, &error);
    g_assert_no_error(error);
    GString *const out = g_string_new(NULL);
    for (size_t i = 0; i < results->n_facets; i++) {
        const struct nd_facet *const one = &results->facets[i];
        if (!g_str_equal(one->name, facet))
            continue;
        g_string_append(out, one->exact ? "" : "~");
        for (size_t k = 0; k < one->n_values; k++)
            g_string_append_printf(out, "%s%s %u", k > 0 ? ", " : "", one->values[k].value, one->values[k].n);
    }
    return g_string_free(out, FALSE);
}

static void test_facets_count_matches_and_nothing_else(void)
{
    nd_auto(nd_session) session = sample_open(folder, ND_SECRECY_NONE);
    static const struct {
        const char *query, *facet, *expected;
    } cases[] = {
        {"chuyên", "year", "2024 2, 2023 1"},
        {"\"sinh hoạt chuyên đề\"", "year", "2024 1, 2023 1"}, /* not the document that only has its pairs */
        {"\"sinh hoạt\" NEAR/1 đề", "year", ""},
        {"\"sinh hoạt chuyên đề\" OR nghiệp", "year", "2024 2, 2023 1"},
        {"sinh -nghiệp", "year", "2024 1, 2023 1"},
        {"năm:2024", "place", "LAI-CHAU 2"},
        {"xyzzy", "year", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases) * 4; i++) { /* twice: what was read once stays */
        g_autofree char *got = counted(session, cases[i / 4].query, cases[i / 4].facet, i % 2 == 1);
        g_assert_cmpstr(got, ==, cases[i / 4].expected);
    }
}

static void test_the_facet_of_relations_only_where_it_is_asked_for(void)
{
    nd_auto(nd_session) session = sample_open(folder, ND_SECRECY_NONE);
    static const struct {
        enum nd_facets facets;
        size_t n;
    } cases[] = {{ND_FACETS_NONE, 0}, {ND_FACETS_FIELDS, 5}, {ND_FACETS_ALL, 6}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct nd_search_request request = {
            .query = "đề", .query_size = strlen("đề"), .limit = 1, .facets = cases[i].facets};
        g_autoptr(GError) error = NULL;
        nd_auto(nd_results) results = nd_search(session, &request, NULL, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(results->n_facets, ==, cases[i].n);
    }
}

static void test_what_was_read_of_an_older_index_is_forgotten(void)
{
    nd_auto(nd_session) session = sample_open(folder, ND_SECRECY_NONE);
    g_autofree char *years = counted(session, "đề", "year", false);
    g_autofree char *relations = counted(session, "đề", "relation", false);
    g_assert_cmpstr(years, ==, "2024 2, 2023 1");
    g_assert_nonnull(strstr(relations, "implements 1"));
    sample_index(folder, later);
    g_autofree char *new_years = counted(session, "đề", "year", false);
    g_autofree char *new_relations = counted(session, "đề", "relation", false);
    g_assert_cmpstr(new_years, ==, "2024 3, 2023 1");
    g_assert_nonnull(strstr(new_relations, "based_on 1"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = sample_folder();
    sample_index(folder, before);
    g_test_add_func("/facets/facets-count-matches-and-nothing-else",
                    test_facets_count_matches_and_nothing_else);
    g_test_add_func("/facets/the-facet-of-relations-only-where-it-is-asked-for",
                    test_the_facet_of_relations_only_where_it_is_asked_for);
    g_test_add_func("/facets/what-was-read-of-an-older-index-is-forgotten",
                    test_what_was_read_of_an_older_index_is_forgotten);
    const int status = g_test_run();
    sample_remove(folder);
    g_free(folder);
    return status;
}
