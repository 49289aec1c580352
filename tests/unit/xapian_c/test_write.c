#include "tests/unit/xapian_c/test_xapian_c.h"

static bool gather_term(struct xc_bytes term, uint32_t n, void *user_data)
{
    gather(term, user_data);
    g_string_append_printf(user_data, ":%u", n);
    return true;
}

static bool gather_value(uint32_t id, struct xc_bytes value, void *user_data)
{
    gather(value, user_data);
    g_string_append_printf(user_data, ":%u", id);
    return true;
}

static bool gather_posting(uint32_t id, uint32_t wdf, void *user_data)
{
    g_string_append_printf(user_data, "%u/%u ", id, wdf);
    return true;
}

static bool take_one(struct xc_bytes term, uint32_t n, void *user_data)
{
    gather_term(term, n, user_data);
    return false;
}

static void test_terms_arrive_with_frequencies_and_positions(void)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_writer) writer = xc_writer_open_memory(&error);
    xc_auto(xc_document) document = xc_document_new(&error);
    static const uint32_t positions[] = {3, 7, 9};
    const struct xc_term terms[] = {
        {B("Dtừ"), 0, 0, NULL}, {B("nul\0inside"), 1, 1, positions}, {B("sông"), 5, 3, positions}};
    g_assert_true(xc_document_add_terms(document, terms, G_N_ELEMENTS(terms), &error));
    g_assert_true(xc_document_add_boolean_term(document, B("Q1"), &error));
    g_assert_true(xc_document_add_term(document, B("gone"), 1, &error));
    g_assert_true(xc_document_remove_term(document, B("gone"), &error));
    g_assert_true(xc_document_set_value(document, 3, B("v\0w"), &error));
    uint32_t id = 0;
    g_assert_true(xc_writer_add(writer, document, &id, &error));
    g_assert_cmpuint(id, ==, 1);

    struct xc_database *database = xc_writer_database(writer);
    g_autoptr(GString) list = g_string_new(NULL);
    g_assert_true(xc_database_document_each_term(database, id, gather_term, list, &error));
    const char expected[] = "Dtừ:0 Q1:0 nul\0inside:1 sông:5";
    assert_bytes(list->str, list->len, expected, sizeof expected - 1);

    g_autoptr(GArray) read = g_array_new(false, false, sizeof(uint32_t));
    g_assert_true(xc_database_document_positions(database, id, B("sông"), read, &error));
    assert_bytes(read->data, read->len * sizeof(uint32_t), positions, sizeof positions);
    g_assert_true(xc_database_document_positions(database, id, B("Q1"), read, &error));
    g_assert_cmpuint(read->len, ==, 3);

    g_autoptr(GString) value = g_string_new(NULL);
    g_assert_true(xc_database_document_value(database, id, 3, value, &error));
    assert_bytes(value->str, value->len, "v\0w", 3);
    uint32_t length = 0;
    g_assert_true(xc_database_document_length(database, id, &length, &error));
    g_assert_cmpuint(length, ==, 6);
}

static void test_lists_go_in_order_and_stop_when_told(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("lists");
    make_sample(path);
    xc_auto(xc_database) database = xc_database_open(path, &error);
    g_autoptr(GString) list = g_string_new(NULL);
    g_assert_true(xc_database_each_term(database, B(""), gather_term, list, &error));
    g_assert_cmpstr(list->str, ==, "dài:1 gạo:2 lúa:2 sông:3 trên:1");
    g_string_truncate(list, 0);
    g_assert_true(xc_database_each_term(database, B("s"), gather_term, list, &error));
    g_assert_cmpstr(list->str, ==, "sông:3");
    g_string_truncate(list, 0);
    g_assert_true(xc_database_each_term(database, B(""), take_one, list, &error));
    g_assert_cmpstr(list->str, ==, "dài:1");
    g_string_truncate(list, 0);
    g_assert_true(xc_database_each_value(database, 2, gather_value, list, &error));
    g_assert_cmpstr(list->str, ==, "2011:1 2012:2 2013:3");
    g_string_truncate(list, 0);
    g_assert_true(xc_database_each_posting(database, B("gạo"), gather_posting, list, &error));
    g_assert_cmpstr(list->str, ==, "1/1 3/3 ");

    uint32_t frequencies[3];
    const struct xc_bytes terms[] = {B("sông"), B("không"), B("gạo")};
    g_assert_true(xc_database_term_frequencies(database, terms, 3, frequencies, &error));
    g_assert_cmpuint(frequencies[0], ==, 3);
    g_assert_cmpuint(frequencies[1], ==, 0);
    g_assert_cmpuint(frequencies[2], ==, 2);
    uint32_t n = 0;
    g_assert_true(xc_database_collection_frequency(database, B("gạo"), &n, &error));
    g_assert_cmpuint(n, ==, 4);
    g_autoptr(GString) lower = g_string_new(NULL);
    g_autoptr(GString) upper = g_string_new(NULL);
    g_assert_true(xc_database_value_statistics(database, 2, &n, lower, upper, &error));
    g_assert_cmpuint(n, ==, 3);
    g_assert_cmpstr(lower->str, ==, "2011");
    g_assert_cmpstr(upper->str, ==, "2013");

    struct xc_statistics statistics;
    g_assert_true(xc_database_statistics(database, &statistics, &error));
    g_assert_cmpuint(statistics.n_documents, ==, 4);
    g_assert_cmpuint(statistics.last_id, ==, 4);
    g_assert_cmpuint(statistics.total_length, ==, 11);
    g_assert_cmpuint(statistics.n_shards, ==, 1);
    g_assert_true(statistics.has_positions);
}

