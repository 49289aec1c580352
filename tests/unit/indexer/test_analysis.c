#include "indexer/analysis.h"

/* A text long enough to have its words read beside its citations, with a title and without. */
static struct nd_document *long_document(const char *opening)
{
    enum { BYTES = 5 << 20 };
    GString *text = g_string_new(opening);
    for (int i = 0; text->len < BYTES; i++) {
        if (i % 16 == 0)
            g_string_append_printf(text, "Căn cứ Nghị quyết số %d-NQ/TW và Kế hoạch số %d-KH/TU\n",
                                   i % 97 + 1, i % 89 + 1);
        g_string_append_printf(
            text, "can cu bao cao cua chi bo so %d\nTổ chức cơ sở đảng (TCCSĐ) họp mỗi quý…\n\n", i % 1000);
    }
    struct nd_document *doc = nd_document_new();
    doc->size = text->len;
    doc->text = g_string_free(text, FALSE);
    return doc;
}

static void assert_same_bytes(struct nd_bytes a, struct nd_bytes b)
{
    g_assert_cmpuint(a.n, ==, b.n);
    g_assert_true(memcmp(a.p, b.p, a.n) == 0);
}

static void assert_same_terms(const struct nd_terms *a, const struct nd_terms *b)
{
    size_t n_a, n_b;
    uint32_t length_a, length_b;
    const struct nd_term *const list_a = nd_terms_list(a, &n_a, &length_a), *const list_b = nd_terms_list(
                                                                                b, &n_b, &length_b);
    g_assert_cmpuint(length_a, ==, length_b);
    g_assert_cmpuint(n_a, ==, n_b);
    for (size_t i = 0; i < n_a; i++) {
        assert_same_bytes(list_a[i].text, list_b[i].text);
        g_assert_cmpuint(list_a[i].wdf, ==, list_b[i].wdf);
    }
    assert_same_bytes(nd_terms_stream(a), nd_terms_stream(b));
}

static void the_terms_of_a_long_text_are_the_same_on_their_own_thread(void)
{
    static const char *const openings[] = {
        "", "Bao cao so 3\n",
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nSố 21-NQ/TW\n\nNGHỊ QUYẾT\nvề tổ chức cơ sở đảng\n\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++) {
        nd_auto(nd_terms) beside = nd_terms_new();
        nd_auto(nd_terms) after = nd_terms_new();
        nd_auto(nd_document) doc = long_document(openings[i]);
        struct nd_analysis analysis;
        nd_analysis_init(&analysis, doc, NULL, beside);
        g_assert_cmpuint(nd_mentions_count(analysis.mentions), >, 1000);
        nd_analysis_terms(doc, &analysis.text, analysis.metadata, analysis.mentions, after);
        assert_same_terms(beside, after);
        nd_analysis_clear(&analysis);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/analysis/the-terms-of-a-long-text-are-the-same-on-their-own-thread",
                    the_terms_of_a_long_text_are_the_same_on_their_own_thread);
    return g_test_run();
}
