#include "analyzers/text/passage.h"
#include "query/snippets.h"

#include "base/utf8.h"
#include "analyzers/text/normalize.h"
#include "analyzers/text/terms.h"

static const struct nd_bytes no_words = {(const uint8_t *)"", 0};

/* A document of paragraphs; a line beginning with '#' is a heading of so many levels. */
static struct nd_document *document(const char *text)
{
    struct nd_document *const doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    for (size_t start = 0; start < doc->size;) {
        const size_t end = start + strcspn(text + start, "\n");
        uint8_t level = 0;
        while (text[start + level] == '#')
            level++;
        const struct nd_block block = {.start = (uint32_t)start,
                                       .end = (uint32_t)end,
                                       .page = 1,
                                       .kind = level ? ND_BLOCK_HEADING : ND_BLOCK_PARAGRAPH,
                                       .level = level};
        if (end > start)
            g_array_append_val(doc->blocks, block);
        start = end + 1;
    }
    return doc;
}

/* A matcher of words, each also read as `also`; of a phrase when `phrase`. */
static struct nd_matcher *matcher(const char *words, bool phrase)
{
    struct nd_matcher *const self = nd_matcher_new();
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    struct nd_query_word query[16];
    size_t n = 0;
    for (; list[n]; n++) {
        query[n].typed = list[n];
        query[n].terms = g_strsplit(list[n], "|", -1);
        query[n].all_meant = false;
    }
    if (phrase)
        nd_matcher_add_phrase(self, query, n, 1);
    else
        nd_matcher_add_words(self, query, n, NULL);
    for (size_t i = 0; i < n; i++)
        g_strfreev(query[i].terms);
    return self;
}

/* The passage with its marks in square brackets. */
static char *shown(const struct nd_passage *passage)
{
    GString *const out = g_string_new(NULL);
    size_t at = 0;
    for (size_t i = 0; i < passage->n_marks; i++) {
        g_string_append_len(out, passage->text + at, (gssize)(passage->marks[i].start - at));
        g_string_append_c(out, '[');
        g_string_append_len(out, passage->text + passage->marks[i].start,
                            (gssize)(passage->marks[i].end - passage->marks[i].start));
        g_string_append_c(out, ']');
        at = passage->marks[i].end;
    }
    g_string_append(out, passage->text + at);
    return g_string_free(out, FALSE);
}

