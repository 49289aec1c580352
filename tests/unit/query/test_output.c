#include "query/csv.h"
#include "base/json.h"
#include "query/layout.h"
#include "query/names.h"

#include <stdlib.h>

/* What a function prints, as a string. */
struct capture {
    FILE *out;
    char *text;
    size_t size;
};

static void capture_begin(struct capture *capture)
{
    capture->out = open_memstream(&capture->text, &capture->size);
}

static const char *capture_end(struct capture *capture)
{
    fclose(capture->out);
    return capture->text;
}

static void test_json_is_escaped_and_separated(void)
{
    struct capture capture;
    capture_begin(&capture);
    struct nd_json json = {.out = capture.out};
    nd_json_begin_object(&json, NULL);
    nd_json_string(&json, "a\"", "x\n\\\x01\xff");
    nd_json_string(&json, "b", NULL);
    nd_json_begin_array(&json, "c");
    nd_json_integer(&json, NULL, -5);
    nd_json_number(&json, NULL, 0.25);
    nd_json_bool(&json, NULL, true);
    nd_json_begin_array(&json, NULL);
    nd_json_end_array(&json);
    nd_json_end_array(&json);
    nd_json_end_object(&json);
    nd_json_end_line(&json);
    g_assert_cmpstr(capture_end(&capture), ==,
                    "{\"a\\\"\":\"x\\n\\\\\\u0001\xef\xbf\xbd\",\"b\":null,\"c\":[-5,0.25,true,[]]}\n");
    free(capture.text);
}

