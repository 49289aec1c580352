/*
 * How people type, end to end: documents through analysis, store and query layer. Each row is a query and
 * what must come of it.
 */

#include "analyzers/citation/citation.h"
#include "base/error.h"
#include "corpus/store/index.h"
#include "query/query.h"

/* Documents by name. Sentences are this test's own. */
static const struct {
    const char *name, *text;
} documents[] = {
    {"sinh", "Chi bộ tổ chức sinh hoạt chuyên đề mỗi quý một lần, có ghi biên bản đầy đủ."},
    {"sinh-nfd", "Đảng ủy xã kiểm tra việc sinh hoa\u0323t chuye\u0302n đe\u0302\u0300 của từng chi bộ."},
    {"sinh-line", "Các nội dung gồm: sinh hoạt\n- chuyên đề hằng quý; góp ý cho cán bộ."},
    {"sinh-bare", "Chi bo nay da to chuc sinh hoat chuyen de vao cuoi nam"},
    {"sinh-apart", "Buổi sinh hoạt hằng tháng có một phần bàn về chuyên đề do cấp trên gợi ý."},
    {"sinh-far",
     "Sinh viên đề nghị mở chuyên mục. Hoạt động ngoài giờ diễn ra ở sân trường, không có khách mời nào "
     "đến dự cả hai buổi đầu tuần."},
    {"sinh-some", "Người dân sinh sống lâu năm ở ven sông."},
    {"bando", "Treo bản đồ hành chính của huyện tại trụ sở."},
    {"banđo", "Chợ quê bán đó và nơm đan bằng tre cho bà con đánh cá."},
    {"bando-bare", "Ban do hanh chinh cua huyen da treo tai tru so"},
    {"hoa", "Xã Hòa Bình có đường nhựa, khóa họp trước đã quyết."},
    {"hoa-old", "Xã Hoà Bình có đường đất, khoá họp sau mới bàn."},
    {"thuy", "Bà Thúy nuôi cá ở hồ lớn."},
    {"thuy-old", "Bà Thuý trồng lúa ở bãi bồi."},
    {"thuyf", "Nết na thùy mị là lời khen cũ."},
    {"uy", "Ủy ban nhân dân xã thu quỹ khuyến học."},
    {"uy-old", "Uỷ ban nhân dân phường mở quĩ khuyến học."},
    {"ubnd", "UBND thị trấn họp báo đầu tuần."},
    {"ky", "Lớp dạy kỹ thuật hàn, ông Lý đứng lớp, nội quy treo trên tường."},
    {"ki", "Xưởng cần kĩ thuật tiện, ông Lí trông coi, nội qui in sẵn."},
    {"tai", "Ông cụ nặng tai nên nói to."},
    {"tay", "Em bé nắm tay mẹ qua cầu."},
    {"cyrillic", "Tổng k\u0435\u0302\u0301t phong tr\u0430\u0300o thi đua yêu nước năm qua."},
    {"eth", "\u00d0ại hội \u00f0ại biểu lần này bầu ban chấp hành mới."},
    {"zero", "Hợp\u00a0tác xã nông nghi\u00ad\u1ec7p ki\u200b\u1ec3u mới làm ăn có lãi."},
    {"upper", "KẾ HOẠCH TUYỂN QUÂN CỦA HUYỆN ĐỘI"},
    {"tccsd", "Báo cáo của các TCCSĐ gửi về trước ngày mười."},
    {"tccsd-long", "Mỗi tổ chức cơ sở đảng cử một người dự họp."},
    {"learned", "Tổ quản lý chợ đêm (TQLCĐ) nhận bàn giao từ phường."},
    {"learned-short", "Thành viên TQLCĐ trực từ tám giờ tối."},
    {"cite", "Căn cứ Nghị quyết số 21-NQ/TW của Trung ương, huyện lập kế hoạch."},
    {"cite-loose", "Số 21 nhà họ Trần; NQ là viết tắt; tuần sau TW về làm việc."},
    {"cite-kh", "Thực hiện Kế hoạch số 07-KH/TW, các ban ngành phối hợp."},
    {"cite-qd", "Theo Quyết định số 76- QĐ/ TW, việc tuyển chọn dừng lại."},
    {"danh", "Danh sách đảng viên đóng đảng phí đủ."},
    {"da", "Bài báo đả kích thói lười biếng, đá bóng là vui."},
    {"english", "Khách nêu hai resolutions và một budget trong cuộc họp kín."},
    {"quyet", "Đại hội thông qua nghị quyết với đa số phiếu."},
    {"toi", "Tối qua tôi đi họp tổ dân phố muộn."},
};