static void test_hits_are_marked_in_the_spelling_of_the_document(void)
{
    static const struct {
        const char *text, *words;
        bool phrase;
        const char *expected;
    } cases[] = {
        {"Họp sinh hoạt chi bộ.", "sinh hoạt", false, "Họp [sinh hoạt] chi bộ."},
        {"SINH HOẠT chuyên đề", "sinh hoạt", true, "[SINH HOẠT] chuyên đề"},
        {"sinh viên và sinh hoạt", "sinh hoạt", true, "sinh viên và [sinh hoạt]"},
        {"hoa\xcc\xa3t sinh", "hoạt", false, "[hoa\xcc\xa3t] sinh"}, /* decomposed stays decomposed */
        {"Uỷ ban, ủy viên", "ủy", false, "[Uỷ] ban, [ủy] viên"},     /* both schools of tone marks */
        {"sinh\nhoạt", "sinh hoạt", false, "[sinh]"},
        {"viết không dấu", "khong|không", false, "viết [không] dấu"},
        {"số 07-KH/TW", "07|7 kh tw", true, "số [07-KH/TW]"},
        {"cả và", "và", false, "cả [và]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = document(cases[i].text);
        nd_auto(nd_matcher) words = matcher(cases[i].words, cases[i].phrase);
        struct nd_passage passage;
        g_assert_cmpuint(nd_snippets_make(doc, no_words, words, 0, 1, 200, &passage), ==, 1);
        g_autofree char *got = shown(&passage);
        g_assert_cmpstr(got, ==, cases[i].expected);
        nd_passage_clear(&passage);
    }
}

static const char long_text[] =
    "# Phần một\n"
    "## Mục hai\n"
    "Câu thứ nhất nói về việc khác hẳn và không liên quan gì đến điều đang tìm. Câu thứ hai kể chuyện mùa "
    "màng ở "
    "vùng cao trong nhiều năm. Câu thứ ba mới nói đến sinh hoạt chuyên đề của chi bộ thôn bản. Câu thứ tư "
    "lại quay "
    "về chuyện cũ với những con số dài. Câu thứ năm kết thúc đoạn văn này ở đây.\n"
    "Đoạn sau nhắc chuyên môn và một đề nghị, mỗi chữ một nơi, không thành cụm, và cứ thế kéo dài thêm cho "
    "đủ một "
    "trăm chữ để cắt thử ở giữa câu xem có đứt chữ nào hay không.\n";

static void test_the_passage_with_all_words_together_wins(void)
{
    nd_auto(nd_document) doc = document(long_text);
    nd_auto(nd_matcher) words = matcher("sinh hoạt chuyên đề", false);
    struct nd_passage passage;
    g_assert_cmpuint(nd_snippets_make(doc, no_words, words, 0, 1, 120, &passage), ==, 1);
    g_autofree char *got = shown(&passage);
    g_assert_true(strstr(got, "[sinh hoạt chuyên đề]") != NULL);
    g_assert_true(g_str_has_prefix(passage.text, "Câu thứ ba"));
    g_assert_true(passage.cut_before);
    g_assert_true(passage.cut_after);
    g_assert_cmpstr(passage.heading, ==, "# Phần một › ## Mục hai");
    g_assert_cmpuint(passage.page, ==, 1);
    nd_passage_clear(&passage);
}

static void test_passages_are_never_cut_inside_a_word(void)
{
    nd_auto(nd_document) doc = document(long_text);
    nd_auto(nd_matcher) words = matcher("đoạn chữ", false);
    const struct nd_str text = nd_document_text(doc);
    for (size_t size = 10; size < 400; size++) {
        struct nd_passage passages[3];
        const size_t n = nd_snippets_make(doc, no_words, words, 0, 3, size, passages);
        g_assert_cmpuint(n, >=, 1);
        for (size_t i = 0; i < n; i++) {
            const struct nd_range source = passages[i].source;
            struct nd_str out;
            g_assert_true(nd_utf8_check(
                (struct nd_bytes){(const uint8_t *)passages[i].text, strlen(passages[i].text)}, &out, NULL));
            g_assert_true(source.start == 0 || strchr(" \n", text.p[source.start - 1]));
            g_assert_true(source.end == text.n || strchr(" \n", text.p[source.end]));
            for (size_t m = 0; m < passages[i].n_marks; m++)
                g_assert_cmpuint(passages[i].marks[m].end, <=, strlen(passages[i].text));
            g_assert_true(i == 0 || passages[i - 1].source.end <= source.start);
            nd_passage_clear(&passages[i]);
        }
    }
}

/* What the index keeps of doc: its words, and how many each block has. Borrowed from terms. */
static struct nd_bytes words_of(struct nd_document *doc, struct nd_terms *terms)
{
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    nd_terms_build(terms, doc, &normalized, ND_STR("x"), NULL, 0);
    nd_normalized_clear(&normalized);
    size_t n;
    const uint32_t *const counts = nd_terms_block_words(terms, &n);
    g_assert_cmpuint(n, ==, doc->blocks->len);
    for (size_t i = 0; i < n; i++)
        g_array_index(doc->blocks, struct nd_block, i).n_words = counts[i];
    const struct nd_bytes stream = nd_terms_stream(terms); /* a count and the word of the title first */
    return (struct nd_bytes){stream.p + 4, stream.n - 4};
}

static void test_the_words_of_the_index_lead_to_the_same_passages(void)
{
    static const char *const texts[] = {
        "# Phần một\nChi bộ họp. Đảng viên dự họp chi bộ.\nHọp chi bộ, đảng viên, chi bộ.\nĐảng viên chi "
        "bộ.\n",
        "Một.\nHai chi ba bộ bốn.\nBộ chi, chi bộ chi bộ chi.\n## Chi bộ\nđảng đảng viên viên\nchi bộ\n",
        "Chi bô\u0323 vie\u0302n, CHI BỘ\nchi bộ đang viên ho p chi bộ\nxyz\nđảng – viên (chi bộ) "
        "đảng/viên\n"};
    static const char *const queries[] = {"chi bộ",    "đảng viên",     "họp",      "viên đảng bộ chi",
                                          "bo|bộ chi", "đảng|dang họp", "không có", "chi chi bộ"};
    nd_auto(nd_terms) terms = nd_terms_new();
    for (size_t i = 0; i < G_N_ELEMENTS(texts) * G_N_ELEMENTS(queries) * 2; i++) {
        nd_auto(nd_document) doc = document(texts[i / 2 / G_N_ELEMENTS(queries)]);
        nd_auto(nd_matcher) words = matcher(queries[i / 2 % G_N_ELEMENTS(queries)], i % 2);
        for (size_t size = 20; size < 100; size += 20) {
            struct nd_passage slow[3], quick[3];
            const size_t n = nd_snippets_make(doc, no_words, words, 0, 3, size, slow);
            g_assert_cmpuint(n, ==, nd_snippets_make(doc, words_of(doc, terms), words, 0, 3, size, quick));
            for (size_t k = 0; k < n; k++) {
                g_autofree char *expected = shown(&slow[k]), *got = shown(&quick[k]);
                g_assert_cmpstr(got, ==, expected);
                nd_passage_clear(&slow[k]);
                nd_passage_clear(&quick[k]);
            }
        }
    }
}

/* The matches in a block's words, as "first-last" each. */
static char *matches_in(const struct nd_matcher *words, uint32_t from, uint32_t to)
{
    g_autoptr(GArray) matches = g_array_new(FALSE, FALSE, sizeof(struct nd_match));
    nd_matcher_find_words(words, from, to, matches);
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < matches->len; i++) {
        const struct nd_match *const match = &g_array_index(matches, struct nd_match, i);
        g_string_append_printf(out, "%s%u-%u", i > 0 ? " " : "", match->start, match->end);
    }
    return g_string_free(out, FALSE);
}

