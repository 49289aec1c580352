#include "base/date.h"
#include "base/error.h"
#include "base/utf8.h"

static void test_well_formed_utf8_is_accepted_up_to_the_first_bad_byte(void)
{
    static const struct {
        const char *bytes;
        size_t n, valid;
    } cases[] = {
        {"", 0, 0},
        {"Nghị quyết", 13, 13},
        {"\xc0\xaf", 2, 0},          /* overlong slash */
        {"ab\xed\xa0\x80", 5, 2},    /* surrogate */
        {"\xf4\x90\x80\x80", 4, 0},  /* above U+10FFFF */
        {"abcdefgh\xe1\xbb", 10, 8}, /* cut short */
        {"\xf0\x9f\x87\xbb tail", 9, 9},
        {"12345678\x80", 9, 8},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_bytes bytes = {(const uint8_t *)cases[i].bytes, cases[i].n};
        g_assert_cmpuint(nd_utf8_valid_prefix(bytes), ==, cases[i].valid);
    }
}

/* Long texts are read in stretches: a bad sequence is found where it begins, wherever the stretches end. */
static void test_bad_utf8_is_found_anywhere_in_a_long_text(void)
{
    static const struct {
        const char *bytes;
        size_t n, valid;
    } cases[] = {
        {"\xc0\xaf", 2, 0},
        {"\xe0\x9f\xbf", 3, 0},
        {"\xed\xa0\x80", 3, 0},
        {"\xee\x80", 2, 0},
        {"\xf0\x8f\xbf\xbf", 4, 0},
        {"\xf4\x90\x80\x80", 4, 0},
        {"\xf1\x80\x80", 3, 0},
        {"\xf5\x80\x80\x80", 4, 0},
        {"ế\x80", 4, 3},
        {"\xff", 1, 0},
        {"\xc3", 1, 0},
    };
    static const char whole[] = "\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xe0\xa0\x80";
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (size_t before = 1000; before < 1060; before++) {
            g_autoptr(GString) text = g_string_new_len("xx", (gssize)(before % 3));
            while (text->len < before)
                g_string_append(text, "ế");
            g_string_append_len(text, cases[i].bytes, (gssize)cases[i].n);
            while (text->len < 5000)
                g_string_append(text, "x đ");
            const struct nd_bytes bytes = {(const uint8_t *)text->str, text->len};
            g_assert_cmpuint(nd_utf8_valid_prefix(bytes), ==, before + cases[i].valid);
            g_string_erase(text, (gssize)before, (gssize)cases[i].n);
            g_string_insert(text, (gssize)before, whole);
            const struct nd_bytes good = {(const uint8_t *)text->str, text->len};
            g_assert_cmpuint(nd_utf8_valid_prefix(good), ==, text->len);
        }
    }
}

static void test_decode_reads_what_encode_wrote(void)
{
    static const uint32_t characters[] = {0x41, 0xd0, 0x110, 0x1ef7, 0xffff, 0x10000, 0x10ffff};
    for (size_t i = 0; i < G_N_ELEMENTS(characters); i++) {
        char buffer[4];
        const size_t n = nd_utf8_encode(characters[i], buffer);
        size_t length;
        g_assert_cmpuint(nd_utf8_decode((struct nd_str){buffer, n}, 0, &length), ==, characters[i]);
        g_assert_cmpuint(length, ==, n);
    }
}

static void test_dates_are_read_back_and_impossible_ones_refused(void)
{
    static const char *const good[] = {"2022-06-16", "2022-06", "1996", "2024-02-29"};
    static const char *const bad[] = {"",          "2022-6-16",  "2023-02-29", "2022-13-01",
                                      "16/6/2022", "2022-00-10", "20220616"};
    char buffer[11];
    struct nd_date date;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
        g_assert_true(nd_date_parse(good[i], &date));
        g_assert_cmpstr(nd_date_format(date, buffer), ==, good[i]);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(nd_date_parse(bad[i], &date));
}

static void test_every_error_code_has_its_exit_status(void)
{
    static const struct {
        int code, exit_status, http_status;
    } cases[] = {
        {ND_ERROR_NOT_FOUND, 1, 404}, {ND_ERROR_USAGE, 2, 400},   {ND_ERROR_LIMIT, 3, 413},
        {ND_ERROR_INPUT, 3, 413},     {ND_ERROR_INDEX, 4, 503},   {ND_ERROR_IO, 5, 500},
        {ND_ERROR_LOCKED, 6, 503},    {ND_ERROR_CHANGED, 6, 503}, {ND_ERROR_INTERNAL, 70, 500},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = g_error_new(ND_ERROR, cases[i].code, "x");
        g_assert_cmpint(nd_error_exit_status(error), ==, cases[i].exit_status);
        g_assert_cmpint(nd_error_http_status(error), ==, cases[i].http_status);
    }
    g_autoptr(GError) option = g_error_new(G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "x");
    g_assert_cmpint(nd_error_exit_status(option), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/well-formed-utf8-is-accepted-up-to-the-first-bad-byte",
                    test_well_formed_utf8_is_accepted_up_to_the_first_bad_byte);
    g_test_add_func("/base/bad-utf8-is-found-anywhere-in-a-long-text",
                    test_bad_utf8_is_found_anywhere_in_a_long_text);
    g_test_add_func("/base/decode-reads-what-encode-wrote", test_decode_reads_what_encode_wrote);
    g_test_add_func("/base/dates-are-read-back-and-impossible-ones-refused",
                    test_dates_are_read_back_and_impossible_ones_refused);
    g_test_add_func("/base/every-error-code-has-its-exit-status", test_every_error_code_has_its_exit_status);
    return g_test_run();
}
