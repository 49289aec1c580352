#include "query/language.h"

#include "base/caps.h"
#include "base/error.h"
#include "query/names.h"

#include <string.h>

/* Reports a failed case and goes on with the next one. */
#define CASE_FAILED(...) (g_test_message(__VA_ARGS__), g_test_fail())

/* A query and its tree, a line a node, children indented by two spaces. */
struct tree_case {
    const char *query, *tree;
};

static void check_trees(const struct tree_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autoptr(GError) error = NULL;
        nd_auto(nd_syntax) syntax = nd_syntax_parse(cases[i].query, strlen(cases[i].query), NULL, &error);
        if (!syntax) {
            CASE_FAILED("%s: %s", cases[i].query, error->message);
            continue;
        }
        g_autofree char *tree = nd_syntax_dump(syntax);
        if (strcmp(tree, cases[i].tree) != 0)
            CASE_FAILED("%s\nexpected:\n%sgot:\n%s", cases[i].query, cases[i].tree, tree);
    }
}

static void test_plain_words_simply_work(void)
{
    static const struct tree_case cases[] = {
        {"", "all\n"},
        {"  \t ", "all\n"},
        {"sinh hoạt chuyên đề", "words \"sinh hoạt chuyên đề\"\n"},
        {"?!? --- ...", "nothing\n"},
        {"đẩy mạnh cải cách,", "words \"đẩy mạnh cải cách,\"\n"},
        {"tổ chức (cơ sở", "words \"tổ chức (cơ sở\"\n"},
        {"tổ chức cơ sở) đảng", "words \"tổ chức cơ sở) đảng\"\n"},
        {"lời \"mở đầu", "words \"lời \"mở đầu\"\n"},
        {"Kính gửi: các chi bộ", "words \"Kính gửi: các chi bộ\"\n"},
        {"Ngày: chưa rõ", "words \"Ngày: chưa rõ\"\n"},
        {"https://vi.example/a?b=1", "words \"https://vi.example/a?b=1\"\n"},
        {"giai đoạn 2015 -2020", "words \"giai đoạn 2015 -2020\"\n"},
        {"- Căn cứ tình hình", "words \"- Căn cứ tình hình\"\n"},
        {"chi bộ - đảng bộ", "words \"chi bộ - đảng bộ\"\n"},
        {"a*b **", "words \"a*b\"\n"},
        {"họp (khóa mới) chiều", "words \"họp khóa mới chiều\"\n"},
        {"\"\" ()", "nothing\n"},
    };
    check_trees(cases, G_N_ELEMENTS(cases));
}

static void test_operators_bind_as_the_grammar_says(void)
{
    static const struct tree_case cases[] = {
        {"\"sinh hoạt\" chi bộ", "together\n  phrase \"sinh hoạt\"\n  words \"chi bộ\"\n"},
        {"“tự diễn biến”", "phrase \"tự diễn biến\"\n"},
        {"quy định OR hướng dẫn", "or\n  words \"quy định\"\n  words \"hướng dẫn\"\n"},
        {"quy định AND hướng dẫn OR thông tri",
         "or\n  and\n    words \"quy định\"\n    words \"hướng dẫn\"\n  words \"thông tri\"\n"},
        {"quy định AND (hướng dẫn OR thông tri)",
         "and\n  words \"quy định\"\n  or\n    words \"hướng dẫn\"\n    words \"thông tri\"\n"},
        {"chi bộ -nông thôn", "together\n  words \"chi bộ\"\n  not\n    words \"nông\"\n  words \"thôn\"\n"},
        {"chi bộ NOT nông thôn", "together\n  words \"chi bộ\"\n  not\n    words \"nông thôn\"\n"},
        {"-\"nông thôn\"", "together\n  not\n    phrase \"nông thôn\"\n"},
        {"chuy*", "prefix \"chuy\"\n"},
        {"sinh hoạt NEAR/5 chi bộ", "near/5\n  words \"sinh hoạt\"\n  words \"chi bộ\"\n"},
        {"sinh hoạt NEAR \"chi bộ\" đảng",
         "together\n  near/10\n    words \"sinh hoạt\"\n    phrase \"chi bộ\"\n  words \"đảng\"\n"},
    };
    check_trees(cases, G_N_ELEMENTS(cases));
}