static void test_words_tell_where_the_query_stands(void)
{
    nd_auto(nd_document) doc = document("chi bộ\nđảng viên\nbộ chi\nchi chi bộ\n");
    nd_auto(nd_terms) terms = nd_terms_new();
    const struct nd_bytes words = words_of(doc, terms);
    static const struct {
        bool phrase;
        uint32_t from, to;
        const char *expected;
    } cases[] = {{false, 0, 2, "0-1 1-2"}, {false, 2, 4, ""}, {false, 4, 6, "0-1 1-2"},
                 {true, 0, 2, "0-2"},      {true, 4, 6, ""},  {true, 6, 9, "1-3"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_matcher) query = matcher("chi bộ", cases[i].phrase);
        nd_matcher_turn_to(query, doc, words);
        g_assert_true(nd_matcher_knows_words(query));
        g_autofree char *got = matches_in(query, cases[i].from, cases[i].to);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
    nd_auto(nd_matcher) two = matcher("chi bộ", false);
    nd_matcher_turn_to(two, doc, no_words);
    g_assert_false(nd_matcher_knows_words(two));
    static const struct xc_bytes chi = {"chi", 3};
    for (size_t known = 0; known < 2; known++) {
        nd_auto(nd_matcher) prefix = nd_matcher_new();
        nd_matcher_add_prefix(prefix, ND_STR("ch"), &chi, known);
        nd_matcher_turn_to(prefix, doc, words);
        g_assert_true(nd_matcher_knows_words(prefix) == (known > 0));
    }
}

/* Words typed without accents: the reading that was understood comes first in each list. */
static void test_the_passage_shows_what_was_understood(void)
{
    static const struct {
        const char *text, *words, *expected;
    } cases[] = {
        /* the phrase wins over more of fewer words */
        {"Nền nếp sinh hoạt, giờ giấc sinh hoạt và chất lượng sinh hoạt được giữ.\nTháng nào cũng có buổi "
         "sinh "
         "hoạt chuyên đề.\nKhông bỏ sinh hoạt để đi làm.",
         "sinh hoạt chuyên|chuyển đề|để|đe", "Tháng nào cũng có buổi [sinh hoạt chuyên đề]."},
        /* so it does in a heading */
        {"## Sinh hoạt chuyên đề\nHọp bàn nền nếp sinh hoạt ở từng tổ.", "sinh hoạt chuyên đề|để",
         "## [Sinh hoạt chuyên đề]"},
        /* words together win over the same words apart */
        {"Chuyên viên ghi đề nghị vào sổ sinh viên cho hoạt động sau.\nBàn kỹ sinh hoạt chuyên đề.",
         "sinh hoạt chuyên đề|để", "Bàn kỹ [sinh hoạt chuyên đề]."},
        /* what was not meant is not marked where the document has what was */
        {"Để làm chuyên đề này, để kịp.", "chuyên|chuyển đề|để", "Để làm [chuyên đề] này, để kịp."},
        {"Chuyển giao để kịp.", "chuyên|chuyển đề|để", "[Chuyển] giao [để] kịp."},
        /* text that lost its accents has what was meant */
        {"Buoi sinh hoat chuyen de dau tien cua chi bo.", "sinh hoạt|hoát chuyên đề|để",
         "Buoi [sinh hoat chuyen de] dau tien cua chi bo."},
        {"Bản tin nêu bạn đọc và ban biên tập.", "bản|ban|bạn", "[Bản] tin nêu bạn đọc và ban biên tập."},
    };
    nd_auto(nd_terms) terms = nd_terms_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = document(cases[i].text);
        nd_auto(nd_matcher) words = matcher(cases[i].words, false);
        struct nd_passage passage;
        g_assert_cmpuint(nd_snippets_make(doc, words_of(doc, terms), words, 0, 1, 80, &passage), ==, 1);
        g_autofree char *got = shown(&passage);
        g_assert_cmpstr(got, ==, cases[i].expected);
        nd_passage_clear(&passage);
    }
}