static void test_documents_are_replaced_and_deleted_by_id_and_by_term(void)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_writer) writer = xc_writer_open_memory(&error);
    struct xc_database *database = xc_writer_database(writer);
    xc_auto(xc_document) document = xc_document_new(&error);
    xc_document_add_boolean_term(document, B("Qx"), &error);
    uint32_t id = 0;
    g_assert_true(xc_writer_replace_by_term(writer, B("Qx"), document, &id, &error));
    g_assert_cmpuint(id, ==, 1);
    g_assert_true(xc_document_set_data(document, B("second"), &error));
    g_assert_true(xc_writer_replace_by_term(writer, B("Qx"), document, &id, &error));
    g_assert_cmpuint(id, ==, 1);
    g_assert_true(xc_writer_replace(writer, 40, document, &error));

    g_autoptr(GString) list = g_string_new(NULL);
    g_assert_true(xc_database_each_posting(database, B("Qx"), gather_posting, list, &error));
    g_assert_cmpstr(list->str, ==, "1/0 40/0 ");
    g_assert_true(xc_writer_delete(writer, 1, &error));
    g_assert_false(xc_writer_delete(writer, 1, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DOC_NOT_FOUND);
    g_clear_error(&error);
    g_assert_true(xc_writer_delete_by_term(writer, B("Qx"), &error));
    g_assert_true(xc_writer_delete_by_term(writer, B("Qx"), &error));
    struct xc_statistics statistics;
    g_assert_true(xc_database_statistics(database, &statistics, &error));
    g_assert_cmpuint(statistics.n_documents, ==, 0);
    g_assert_cmpuint(statistics.last_id, ==, 40);

    g_assert_true(xc_document_clear(document, &error));
    g_assert_true(xc_writer_add(writer, document, &id, &error));
    g_assert_true(xc_database_document_data(database, id, list, &error));
    g_assert_cmpstr(list->str, ==, "");
}

static void test_a_transaction_is_seen_whole_or_not_at_all(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("transaction");
    make_sample(path);
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_OPEN, XC_WRITER_NO_SYNC, 0, &error);
    xc_auto(xc_database) reader = xc_database_open(path, &error);
    uint32_t frequency = 0;
    bool changed = true;

    g_assert_true(xc_writer_begin_transaction(writer, true, &error));
    g_assert_true(xc_writer_delete(writer, 1, &error));
    g_assert_true(xc_writer_cancel_transaction(writer, &error));
    g_assert_true(xc_database_term_frequency(xc_writer_database(writer), B("lúa"), &frequency, &error));
    g_assert_cmpuint(frequency, ==, 2);

    g_assert_true(xc_writer_begin_transaction(writer, true, &error));
    g_assert_true(xc_writer_delete(writer, 1, &error));
    g_assert_true(xc_database_reopen(reader, &changed, &error));
    g_assert_false(changed);
    g_assert_true(xc_writer_commit_transaction(writer, &error));
    bool locked = false;
    g_assert_true(xc_database_is_locked(reader, &locked, &error));
    g_assert_true(locked);

    g_assert_true(xc_database_term_frequency(reader, B("lúa"), &frequency, &error));
    g_assert_cmpuint(frequency, ==, 2); /* the reader's own revision */
    g_assert_true(xc_database_reopen(reader, &changed, &error));
    g_assert_true(changed);
    g_assert_true(xc_database_term_frequency(reader, B("lúa"), &frequency, &error));
    g_assert_cmpuint(frequency, ==, 1);
    g_assert_false(xc_writer_commit_transaction(writer, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_OPERATION);
}