/* Names separated by spaces. `first`: the first hits, in any order within a '+'-joined group; `never`: no
 * hits; understood: what the query was corrected to; NULL checks that it was left alone. */
struct row {
    const char *query, *first, *never, *understood;
};

#define AS_TYPED NULL

static const struct row rows[] = {
    /* one text, many encodings of it */
    {"\"sinh hoạt chuyên đề\"", "sinh+sinh-nfd+sinh-line sinh-bare", "sinh-apart sinh-far", AS_TYPED},
    {"\"sinh hoa\u0323t chuye\u0302n \u0111e\u0302\u0300\"", "sinh+sinh-nfd+sinh-line sinh-bare",
     "sinh-apart", AS_TYPED},
    {"\"SINH HOẠT CHUYÊN ĐỀ\"", "sinh+sinh-nfd+sinh-line", "sinh-apart", AS_TYPED},
    {"\"sinh\u00a0hoạt chu\u00adyên đề\"", "sinh+sinh-nfd+sinh-line", "sinh-apart", AS_TYPED},
    {"\"sinh hoạt\nchuyên đề\"", "sinh+sinh-nfd+sinh-line", "sinh-apart", AS_TYPED},
    {"\"sinh hoạt chuyên \u00f0ề\"", "sinh+sinh-nfd+sinh-line", "sinh-apart", AS_TYPED},
    {"\"sinh ho\u1ea1t chuy\u00ean đ\u0435\u0302\u0300\"", "sinh+sinh-nfd+sinh-line", "sinh-apart", AS_TYPED},
    {"\"tổng kết phong trào\"", "cyrillic", "", AS_TYPED},
    {"\"đại hội đại biểu\"", "eth", "quyet", AS_TYPED},
    {"\"hợp tác xã nông nghiệp kiểu mới\"", "zero", "", AS_TYPED},
    {"\"kế hoạch tuyển quân\"", "upper", "", AS_TYPED},
    /* tone placement */
    {"hoà bình", "hoa+hoa-old", "", AS_TYPED},
    {"hòa bình", "hoa+hoa-old", "", AS_TYPED},
    {"\"HOÀ BÌNH\"", "hoa+hoa-old", "", AS_TYPED},
    {"\"khoá họp\"", "hoa+hoa-old", "", AS_TYPED},
    {"thuý", "thuy+thuy-old", "thuyf", AS_TYPED},
    {"thúy", "thuy+thuy-old", "thuyf", AS_TYPED},
    {"thùy", "thuyf", "thuy thuy-old", AS_TYPED},
    {"\"uỷ ban\"", "uy+uy-old", "", AS_TYPED},
    {"\"ủy ban\"", "uy+uy-old", "", AS_TYPED},
    /* i and y */
    {"\"kỹ thuật\"", "ky+ki", "", AS_TYPED},
    {"\"kĩ thuật\"", "ky+ki", "", AS_TYPED},
    {"\"ông lí\"", "ky+ki", "", AS_TYPED},
    {"\"nội qui\"", "ky+ki", "", AS_TYPED},
    {"quĩ", "uy+uy-old", "", AS_TYPED},
    {"tai", "tai", "tay", AS_TYPED},
    {"\"nắm tay\"", "tay", "tai", AS_TYPED},
    /* without accents */
    {"sinh hoat chuyen de", "sinh+sinh-nfd+sinh-line", "", "sinh hoạt chuyên đề"},
    {"\"sinh hoat chuyen de\"", "sinh+sinh-nfd+sinh-line sinh-bare", "sinh-apart", "sinh hoạt chuyên đề"},
    {"SINH HOAT Chuyen de", "sinh+sinh-nfd+sinh-line", "", "SINH HOẠT Chuyên đề"},
    {"dang vien", "danh", "", "đảng viên"},
    {"\"dang vien\"", "danh", "", "đảng viên"},
    {"nghi quyet", "quyet+cite", "", "nghị quyết"},
    {"dai hoi dai bieu", "eth", "", "đại hội đại biểu"},
    {"uy ban nhan dan", "uy+uy-old", "", "ủy ban nhân dân"},
    {"qui", "uy+uy-old+ky+ki+sinh+sinh-line", "", AS_TYPED},
    /* with accents: exactly those, then texts that lost them */
    {"bản đồ", "bando bando-bare", "banđo", AS_TYPED},
    {"\"bản đồ\"", "bando bando-bare", "banđo", AS_TYPED},
    {"bán đó", "banđo", "bando", AS_TYPED},
    {"\"bản đồ hành chính\"", "bando bando-bare", "banđo", AS_TYPED},
    {"tối", "toi+learned-short", "", AS_TYPED},
    {"tổ", "sinh+toi+learned+tccsd-long", "tai", AS_TYPED},
    {"\"chi bộ\"", "sinh+sinh-nfd sinh-bare", "", AS_TYPED},
    /* mixed, a word at a time */
    {"sinh hoat chuyên đề", "sinh+sinh-nfd+sinh-line", "", "sinh hoạt chuyên đề"},
    {"\"sinh hoạt chuyen de\"", "sinh+sinh-nfd+sinh-line", "sinh-apart", "sinh hoạt chuyên đề"},
    {"ban đồ", "bando", "", "bản đồ"},
    {"\"nghị quyet\"", "quyet+cite", "", "nghị quyết"},
    /* prefixes */
    {"\"bài báo\" đả*", "da", "danh", AS_TYPED},
    {"\"bài báo\" da*", "da", "danh", AS_TYPED},
    {"nghi*", "zero+quyet+cite", "tai", AS_TYPED},
    {"ki*", "ki+ky+zero", "tai", AS_TYPED},
    /* slips */
    {"sinh hoath", "sinh+sinh-nfd+sinh-line+sinh-apart", "", "sinh hoạt"},
    {"họat", "sinh+sinh-nfd+sinh-line+sinh-apart", "", "hoạt"},
    {"đảng víên", "danh", "", "đảng viên"},
    {"nghị quyêt", "quyet+cite", "", "nghị quyết"},
    {"đảng viên", "danh", "", AS_TYPED},
    {"sinh hoạt", "sinh+sinh-nfd+sinh-line+sinh-apart", "", AS_TYPED},
    {"zyxwvut", "", "sinh", AS_TYPED},
    /* phrase, near, all, some */
    {"sinh hoạt chuyên đề", "sinh+sinh-nfd+sinh-line sinh-apart sinh-far sinh-bare", "bando", AS_TYPED},
    /* citations */
    {"21-NQ/TW", "cite", "cite-loose", AS_TYPED},
    {"21 NQ TW", "cite", "cite-loose", AS_TYPED},
    {"21-nq/tw", "cite", "cite-loose", AS_TYPED},
    {"số 21-NQ/TW", "cite", "cite-loose", AS_TYPED},
    {"21/NQ-TW", "cite", "cite-loose", AS_TYPED},
    {"21 \u2013 NQ / TW", "cite", "cite-loose", AS_TYPED},
    {"Nghị quyết 21-NQ/TW", "cite", "cite-loose", AS_TYPED},
    {"7-KH/TW", "cite-kh", "", AS_TYPED},
    {"76-QD/TW", "cite-qd", "", AS_TYPED},
    /* abbreviations */
    {"TCCSĐ", "tccsd tccsd-long", "", AS_TYPED},
    {"tccsđ", "tccsd tccsd-long", "", AS_TYPED},
    {"tổ chức cơ sở đảng", "tccsd-long tccsd", "", AS_TYPED},
    {"TQLCĐ", "learned+learned-short", "", AS_TYPED},
    {"tổ quản lý chợ đêm", "learned learned-short", "", AS_TYPED},
    {"ủy ban nhân dân", "uy+uy-old ubnd", "", AS_TYPED},
    {"UBND", "ubnd uy+uy-old", "", AS_TYPED},
    /* foreign words by their stem */
    {"resolution", "english", "", AS_TYPED},
    {"budgets", "english", "", AS_TYPED},
};

