#include "corpus/read/reader.h"

#include "corpus/read/diagnostics.h"
#include "corpus/read/marker.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool keep(struct nd_document *doc, const char *member, void *user_data)
{
    struct nd_document **out = user_data;
    g_assert_null(member);
    g_assert_null(*out);
    *out = doc;
    return true;
}

/* Reads bytes as a file. */
static struct nd_document *read_bytes(const char *bytes, size_t size)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_reader) reader = nd_reader_new(NULL, &error);
    g_assert_no_error(error);
    int fd = memfd_create("document", MFD_CLOEXEC);
    g_assert_cmpint(write(fd, bytes, size), ==, (ssize_t)size);
    lseek(fd, 0, SEEK_SET);
    struct nd_document *doc = NULL;
    g_assert_true(nd_reader_read(reader, fd, "document.txt", keep, &doc, &error));
    g_assert_no_error(error);
    close(fd);
    return doc;
}

static void assert_diagnostics(const struct nd_document *doc, const char *codes)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < doc->diagnostics->len; i++) {
        const struct nd_diagnostic *d = g_ptr_array_index(doc->diagnostics, i);
        g_string_append_printf(all, "%s%s", i ? " " : "", d->code);
        g_assert_nonnull(nd_diagnostic_remedy(d->code));
    }
    g_assert_cmpstr(all->str, ==, codes);
}

/* "kind level page [text]" a block, one a line; zero level and page are left out. */
static char *describe(const struct nd_document *doc)
{
    GString *all = g_string_new(NULL);
    for (guint i = 0; i < doc->blocks->len; i++) {
        struct nd_block b = g_array_index(doc->blocks, struct nd_block, i);
        g_string_append(all, nd_block_kind_name(b.kind));
        if (b.level)
            g_string_append_printf(all, " %u", b.level);
        if (b.page)
            g_string_append_printf(all, " p%u", b.page);
        g_string_append_printf(all, " [%.*s]\n", (int)(b.end - b.start), doc->text + b.start);
    }
    return g_string_free(all, FALSE);
}

static void bytes_that_are_no_good_text_are_repaired_and_said(void)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *text, *diagnostics;
        bool partial;
    } cases[] = {
        {"", 0, "", "empty", false},
        {" \n\t\n", 4, " \n\t\n", "empty", false},
        {"\xef\xbb\xbfTỉnh ủy", 14, "\xef\xbb\xbfTỉnh ủy", "", false}, /* offsets count the mark */
        {"Tỉnh \xff ủy", 13, "Tỉnh \xef\xbf\xbd ủy", "invalid-utf8", true},
        {"cắt \xe1\xbb", 8, "cắt \xef\xbf\xbd\xef\xbf\xbd", "invalid-utf8", true},
        {"chữ có một\0byte rỗng ở giữa những chữ khác của một dòng dài", 81,
         "chữ có một byte rỗng ở giữa những chữ khác của một dòng dài", "nul-bytes", false},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = read_bytes(cases[i].bytes, cases[i].size);
        g_assert_cmpstr(doc->text, ==, cases[i].text);
        g_assert_cmpuint(doc->size, ==, strlen(doc->text));
        assert_diagnostics(doc, cases[i].diagnostics);
        g_assert_cmpint(doc->partial, ==, cases[i].partial);
    }
}

static void a_folder_is_no_document(void)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_reader) reader = nd_reader_new(NULL, &error);
    int fd = g_open("/tmp", 0, 0);
    struct nd_document *doc = NULL;
    g_assert_true(nd_reader_read(reader, fd, "/tmp", keep, &doc, &error));
    assert_diagnostics(doc, "not-a-file");
    nd_document_free(doc);
    close(fd);
}

/* A long text is read, checked and looked through by two threads, each a half of it. */
static void the_halves_of_a_long_text_are_one_text(void)
{
    enum { LINES = 100000 };
    static const char line[] = "Chi bộ họp định kỳ, bàn việc làm đường và vệ sinh.\n";
    static const struct {
        const char *shift; /* moves the middle to every byte of a character */
        const char *tail, *encoding, *found, *diagnostics;
    } cases[] = {
        {"", "Hết.\n", "utf-8", "Hết.\n", ""},
        {".", "Hết.\n", "utf-8", "Hết.\n", ""},
        {"..", "Hết.\n", "utf-8", "Hết.\n", ""},
        {"...", "Hết.\n", "utf-8", "Hết.\n", ""},
        {"", "Ng\0ay\n", "utf-8", "Ng ay\n", "nul-bytes"},
        {"", "Uû ban nh©n d©n tØnh ®­îc giao nhiÖm vô\n", "tcvn3",
         "Uỷ ban nhân dân tỉnh được giao nhiệm vụ\n", ""},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) text = g_string_new(cases[i].shift);
        for (unsigned k = 0; k < LINES; k++)
            g_string_append_len(text, line, sizeof line - 1);
        g_string_append_len(text, cases[i].tail, i == 4 ? 6 : (gssize)strlen(cases[i].tail));
        nd_auto(nd_document) doc = read_bytes(text->str, text->len);
        g_assert_cmpstr(doc->encoding, ==, cases[i].encoding);
        g_assert_true(g_str_has_suffix(doc->text, cases[i].found));
        assert_diagnostics(doc, cases[i].diagnostics);
    }
}

