#include "corpus/read/charset/convert.h"
#include "corpus/read/charset/syllable.h"
#include "corpus/read/plain_text.h"

#include <string.h>

/* What text in a single-byte encoding looks like when its bytes are taken for Latin-1; the tests make their
 * input by encoding known text, with the tables read backwards. */
static char *encode_as(enum nd_legacy encoding, const char *utf8)
{
    GString *out = g_string_new(NULL);
    for (const char *p = utf8; *p; p = g_utf8_next_char(p)) {
        uint32_t c = g_utf8_get_char(p), in, decoded;
        if (c < 0x80) {
            g_string_append_unichar(out, c);
            continue;
        }
        for (in = 0x80; in < 0x100; in++)
            if (nd_legacy_decode(encoding, &in, 1, &decoded) == 1 && decoded == c && in != c)
                break;
        if (in == 0x100 && nd_legacy_decode(encoding, &c, 1, &decoded) == 1 && decoded == c)
            in = c;
        if (in == 0x100)
            g_error("%s has no %04x", nd_legacy_name(encoding), c);
        g_string_append_unichar(out, in);
    }
    return g_string_free(out, FALSE);
}

static struct nd_document *read_text(const char *bytes, size_t size)
{
    struct nd_document *doc = nd_document_new();
    nd_plain_text_read((struct nd_bytes){(const uint8_t *)bytes, size}, doc);
    return doc;
}

static const char *const sample =
    "ủy ban nhân dân tỉnh ban hành quy định về quản lý đất đai, "
    "thực hiện nghị quyết của hội đồng nhân dân về phát triển kinh tế và xã hội";

static void each_encoding_comes_back_from_mojibake_and_from_bytes(void)
{
    static const enum nd_legacy encodings[] = {ND_LEGACY_TCVN3, ND_LEGACY_VISCII, ND_LEGACY_VPS};
    for (unsigned i = 0; i < G_N_ELEMENTS(encodings); i++) {
        g_autofree char *mojibake = encode_as(encodings[i], sample);
        nd_auto(nd_document) doc = read_text(mojibake, strlen(mojibake));
        g_assert_cmpstr(doc->text, ==, sample);
        g_assert_cmpstr(doc->encoding, ==, nd_legacy_name(encodings[i]));
        gsize size;
        g_autofree char *bytes = g_convert(mojibake, -1, "ISO-8859-1", "UTF-8", NULL, &size, NULL);
        nd_auto(nd_document) raw = read_text(bytes, size);
        g_assert_cmpstr(raw->text, ==, sample);
        g_assert_cmpstr(raw->encoding, ==, nd_legacy_name(encodings[i]));
    }
}

