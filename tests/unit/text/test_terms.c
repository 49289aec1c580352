#include "analyzers/text/terms.h"

static char *terms_of(const char *text, const char *title)
{
    nd_auto(nd_terms) terms = nd_terms_new();
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    static const struct nd_term_citation citations[] = {{ND_STR("21-nq/tw"), 0}, {ND_STR("12-kh/tu"), 3}};
    nd_terms_build(terms, doc, &normalized, nd_str_from_c(title), citations, strstr(text, "21-NQ") ? 2 : 0);
    size_t n;
    uint32_t length;
    const struct nd_term *list = nd_terms_list(terms, &n, &length);
    const struct nd_bytes stream = nd_terms_stream(terms);
    const size_t n_title = stream.p[0] | (size_t)stream.p[1] << 8;
    g_assert_cmpuint(stream.n, ==, 2 + 2 * (n_title + length));
    if (*title)
        g_assert_cmpuint(n_title, ==, g_str_equal(title, "Đảng viên") ? 2 : 0);
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < n; i++) {
        if (list[i].text.p[0] == 'B')
            continue;
        g_string_append_printf(out, "%s%.*s:%u", out->len ? " " : "", (int)list[i].text.n,
                               (const char *)list[i].text.p, list[i].wdf);
    }
    nd_normalized_clear(&normalized);
    return g_string_free(out, FALSE);
}

