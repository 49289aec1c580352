#include "tests/unit/xapian_c/test_xapian_c.h"

static struct xc_database *sample;

/* "2 1 4": the ids found, in order. */
static char *found_ids(struct xc_request *request)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_results) results = xc_search(sample, request, &error);
    g_assert_no_error(error);
    GString *ids = g_string_new(NULL);
    for (size_t i = 0; i < results->n_hits; i++)
        g_string_append_printf(ids, i ? " %u" : "%u", results->hits[i].id);
    return g_string_free(ids, false);
}

static void assert_finds_and_consumes(struct xc_query *query, const char *expected)
{
    xc_auto(xc_query) owned = query;
    g_assert_nonnull(owned);
    g_autofree char *ids =
        found_ids(&(struct xc_request){.query = owned, .limit = 10, .weight = {.scheme = XC_WEIGHT_BOOL}});
    g_assert_cmpstr(ids, ==, expected);
}

static void test_every_operator_matches_what_it_says(void)
{
    static const struct {
        enum xc_operator op;
        struct xc_bytes terms[3];
        size_t n;
        uint32_t parameter;
        const char *expected;
    } rows[] = {
        {XC_AND, {B("sông"), B("lúa")}, 2, 0, "1 2"},
        {XC_OR, {B("dài"), B("gạo")}, 2, 0, "1 3 4"},
        {XC_AND_NOT, {B("sông"), B("lúa"), B("không")}, 3, 0, "4"},
        {XC_XOR, {B("sông"), B("gạo")}, 2, 0, "2 3 4"},
        {XC_AND_MAYBE, {B("lúa"), B("gạo")}, 2, 0, "1 2"},
        {XC_FILTER, {B("sông"), B("gạo")}, 2, 0, "1"},
        {XC_NEAR, {B("lúa"), B("sông")}, 2, 2, "2"},
        {XC_NEAR, {B("lúa"), B("sông")}, 2, 4, "1 2"},
        {XC_PHRASE, {B("lúa"), B("sông")}, 2, 4, "1"},
        {XC_PHRASE, {B("lúa"), B("gạo"), B("trên")}, 3, 0, "1"},
        {XC_SYNONYM, {B("dài"), B("gạo")}, 2, 0, "1 3 4"},
        {XC_MAX, {B("dài"), B("trên")}, 2, 0, "1 4"},
        {XC_OR, {B("")}, 0, 0, ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        assert_finds_and_consumes(
            xc_query_new_operator_terms(rows[i].op, rows[i].terms, rows[i].n, rows[i].parameter, NULL),
            rows[i].expected);
}

static void test_queries_nest_and_their_parts_may_be_freed(void)
{
    xc_auto(xc_query) rice =
        xc_query_new_operator_terms(XC_OR, (struct xc_bytes[]){B("lúa"), B("gạo")}, 2, 0, NULL);
    xc_auto(xc_query) river = xc_query_new_term(B("sông"), 1, 0, NULL);
    struct xc_query *both =
        xc_query_new_operator(XC_AND, (const struct xc_query *[]){rice, river}, 2, 0, NULL);
    struct xc_query *scaled = xc_query_new_scaled(both, 0.5, NULL);
    struct xc_query *copy = xc_query_copy(scaled, NULL);
    xc_query_free(both);
    xc_query_free(scaled);
    g_assert_cmpuint(xc_query_length(copy), ==, 3);
    g_autoptr(GString) terms = g_string_new(NULL);
    g_assert_true(xc_query_each_term(copy, gather, terms, NULL));
    g_assert_cmpstr(terms->str, ==, "gạo lúa sông");
    g_assert_true(xc_query_describe(copy, terms, NULL));
    g_assert_cmpstr(terms->str, ==, "Query(0.5 * ((lúa OR gạo) AND sông))");
    assert_finds_and_consumes(copy, "1 2");
}

static void test_phrases_take_alternatives(void)
{
    xc_auto(xc_query) first =
        xc_query_new_operator_terms(XC_OR, (struct xc_bytes[]){B("sông"), B("lúa")}, 2, 0, NULL);
    xc_auto(xc_query) second =
        xc_query_new_operator_terms(XC_OR, (struct xc_bytes[]){B("lúa"), B("dài")}, 2, 0, NULL);
    assert_finds_and_consumes(
        xc_query_new_operator(XC_PHRASE, (const struct xc_query *[]){first, second}, 2, 2, NULL), "2 4");
}

static void test_ranges_wildcards_and_lists_of_documents_match(void)
{
    assert_finds_and_consumes(xc_query_new_all(NULL), "1 2 3 4");
    assert_finds_and_consumes(xc_query_new_nothing(NULL), "");
    assert_finds_and_consumes(xc_query_new_value_range(2, B("2011"), B("2012"), NULL), "1 2");
    assert_finds_and_consumes(xc_query_new_value_ge(2, B("2012"), NULL), "2 3");
    assert_finds_and_consumes(xc_query_new_value_le(2, B("2012"), NULL), "1 2"); /* no value: no range */
    assert_finds_and_consumes(xc_query_new_wildcard(B("g"), 0, XC_WILDCARD_ERROR, XC_OR, NULL), "1 3");
    assert_finds_and_consumes(xc_query_new_documents(NULL, (uint32_t[]){2, 4}, NULL, 2, NULL), "2 4");
    assert_finds_and_consumes(xc_query_new_documents(NULL, (uint32_t[]){2, 9}, NULL, 2, NULL), "2");
    assert_finds_and_consumes(xc_query_new_documents(NULL, NULL, NULL, 0, NULL), "");

    xc_auto(xc_query) list = xc_query_new_documents(NULL, (uint32_t[]){1, 3, 4}, NULL, 3, NULL);
    xc_auto(xc_query) river = xc_query_new_term(B("sông"), 1, 0, NULL);
    assert_finds_and_consumes(
        xc_query_new_operator(XC_FILTER, (const struct xc_query *[]){river, list}, 2, 0, NULL), "1 4");
    assert_finds_and_consumes(
        xc_query_new_operator(XC_AND_NOT, (const struct xc_query *[]){river, list}, 2, 0, NULL), "2");
    g_autoptr(GError) error = NULL;
    g_assert_null(xc_query_new_documents(NULL, (uint32_t[]){4, 2}, NULL, 2, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT);
}

static void test_a_list_of_documents_ranks_by_its_weights(void)
{
    xc_auto(xc_query) list =
        xc_query_new_documents(NULL, (uint32_t[]){1, 3, 4}, (double[]){0.5, 2, 1}, 3, NULL);
    g_autofree char *ids = found_ids(&(struct xc_request){.query = list, .limit = 10});
    g_assert_cmpstr(ids, ==, "3 4 1");
}

static void test_a_list_of_documents_is_packed(void)
{
    static const struct {
        uint32_t ids[3];
        size_t n;
        const char *packed;
    } rows[] = {
        {{0}, 0, ""},
        {{1, 2, 130}, 3, "\1\1\x80\1"},
        {{127, 128, 16777217}, 3, "\x7f\1\x81\xff\xff\7"},
        {{UINT32_MAX}, 1, "\xff\xff\xff\xff\xf"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) packed = g_string_new("?");
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        xc_ids_pack(rows[i].ids, rows[i].n, packed);
        g_assert_cmpstr(packed->str, ==, rows[i].packed);
        g_assert_true(xc_ids_unpack((struct xc_bytes){packed->str, packed->len}, ids));
        g_assert_cmpuint(ids->len, ==, rows[i].n);
        for (guint j = 0; j < ids->len; j++)
            g_assert_cmpuint(g_array_index(ids, uint32_t, j), ==, rows[i].ids[j]);
    }
    static const struct xc_bytes bad[] = {
        {"\0", 1}, {"\x81", 1}, {"\xff\xff\xff\xff\x1f", 5}, {"\xff\xff\xff\xff\xf\1", 6}};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_assert_false(xc_ids_unpack(bad[i], ids));
    }
}

static void test_documents_that_the_database_lists_can_be_left_out(void)
{
    g_autoptr(GString) packed = g_string_new(NULL);
    xc_auto(xc_writer) writer = xc_writer_open_memory(NULL);
    xc_auto(xc_document) document = xc_document_new(NULL);
    for (unsigned i = 0; i < 5; i++)
        g_assert_true(xc_writer_add(writer, document, NULL, NULL));
    xc_ids_pack((uint32_t[]){2, 4, 9}, 3, packed);
    g_assert_true(
        xc_writer_set_metadata(writer, B("gone"), (struct xc_bytes){packed->str, packed->len}, NULL));
    xc_auto(xc_query) all = xc_query_new_all(NULL);
    xc_auto(xc_query) gone = xc_query_new_listed(B("gone"), NULL);
    xc_auto(xc_query) left =
        xc_query_new_operator(XC_AND_NOT, (const struct xc_query *[]){all, gone}, 2, 0, NULL);
    g_autoptr(GError) error = NULL;
    xc_auto(xc_results) results =
        xc_search(xc_writer_database(writer), &(struct xc_request){.query = left, .limit = 10}, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(results->n_hits, ==, 3);
    g_assert_true(xc_writer_set_metadata(writer, B("gone"), B("\x80"), NULL));
    g_assert_null(
        xc_search(xc_writer_database(writer), &(struct xc_request){.query = left, .limit = 10}, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DATABASE_CORRUPT);
}

/* Accepts every document but one, counting its calls behind it. */
struct judged {
    uint32_t refused;
    unsigned n_calls;
    bool destroyed;
};

static double judge_by_id(const char *uuid, uint32_t id, void *user_data)
{
    struct judged *const judged = user_data;
    g_autoptr(GString) expected = g_string_new(NULL);
    g_assert_true(xc_database_uuid(sample, expected, NULL));
    g_assert_cmpstr(uuid, ==, expected->str);
    judged->n_calls++;
    return id == judged->refused ? -1 : (double)id;
}

static void note_destroyed(void *user_data)
{
    ((struct judged *)user_data)->destroyed = true;
}

static void test_documents_are_judged_once_the_rest_of_the_query_has_passed(void)
{
    struct judged judged = {2, 0, false};
    {
        xc_auto(xc_query) owned = xc_query_new_judged(judge_by_id, 1000, &judged, note_destroyed, NULL);
        xc_auto(xc_query) river = xc_query_new_term(B("sông"), 1, 0, NULL);
        assert_finds_and_consumes(
            xc_query_new_operator(XC_AND, (const struct xc_query *[]){river, owned}, 2, 0, NULL), "1 4");
        g_assert_cmpuint(judged.n_calls, ==, 3);
        assert_finds_and_consumes(xc_query_copy(owned, NULL), "1 3 4");
    }
    g_assert_true(judged.destroyed);
}

static void test_a_wildcard_over_its_cap_is_an_error_when_run(void)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) query = xc_query_new_wildcard(B(""), 2, XC_WILDCARD_ERROR, XC_SYNONYM, NULL);
    g_assert_null(xc_search(sample, &(struct xc_request){.query = query, .limit = 10}, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_WILDCARD);
}

static void test_hits_come_by_relevance_and_by_values(void)
{
    xc_auto(xc_query) rice = xc_query_new_term(B("gạo"), 1, 0, NULL);
    g_autofree char *by_relevance = found_ids(&(struct xc_request){.query = rice, .limit = 10});
    g_assert_cmpstr(by_relevance, ==, "3 1");

    xc_auto(xc_query) all = xc_query_new_all(NULL);
    static const struct xc_sort_key year_up[] = {{2, false}}, year_down[] = {{2, true}};
    static const struct xc_sort_key kind_then_year[] = {{1, false}, {2, true}};
    static const struct {
        enum xc_sort sort;
        const struct xc_sort_key *keys;
        size_t n;
        const char *expected;
    } rows[] = {
        {XC_SORT_VALUES, year_up, 1, "4 1 2 3"},
        {XC_SORT_VALUES, year_down, 1, "3 2 1 4"},
        {XC_SORT_VALUES, kind_then_year, 2, "4 3 1 2"},
        {XC_SORT_VALUES_THEN_RELEVANCE, year_down, 1, "3 2 1 4"},
        {XC_SORT_VALUES_THEN_RELEVANCE, kind_then_year, 2, "4 3 1 2"},
        {XC_SORT_RELEVANCE_THEN_VALUES, year_down, 1, "3 2 1 4"},
        {XC_SORT_RELEVANCE_THEN_VALUES, kind_then_year, 2, "4 3 1 2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *ids = found_ids(&(struct xc_request){.query = all,
                                                              .limit = 10,
                                                              .sort = rows[i].sort,
                                                              .sort_keys = rows[i].keys,
                                                              .n_sort_keys = rows[i].n});
        g_assert_cmpstr(ids, ==, rows[i].expected);
    }
    g_autofree char *descending =
        found_ids(&(struct xc_request){.query = all, .limit = 2, .offset = 1, .id_order = XC_IDS_DESCENDING});
    g_assert_cmpstr(descending, ==, "3 2");

    g_autoptr(GError) error = NULL;
    g_assert_null(xc_search(sample, &(struct xc_request){.query = all, .sort = XC_SORT_VALUES}, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT);
}

static void test_every_weighting_scheme_runs(void)
{
    xc_auto(xc_query) rice = xc_query_new_term(B("gạo"), 1, 0, NULL);
    for (int scheme = 0; scheme < XC_N_WEIGHTINGS; scheme++)
        for (int parameters = 0; parameters < 2; parameters++) {
            struct xc_weight weight = {(enum xc_weighting)scheme, parameters != 0, 1.2, 0, 1, 0.75, 0.5, 1};
            g_autofree char *ids =
                found_ids(&(struct xc_request){.query = rice, .limit = 10, .weight = weight});
            const char *by_id = scheme == XC_WEIGHT_BOOL || scheme == XC_WEIGHT_COORD ? "1 3" : "3 1";
            g_assert_cmpstr(ids, ==, by_id);
        }
}

static void test_counts_are_exact_when_all_matches_are_looked_at(void)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) all = xc_query_new_all(&error);
    xc_auto(xc_results) results =
        xc_search(sample, &(struct xc_request){.query = all, .limit = 0, .check_at_least = 100}, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(results->n_hits, ==, 0);
    g_assert_cmpuint(results->lower, ==, 4);
    g_assert_cmpuint(results->estimated, ==, 4);
    g_assert_cmpuint(results->upper, ==, 4);
}

static void test_collapsing_keeps_one_of_a_kind(void)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) all = xc_query_new_all(&error);
    xc_auto(xc_results) results =
        xc_search(sample,
                  &(struct xc_request){
                      .query = all, .limit = 10, .check_at_least = 10, .collapse_slot = 1, .collapse_cap = 1},
                  &error);
    g_assert_no_error(error);
    g_assert_cmpuint(results->n_hits, ==, 3); /* the one without a value is never collapsed */
    g_assert_cmpuint(results->hits[0].id, ==, 1);
    g_assert_cmpuint(results->hits[0].n_collapsed, ==, 1);
    g_assert_cmpuint(results->uncollapsed_upper, ==, 4);
}

