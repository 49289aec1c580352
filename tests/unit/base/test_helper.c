#include "base/error.h"
#include "base/helper.h"

static const struct nd_helper_limits limits = {
    .cpu_s = 2, .wall_s = 2, .memory_bytes = (size_t)512 << 20, .output_bytes = (size_t)1 << 20};

static void a_program_turns_bytes_into_bytes(void)
{
    /* more than a pipe holds, in both directions */
    g_autofree char *text = g_strnfill(900000, 'a');
    g_autoptr(GByteArray) out = NULL;
    g_autoptr(GError) error = NULL;
    const char *const argv[] = {"tr", "a", "b", NULL};
    g_assert_true(nd_helper_run(argv, (struct nd_bytes){(uint8_t *)text, 900000}, &limits, &out, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(out->len, ==, 900000);
    g_assert_cmpint(out->data[0], ==, 'b');
    g_assert_cmpint(out->data[out->len - 1], ==, 'b');
}

static void no_output_is_output(void)
{
    g_autoptr(GByteArray) out = NULL;
    const char *const argv[] = {"true", NULL};
    g_assert_true(nd_helper_run(argv, (struct nd_bytes){0}, &limits, &out, NULL));
    g_assert_cmpuint(out->len, ==, 0);
}

static void what_goes_wrong_is_said_and_bounded(void)
{
    static const struct {
        const char *const argv[4];
        enum nd_error_code code;
    } cases[] = {
        {{"no-such-program-here", NULL}, ND_ERROR_IO},
        {{"false", NULL}, ND_ERROR_IO},
        {{"sh", "-c", "kill -SEGV $$", NULL}, ND_ERROR_IO},
        {{"sh", "-c", "while :; do :; done", NULL}, ND_ERROR_LIMIT},
        {{"sleep", "60", NULL}, ND_ERROR_LIMIT},
        {{"head", "-c", "100000000", NULL}, ND_ERROR_LIMIT},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) out = NULL;
        g_autoptr(GError) error = NULL;
        g_autofree uint8_t *zeros = g_malloc0((size_t)4 << 20);
        g_assert_false(
            nd_helper_run(cases[i].argv, (struct nd_bytes){zeros, (size_t)4 << 20}, &limits, &out, &error));
        g_assert_error(error, ND_ERROR, (int)cases[i].code);
        g_assert_null(out);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
#define CASE(name) g_test_add_func("/helper/" #name, name)
    CASE(a_program_turns_bytes_into_bytes);
    CASE(no_output_is_output);
    CASE(what_goes_wrong_is_said_and_bounded);
    return g_test_run();
}