static void texts_come_out_as_they_were_meant(void)
{
    static const struct {
        const char *in, *out, *encoding;
    } cases[] = {
        {"Uû ban nh©n d©n tØnh ra quyÕt ®Þnh", "Uỷ ban nhân dân tỉnh ra quyết định", "tcvn3"},
        {"CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "tcvn3"},
        {"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "vni-windows"},
        {"ÑAÛNG COÄNG SAÛN VIEÄT NAM, tænh uûy", "ĐẢNG CỘNG SẢN VIỆT NAM, tỉnh ủy", "vni-windows"},
        {"Tá»‰nh á»§y quyáº¿t Ä‘á»‹nh th\xc3\x83\xc2\xa0nh l\xc3\xa1\xc2\xba\xc2\xadp",
         "Tỉnh ủy quyết định thành lập", "utf-8-twice"},
        /* Unicode and TCVN3 in one paragraph, and an abbreviation in the legacy part */
        {"Nghị quyết của Tỉnh ủy; UBND, H§ND tØnh vµ ®¶ng uû thùc hiÖn",
         "Nghị quyết của Tỉnh ủy; UBND, HĐND tỉnh và đảng uỷ thực hiện", "tcvn3"},
        /* a separator of more than one byte */
        {"nh©n d©n\xe3\x80\x80"
         "c¸c d©n téc\xe2\x80\xa8®oµn kÕt",
         "nhân dân\xe3\x80\x80"
         "các dân tộc\xe2\x80\xa8đoàn kết",
         "tcvn3"},
        /* the two together in one file */
        {"ñaûng boä tænh Laøo Cai hoïp hoäi nghò\nnh©n d©n c¸c d©n téc trong tØnh ®oµn kÕt\n",
         "đảng bộ tỉnh Lào Cai họp hội nghị\nnhân dân các dân tộc trong tỉnh đoàn kết\n", "tcvn3"},
        {"Dda?ng co^.ng sa?n Vie^.t Nam quang vinh. Ho^.i ddo^`ng nha^n da^n ti?nh quye^'t ddi.nh nhie^.m "
         "vu. cu?a "
         "ca'c ca^'p uy? dda?ng trong na(m to+'i va` nhu+~ng na(m sau.",
         "Đảng cộng sản Việt Nam quang vinh. Hội đồng nhân dân tỉnh quyết định nhiệm vụ của "
         "các cấp uỷ đảng trong năm tới và những năm sau.",
         "viqr"},
        /* a short message, an abbreviation, a full stop that is no mark */
        {"Ki'nh gu+?i: Va(n pho`ng Ti?nh u?y, Ban DDie^`u ha`nh, 12/TTr-SKHDDT. DDe^` nghi. go+?i tru+o+'c "
         "nga`y na`y.\n--\n",
         "Kính gửi: Văn phòng Tỉnh ủy, Ban Điều hành, 12/TTr-SKHĐT. Đề nghị gởi trước ngày này.\n--\n",
         "viqr"},
        /* lines in two encodings: the words of the same line decide over one that reads both ways */
        {"ỦY BAN NHÂN DÂN TỈNH QUYẾT ĐỊNH\nVÒ viÖc phª duyÖt kÕ ho¹ch\nĐiều 1. Phê duyệt kế hoạch\n"
         "n«ng nghiÖp, n«ng th«n\n",
         "ỦY BAN NHÂN DÂN TỈNH QUYẾT ĐỊNH\nVề việc phê duyệt kế hoạch\nĐiều 1. Phê duyệt kế hoạch\n"
         "nông nghiệp, nông thôn\n",
         "tcvn3"},
        /* letters that windows-1258 has where Unicode has them are not TCVN3's because that is in the file
           too */
        {"Thông tý này quy ðiònh vêÌ quaÒn lyì công viêòc, thâòp niên\nc¸ nh©n thuéc ®èi t­îng cña tØnh\n",
         "Thông tư này quy định về quản lý công việc, thập niên\ncá nhân thuộc đối tượng của tỉnh\n",
         "tcvn3"},
        /* "Sè" is no line in capitals, whatever number follows */
        {"Sè: 23/Q§-UBND-TH\nSè TT\ntØnh ra quyÕt ®Þnh vÒ viÖc khen th­ëng",
         "Số: 23/QĐ-UBND-TH\nSố TT\ntỉnh ra quyết định về việc khen thưởng", "tcvn3"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = read_text(cases[i].in, strlen(cases[i].in));
        g_assert_cmpstr(doc->text, ==, cases[i].out);
        g_assert_cmpstr(doc->encoding, ==, cases[i].encoding);
    }
}

/* Many a word of one encoding spells another word in the other: the line decides. */
static void lines_of_two_encodings_do_not_mix(void)
{
    static const enum nd_legacy encodings[] = {ND_LEGACY_TCVN3, ND_LEGACY_VISCII, ND_LEGACY_VPS};
    static const char *const other = "giao thông đường thủy nội địa, giáo dục phổ cập ở các cơ sở có trách "
                                     "nhiệm chỉ đạo, quản lý vùng lãnh thổ được giao";
    for (unsigned i = 0; i < G_N_ELEMENTS(encodings) * G_N_ELEMENTS(encodings); i++) {
        unsigned first = i / G_N_ELEMENTS(encodings), second = i % G_N_ELEMENTS(encodings);
        g_autofree char *a = encode_as(encodings[first], sample), *b = encode_as(encodings[second], other);
        g_autofree char *text = g_strdup_printf("%s\n%s\n%s\n", a, b, a);
        g_autofree char *meant = g_strdup_printf("%s\n%s\n%s\n", sample, other, sample);
        nd_auto(nd_document) doc = read_text(text, strlen(text));
        g_assert_cmpstr(doc->text, ==, meant);
    }
}

static void what_is_unicode_already_is_left_alone(void)
{
    static const char *const cases[] = {
        "Ủy ban nhân dân tỉnh ra quyết định, § 5, 20 °C, ½ giờ, ®, ©, «ngoặc kép», giá 100 £",
        "là và có à á ã cô bà ý kiến, công tác, đô thị, tài chính",
        "The committee's naïve résumé of the café's façade cost £5 ± 2 µm; see § 7 and ¶ 3.",
        "Où l'élève a été reçu, déjà âgé, à la fête de Noël; ça va très bien, même l'hôtel où naît le héros.",
        "Постановление Правительства Российской Федерации о мерах по реализации",
        "Die Größe der Äpfel für Übungen; schöne Grüße aus München",
        "El año pasado señaló que también será más fácil; ¿cómo está?",
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = read_text(cases[i], strlen(cases[i]));
        g_assert_cmpstr(doc->text, ==, cases[i]);
        g_assert_cmpstr(doc->encoding, ==, "utf-8");
        g_autofree char *nfd = g_utf8_normalize(cases[i], -1, G_NORMALIZE_NFD);
        nd_auto(nd_document) decomposed = read_text(nfd, strlen(nfd));
        g_assert_cmpstr(decomposed->text, ==, nfd);
    }
}

static void other_encodings_are_recognised(void)
{
    static const struct {
        const char *text, *encoding, *expected;
    } cases[] = {
        {"Где собрание? Завтра будет собрание рабочих и служащих завода.", "WINDOWS-1251", "windows-1251"},
        {"Где собрание? Завтра будет собрание рабочих и служащих завода.", "KOI8-R", "koi8-r"},
        {"Где собрание? Завтра будет собрание рабочих и служащих завода.", "ISO-8859-5", "iso-8859-5"},
        {"Где собрание? Завтра будет собрание рабочих и служащих завода.", "IBM866", "ibm866"},
        {"Где собрание? Завтра будет собрание рабочих и служащих завода.", "UTF-16LE", "utf-16le"},
        {"中华人民共和国的档案工作，是国家和人民的大事。", "GB18030", "gb18030"},
        {"中華民國的檔案工作，是國家和人民的大事。", "BIG5", "big5"},
        {"日本国民は、正当に選挙された国会における代表者を通じて行動し、", "SHIFT_JIS", "shift_jis"},
        {"Tỉnh ủy ban hành nghị quyết", "UTF-32", "utf-32le"},
        {"L'été à l'hôtel où l'élève était déjà", "WINDOWS-1252", "windows-1252"},
        {"Tỉnh ủy ban hành nghị quyết về xây dựng Đảng", "UTF-16LE", "utf-16le"},
        {"Tỉnh ủy ban hành nghị quyết về xây dựng Đảng", "UTF-16BE", "utf-16be"},
        {"Tỉnh ủy ban hành nghị quyết về xây dựng Đảng và hệ thống chính trị", "WINDOWS-1258",
         "windows-1258"},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        gsize size;
        g_autoptr(GError) error = NULL;
        g_autofree char *bytes =
            g_convert(cases[i].text, -1, cases[i].encoding, "UTF-8", NULL, &size, &error);
        g_assert_no_error(error);
        nd_auto(nd_document) doc = read_text(bytes, size);
        g_assert_cmpstr(doc->text, ==, cases[i].text);
        g_assert_cmpstr(doc->encoding, ==, cases[i].expected);
        g_assert_cmpuint(doc->diagnostics->len, ==, 0);
    }
}

/* Two bytes of VISCII may look like a letter of UTF-8, and then the line like damaged UTF-8. */
static void another_encoding_is_no_damaged_unicode(void)
{
    static const char bytes[] = "QUY\x8aT \xd0\x98NH\nc\xfc"
                                "a \xfc"
                                "y ban nh\xe2n d\xe2n t\xefnh v\xab qu\xe4n l\xfd "
                                "\xf0\xa4t \xf0"
                                "ai, th\xf1"
                                "c hi\xaen ngh\xb8 quy\xaat\n";
    nd_auto(nd_document) doc = read_text(bytes, sizeof bytes - 1);
    g_assert_cmpstr(doc->text, ==,
                    "QUYẾT ĐỊNH\ncủa ủy ban nhân dân tỉnh về quản lý đất đai, thực hiện nghị quyết\n");
    g_assert_cmpuint(doc->diagnostics->len, ==, 0);
}

static void fonts_decide_where_there_are_fonts(void)
{
    static const struct {
        const char *name;
        enum nd_legacy encoding;
        bool capitals;
    } fonts[] = {
        {".VnTime", ND_LEGACY_TCVN3, false},
        {".VnTimeH", ND_LEGACY_TCVN3, true},
        {"AARIQC+.VnTimeH,Bold", ND_LEGACY_TCVN3, true},
        {"VnArialH-Bold", ND_LEGACY_TCVN3, true},
        {"GDNPMG+VnTimeHBold", ND_LEGACY_TCVN3, true},
        {"VNI-Times", ND_LEGACY_VNI, false},
        {"VNI-Helve-Condense", ND_LEGACY_VNI, false},
        {"VPS Times", ND_LEGACY_VPS, false},
        {"Times New Roman", ND_LEGACY_NONE, false},
        {"Arial", ND_LEGACY_NONE, false},
        {"", ND_LEGACY_NONE, false},
        {NULL, ND_LEGACY_NONE, false},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(fonts); i++) {
        struct nd_legacy_font font = nd_legacy_font_of(fonts[i].name);
        g_assert_cmpint(font.encoding, ==, fonts[i].encoding);
        g_assert_cmpint(font.capitals, ==, fonts[i].capitals);
    }
}

static void syllables_are_told_from_nonsense(void)
{
    static const struct {
        const char *word;
        bool valid;
    } cases[] = {
        {"nghiêng", true},   {"quyết", true}, {"giữa", true},   {"ủy", true},     {"khuỷu", true},
        {"Đảng", true},      {"gì", true},    {"quốc", true},   {"việt", true},   {"oanh", true},
        {"nghĩa", true},     {"xoong", true}, {"đến", true},    {"yêu", true},    {"cà", true},
        {"càt", false},      {"bcd", false},  {"école", false}, {"étage", false}, {"nạve", false},
        {"nghiêngg", false}, {"ttt", false},  {"nghũ", false},  {"kà", false},    {"gè", false},
        {"ghè", true},       {"", false},     {"việtt", false}, {"ỷỷ", false},
    };
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        glong n;
        g_autofree gunichar *letters = g_utf8_to_ucs4(cases[i].word, -1, NULL, &n, NULL);
        if (nd_syllable_is_valid(letters, (size_t)n) != cases[i].valid)
            g_error("'%s'", cases[i].word);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/legacy/each_encoding_comes_back_from_mojibake_and_from_bytes",
                    each_encoding_comes_back_from_mojibake_and_from_bytes);
    g_test_add_func("/legacy/texts_come_out_as_they_were_meant", texts_come_out_as_they_were_meant);
    g_test_add_func("/legacy/lines_of_two_encodings_do_not_mix", lines_of_two_encodings_do_not_mix);
    g_test_add_func("/legacy/what_is_unicode_already_is_left_alone", what_is_unicode_already_is_left_alone);
    g_test_add_func("/legacy/other_encodings_are_recognised", other_encodings_are_recognised);
    g_test_add_func("/legacy/another_encoding_is_no_damaged_unicode", another_encoding_is_no_damaged_unicode);
    g_test_add_func("/legacy/fonts_decide_where_there_are_fonts", fonts_decide_where_there_are_fonts);
    g_test_add_func("/legacy/syllables_are_told_from_nonsense", syllables_are_told_from_nonsense);
    return g_test_run();
}