static void test_a_document_without_a_match_gives_its_opening(void)
{
    nd_auto(nd_document) doc = document("# Đầu đề\nThân văn bản.");
    nd_auto(nd_matcher) words = matcher("xyz", false);
    struct nd_passage passage;
    g_assert_cmpuint(nd_snippets_make(doc, no_words, words, 0, 1, 200, &passage), ==, 1);
    g_assert_cmpstr(passage.text, ==, "Thân văn bản.");
    g_assert_cmpuint(passage.n_marks, ==, 0);
    nd_passage_clear(&passage);
    nd_auto(nd_document) ruled = document("# Đầu đề\n-----\n…\n– Thân.");
    g_assert_cmpuint(nd_snippets_make(ruled, no_words, words, 0, 1, 200, &passage), ==, 1);
    g_assert_cmpstr(passage.text, ==, "– Thân.");
    nd_passage_clear(&passage);
    nd_auto(nd_document) empty = nd_document_new();
    g_assert_cmpuint(nd_snippets_make(empty, no_words, words, 0, 1, 200, &passage), ==, 0);
}

static void test_evidence_is_marked_where_its_citation_stands(void)
{
    nd_auto(nd_document) doc = document("Mở đầu.\nThực hiện Nghị quyết số 21-NQ/TW của Trung ương.");
    const char *const code = strstr(doc->text, "21-NQ/TW");
    const struct nd_range span = {(uint32_t)(code - doc->text), (uint32_t)(code - doc->text) + 8};
    struct nd_range mark;
    g_autofree char *passage = nd_passage_around(doc, span, 200, &mark);
    g_assert_cmpstr(passage, ==, "Thực hiện Nghị quyết số 21-NQ/TW của Trung ương.");
    g_assert_true(g_str_has_prefix(passage + mark.start, "21-NQ/TW"));
    g_assert_cmpuint(mark.end - mark.start, ==, strlen("21-NQ/TW"));
    const struct nd_range outside = {(uint32_t)doc->size + 5, (uint32_t)doc->size + 6};
    g_assert_null(nd_passage_around(doc, outside, 200, &mark));
}

