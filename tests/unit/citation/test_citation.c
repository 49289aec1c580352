#include "analyzers/citation/citation.h"
#include "analyzers/citation/mention_json.h"

/* The citations of text, which is a document without header. */
static struct nd_mentions *extract(const char *text)
{
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    struct nd_normalized normal;
    nd_normalize(nd_document_text(doc), &normal);
    nd_auto(nd_metadata) metadata = nd_metadata_read(doc, &normal, NULL);
    struct nd_mentions *mentions = nd_citation_extract(doc, &normal, metadata);
    nd_normalized_clear(&normal);
    return mentions;
}

static void test_codes_are_read_in_every_spelling(void)
{
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"theo Nghị quyết số 45-NQ/TW", "45-NQ/TW"},
        {"theo Chỉ thị số 19 CT/TW", "19-CT/TW"},
        {"theo Quy định số 86- QĐ/ TW", "86-QĐ/TW"},
        {"theo Hướng dẫn 33 – HD/BTCTW", "33-HD/BTCTW"},
        {"theo Công văn số 14500 - CV/VPTW", "14500-CV/VPTW"},
        {"theo Nghị quyết số 16- Nq/tw", "16-NQ/TW"},
        {"theo Luật số 81/2015 / QH13", "81/2015/QH13"},
        {"theo Quy định 32/QĐ-TW", "32-QĐ/TW"},
        {"theo Hướng dẫn số 06 HD/TCTW", "06-HD/BTCTW"},
        {"theo Nghị định số 31/2021/NĐ-CP", "31/2021/NĐ-CP"},
        {"theo Quyết định số 1848/QĐ-TTg", "1848/QĐ-TTg"},
        {"theo Công văn số 7433/UBND-XD", "7433/UBND-XD"},
        {"theo Nghị quyết số 352/2017/NQ-UBTVQH14", "352/2017/NQ-UBTVQH14"},
        {"theo Nghị quyết số 19/2008/NQ-QH 12", "19/2008/NQ-QH12"},
        {"theo Nghị quyết\n\nsố 45-NQ/TW", "45-NQ/TW"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_mentions) mentions = extract(cases[i].text);
        g_test_message("%s", cases[i].text);
        g_assert_cmpuint(nd_mentions_count(mentions), ==, 1);
        g_autofree char *code = nd_citation_code(nd_mentions_get(mentions, 0));
        g_assert_cmpstr(code, ==, cases[i].code);
    }
}

static void test_what_only_resembles_a_citation_is_left_alone(void)
{
    static const char *const cases[] = {
        "góp vốn điều lệ của công ty",
        "các quy định của Trung ương, các nghị quyết của Đảng",
        "Kế hoạch này thay cho Nghị quyết trên",
        "pháp luật về sở hữu trí tuệ",
        "kế hoạch 5 năm, chương trình 12 bước",
        "thi hành kỷ luật lao động",
        "ngày 12/3/2012, tỷ lệ 24/7",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_mentions) mentions = extract(cases[i]);
        g_test_message("%s", cases[i]);
        g_assert_cmpuint(nd_mentions_count(mentions), ==, 0);
    }
}

static void test_names_of_kinds_and_relations_are_read_back(void)
{
    for (int i = 0; i < ND_N_MENTION_KINDS; i++) {
        enum nd_mention_kind kind;
        g_assert_true(nd_mention_kind_parse(nd_mention_kind_name((enum nd_mention_kind)i), &kind));
        g_assert_cmpint(kind, ==, i);
    }
    for (int i = 0; i < ND_N_RELATIONS; i++) {
        enum nd_relation relation;
        g_assert_true(nd_relation_parse(nd_relation_name((enum nd_relation)i), &relation));
        g_assert_cmpint(relation, ==, i);
    }
    enum nd_relation untouched = ND_RELATION_GUIDES;
    g_assert_false(nd_relation_parse("implement", &untouched));
    g_assert_cmpint(untouched, ==, ND_RELATION_GUIDES);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/citation/codes", test_codes_are_read_in_every_spelling);
    g_test_add_func("/citation/traps", test_what_only_resembles_a_citation_is_left_alone);
    g_test_add_func("/citation/names", test_names_of_kinds_and_relations_are_read_back);
    return g_test_run();
}