static struct nd_session *session;

static void make_terms(const struct nd_document *doc, const struct nd_metadata *metadata,
                       const struct nd_mentions *mentions, struct nd_terms *out, void *user_data)
{
    (void)user_data;
    struct nd_normalized text;
    g_autoptr(GArray) citations = g_array_new(FALSE, FALSE, sizeof(struct nd_term_citation));
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    nd_normalize(nd_document_text(doc), &text);
    for (size_t i = 0; i < nd_mentions_count(mentions); i++) {
        char *const key = nd_citation_key(nd_mentions_get(mentions, i));
        if (!key)
            continue;
        g_ptr_array_add(keys, key);
        const struct nd_term_citation citation = {nd_str_from_c(key), 0};
        g_array_append_val(citations, citation);
    }
    nd_terms_build(out, doc, &text, nd_str_from_c(metadata->title),
                   (const struct nd_term_citation *)(const void *)citations->data, citations->len);
    nd_normalized_clear(&text);
}

static const struct nd_index_analysis analysis = {make_terms, NULL};

static void add(struct nd_index_writer *writer, struct nd_terms *terms, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    const struct nd_catalog_file file = {.path = name, .size = 1};
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    const struct nd_block block = {.end = (uint32_t)doc->size, .kind = ND_BLOCK_PARAGRAPH};
    g_array_append_val(doc->blocks, block);
    struct nd_normalized normalized;
    nd_normalize(nd_document_text(doc), &normalized);
    const struct nd_metadata metadata = {.title = (char *)name};
    nd_auto(nd_mentions) mentions = nd_citation_extract(doc, &normalized, &metadata);
    nd_normalized_clear(&normalized);
    make_terms(doc, &metadata, mentions, terms, NULL);
    nd_auto(nd_packed_text) packed = nd_packed_text_new(NULL, doc);
    nd_packed_text_set_words(packed, terms);
    struct nd_new_document document = {.text = packed,
                                       .mime_type = "text/plain",
                                       .encoding = "utf-8",
                                       .metadata = &metadata,
                                       .mentions = mentions};
    int64_t id;
    nd_catalog_writer_put_file(nd_index_writer_catalog(writer), &file, &document.file, &error);
    g_assert_no_error(error);
    nd_index_writer_add(writer, &document, terms, &id, &error);
    g_assert_no_error(error);
}