/* Evidence is a quotation: what it leaves out of a sentence is told. */
static void test_evidence_tells_where_a_sentence_was_cut(void)
{
    static const struct {
        const char *text, *shown;
    } rows[] = {
        {"Nội dung kiểm tra tập trung vào việc thực hiện Nghị quyết số 21-NQ/TW, pháp luật của Nhà nước, quy "
         "định "
         "về những điều đảng viên không được làm, việc chấp hành nguyên tắc tập trung dân chủ, đoàn kết nội "
         "bộ, "
         "sinh hoạt đảng và thực hiện nhiệm vụ công tác được giao",
         "Nội dung kiểm tra tập trung vào việc thực hiện Nghị quyết số [21-NQ/TW], pháp luật của …"},
        {"Việc học tập được mở rộng tới từng chi bộ trong toàn đảng bộ huyện và các đơn vị trực thuộc, gắn "
         "với tự "
         "phê bình và phê bình, với việc nêu gương của người đứng đầu, với việc sơ kết Nghị quyết số "
         "21-NQ/TW.",
         "… nêu gương của người đứng đầu, với việc sơ kết Nghị quyết số [21-NQ/TW]."},
        {"Các chi bộ đã họp xong và gửi biên bản về văn phòng trước ngày mười. Chi bộ thôn học Nghị quyết số "
         "21-NQ/TW trong tháng ba. Danh sách người học được gửi kèm theo báo cáo này, có chữ ký của bí thư.",
         "Chi bộ thôn học Nghị quyết số [21-NQ/TW] trong tháng ba. Danh sách người học được gửi …"},
        {"Tự phê bình và phê bình được làm thường xuyên ở mọi chi bộ trong toàn huyện; học Nghị quyết số "
         "21-NQ/TW; "
         "sơ kết việc học vào cuối năm và gửi báo cáo về văn phòng huyện ủy trước ngày mười tháng mười hai.",
         "… học Nghị quyết số [21-NQ/TW]; sơ kết việc học vào cuối năm và gửi báo cáo về văn …"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        nd_auto(nd_document) doc = document(rows[i].text);
        const char *const code = strstr(doc->text, "21-NQ/TW");
        const struct nd_range span = {(uint32_t)(code - doc->text), (uint32_t)(code - doc->text) + 8};
        struct nd_range mark;
        g_autofree char *passage = nd_passage_around(doc, span, 110, &mark);
        g_autofree char *got =
            g_strdup_printf("%.*s[%.*s]%s", (int)mark.start, passage, (int)(mark.end - mark.start),
                            passage + mark.start, passage + mark.end);
        g_assert_cmpstr(got, ==, rows[i].shown);
    }
}

static void test_a_prefix_marks_whole_words(void)
{
    nd_auto(nd_matcher) words = nd_matcher_new();
    nd_matcher_add_prefix(words, ND_STR("chuy"), NULL, 0);
    nd_auto(nd_document) doc = document("Chuyên đề, chuyển biến, chung");
    struct nd_passage passage;
    g_assert_cmpuint(nd_snippets_make(doc, no_words, words, 0, 1, 200, &passage), ==, 1);
    g_autofree char *got = shown(&passage);
    g_assert_cmpstr(got, ==, "[Chuyên] đề, [chuyển] biến, chung");
    nd_passage_clear(&passage);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/snippets/hits-are-marked-in-the-spelling-of-the-document",
                    test_hits_are_marked_in_the_spelling_of_the_document);
    g_test_add_func("/snippets/the-passage-with-all-words-together-wins",
                    test_the_passage_with_all_words_together_wins);
    g_test_add_func("/snippets/evidence-tells-where-a-sentence-was-cut",
                    test_evidence_tells_where_a_sentence_was_cut);
    g_test_add_func("/snippets/passages-are-never-cut-inside-a-word",
                    test_passages_are_never_cut_inside_a_word);
    g_test_add_func("/snippets/the-words-of-the-index-lead-to-the-same-passages",
                    test_the_words_of_the_index_lead_to_the_same_passages);
    g_test_add_func("/snippets/words-tell-where-the-query-stands", test_words_tell_where_the_query_stands);
    g_test_add_func("/snippets/the-passage-shows-what-was-understood",
                    test_the_passage_shows_what_was_understood);
    g_test_add_func("/snippets/a-document-without-a-match-gives-its-opening",
                    test_a_document_without_a_match_gives_its_opening);
    g_test_add_func("/snippets/evidence-is-marked-where-its-citation-stands",
                    test_evidence_is_marked_where_its_citation_stands);
    g_test_add_func("/snippets/a-prefix-marks-whole-words", test_a_prefix_marks_whole_words);
    return g_test_run();
}
