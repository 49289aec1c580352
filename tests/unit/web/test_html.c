#include "web/address.h"
#include "web/html.h"
#include "web/response.h"

#define REPLACEMENT "\xef\xbf\xbd"

static void test_text_cannot_leave_its_place(void)
{
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"", ""},
        {"Nghị quyết", "Nghị quyết"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onmouseover=\"x", "&quot; onmouseover=&quot;x"},
        {"' onmouseover='x", "&#39; onmouseover=&#39;x"},
        {"a&b &amp; c", "a&amp;b &amp;amp; c"},
        {"tab\tline\nreturn\r", "tab\tline\nreturn\r"},
        {"bell\a escape\x1b[31m", "bell" REPLACEMENT " escape" REPLACEMENT "[31m"},
        {"form\ffeed", "form\nfeed"},
        {"\xef\xbf\xbe and \xef\xbf\xbf", REPLACEMENT " and " REPLACEMENT},
        {"]]>", "]]&gt;"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        nd_html_escape(out, nd_str_from_c(cases[i].text));
        g_assert_cmpstr(out->str, ==, cases[i].escaped);
    }
}

static void test_every_byte_of_an_address_component_is_plain_or_percent_encoded(void)
{
    for (unsigned c = 1; c < 256; c++) {
        const char byte = (char)c;
        g_autoptr(GString) out = g_string_new(NULL);
        nd_html_escape_url(out, (struct nd_str){&byte, 1});
        if (g_ascii_isalnum(byte) || strchr("-._~", byte)) {
            g_assert_cmpuint(out->len, ==, 1);
        } else {
            char expected[4];
            g_snprintf(expected, sizeof expected, "%%%02X", c);
            g_assert_cmpstr(out->str, ==, expected);
        }
    }
    g_autoptr(GString) path = g_string_new(NULL);
    nd_html_escape_path(path, ND_STR("13-QĐ/TU~2018@LAI-CHAU"));
    g_assert_cmpstr(path->str, ==, "13-Q%C4%90/TU~2018%40LAI-CHAU");
}

static void test_queries_in_attributes_are_short_and_still_harmless(void)
{
    static const struct {
        const char *value, *escaped;
    } cases[] = {
        {"sinh hoạt chuyên đề", "sinh+hoạt+chuyên+đề"},
        {"implements:21-NQ/TW", "implements:21-NQ/TW"},
        {"\"chi bộ\" OR 1+1 & x=y #?%", "%22chi+bộ%22+OR+1%2B1+%26+x%3Dy+%23%3F%25"},
        {"'><script>", "%27%3E%3Cscript%3E"},
        {"a\xe2\x80\xae"
         "b×÷",
         "a%E2%80%AEb%C3%97%C3%B7"},                 /* writing turned round */
        {"\xd0\xb0\xef\xbc\x87", "%D0%B0%EF%BC%87"}, /* Cyrillic, a wide quotation mark */
        {"line\nbreak\t\x01", "line%0Abreak%09%01"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        nd_html_escape_query(out, nd_str_from_c(cases[i].value));
        g_assert_cmpstr(out->str, ==, cases[i].escaped);
    }
}

static void test_numbers_and_dates_are_written_as_the_reader_writes_them(void)
{
    static const struct {
        int64_t number;
        const char *vi, *en;
    } numbers[] = {
        {0, "0", "0"}, {999, "999", "999"}, {1000, "1.000", "1,000"}, {-1234567, "-1.234.567", "-1,234,567"}};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        for (int language = 0; language < ND_N_LANGUAGES; language++) {
            g_autoptr(GString) out = g_string_new(NULL);
            struct nd_html html = {.out = out, .language = (enum nd_language)language, .base = ""};
            nd_put(&html, NUMBER(numbers[i].number));
            g_assert_cmpstr(out->str, ==, language == ND_LANGUAGE_VI ? numbers[i].vi : numbers[i].en);
        }
    }
    g_autoptr(GString) out = g_string_new(NULL);
    struct nd_html html = {.out = out, .language = ND_LANGUAGE_VI, .base = ""};
    nd_put(&html, DATE(((struct nd_date){2022, 6, 16})), DATE(((struct nd_date){2022, 6, 0})),
           DATE(((struct nd_date){0, 0, 0})));
    g_assert_cmpstr(out->str, ==,
                    "<time datetime=\"2022-06-16\">16/6/2022</time><time datetime=\"2022-06\">6/2022</time>");
}

static void test_a_header_value_cannot_start_another_header(void)
{
    nd_auto(nd_response) response = nd_response_new();
    nd_response_header(response, "Location", "/work/x\r\nSet-Cookie: a=b\r\n\r\n<script>");
    g_assert_cmpstr(response->headers->str, ==, "Location: /work/xSet-Cookie: a=b<script>\r\n");
}

static void test_every_answer_carries_the_safety_headers(void)
{
    nd_auto(nd_response) response = nd_response_new();
    g_autoptr(GString) out = g_string_new(NULL);
    g_string_append(response->body, "<p>");
    nd_response_write_cgi(response, false, out);
    g_assert_nonnull(strstr(out->str, "Content-Security-Policy: default-src 'none'"));
    g_assert_null(strstr(out->str, "unsafe-inline"));
    g_assert_nonnull(strstr(out->str, "X-Content-Type-Options: nosniff\r\n"));
    g_assert_true(g_str_has_suffix(out->str, "\r\n\r\n<p>"));
    g_string_truncate(out, 0);
    nd_response_write_cgi(response, true, out);
    g_assert_true(g_str_has_suffix(out->str, "\r\n\r\n"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/html/query", test_queries_in_attributes_are_short_and_still_harmless);
    g_test_add_func("/web/html/text cannot leave its place", test_text_cannot_leave_its_place);
    g_test_add_func("/web/html/every byte of an address component is plain or percent-encoded",
                    test_every_byte_of_an_address_component_is_plain_or_percent_encoded);
    g_test_add_func("/web/html/numbers and dates are written as the reader writes them",
                    test_numbers_and_dates_are_written_as_the_reader_writes_them);
    g_test_add_func("/web/response/a header value cannot start another header",
                    test_a_header_value_cannot_start_another_header);
    g_test_add_func("/web/response/every answer carries the safety headers",
                    test_every_answer_carries_the_safety_headers);
    return g_test_run();
}
