#include "corpus/read/charset/repair.h"

#include <string.h>

/* A document of one block a line. */
static struct nd_document *document(const char *text)
{
    struct nd_document *doc = nd_document_new();
    doc->text = g_strdup(text);
    doc->size = strlen(text);
    for (uint32_t at = 0; at < doc->size;) {
        const char *newline = strchr(doc->text + at, '\n');
        uint32_t end = newline ? (uint32_t)(newline - doc->text) : (uint32_t)doc->size;
        struct nd_block block = {.start = at, .end = end};
        g_array_append_val(doc->blocks, block);
        at = end + 1;
    }
    return doc;
}

static void what_leaves_one_answer_is_put_back(void)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"LUẬTĐẶC XÁ\nLuật này quy định về đặc xá.", "LUẬT ĐẶC XÁ\nLuật này quy định về đặc xá."},
        {"Chương IQUY ĐỊNH CHUNG\nChương IINHỮNG QUY ĐỊNH KHÁC\nNhững quy định này",
         "Chương I QUY ĐỊNH CHUNG\nChương II NHỮNG QUY ĐỊNH KHÁC\nNhững quy định này"},
        {"tổ chức thựchiện nghị quyết; thực hiện tốt", "tổ chức thực hiện nghị quyết; thực hiện tốt"},
        {"Các cấp ủy quántriệtNghịquyết\nquán triệt Nghị quyết",
         "Các cấp ủy quán triệt Nghị quyết\nquán triệt Nghị quyết"},
        {"N G H Ị Q U Y Ế T\ncăn cứ nghị quyết", "NGHỊ QUYẾT\ncăn cứ nghị quyết"},
        {"thi hành ngh\xef\xbf\xbd quyết này\ncăn cứ nghị quyết, nghĩ kỹ",
         "thi hành nghị quyết này\ncăn cứ nghị quyết, nghĩ kỹ"},
        {"Ban Chấp hành Trung ơng; các nớc đợc hởng; nhng đờng lối, cha ngời; PHƠNG HỚNG",
         "Ban Chấp hành Trung ương; các nước được hưởng; nhưng đường lối, cha ngời; PHƯƠNG HƯỚNG"},
        {"NGH\xee\x80\x81 QUYẾT\ncăn cứ nghị quyết", "NGHỊ QUYẾT\ncăn cứ nghị quyết"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = document(cases[i].in);
        nd_auto(nd_document) expected = document(cases[i].out);
        g_assert_true(nd_repair_text(doc));
        g_assert_cmpstr(doc->text, ==, cases[i].out);
        g_assert_cmpuint(doc->size, ==, expected->size);
        g_assert_cmpuint(doc->blocks->len, ==, expected->blocks->len);
        for (guint k = 0; k < doc->blocks->len; k++) {
            const struct nd_block *a = &g_array_index(doc->blocks, struct nd_block, k),
                                  *b = &g_array_index(expected->blocks, struct nd_block, k);
            g_assert_cmpuint(a->start, ==, b->start);
            g_assert_cmpuint(a->end, ==, b->end);
        }
        g_assert_cmpuint(doc->diagnostics->len, ==, 1);
        const struct nd_diagnostic *note = g_ptr_array_index(doc->diagnostics, 0);
        g_assert_cmpstr(note->code, ==, "repaired");
    }
}

static void what_is_uncertain_stays(void)
{
    static const char *const cases[] = {
        "LUẬTĐẶC XÁ",                                       /* the two words stand nowhere else */
        "HĐND, UBND, BLĐTBXH, QĐ-TTg, TƯĐTN, BCĐTƯ",        /* abbreviations */
        "Thanh Đảng lên tiếng: internet, Facebook, Đắklắk", /* foreign words and names */
        "các điểm a b c d đ e của khoản",                   /* the alphabet */
        "nghiêng chuyển trưởng nhường",                     /* long syllables */
        "ngh\xef\xbf\xbd quyết; nghị quyết, nghi quyết",    /* two words fit */
        "Trung ơng, nớc, đợc, hởng, đờng, hớng: ư",         /* not all of them are lost */
        "Trung ơng, nớc",                                   /* too few to tell */
        "Die Größenverhältnisse überprüfen; préférablement générale",
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = document(cases[i]);
        if (nd_repair_text(doc))
            g_error("'%s' became '%s'", cases[i], doc->text);
        g_assert_cmpstr(doc->text, ==, cases[i]);
    }
}

static void a_text_without_spaces_is_named(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (unsigned i = 0; i < 20; i++)
        g_string_append(text, "Cáccấpủyđảngquántriệtvàtổchứcthựchiện.\n");
    nd_auto(nd_document) doc = document(text->str);
    g_assert_false(nd_repair_text(doc));
    g_assert_cmpuint(doc->diagnostics->len, ==, 1);
    g_assert_cmpstr(((struct nd_diagnostic *)g_ptr_array_index(doc->diagnostics, 0))->code, ==,
                    "spaces-lost");
    g_assert_true(doc->partial);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/repair/what_leaves_one_answer_is_put_back", what_leaves_one_answer_is_put_back);
    g_test_add_func("/repair/what_is_uncertain_stays", what_is_uncertain_stays);
    g_test_add_func("/repair/a_text_without_spaces_is_named", a_text_without_spaces_is_named);
    return g_test_run();
}