static void test_metadata_synonyms_and_spellings_are_kept(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("dictionary");
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
    g_assert_true(xc_writer_set_metadata(writer, B("k\0a"), B("v\0b"), &error));
    g_assert_true(xc_writer_add_synonym(writer, B("song"), B("sông"), &error));
    g_assert_true(xc_writer_add_synonym(writer, B("song"), B("sống"), &error));
    g_assert_true(xc_writer_add_synonym(writer, B("song"), B("song"), &error));
    g_assert_true(xc_writer_add_synonym(writer, B("gao"), B("gạo"), &error));
    g_assert_true(xc_writer_add_synonym(writer, B("lua"), B("lúa"), &error));
    g_assert_true(xc_writer_remove_synonym(writer, B("song"), B("song"), &error));
    g_assert_true(xc_writer_clear_synonyms(writer, B("lua"), &error));
    g_assert_true(xc_writer_add_spelling(writer, B("committee"), 5, &error));
    g_assert_true(xc_writer_add_spelling(writer, B("commute"), 2, &error));
    g_assert_true(xc_writer_remove_spelling(writer, B("commute"), 2, &error));
    g_assert_true(xc_writer_commit(writer, &error));
    g_assert_no_error(error);

    xc_auto(xc_database) database = xc_database_open(path, &error);
    g_autoptr(GString) out = g_string_new("replaced");
    g_assert_true(xc_database_metadata(database, B("k\0a"), out, &error));
    assert_bytes(out->str, out->len, "v\0b", 3);
    g_assert_true(xc_database_metadata(database, B("unknown"), out, &error));
    g_assert_cmpuint(out->len, ==, 0);
    g_assert_true(xc_database_each_metadata_key(database, B("k"), gather, out, &error));
    assert_bytes(out->str, out->len, "k\0a", 3);
    g_string_truncate(out, 0);
    g_assert_true(xc_database_each_synonym(database, B("song"), gather, out, &error));
    g_assert_cmpstr(out->str, ==, "sông sống");
    g_string_truncate(out, 0);
    g_assert_true(xc_database_each_synonym_key(database, B(""), gather, out, &error));
    g_assert_cmpstr(out->str, ==, "gao song");
    g_assert_true(xc_database_suggest_spelling(database, B("comittee"), 2, out, &error));
    g_assert_cmpstr(out->str, ==, "committee");
    g_assert_true(xc_database_suggest_spelling(database, B("zzzzz"), 2, out, &error));
    g_assert_cmpstr(out->str, ==, "");
    g_assert_true(xc_database_each_spelling(database, gather_term, out, &error));
    g_assert_cmpstr(out->str, ==, "committee:5");
}

static void test_numbers_sort_as_values(void)
{
    static const double numbers[] = {-1e9, -2.5, 0, 0.25, 7, 2022, 20220616};
    g_autoptr(GString) before = g_string_new(NULL);
    g_autoptr(GString) after = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        xc_value_from_double(numbers[i], after);
        g_assert_cmpfloat(xc_value_to_double((struct xc_bytes){after->str, after->len}), ==, numbers[i]);
        if (i) {
            size_t n = MIN(before->len, after->len);
            int order = memcmp(before->str, after->str, n);
            g_assert_true(order < 0 || (order == 0 && before->len < after->len));
        }
        g_string_truncate(before, 0);
        g_string_append_len(before, after->str, (gssize)after->len);
    }
}

void add_write_tests(void)
{
    g_test_add_func("/write/terms arrive with frequencies and positions",
                    test_terms_arrive_with_frequencies_and_positions);
    g_test_add_func("/write/lists go in order and stop when told", test_lists_go_in_order_and_stop_when_told);
    g_test_add_func("/write/documents are replaced and deleted by id and by term",
                    test_documents_are_replaced_and_deleted_by_id_and_by_term);
    g_test_add_func("/write/a transaction is seen whole or not at all",
                    test_a_transaction_is_seen_whole_or_not_at_all);
    g_test_add_func("/write/metadata, synonyms and spellings are kept",
                    test_metadata_synonyms_and_spellings_are_kept);
    g_test_add_func("/write/numbers sort as values", test_numbers_sort_as_values);
}
