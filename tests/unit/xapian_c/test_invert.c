#include "tests/unit/xapian_c/test_xapian_c.h"

/* A database from the inverter must be what Xapian makes of the same documents: lists of many chunks, terms
 * that only one document has, long ones, some with NUL, one twice in a document, data that fills several
 * blocks, documents without words. */

enum { N_DOCUMENTS = 700, N_INVERTERS = 3, SECOND_RANGE = 1 << 24, BATCH = 5000 };

/* Inverters take ranges of ids as threads do; the last has no documents. */
static const uint32_t bounds[N_INVERTERS + 1] = {0, 450, N_DOCUMENTS, N_DOCUMENTS};

static uint32_t id_of(uint32_t i)
{
    return i < bounds[1] ? i + 1 : SECOND_RANGE + 3 * i;
}

struct made {
    GArray *terms, *values;
    GStringChunk *strings;
    GString *data;
    struct xc_content content;
};

static struct xc_bytes keep(struct made *made, const char *p, size_t n)
{
    return (struct xc_bytes){g_string_chunk_insert_len(made->strings, p, (gssize)n), n};
}

static void add_term(struct made *made, struct xc_bytes text, uint32_t wdf)
{
    const struct xc_term term = {.term = text, .wdf = wdf};
    g_array_append_val(made->terms, term);
}

static void add_value(struct made *made, uint32_t slot, const char *text)
{
    const struct xc_value value = {slot, keep(made, text, strlen(text))};
    g_array_append_val(made->values, value);
}

static const struct xc_content *make(struct made *made, uint32_t i)
{
    char text[300];
    g_array_set_size(made->terms, 0);
    g_array_set_size(made->values, 0);
    g_string_chunk_clear(made->strings);
    g_string_truncate(made->data, 0);
    if (i % 50 != 7) {
        add_term(made, B("đảng"), 1 + i % 300);
        add_term(made, B("nul\0inside"), 2);
        add_term(made, B("nul"), 1);
        add_term(made, B("\0"), 1);
        add_term(made, B("twice"), 3);
        add_term(made, B("twice"), 4);
        for (uint32_t k = 0; k < 60; k++) {
            const int n = g_snprintf(text, sizeof text, "%u", (i * 7919 + k * 104729) % (1000 + 40 * k));
            add_term(made, keep(made, text, (size_t)n), k);
        }
        memset(text, 'x', sizeof text);
        text[0] = (char)('a' + i % 26);
        text[1] = (char)('a' + i / 26);
        add_term(made, keep(made, text, 200 + i % 40), 1);
    }
    if (i % 3 == 0) {
        g_snprintf(text, sizeof text, "%05u", i * 31 % 977);
        add_value(made, 1, text);
    }
    add_value(made, 0, i % 2 ? "chẵn" : "lẻ");
    for (uint32_t k = 0; k < (i % 100 == 99 ? 4000 : i % 20); k++)
        g_string_append_printf(made->data, "%u ", k * i);
    made->content = (struct xc_content){
        .terms = (const struct xc_term *)(const void *)made->terms->data,
        .n_terms = made->terms->len,
        .values = (const struct xc_value *)(const void *)made->values->data,
        .n_values = made->values->len,
        .data = {made->data->str, made->data->len},
    };
    return &made->content;
}

static void made_init(struct made *made)
{
    made->terms = g_array_new(FALSE, FALSE, sizeof(struct xc_term));
    made->values = g_array_new(FALSE, FALSE, sizeof(struct xc_value));
    made->strings = g_string_chunk_new(1024);
    made->data = g_string_new(NULL);
}

static void made_clear(struct made *made)
{
    g_array_unref(made->terms);
    g_array_unref(made->values);
    g_string_chunk_free(made->strings);
    g_string_free(made->data, TRUE);
}

/* ---- everything a database tells, as text ---- */

struct telling {
    const struct xc_database *database;
    GString *out;
};

static bool tell_posting(uint32_t id, uint32_t wdf, void *user_data)
{
    g_string_append_printf(user_data, " %u/%u", id, wdf);
    return true;
}

static bool tell_term(struct xc_bytes term, uint32_t frequency, void *user_data)
{
    struct telling *telling = user_data;
    uint32_t total = 0;
    g_string_append_len(telling->out, term.p, (gssize)term.n);
    g_assert_true(xc_database_collection_frequency(telling->database, term, &total, NULL));
    g_string_append_printf(telling->out, ": %u %u", frequency, total);
    g_assert_true(xc_database_each_posting(telling->database, term, tell_posting, telling->out, NULL));
    g_string_append_c(telling->out, '\n');
    return true;
}

static bool tell_document(uint32_t id, uint32_t wdf, void *user_data)
{
    struct telling *telling = user_data;
    g_autoptr(GString) data = g_string_new(NULL);
    uint32_t length = 0;
    (void)wdf;
    g_assert_true(xc_database_document_length(telling->database, id, &length, NULL));
    g_assert_true(xc_database_document_data(telling->database, id, data, NULL));
    g_string_append_printf(telling->out, "%u %u %s\n", id, length, data->str);
    return true;
}