static void test_a_document_gives_its_words_grouped_and_sorted(void)
{
    static const struct {
        const char *text, *title, *terms;
    } cases[] = {
        {"", "", ""},
        {"Đảng bộ, đảng viên", "", "bộ:1 viên:1 đảng:2"},
        {"Đảng viên\nđóng phí", "", "Sviên:1 Sđảng:1 phí:1 viên:1 đóng:1 đảng:1"},
        {"Đảng viên số 3", "Đảng viên", "3:1 Sviên:1 Sđảng:1 số:1 viên:1 đảng:1"},
        {"kĩ thuật và kỹ thuật", "", "kỹ:2 thuật:2 và:1"},
        {"Theo 21-NQ/TW là đúng", "", "21:1 K12-kh/tu:1 K21-nq/tw:1 là:1 nq:1 theo:1 tw:1 đúng:1"},
        {"báo cáo resolutions resolution", "", "Zresolut:2 báo:1 cáo:1 resolution:1 resolutions:1"},
        /* no accent in the whole text, in a line, and in a word that cannot be without one */
        {"ban do hanh chinh", "", "Aban:1 Achinh:1 Ado:1 Ahanh:1"},
        {"Bản đồ\nban do hanh chinh\nban do", "",
         "Aban:1 Achinh:1 Ado:1 Ahanh:1 Sbản:1 Sđồ:1 ban:1 bản:1 do:1 đồ:1"},
        {"sinh hoat chi bộ", "", "Ahoat:1 bộ:1 chi:1 sinh:1"},
        {"UBND theo quy trinh chung", "", "Achung:1 Aquy:1 Atheo:1 Atrinh:1 ubnd:1"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = terms_of(cases[i].text, cases[i].title);
        g_assert_cmpstr(got, ==, cases[i].terms);
    }
}

static unsigned count_bigrams(const char *text, const char *first, const char *second)
{
    nd_auto(nd_terms) terms = nd_terms_new();
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    nd_terms_build(terms, doc, &normalized, ND_STR(""), NULL, 0);
    nd_normalized_clear(&normalized);
    char term[ND_BIGRAM_BYTES];
    nd_bigram_term(nd_str_from_c(first), nd_str_from_c(second), term);
    g_assert_null(memchr(term, '\0', sizeof term));
    size_t n;
    uint32_t length;
    const struct nd_term *list = nd_terms_list(terms, &n, &length);
    for (size_t i = 0; i < n; i++)
        if (list[i].text.n == sizeof term && memcmp(list[i].text.p, term, sizeof term) == 0)
            return list[i].wdf;
    return 0;
}

static void test_bigrams_are_kept_where_they_carry_evidence(void)
{
    static const struct {
        const char *text, *first, *second;
        unsigned n;
    } cases[] = {
        {"sinh hoạt chuyên đề, sinh\nhoạt", "sinh", "hoạt", 2},
        {"sinh hoạt chuyên đề", "hoạt", "chuyên", 1},
        {"sinh\n- hoạt", "sinh", "hoạt", 1},
        {"sinh. Hoạt", "sinh", "hoạt", 1},
        {"sinh (hoạt)", "sinh", "hoạt", 1},
        {"nghị quyết của Đảng", "quyết", "của", 0},
        {"nghị quyết của Đảng", "của", "đảng", 0},
        {"khoản 2 điều 5", "khoản", "2", 1},
        {"khoản 2 điều 5", "2", "điều", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpuint(count_bigrams(cases[i].text, cases[i].first, cases[i].second), ==, cases[i].n);
        g_assert_cmpint(nd_bigram_is_kept(nd_str_from_c(cases[i].first), nd_str_from_c(cases[i].second)), ==,
                        cases[i].n > 0);
    }
}

static void test_boilerplate_is_left_out(void)
{
    nd_auto(nd_terms) terms = nd_terms_new();
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup("Trang chủ\nĐảng bộ\nLiên hệ");
    doc->size = strlen(doc->text);
    const struct nd_block blocks[] = {{.start = 0, .end = 11, .kind = ND_BLOCK_BOILERPLATE},
                                      {.start = 12, .end = 24, .kind = ND_BLOCK_PARAGRAPH},
                                      {.start = 25, .end = 35, .kind = ND_BLOCK_BOILERPLATE}};
    g_array_append_vals(doc->blocks, blocks, 3);
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    nd_terms_build(terms, doc, &normalized, ND_STR(""), NULL, 0);
    size_t n;
    uint32_t length;
    nd_terms_list(terms, &n, &length);
    g_assert_cmpuint(length, ==, 2);
    nd_normalized_clear(&normalized);
}

static void take(struct nd_str key, struct nd_str synonym, void *out)
{
    g_string_append_printf(out, "%.*s>%.*s ", (int)key.n, key.p, (int)synonym.n, synonym.p);
}

static void test_synonyms_are_given_once(void)
{
    nd_auto(nd_terms) terms = nd_terms_new();
    static const char *const texts[] = {"Đảng ta ĐẢNG", "Đảng bộ", "(của chi bộ (CB) và chi bộ cơ sở (CBCS)"};
    static const char *const given[] = {
        "dang>đảng ", "bo>bộ ",
        "cua>của va>và co>cơ so>sở =cb>chi bộ ~chi bộ>cb =cbcs>chi bộ cơ sở ~chi bộ cơ sở>cbcs "};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        nd_auto(nd_document) doc = nd_document_new();
        doc->text = g_strdup(texts[i]);
        doc->size = strlen(texts[i]);
        struct nd_normalized normalized;
        nd_normalize(nd_document_text(doc), &normalized);
        nd_terms_build(terms, doc, &normalized, ND_STR(""), NULL, 0);
        g_autoptr(GString) out = g_string_new(NULL);
        nd_terms_take_synonyms(terms, take, out);
        g_assert_cmpstr(out->str, ==, given[i]);
        nd_normalized_clear(&normalized);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/terms/a-document-gives-its-words-grouped-and-sorted",
                    test_a_document_gives_its_words_grouped_and_sorted);
    g_test_add_func("/terms/bigrams-are-kept-where-they-carry-evidence",
                    test_bigrams_are_kept_where_they_carry_evidence);
    g_test_add_func("/terms/boilerplate-is-left-out", test_boilerplate_is_left_out);
    g_test_add_func("/terms/synonyms-are-given-once", test_synonyms_are_given_once);
    return g_test_run();
}