static void test_fields_take_both_languages_with_or_without_accents(void)
{
    static const struct tree_case cases[] = {
        {"loại:KH", "field type \"KH\"\n"},
        {"loai:kh", "field type \"KH\"\n"},
        {"type:\"nghị quyết\"", "field type \"NQ\"\n"},
        {"type:\"quy dinh\"", "field type \"Quy định\"\n"}, /* QĐ is a decision's code, too */
        {"type:qđ", "field type \"QĐ\"\n"},
        {"loại:Nghị quyết đảng viên", "together\n  field type \"NQ\"\n  words \"đảng viên\"\n"},
        {"loại:(KH OR CTr)", "field type \"KH\" \"CTr\"\n"},
        {"type:(KH, CTr)", "field type \"KH\" \"CTr\"\n"},
        {"tỉnh:Lai Châu đảng viên", "together\n  field place \"LAI-CHAU\"\n  words \"đảng viên\"\n"},
        {"tinh:\"lai chau\"", "field place \"LAI-CHAU\"\n"},
        {"place:(Lai Châu OR Quảng Trị)", "field place \"LAI-CHAU\" \"QUANG-TRI\"\n"},
        {"cấp:tỉnh", "field level \"provincial\"\n"},
        {"level:provincial", "field level \"provincial\"\n"},
        {"capxa -cấp:xã", "together\n  words \"capxa\"\n  not\n    field level \"commune\"\n"},
        {"cơquan:tctw", "field issuer \"BTCTW\"\n"},
        {"coquan:STNMT", "field issuer \"STNMT\"\n"},
        {"số:07", "field number \"7\"\n"},
        {"số:21-NQ/TW", "field code \"21-nq/tw\"\n"},
        {"năm:2018..2022", "range year 2018..2022\n"},
        {"nam:2018-2022", "range year 2018..2022\n"},
        {"year:2018", "range year 2018..2018\n"},
        {"ngày:2018-10-08..", "range date 2018-10-08..\n"},
        {"ngày:..8/10/2018", "range date ..2018-10-08\n"},
        {"date:10/2018", "range date 2018-10..2018-10\n"},
        {"ngày: 2018", "range date 2018..2018\n"},
        {"tiêuđề:\"tổ chức cơ sở\"", "field title \"tổ chức cơ sở\"\n"},
        {"kýbởi:Hùng", "field signer \"Hùng\"\n"},
        {"path:2018/kh", "field path \"2018/kh\"\n"},
    };
    check_trees(cases, G_N_ELEMENTS(cases));
}

static void test_citations_are_read_in_every_spelling(void)
{
    static const struct tree_case cases[] = {
        {"21-NQ/TW", "citation 21-nq/tw\n"},
        {"\"21-NQ/TW\"", "citation 21-nq/tw\n"},
        {"76- QĐ/ TW", "citation 76-qđ/tw\n"},
        {"Nghị quyết số 21-NQ/TW", "citation 21-nq/tw\n"},
        {"21-NQ/TW đảng viên", "together\n  citation 21-nq/tw\n  words \"đảng viên\"\n"},
        {"30/2020/NĐ-CP", "citation 30/2020/nđ-cp\n"},
        {"implements:21-NQ/TW", "relation implements 21-nq/tw\n"},
        {"thựchiện:21-NQ/TW", "relation implements 21-nq/tw\n"},
        {"thuchien: 21-nq/tw", "relation implements 21-nq/tw\n"},
        {"implements+:21-NQ/TW", "relation implements+ 21-nq/tw\n"},
        {"đượcthựchiện:21-NQ/TW", "relation implemented_by 21-nq/tw\n"},
        {"based-on:\"Điều lệ Đảng\"", "relation based_on \"Điều lệ Đảng\"\n"},
        {"implements:21-NQ/TW~XIII", "relation implements \"21-NQ/TW~XIII\"\n"},
        {"implements:13-QĐ/TU~2018@LAI-CHAU", "relation implements \"13-QĐ/TU~2018@LAI-CHAU\"\n"},
        {"replaced_by:*", "relation replaced_by \"*\"\n"},
        {"implements:(21-NQ/TW OR 22-NQ/TW)",
         "or\n  relation implements 21-nq/tw\n  relation implements 22-nq/tw\n"},
        {"implements:(loại:NQ năm:2022 \"tổ chức\")",
         "relation implements\n  together\n    field type \"NQ\"\n    range year 2022..2022\n    phrase \"tổ "
         "chức\"\n"},
        {"implements:21-NQ/TW level:provincial \"sinh hoạt chuyên đề\"",
         "together\n  relation implements 21-nq/tw\n  field level \"provincial\"\n"
         "  phrase \"sinh hoạt chuyên đề\"\n"},
    };
    check_trees(cases, G_N_ELEMENTS(cases));
}