static void lines_become_blocks(void)
{
    static const struct {
        const char *text, *blocks;
    } cases[] = {
        {"TỈNH ỦY A\n*\nSố 1-CTr/TU\n\nCHƯƠNG TRÌNH\n",
         "paragraph [TỈNH ỦY A]\nparagraph [*]\nparagraph [Số 1-CTr/TU]\nparagraph [CHƯƠNG TRÌNH]\n"},
        {"I- TÌNH HÌNH CÁN BỘ,\nĐẢNG VIÊN\nTrong năm qua, mọi việc đều tốt.\n",
         "heading 7 [I- TÌNH HÌNH CÁN BỘ,\nĐẢNG VIÊN]\nparagraph [Trong năm qua, mọi việc đều tốt.]\n"},
        {"Điều 5. Hiệu lực\n1. Quyết định này có hiệu lực;\na) từ ngày ký.\n- Một\n+ Hai\n",
         "heading 5 [Điều 5. Hiệu lực]\nlist-item 1 [1. Quyết định này có hiệu lực;]\n"
         "list-item 2 [a) từ ngày ký.]\nlist-item 1 [- Một]\nlist-item 2 [+ Hai]\n"},
        {"trang một\f\ntrang hai", "paragraph p1 [trang một]\nparagraph p2 [trang hai]\n"},
        {"# Tên\n\n| Số | Tên |\n|---|---|\n| 1 | Một |\n",
         "heading 1 [# Tên]\ncell [Số]\ncell [Tên]\ncell [1]\ncell [Một]\n"},
        /* wrapped at 60 characters by an editor: lines join unless one ends early */
        {"Ban Thường vụ yêu cầu các cấp ủy quán triệt đầy đủ nội dung\n"
         "của nghị quyết này đến từng chi bộ, từng đảng viên trong cả\n"
         "đảng bộ tỉnh và báo cáo kết quả.\n"
         "Văn phòng Tỉnh ủy theo dõi việc thực hiện và tổng hợp chung\n"
         "các báo cáo ấy trong quý đầu của năm sau để trình hội nghị.\n",
         "paragraph [Ban Thường vụ yêu cầu các cấp ủy quán triệt đầy đủ nội dung\n"
         "của nghị quyết này đến từng chi bộ, từng đảng viên trong cả\n"
         "đảng bộ tỉnh và báo cáo kết quả.]\n"
         "paragraph [Văn phòng Tỉnh ủy theo dõi việc thực hiện và tổng hợp chung\n"
         "các báo cáo ấy trong quý đầu của năm sau để trình hội nghị.]\n"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = read_bytes(cases[i].text, strlen(cases[i].text));
        g_autofree char *blocks = describe(doc);
        g_assert_cmpstr(blocks, ==, cases[i].blocks);
    }
}

static void markers_are_told_from_text(void)
{
    static const struct {
        const char *line;
        enum nd_block_kind kind;
        unsigned level;
    } cases[] = {
        {"Chương II", ND_BLOCK_HEADING, 2},
        {"CHƯƠNG 2. QUY ĐỊNH CỤ THỂ", ND_BLOCK_HEADING, 2},
        {"Phần thứ nhất", ND_BLOCK_HEADING, 1},
        {"Phần việc này giao cho Văn phòng", ND_BLOCK_PARAGRAPH, 0},
        {"Điều 12. Tổ chức thực hiện", ND_BLOCK_HEADING, 5},
        {"Điều 12 của Luật này quy định như sau", ND_BLOCK_PARAGRAPH, 0},
        {"I. MỤC TIÊU", ND_BLOCK_HEADING, 7},
        {"II- Nhiệm vụ", ND_BLOCK_HEADING, 7},
        {"A. ĐÁNH GIÁ", ND_BLOCK_HEADING, 6},
        {"1. Quan điểm", ND_BLOCK_HEADING, 8},
        {"1.2. Mục tiêu cụ thể", ND_BLOCK_HEADING, 9},
        {"1. Giao Văn phòng theo dõi việc thực hiện.", ND_BLOCK_LIST_ITEM, 1},
        {"21-NQ/TW là nghị quyết", ND_BLOCK_PARAGRAPH, 0},
        {"30/2020/NĐ-CP", ND_BLOCK_PARAGRAPH, 0},
        {"2020. Năm ấy", ND_BLOCK_PARAGRAPH, 0},
        {"- Như trên", ND_BLOCK_LIST_ITEM, 1},
        {"---", ND_BLOCK_PARAGRAPH, 0},
        {"*", ND_BLOCK_PARAGRAPH, 0},
        {"đ) Người khác", ND_BLOCK_LIST_ITEM, 2},
        {"", ND_BLOCK_PARAGRAPH, 0},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct nd_marker m = nd_marker_of(nd_str_from_c(cases[i].line));
        if (m.kind != cases[i].kind || (m.kind != ND_BLOCK_PARAGRAPH && m.level != cases[i].level))
            g_error("'%s' is %s %u", cases[i].line, nd_block_kind_name(m.kind), m.level);
        g_assert_cmpuint(m.size, <=, strlen(cases[i].line));
    }
}

int main(int argc, char **argv)
{
    g_setenv("ND_EXTRACT", ND_BINARY_DIR "/bin/ndextract", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plain_text/bytes_that_are_no_good_text_are_repaired_and_said",
                    bytes_that_are_no_good_text_are_repaired_and_said);
    g_test_add_func("/plain_text/a_folder_is_no_document", a_folder_is_no_document);
    g_test_add_func("/plain_text/the_halves_of_a_long_text_are_one_text",
                    the_halves_of_a_long_text_are_one_text);
    g_test_add_func("/plain_text/lines_become_blocks", lines_become_blocks);
    g_test_add_func("/plain_text/markers_are_told_from_text", markers_are_told_from_text);
    return g_test_run();
}