static void test_titles_begin_with_the_word_of_their_type(void)
{
    static const struct {
        const char *type, *title, *whole;
    } cases[] = {
        {"KH", "thực hiện Nghị quyết số 21-NQ/TW", "Kế hoạch thực hiện Nghị quyết số 21-NQ/TW"},
        {"LUAT", "ĐẶC XÁ", "LUẬT ĐẶC XÁ"},
        {"DL", "ĐẢNG CỘNG SẢN VIỆT NAM (do Đại hội XI thông qua)",
         "ĐIỀU LỆ ĐẢNG CỘNG SẢN VIỆT NAM (do Đại hội XI thông qua)"},
        {"KH", "UBND tỉnh triển khai", "Kế hoạch UBND tỉnh triển khai"},
        {"KH", "Kế hoạch năm 2023", "Kế hoạch năm 2023"},
        {"QĐ", "về khen thưởng", "về khen thưởng"}, /* a decision or a regulation */
        {"Quy định", "về khen thưởng", "Quy định về khen thưởng"},
        {"Điện", "về việc họp", "Điện về việc họp"},
        {NULL, "về việc họp", "về việc họp"},
        {"KH", NULL, "Kế hoạch"},
        {NULL, NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *whole = nd_title_with_type(cases[i].type, cases[i].title);
        g_assert_cmpstr(whole, ==, cases[i].whole);
    }
}

static void test_paragraphs_wrap_by_columns(void)
{
    struct capture capture;
    capture_begin(&capture);
    /* combining marks take no column, wide characters two */
    const struct nd_layout layout = {capture.out, {.is_terminal = true, .columns = 24}};
    nd_layout_paragraph(&layout, 2, NULL, "sinh hoa\xcc\xa3t chuye\xcc\x82n \xe6\xbc\xa2\xe5\xad\x97 hai ba",
                        NULL, NULL, 0);
    g_assert_cmpstr(capture_end(&capture), ==,
                    "  sinh hoa\xcc\xa3t chuye\xcc\x82n \xe6\xbc\xa2\xe5\xad\x97\n  hai ba\n");
    free(capture.text);
}

static void test_marks_are_stars_in_a_pipe_and_colours_on_a_terminal(void)
{
    static const struct nd_range marks[] = {{4, 8}};
    struct capture capture;
    capture_begin(&capture);
    const struct nd_layout pipe_layout = {capture.out, {0}};
    nd_layout_paragraph(&pipe_layout, 0, "“", "một hai ba", "”", (const struct nd_range[]){{6, 9}}, 1);
    g_assert_cmpstr(capture_end(&capture), ==, "“một **hai** ba”\n");
    free(capture.text);
    capture_begin(&capture);
    const struct nd_layout layout = {capture.out, {.colour = true, .is_terminal = true, .columns = 80}};
    nd_layout_paragraph(&layout, 0, NULL, "aaa bbbb c", NULL, marks, 1);
    g_assert_cmpstr(capture_end(&capture), ==, "aaa \033[1;31mbbbb\033[0m c\n");
    free(capture.text);
}

static void test_a_pipe_shows_what_a_wide_terminal_shows(void)
{
    static const struct {
        const char *text, *shown;
        struct nd_range marks[2];
    } cases[] = {
        {"một hai ba", "một hai ba", {{0, 0}}},
        {"  một   hai ba  ", " một hai ba", {{0, 0}}},
        {"một\thai\x01 ba \xc2\x9b\xc2\xab", "một hai? ba ?«", {{0, 0}}},
        {"aa bb  cc dd", "aa b**b c**c dd", {{4, 8}}},
        {"aa bb  cc dd", "aa bb **cc** **dd**", {{5, 9}, {10, 12}}},
        {"aa bb", "**aa** bb", {{0, 2}, {900, 901}}},
        {"", "", {{0, 0}}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        for (unsigned columns = 0; columns <= 1000; columns += 1000) {
            struct capture capture;
            capture_begin(&capture);
            const struct nd_layout layout = {capture.out, {.is_terminal = columns > 0, .columns = columns}};
            const size_t n_marks = (cases[i].marks[0].end > 0) + (size_t)(cases[i].marks[1].end > 0);
            nd_layout_paragraph(&layout, 0, NULL, cases[i].text, NULL, cases[i].marks, n_marks);
            g_autofree char *expected = g_strconcat(cases[i].shown, "\n", NULL);
            g_assert_cmpstr(capture_end(&capture), ==, expected);
            free(capture.text);
        }
    }
}

static void test_documents_cannot_drive_the_terminal(void)
{
    struct capture capture;
    capture_begin(&capture);
    const struct nd_layout layout = {capture.out, {0}};
    nd_layout_text(&layout, ND_STYLE_PLAIN, "a\033[31m\xc2\x9b\x07");
    nd_layout_paragraph(&layout, 0, NULL, "b\033c", NULL, NULL, 0);
    g_assert_cmpstr(capture_end(&capture), ==, "a?[31m??b?c\n");
    free(capture.text);
}

static void test_csv_reads_what_spreadsheets_write(void)
{
    static const struct {
        const char *text;
        const char *rows; /* fields joined by '|', rows by '/' */
    } cases[] = {
        {"a,b\n1,2\n", "a|b/1|2"},
        {"\xef\xbb\xbf"
         "a;b\r\n\"x;\"\"y\"\"\";2",
         "a|b/x;\"y\"|2"},
        {"\"a\nb\",c\n", "a\nb|c"},
        {"a\tb,c\td\n", "a|b,c|d"},
        {"", ""},
        {"\"open", "open"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_csv csv = {.text = nd_str_from_c(cases[i].text)};
        g_autoptr(GString) got = g_string_new(NULL);
        for (GPtrArray *row; (row = nd_csv_read(&csv)); g_ptr_array_unref(row)) {
            if (got->len > 0)
                g_string_append_c(got, '/');
            for (guint f = 0; f < row->len; f++)
                g_string_append_printf(got, "%s%s", f > 0 ? "|" : "", (char *)g_ptr_array_index(row, f));
        }
        g_assert_cmpstr(got->str, ==, cases[i].rows);
    }
}

static void test_csv_rows_know_their_line(void)
{
    static const struct {
        const char *text;
        size_t lines[4]; /* where each row begins */
    } cases[] = {
        {"a\n1\n2\n", {1, 2, 3}},
        {"a\r\n\"x\r\ny\"\r\n2", {1, 2, 4}},
        {"a\r1\r2", {1, 2, 3}},
        {"a\n\"x\ry\"\r\r3", {1, 2, 4, 5}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_csv csv = {.text = nd_str_from_c(cases[i].text)};
        size_t n = 0;
        for (GPtrArray *row; (row = nd_csv_read(&csv)); g_ptr_array_unref(row)) {
            g_assert_cmpuint(n, <, G_N_ELEMENTS(cases[i].lines));
            g_assert_cmpuint(csv.line, ==, cases[i].lines[n++]);
        }
        g_assert_true(n == G_N_ELEMENTS(cases[i].lines) || cases[i].lines[n] == 0);
    }
}

static void test_csv_fields_are_quoted_and_never_formulas(void)
{
    static const char *const cases[][2] = {
        {"a", "a"}, {"a,b", "\"a,b\""},   {"a\"b", "\"a\"\"b\""}, {"=1+1", "\"'=1+1\""},
        {"", ""},   {"x\ny", "\"x\ny\""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct capture capture;
        capture_begin(&capture);
        nd_csv_put(capture.out, cases[i][0]);
        g_assert_cmpstr(capture_end(&capture), ==, cases[i][1]);
        free(capture.text);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/output/titles", test_titles_begin_with_the_word_of_their_type);
    g_test_add_func("/output/json-is-escaped-and-separated", test_json_is_escaped_and_separated);
    g_test_add_func("/output/paragraphs-wrap-by-columns", test_paragraphs_wrap_by_columns);
    g_test_add_func("/output/a-pipe-shows-what-a-wide-terminal-shows",
                    test_a_pipe_shows_what_a_wide_terminal_shows);
    g_test_add_func("/output/marks-are-stars-in-a-pipe-and-colours-on-a-terminal",
                    test_marks_are_stars_in_a_pipe_and_colours_on_a_terminal);
    g_test_add_func("/output/documents-cannot-drive-the-terminal", test_documents_cannot_drive_the_terminal);
    g_test_add_func("/output/csv-reads-what-spreadsheets-write", test_csv_reads_what_spreadsheets_write);
    g_test_add_func("/output/csv-rows-know-their-line", test_csv_rows_know_their_line);
    g_test_add_func("/output/csv-fields-are-quoted-and-never-formulas",
                    test_csv_fields_are_quoted_and_never_formulas);
    return g_test_run();
}