static void test_mistakes_are_errors_at_their_place(void)
{
    static const struct {
        const char *query;
        size_t position;
        int code;
    } cases[] = {
        {"loại:XYZ", 7, ND_ERROR_USAGE},
        {"loại:", 7, ND_ERROR_USAGE},
        {"chi bộ loại:(KH OR XYZ)", 23, ND_ERROR_USAGE},
        {"loại:()", 8, ND_ERROR_USAGE},
        {"năm:xưa", 5, ND_ERROR_USAGE},
        {"năm:2022..2018", 5, ND_ERROR_USAGE},
        {"ngày:2023-02-29", 6, ND_ERROR_USAGE},
        {"cấp:làng", 6, ND_ERROR_USAGE},
        {"implements:nonsense", 11, ND_ERROR_USAGE},
        {"implements: ???", 12, ND_ERROR_USAGE},
        {"implements:()", 12, ND_ERROR_USAGE},
        {"implement:21-NQ/TW", 0, ND_ERROR_USAGE},
        {"chi bộ AND", 9, ND_ERROR_USAGE},
        {"OR chi bộ", 0, ND_ERROR_USAGE},
        {"chi bộ NOT", 12, ND_ERROR_USAGE},
        {"loại:KH NEAR/3 chi", 10, ND_ERROR_USAGE},
        {"chi \xff bộ", 4, ND_ERROR_USAGE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        size_t position = 999;
        nd_auto(nd_syntax) syntax =
            nd_syntax_parse(cases[i].query, strlen(cases[i].query), &position, &error);
        if (syntax) {
            CASE_FAILED("%s: no error", cases[i].query);
            continue;
        }
        if (position != cases[i].position)
            CASE_FAILED("%s: at %zu: %s", cases[i].query, position, error->message);
        g_assert_error(error, ND_ERROR, cases[i].code);
    }
}

static void test_caps_are_errors_and_not_silent_cuts(void)
{
    g_autoptr(GString) long_query = g_string_new(NULL), deep = g_string_new(NULL), many = g_string_new(NULL);
    while (long_query->len <= ND_CAP_QUERY_BYTES)
        g_string_append(long_query, "đảng ");
    for (int i = 0; i <= ND_CAP_QUERY_DEPTH; i++)
        g_string_append(deep, "(a OR ");
    g_string_append(deep, "b");
    for (int i = 0; i <= ND_CAP_QUERY_DEPTH; i++)
        g_string_append(deep, ")");
    for (int i = 0; i <= ND_CAP_QUERY_TERMS; i++)
        g_string_append(many, "a ");
    const GString *const queries[] = {long_query, deep, many};
    for (size_t i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(nd_syntax_parse(queries[i]->str, queries[i]->len, NULL, &error));
        g_assert_error(error, ND_ERROR, ND_ERROR_LIMIT);
    }
}

static void test_the_caret_stands_under_the_place(void)
{
    static const struct {
        const char *query;
        size_t position;
        const char *expected;
    } cases[] = {
        {"năm:xưa", 5, "năm:xưa\n    ^"},
        {"na\xcc\x86m:xưa", 6, "na\xcc\x86m:xưa\n    ^"}, /* the breve is a character of its own */
        {"loại:", 7, "loại:\n     ^"},
        {"a\tb", 2, "a b\n  ^"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *caret = nd_syntax_caret(cases[i].query, strlen(cases[i].query), cases[i].position);
        g_assert_cmpstr(caret, ==, cases[i].expected);
    }
}

static void test_one_citation_alone_is_recognised(void)
{
    static const struct {
        const char *query;
        bool alone;
    } cases[] = {
        {"21-NQ/TW", true},
        {"Nghị quyết 21-NQ/TW", true},
        {"21-NQ/TW đảng viên", false},
        {"Điều lệ Đảng", true},
        {"đảng viên", false},
        {"loại:KH", false},
        {"21-NQ/TW OR 1-NQ/TW", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_syntax) syntax = nd_syntax_parse(cases[i].query, strlen(cases[i].query), NULL, NULL);
        g_assert_nonnull(syntax);
        if ((syntax->only_citation != NULL) != cases[i].alone)
            CASE_FAILED("%s", cases[i].query);
    }
}

static void test_every_name_leads_back_to_its_field_or_relation(void)
{
    size_t n;
    const struct nd_relation_name *const relations = nd_relation_names(&n);
    for (size_t i = 0; i < n; i++) {
        g_assert_true(nd_relation_by_name(nd_str_from_c(relations[i].english)) == &relations[i]);
        g_assert_true(nd_relation_by_name(nd_str_from_c(relations[i].vietnamese)) == &relations[i]);
    }
    for (size_t i = 0; i < ND_N_FIELDS; i++) {
        if (*nd_fields[i].english)
            g_assert_cmpint(nd_field_by_name(nd_str_from_c(nd_fields[i].english))->id, ==, (int)i);
        if (*nd_fields[i].vietnamese)
            g_assert_cmpint(nd_field_by_name(nd_str_from_c(nd_fields[i].vietnamese))->id, ==, (int)i);
    }
    g_assert_null(nd_field_by_name(ND_STR("")));
    g_assert_cmpint(nd_field_by_name(ND_STR("kyboi"))->id, ==, ND_FIELD_SIGNER);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/language/plain-words-simply-work", test_plain_words_simply_work);
    g_test_add_func("/language/operators-bind-as-the-grammar-says", test_operators_bind_as_the_grammar_says);
    g_test_add_func("/language/fields-take-both-languages-with-or-without-accents",
                    test_fields_take_both_languages_with_or_without_accents);
    g_test_add_func("/language/citations-are-read-in-every-spelling",
                    test_citations_are_read_in_every_spelling);
    g_test_add_func("/language/mistakes-are-errors-at-their-place", test_mistakes_are_errors_at_their_place);
    g_test_add_func("/language/caps-are-errors-and-not-silent-cuts",
                    test_caps_are_errors_and_not_silent_cuts);
    g_test_add_func("/language/the-caret-stands-under-the-place", test_the_caret_stands_under_the_place);
    g_test_add_func("/language/one-citation-alone-is-recognised", test_one_citation_alone_is_recognised);
    g_test_add_func("/language/every-name-leads-back-to-its-field-or-relation",
                    test_every_name_leads_back_to_its_field_or_relation);
    return g_test_run();
}