static bool tell_value(uint32_t id, struct xc_bytes value, void *user_data)
{
    g_string_append_printf(user_data, "%u=%.*s\n", id, (int)value.n, value.p);
    return true;
}

static GString *tell(const char *path)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_database) database = xc_database_open(path, &error);
    g_assert_no_error(error);
    struct telling telling = {database, g_string_new(NULL)};
    struct xc_statistics statistics;
    g_autoptr(GString) lower = g_string_new(NULL);
    g_autoptr(GString) upper = g_string_new(NULL);
    g_assert_true(xc_database_statistics(database, &statistics, &error));
    g_string_append_printf(telling.out, "%u %u %" G_GUINT64_FORMAT "\n", statistics.n_documents,
                           statistics.last_id, statistics.total_length);
    g_assert_true(xc_database_each_term(database, B(""), tell_term, &telling, &error));
    g_assert_true(xc_database_each_posting(database, B(""), tell_document, &telling, &error));
    for (uint32_t slot = 0; slot < 3; slot++) {
        uint32_t n = 0;
        g_assert_true(xc_database_value_statistics(database, slot, &n, lower, upper, &error));
        g_string_append_printf(telling.out, "slot %u: %u %s %s\n", slot, n, lower->str, upper->str);
        g_assert_true(xc_database_each_value(database, slot, tell_value, telling.out, &error));
    }
    return telling.out;
}

static void make_by_writer(const char *path)
{
    g_autoptr(GError) error = NULL;
    struct made made;
    made_init(&made);
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_TERMLIST, 0, &error);
    xc_auto(xc_document) document = xc_document_new(&error);
    for (uint32_t i = 0; i < N_DOCUMENTS; i++) {
        g_assert_true(xc_document_fill(document, make(&made, i), &error));
        g_assert_true(xc_writer_replace(writer, id_of(i), document, &error));
    }
    g_assert_true(xc_writer_commit(writer, &error));
    made_clear(&made);
}

static void make_by_inverters(const char *path)
{
    g_autoptr(GError) error = NULL;
    struct xc_inverter *inverters[N_INVERTERS];
    struct made made;
    made_init(&made);
    for (unsigned k = 0; k < N_INVERTERS; k++) {
        g_autofree char *runs = g_strdup_printf("%s.%u", path, k);
        inverters[k] = xc_inverter_new(runs, BATCH, &error);
        g_assert_no_error(error);
        for (uint32_t i = bounds[k]; i < bounds[k + 1]; i++)
            g_assert_true(xc_inverter_add(inverters[k], id_of(i), make(&made, i), &error));
        g_assert_true(xc_inverter_finish(inverters[k], &error));
        g_assert_cmpuint(xc_inverter_count(inverters[k]), ==, bounds[k + 1] - bounds[k]);
    }
    g_assert_true(xc_inverters_write(inverters, N_INVERTERS, path, &error));
    for (unsigned k = 0; k < N_INVERTERS; k++)
        xc_inverter_free(inverters[k]);
    made_clear(&made);
}

static void test_documents_inverted_at_once_are_what_a_writer_makes_of_them(void)
{
    g_autofree char *written = scratch_path("written");
    g_autofree char *inverted = scratch_path("inverted");
    g_autofree char *compacted = scratch_path("compacted");
    g_autoptr(GError) error = NULL;
    make_by_writer(written);
    make_by_inverters(inverted);
    g_autoptr(GString) expected = tell(written);
    g_autoptr(GString) got = tell(inverted);
    g_assert_true(g_string_equal(got, expected));

    size_t n_errors = 1;
    g_assert_true(xc_check(inverted, &n_errors, NULL, &error));
    g_assert_cmpuint(n_errors, ==, 0);
    const char *sources[] = {inverted};
    g_assert_true(xc_compact(sources, 1, compacted, XC_COMPACT_NO_RENUMBER | XC_COMPACT_FULL, 0, &error));
    g_autoptr(GString) after = tell(compacted);
    g_assert_true(g_string_equal(after, expected));
}

static void test_a_term_too_long_is_refused_by_the_inverter(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = scratch_path("refused");
    g_autofree char *text = g_strnfill(XC_CAP_TERM_BYTES + 1, 'x');
    xc_auto(xc_inverter) inverter = xc_inverter_new(path, BATCH, &error);
    const struct xc_term term = {.term = xc_bytes_from_c(text), .wdf = 1};
    const struct xc_content content = {.terms = &term, .n_terms = 1};
    g_assert_false(xc_inverter_add(inverter, 1, &content, &error));
    g_assert_error(error, XC_ERROR, XC_ERROR_INVALID_ARGUMENT);
}

void add_invert_tests(void)
{
    g_test_add_func("/invert/documents inverted at once are what a writer makes of them",
                    test_documents_inverted_at_once_are_what_a_writer_makes_of_them);
    g_test_add_func("/invert/a term too long is refused by the inverter",
                    test_a_term_too_long_is_refused_by_the_inverter);
}
