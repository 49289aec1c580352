#include "tests/unit/xapian_c/test_xapian_c.h"

static uint32_t frequency_of(struct xc_database *database, struct xc_bytes term)
{
    g_autoptr(GError) error = NULL;
    uint32_t n = 0;
    g_assert_true(xc_database_term_frequency(database, term, &n, &error));
    g_assert_no_error(error);
    return n;
}

static void test_several_databases_are_searched_as_one(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *one = scratch_path("multi-1");
    g_autofree char *two = scratch_path("multi-2");
    make_sample(one);
    make_sample(two);
    xc_auto(xc_database) all = xc_database_new_empty(&error);
    xc_auto(xc_database) first = xc_database_open(one, &error);
    xc_auto(xc_database) second = xc_database_open(two, &error);
    g_assert_true(xc_database_add(all, first, &error));
    g_assert_true(xc_database_add(all, second, &error));
    g_assert_cmpuint(frequency_of(all, B("sông")), ==, 6);
    struct xc_statistics statistics;
    g_assert_true(xc_database_statistics(all, &statistics, &error));
    g_assert_cmpuint(statistics.n_shards, ==, 2);

    g_autofree char *stub = scratch_path("stub");
    g_autofree char *lines = g_strdup_printf("auto %s\nauto %s\n", one, two);
    g_assert_true(g_file_set_contents(stub, lines, -1, NULL));
    xc_auto(xc_database) listed = xc_database_open(stub, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(frequency_of(listed, B("sông")), ==, 6);
}

static void test_shards_with_disjoint_ids_compact_into_one(void)
{
    g_autoptr(GError) error = NULL;
    const char *const names[] = {"shard-1", "shard-2"};
    g_autofree char *paths[2] = {NULL};
    g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func(g_free);
    for (uint32_t i = 0; i < 2; i++) {
        paths[i] = scratch_path(names[i]);
        g_ptr_array_add(made, paths[i]);
        xc_auto(xc_writer) writer = xc_writer_open(paths[i], XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
        xc_auto(xc_document) document = xc_document_new(&error);
        xc_document_add_posting(document, B("sông"), 1, 1, &error);
        g_assert_true(xc_writer_replace(writer, 1 + i * 1000, document, &error));
        g_assert_true(xc_writer_set_metadata(writer, B("shard"), xc_bytes_from_c(names[i]), &error));
        g_assert_true(xc_writer_commit(writer, &error));
    }
    paths[0] = paths[1] = NULL;
    g_autofree char *merged = scratch_path("merged");
    g_assert_true(xc_compact((const char *const *)made->pdata, 2, merged,
                             XC_COMPACT_FULL | XC_COMPACT_NO_RENUMBER, 0, &error));
    g_assert_no_error(error);
    xc_auto(xc_database) database = xc_database_open(merged, &error);
    struct xc_statistics statistics;
    g_assert_true(xc_database_statistics(database, &statistics, &error));
    g_assert_cmpuint(statistics.n_documents, ==, 2);
    g_assert_cmpuint(statistics.last_id, ==, 1001);
    g_autoptr(GString) out = g_string_new(NULL);
    g_assert_true(xc_database_metadata(database, B("shard"), out, &error));
    g_assert_cmpstr(out->str, ==, "shard-1");

    const char *const overlapping[] = {made->pdata[0], made->pdata[0]};
    g_autofree char *refused = scratch_path("refused");
    g_assert_false(xc_compact(overlapping, 2, refused, XC_COMPACT_NO_RENUMBER, 0, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_OPERATION);
}

static void test_checking_finds_damage(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("checked");
    make_sample(path);
    size_t n_errors = 99;
    g_autoptr(GString) report = g_string_new(NULL);
    g_assert_true(xc_check(path, &n_errors, report, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n_errors, ==, 0);
    g_assert_cmpuint(report->len, >, 0);

    g_autofree char *table = g_build_filename(path, "postlist.glass", NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    g_assert_true(g_file_get_contents(table, &bytes, &size, NULL));
    memset(bytes + size / 2, 0x5a, size - size / 2);
    g_assert_true(g_file_set_contents(table, bytes, (gssize)size, NULL));
    g_assert_true(!xc_check(path, &n_errors, NULL, &error) || n_errors > 0);
}

static void test_syncing_a_directory_reports_a_missing_one(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("synced");
    make_sample(path);
    g_assert_true(xc_sync_directory(path, &error));
    g_assert_no_error(error);
    g_autofree char *missing = scratch_path("not-there");
    g_assert_false(xc_sync_directory(missing, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_SYSTEM);
}

static void test_a_remote_database_answers_like_a_local_one(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *server = g_find_program_in_path("xapian-progsrv");
    if (!server) {
        g_test_skip("xapian-progsrv is not installed (package xapian-tools)");
        return;
    }
    g_autofree char *path = scratch_path("remote");
    make_sample(path);
    xc_auto(xc_database) database = xc_database_open_program(server, path, 5000, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(frequency_of(database, B("sông")), ==, 3);
    xc_auto(xc_query) all = xc_query_new_all(&error);
    static const struct xc_sort_key year_down[] = {{2, true}};
    struct xc_request request = {.query = all,
                                 .limit = 2,
                                 .check_at_least = 100,
                                 .sort = XC_SORT_VALUES,
                                 .sort_keys = year_down,
                                 .n_sort_keys = 1,
                                 .facet_slots = (uint32_t[]){1},
                                 .n_facets = 1};
    xc_auto(xc_results) results = xc_search(database, &request, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(results->n_hits, ==, 2);
    g_assert_cmpuint(results->hits[0].id, ==, 3);
    g_assert_cmpuint(results->upper, ==, 4);
    g_assert_cmpuint(results->facets[0].n_values, ==, 2);
}

static void test_a_remote_that_is_not_there_is_a_network_error(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(xc_database_open_tcp("127.0.0.1", 1, 200, 200, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_NETWORK);
}

static bool count_term(struct xc_bytes term, uint32_t frequency, void *user_data)
{
    GString *const out = user_data;
    g_string_append_printf(out, "%s%.*s %u", out->len ? ", " : "", (int)term.n, term.p, frequency);
    return true;
}

/* Document 4 of the sample, "sông dài", is the only one with "dài". */
static void test_hidden_documents_do_not_exist(void)
{
    g_autofree char *path = scratch_path("hidden");
    make_sample(path);
    g_autoptr(GError) error = NULL;
    {
        xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_OPEN, XC_WRITER_NO_SYNC, 0, &error);
        g_assert_true(xc_writer_add_synonym(writer, B("dai"), B("dài"), &error));
        g_assert_true(xc_writer_add_synonym(writer, B("=sd"), B("sông dài"), &error));
        g_assert_true(xc_writer_add_synonym(writer, B("=sl"), B("sông lúa"), &error));
        g_assert_true(xc_writer_commit(writer, &error));
    }
    xc_auto(xc_database) database = xc_database_open(path, &error);
    g_assert_true(xc_database_hide(database, (struct xc_bytes[]){B("dài")}, 1, &error));

    xc_auto(xc_query) query = xc_query_new_term(B("sông"), 1, 0, &error);
    const struct xc_request request = {
        .query = query, .limit = 10, .facet_slots = (uint32_t[]){1}, .n_facets = 1};
    xc_auto(xc_results) results = xc_search(database, &request, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(results->upper, ==, 2);
    g_assert_cmpuint(results->facets[0].n_seen, ==, 2);

    uint32_t n;
    g_assert_true(xc_database_term_frequency(database, B("dài"), &n, &error));
    g_assert_cmpuint(n, ==, 0);
    g_assert_true(xc_database_collection_frequency(database, B("dài"), &n, &error));
    g_assert_cmpuint(n, ==, 0);
    g_assert_true(xc_database_term_frequency(database, B("sông"), &n, &error));
    g_assert_cmpuint(n, >, 0);
    g_autoptr(GString) listed = g_string_new(NULL);
    g_assert_true(xc_database_each_term(database, B("d"), count_term, listed, &error));
    g_assert_cmpstr(listed->str, ==, "");
    g_assert_true(xc_database_each_synonym(database, B("dai"), gather, listed, &error));
    g_assert_true(xc_database_each_synonym(database, B("=sd"), gather, listed, &error));
    g_assert_cmpstr(listed->str, ==, "");
    g_assert_true(xc_database_each_synonym(database, B("=sl"), gather, listed, &error));
    g_assert_cmpstr(listed->str, ==, "sông lúa");

    /* what is hidden may become less, and a writer may add to it */
    g_assert_true(xc_database_hide(database, NULL, 0, &error));
    g_assert_true(xc_database_term_frequency(database, B("dài"), &n, &error));
    g_assert_cmpuint(n, ==, 1);
    g_assert_true(xc_database_hide(database, (struct xc_bytes[]){B("mật")}, 1, &error));
    g_assert_true(xc_database_term_frequency(database, B("gạo"), &n, &error));
    g_assert_cmpuint(n, ==, 2);
    {
        xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_OPEN, XC_WRITER_NO_SYNC, 0, &error);
        xc_auto(xc_document) document = xc_document_new(&error);
        xc_document_add_boolean_term(document, B("mật"), &error);
        xc_document_add_term(document, B("kín"), 1, &error);
        g_assert_true(xc_writer_add(writer, document, NULL, &error));
        g_assert_true(xc_writer_commit(writer, &error));
    }
    g_assert_true(xc_database_reopen(database, NULL, &error));
    g_assert_true(xc_database_term_frequency(database, B("kín"), &n, &error));
    g_assert_cmpuint(n, ==, 0);
    g_assert_no_error(error);
}

void add_database_tests(void)
{
    g_test_add_func("/databases/hidden documents do not exist", test_hidden_documents_do_not_exist);
    g_test_add_func("/databases/several are searched as one", test_several_databases_are_searched_as_one);
    g_test_add_func("/databases/shards with disjoint ids compact into one",
                    test_shards_with_disjoint_ids_compact_into_one);
    g_test_add_func("/databases/checking finds damage", test_checking_finds_damage);
    g_test_add_func("/databases/syncing a directory reports a missing one",
                    test_syncing_a_directory_reports_a_missing_one);
    g_test_add_func("/databases/a remote one answers like a local one",
                    test_a_remote_database_answers_like_a_local_one);
    g_test_add_func("/databases/a remote that is not there is a network error",
                    test_a_remote_that_is_not_there_is_a_network_error);
}