static void test_facets_count_values_most_frequent_first(void)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) all = xc_query_new_all(&error);
    struct xc_request request = {.query = all,
                                 .limit = 1,
                                 .check_at_least = 100,
                                 .facet_slots = (uint32_t[]){1, 2},
                                 .n_facets = 2,
                                 .facet_cap = 2,
                                 .time_limit_s = 5};
    xc_auto(xc_results) results = xc_search(sample, &request, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(results->n_facets, ==, 2);
    const struct xc_facet *kinds = &results->facets[0];
    g_assert_cmpuint(kinds->slot, ==, 1);
    g_assert_cmpuint(kinds->n_seen, ==, 4);
    g_assert_cmpuint(kinds->n_values, ==, 2);
    assert_bytes(kinds->values[0].value.p, kinds->values[0].value.n, "a", 1);
    g_assert_cmpuint(kinds->values[0].frequency, ==, 2);
    g_assert_cmpuint(results->facets[1].n_values, ==, 2);
}

static void test_facets_count_the_parts_of_a_value(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("parts");
    static const char *const values[] = {"KH\tTU\t2022", "KH\t\t2021", "NQ\tTW\t2022",
                                         "KH\tTU\t2022", "\t\t",       ""};
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE_OR_OVERWRITE, 0, 0, &error);
    xc_auto(xc_document) document = xc_document_new(&error);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_assert_true(xc_document_clear(document, &error));
        g_assert_true(xc_document_set_value(document, 7, xc_bytes_from_c(values[i]), &error));
        g_assert_true(xc_writer_replace(writer, (uint32_t)i + 1, document, &error));
    }
    g_assert_true(xc_writer_commit(writer, &error));
    xc_auto(xc_database) database = xc_database_open(path, &error);
    xc_auto(xc_query) all = xc_query_new_all(&error);
    struct xc_request request = {
        .query = all, .check_at_least = 100, .facet_slots = (uint32_t[]){7}, .n_facets = 1, .facet_parts = 3};
    xc_auto(xc_results) results = xc_search(database, &request, &error);
    g_assert_no_error(error);
    g_autoptr(GString) got = g_string_new(NULL);
    for (size_t i = 0; i < results->n_facets; i++) {
        const struct xc_facet *const facet = &results->facets[i];
        g_assert_cmpuint(facet->n_seen, ==, G_N_ELEMENTS(values));
        for (size_t k = 0; k < facet->n_values; k++)
            g_string_append_printf(got, "%.*s %u, ", (int)facet->values[k].value.n, facet->values[k].value.p,
                                   facet->values[k].frequency);
        g_string_append(got, "; ");
    }
    g_assert_cmpstr(got->str, ==, "KH 3, NQ 1, ; TU 2, TW 1, ; 2022 3, 2021 1, ; ");
}

