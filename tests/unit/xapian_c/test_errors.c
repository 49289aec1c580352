#include "tests/unit/xapian_c/test_xapian_c.h"
#include "corpus/store/xapian_c/raise.h"

static void test_every_exception_class_becomes_its_own_error(void)
{
    for (int code = 0; code < XC_ERROR_SYSTEM; code++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(xc_raise((enum xc_error_code)code, &error));
        g_test_message("%s", xc_error_name((enum xc_error_code)code));
        g_assert_error(error, XC_ERROR, code);
        g_assert_cmpstr(error->message, !=, "");
    }
}

static void test_a_message_carries_context_and_reason(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(xc_raise(XC_ERROR_DATABASE_LOCK, &error));
    g_assert_cmpstr(error->message, ==, "raised (context): No such file or directory");
}

static void test_a_caller_that_wants_no_error_gets_none(void)
{
    g_assert_false(xc_raise(XC_ERROR_NETWORK_TIMEOUT, NULL));
    g_assert_false(xc_raise(XC_ERROR_UNKNOWN, NULL));
}

static void test_codes_have_the_names_of_their_classes(void)
{
    g_assert_cmpstr(xc_error_name(XC_ERROR_DATABASE_LOCK), ==, "DatabaseLockError");
    g_assert_cmpstr(xc_error_name(XC_ERROR_OTHER), ==, "Error");
    g_assert_cmpstr(xc_error_name(XC_ERROR_SYSTEM), ==, "system error");
}

static void test_errors_of_real_calls_keep_their_class(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *missing = scratch_path("missing");
    g_assert_null(xc_database_open(missing, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DATABASE_NOT_FOUND);
    g_clear_error(&error);

    g_autofree char *path = scratch_path("not-a-database");
    g_assert_true(g_file_set_contents(path, "just text\n", -1, NULL));
    g_assert_null(xc_database_open(path, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DATABASE_OPENING);
    g_clear_error(&error);

    g_autofree char *sample = scratch_path("errors");
    make_sample(sample);
    xc_auto(xc_database) database = xc_database_open(sample, &error);
    g_autoptr(GString) data = g_string_new("as before");
    g_assert_false(xc_database_document_data(database, 99, data, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DOC_NOT_FOUND);
    g_assert_cmpstr(data->str, ==, "as before");
    g_clear_error(&error);

    g_assert_null(xc_writer_open(sample, XC_WRITER_CREATE, 0, 0, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DATABASE_CREATE);
}

static void test_a_second_writer_is_told_of_the_lock(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("locked");
    xc_auto(xc_writer) first = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
    g_assert_no_error(error);
    g_assert_null(xc_writer_open(path, XC_WRITER_OPEN, 0, 0, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_DATABASE_LOCK);
}

static void test_a_term_that_is_too_long_is_refused_at_once(void)
{
    g_autoptr(GError) error = NULL;
    char bytes[XC_CAP_TERM_BYTES + 1] = {0};
    memset(bytes, 'a', sizeof bytes);
    xc_auto(xc_document) document = xc_document_new(&error);
    g_assert_true(xc_document_add_term(document, (struct xc_bytes){bytes, XC_CAP_TERM_BYTES}, 1, &error));
    g_assert_no_error(error);
    g_assert_false(
        xc_document_add_term(document, (struct xc_bytes){bytes, XC_CAP_TERM_BYTES + 1}, 1, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT);
    g_clear_error(&error);

    bytes[10] = '\0'; /* stored as two bytes */
    g_assert_false(xc_document_add_term(document, (struct xc_bytes){bytes, XC_CAP_TERM_BYTES}, 1, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT);
    g_clear_error(&error);
    g_assert_false(xc_document_add_term(document, B(""), 1, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT);
}

void add_error_tests(void)
{
    g_test_add_func("/errors/every exception class becomes its own error",
                    test_every_exception_class_becomes_its_own_error);
    g_test_add_func("/errors/a message carries context and reason",
                    test_a_message_carries_context_and_reason);
    g_test_add_func("/errors/a caller that wants no error gets none",
                    test_a_caller_that_wants_no_error_gets_none);
    g_test_add_func("/errors/codes have the names of their classes",
                    test_codes_have_the_names_of_their_classes);
    g_test_add_func("/errors/errors of real calls keep their class",
                    test_errors_of_real_calls_keep_their_class);
    g_test_add_func("/errors/a second writer is told of the lock", test_a_second_writer_is_told_of_the_lock);
    g_test_add_func("/errors/a term that is too long is refused at once",
                    test_a_term_that_is_too_long_is_refused_at_once);
}