static void build_index(const char *dir)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_index_writer) writer = nd_index_writer_open(dir, &analysis, &error);
    g_assert_no_error(error);
    nd_auto(nd_terms) terms = nd_terms_new();
    for (size_t i = 0; i < G_N_ELEMENTS(documents); i++)
        add(writer, terms, documents[i].name, documents[i].text);
    nd_index_writer_commit(writer, &error);
    g_assert_no_error(error);
}

/* Where a document stands among the hits; n_hits when it is not there. */
static size_t place_of(const struct nd_results *results, const char *name)
{
    size_t i = 0;
    while (i < results->n_hits && !g_str_equal(results->hits[i].path, name))
        i++;
    return i;
}

static char *describe(const struct nd_results *results)
{
    GString *const out = g_string_new(NULL);
    for (size_t i = 0; i < results->n_hits; i++)
        g_string_append_printf(out, " %s", results->hits[i].path);
    return g_string_free(out, FALSE);
}

static bool holds(const struct row *row, const struct nd_results *results)
{
    g_auto(GStrv) groups = g_strsplit(row->first, " ", -1);
    size_t from = 0;
    for (char **group = groups; *group; group++) {
        g_auto(GStrv) names = g_strsplit(*group, "+", -1);
        const size_t n = g_strv_length(names);
        for (char **name = names; *name; name++) {
            const size_t place = place_of(results, *name);
            if (place < from || place >= from + n || place == results->n_hits)
                return false;
        }
        from += n;
    }
    g_auto(GStrv) never = g_strsplit(row->never, " ", -1);
    for (char **name = never; *name; name++)
        if (place_of(results, *name) < results->n_hits)
            return false;
    return g_strcmp0(row->understood, results->corrected) == 0;
}

static void test_people_find_what_they_mean(void)
{
    unsigned n_failed = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        const struct nd_search_request request = {
            .query = rows[i].query, .query_size = strlen(rows[i].query), .limit = 50};
        nd_auto(nd_results) results = nd_search(session, &request, NULL, &error);
        g_assert_no_error(error);
        if (holds(&rows[i], results))
            continue;
        g_autofree char *found = describe(results);
        g_printerr("query %s: expected %s, never %s, understood as %s\n  found%s, understood as %s\n",
                   rows[i].query, rows[i].first, rows[i].never, rows[i].understood, found,
                   results->corrected);
        n_failed++;
    }
    g_assert_cmpuint(n_failed, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = g_dir_make_tmp("ndsearch-test-XXXXXX", &error);
    g_assert_no_error(error);
    build_index(dir);
    session = nd_session_open(dir, ND_SECRECY_NONE, &error);
    g_assert_no_error(error);
    g_test_add_func("/typing/people-find-what-they-mean", test_people_find_what_they_mean);
    const int status = g_test_run();
    nd_session_close(session);
    char *remove[] = {(char *)"rm", (char *)"-rf", dir, NULL};
    g_spawn_sync(NULL, remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    return status;
}