static void test_a_cutoff_leaves_out_weak_hits(void)
{
    xc_auto(xc_query) query =
        xc_query_new_operator_terms(XC_OR, (struct xc_bytes[]){B("lúa"), B("gạo")}, 2, 0, NULL);
    g_autofree char *all = found_ids(&(struct xc_request){.query = query, .limit = 10});
    g_autofree char *strong =
        found_ids(&(struct xc_request){.query = query, .limit = 10, .cutoff_percent = 100});
    g_assert_cmpstr(all, ==, "1 3 2");
    g_assert_cmpstr(strong, ==, "1");
}

static void test_a_missing_sample_is_made(void)
{
    g_autofree char *path = scratch_path("search");
    make_sample(path);
    g_autoptr(GError) error = NULL;
    sample = xc_database_open(path, &error);
    g_assert_no_error(error);
}

static void test_the_sample_is_closed(void)
{
    xc_database_close(sample);
    sample = NULL;
}

void add_search_tests(void)
{
    g_test_add_func("/search/0 the sample is made", test_a_missing_sample_is_made);
    g_test_add_func("/search/every operator matches what it says", test_every_operator_matches_what_it_says);
    g_test_add_func("/search/queries nest and their parts may be freed",
                    test_queries_nest_and_their_parts_may_be_freed);
    g_test_add_func("/search/phrases take alternatives", test_phrases_take_alternatives);
    g_test_add_func("/search/a list of documents is packed", test_a_list_of_documents_is_packed);
    g_test_add_func("/search/documents that the database lists can be left out",
                    test_documents_that_the_database_lists_can_be_left_out);
    g_test_add_func("/search/documents are judged once the rest of the query has passed",
                    test_documents_are_judged_once_the_rest_of_the_query_has_passed);
    g_test_add_func("/search/ranges, wildcards and lists of documents match",
                    test_ranges_wildcards_and_lists_of_documents_match);
    g_test_add_func("/search/a list of documents ranks by its weights",
                    test_a_list_of_documents_ranks_by_its_weights);
    g_test_add_func("/search/a wildcard over its cap is an error when run",
                    test_a_wildcard_over_its_cap_is_an_error_when_run);
    g_test_add_func("/search/hits come by relevance and by values",
                    test_hits_come_by_relevance_and_by_values);
    g_test_add_func("/search/every weighting scheme runs", test_every_weighting_scheme_runs);
    g_test_add_func("/search/counts are exact when all matches are looked at",
                    test_counts_are_exact_when_all_matches_are_looked_at);
    g_test_add_func("/search/collapsing keeps one of a kind", test_collapsing_keeps_one_of_a_kind);
    g_test_add_func("/search/facets count values, most frequent first",
                    test_facets_count_values_most_frequent_first);
    g_test_add_func("/search/facets count the parts of a value", test_facets_count_the_parts_of_a_value);
    g_test_add_func("/search/a cutoff leaves out weak hits", test_a_cutoff_leaves_out_weak_hits);
    g_test_add_func("/search/9 the sample is closed", test_the_sample_is_closed);
}
