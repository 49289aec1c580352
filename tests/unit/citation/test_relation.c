#include "tests/unit/citation/reading.h"

/* The last citation of the text. */
static const struct nd_mention *last_of(const struct reading *reading)
{
    const size_t n = nd_mentions_count(reading->mentions);
    g_assert_cmpuint(n, >, 0);
    return nd_mentions_get(reading->mentions, n - 1);
}

static void test_the_governing_words_decide_the_relation(void)
{
    static const struct {
        const char *text, *relation, *trigger;
    } cases[] = {
        {"Các cấp ủy triển khai thực hiện Nghị quyết số 45-NQ/TW.", "implements", "triển khai thực hiện"},
        {"Quán triệt Nghị quyết số 45-NQ/TW; Kết luận số 46-KL/TW.", "implements", "Quán triệt"},
        {"Căn cứ Điều lệ Đảng, Quy định số 47-QĐ/TW.", "based_on", "Căn cứ"},
        {"Thực hiện việc đánh giá chi bộ theo Quy định số 48-QĐ/TU.", "based_on", "theo"},
        {"xử lý theo quy định tại Điều 5 Luật Viên chức", "based_on", "theo quy định tại"},
        {"Ban Tổ chức hướng dẫn thi hành Quy định số 49-QĐ/TW.", "guides", "hướng dẫn thi hành"},
        {"Thông tư này thay thế Thông tư số 12/2011/TT-BNV.", "replaces", "thay thế"},
        {"Bãi bỏ Điều 7 Nghị định số 82/2014/NĐ-CP.", "repeals", "Bãi bỏ"},
        {"Sửa đổi, bổ sung một số điều của Nghị định số 83/2014/NĐ-CP.", "amends", "Sửa đổi, bổ sung"},
        {"Đính chính Quyết định số 84/QĐ-TTg.", "corrects", "Đính chính"},
        {"Chiểu Sắc lệnh số 71-SL ngày 2-3-1948 đặt ra giải thưởng", "based_on", "Chiểu"},
        {"Điều 1.- Thay Điều 9 của Nghị định số 85-CP ngày 3-4-1979 bằng điều mới", "amends", "Thay"},
        {"Thông tư này thay Thông tư số 86/TT-BNV.", "replaces", "thay"},
        {"Căn cứ Quy chế bầu cử ban hành kèm theo Quyết định số 87-QĐ/TW;", "based_on", "Căn cứ"},
        {"Tình hình đã ổn định. (Kèm theo Báo cáo số 88-BC/TU)", "cites", NULL},
        {"theo dõi Nghị quyết số 89-NQ/TW", "cites", NULL},
        {"sơ kết 5 năm thực hiện Chỉ thị số 50-CT/TW và 3 năm thực hiện Nghị quyết số 54-NQ/TW", "reviews",
         "sơ kết"},
        {"Căn cứ:\n\n- Điều lệ Đảng;\n\n- Quy chế bầu cử;\n\n- Chỉ thị số 55-CT/TW.", "based_on", "Căn cứ"},
        {"Căn cứ:\n- Nghị quyết số 56-NQ/TW\n- Quyết định ban hành kèm theo Tờ trình số 57-TTr/TU",
         "based_on", "Căn cứ"},
        {"Điều 4. Bãi bỏ các văn bản sau đây:\n1. Thông tư số 12/2011/TT-BNV;\n2. Thông tư số "
         "13/2012/TT-BNV.",
         "repeals", "Bãi bỏ"},
        {"Căn cứ:\n- Nghị quyết số 56-NQ/TW.\n\nCác cấp ủy trao đổi về Kết luận số 58-KL/TW", "cites", NULL},
        {"Tổng kết 10 năm thực hiện Chỉ thị số 50-CT/TW.", "reviews", "Tổng kết"},
        {"Sau 5 năm thực hiện Chỉ thị số 51-CT/TW, đảng bộ đã", "reviews", "thực hiện"},
        {"Sau hơn 5 năm thực hiện Chỉ thị số 51-CT/TW, đảng bộ đã", "reviews", "thực hiện"},
        {"Thực hiện Kế hoạch số 61-KH/TW về tổng kết Nghị quyết số 62-NQ/TW, Ban Thường vụ Tỉnh ủy đã ban "
         "hành "
         "Chương trình số 63-CTr/TU.",
         "cites", NULL},
        {"Thực hiện Kết luận số 64-KL/TW; các Chỉ thị số 65-CT/TW.", "implements", "Thực hiện"},
        {"Thông tư này thay thế Thông tư số 11/2011/TT-BNV ngày 1 tháng 2 năm 2011 của Bộ trưởng Bộ Nội vụ "
         "quy định về "
         "việc lập kho và quản lý kho ở các cơ quan của Bộ, ở các địa phương có kho và ở các đơn vị khác có "
         "liên "
         "quan; Thông tư số 12/2011/TT-BNV ngày 1 tháng 3 năm 2011 của Bộ trưởng Bộ Nội vụ quy định về việc "
         "lập sổ "
         "kho, ghi sổ kho và kiểm tra sổ kho; Thông tư số 13/2011/TT-BNV.",
         "replaces", "thay thế"},
        {"Sửa đổi, bổ sung các quy định: Quy định số 66-QĐ/TU.", "amends", "Sửa đổi, bổ sung"},
        {"Bãi bỏ Điều 1 Thông tư số 19/2011/TT-BNV sửa đổi một số quy định về thủ tục của Thông tư số "
         "18/2008/TT-BNV.",
         "cites", NULL},
        {"Bãi bỏ Điều 45 Nghị định số 24/2010/NĐ-CP về tuyển dụng công chức và Điều 37 Nghị định số "
         "29/2012/NĐ-CP.",
         "repeals", "Bãi bỏ"},
        {"Thực hiện Chỉ thị số 67-CT/TW về lập kho\n- Trao đổi về Nghị quyết số 68-NQ/TW.", "cites", NULL},
        {"Điều 3 của Hướng dẫn kèm theo Quyết định số 69-QĐ/TW rất dài.", "cites", NULL},
        {"chấp hành nghiêm Điều lệ Đảng", "cites", "chấp hành"},
        {"Thực hiện Nghị quyết số 71-NQ/TW “về lập kho; giữ kho” và Chỉ thị số 72-CT/TW.", "implements",
         "Thực hiện"},
        {"Tiếp tục học tập và làm theo tư tưởng của Bác gắn với Nghị quyết số 73-NQ/TW.", "cites", NULL},
        {"Các cấp ủy tuân theo Điều lệ Đảng.", "cites", "tuân theo"},
        {"Báo cáo kết quả 5 năm thực hiện Nghị quyết số 75-NQ/TW.", "reviews", "thực hiện"},
        {"Căn cứ thực hiện\n\n- Điều lệ Đảng;\n\n- Quy định số 76-QĐ/TW", "based_on", "Căn cứ"},
        {"Thực hiện Chỉ thị số 77-CT/TW về kho; ngày 10/9/2020 Ban Bí thư đã có Hướng dẫn số 78-HD/TW.",
         "cites", NULL},
        {"Thực hiện Chỉ thị số 77-CT/TW về lập kho và Kế hoạch 5 năm theo Nghị quyết số 79-NQ/TW và Kế hoạch "
         "số "
         "80-KH/TW.",
         "implements", "Thực hiện"},
        {"Quy định này được áp dụng đến khi Nghị quyết số 81/2022/QH15 hết hiệu lực.", "cites", NULL},
        {"THÔNG TƯ\nlập kho\n-----\nĐiều 1. Thay thế Thông tư số 82/2015/TT-BTC ngày 1/2/2015 về kho và Nghị "
         "định số "
         "83/2013/NĐ-CP.",
         "cites", NULL},
        {"Quy định về kho đã được sửa đổi, bổ sung tại Điều 3 Nghị định số 84/2015/NĐ-CP thì được giữ.",
         "cites", NULL},
        {"Các cấp ủy không thực hiện Nghị quyết số 91-NQ/TU.", "cites", "thực hiện"},
        {"Ngưng hiệu lực thi hành Quyết định số 92-QĐ/TU.", "cites", NULL},
        {"Quyết định số 74-QĐ/TU không còn hiệu lực.", "repeals", NULL},
        {"Nội dung của Nghị quyết số 52-NQ/TW rất rộng.", "cites", NULL},
        {"- Sổ tay hướng dẫn lập kho;\n- Kế hoạch số 52-KH/TU;", "cites", NULL},
        {"Thực hiện:\n- Sổ tay lập kho;\n- Kế hoạch số 52-KH/TU;", "implements", "Thực hiện"},
        {"1\t12-KH/TU\t20/6/2011\tKế hoạch thực hiện Chỉ thị số 53-CT/TW\n2\t54-KH/TU\t21/6/2011", "cites",
         NULL},
        {"Việc lập kho thực hiện thế nào?\nTrả lời:\n- Tại Điều 9 Quy định số 55-QĐ/TW nêu rõ.", "cites",
         NULL},
        {"bầu bổ sung đại biểu cho phù hợp với Điều 11 Điều lệ Đảng", "cites", NULL},
        {"Ban Chấp hành có Quy chế và Nghị quyết số 53-NQ/TW", "cites", NULL},
        {"Quy định này thay thế các Quy định số 93-QĐ/TU, ngày 05/3/2016 và số 94-QĐ/TU, ngày 11/8/2017.",
         "replaces", "thay thế"},
        {"Bãi bỏ các Quyết định của Ủy ban nhân dân tỉnh: số 95/QĐ-UBND ngày 03/5/2010, số 96/QĐ-UBND.",
         "repeals", "Bãi bỏ"},
        {"Bãi bỏ một số điều của các Thông tư sau: Thông tư số 11/2012/TT-BTC; Thông tư số 12/2013/TT-BTC.",
         "repeals", "Bãi bỏ"},
        {"Quyết định này thay thế Quyết định số 12/2015/QĐ-UBND và các quyết định sửa đổi Quyết định số "
         "11/2012/QĐ-UBND.",
         "cites", NULL},
        {"Căn cứ Luật Báo chí, các văn bản hướng dẫn thi hành Luật Xuất bản; Nghị định số 12/2015/NĐ-CP.",
         "based_on", "Căn cứ"},
        {"Rà soát văn bản hướng dẫn thi hành Luật Xuất bản.", "cites", NULL},
        {"Công bố hết hiệu lực đối với Quyết định số 12/2015/QĐ-UBND.", "repeals", "Công bố hết hiệu lực"},
        {"Bổ sung vào Kế hoạch số 95-KH/TU các nhiệm vụ sau:", "amends", "Bổ sung"},
        {"Trên tinh thần Nghị quyết số 95-NQ/TW, Tỉnh ủy yêu cầu:", "based_on", "Trên tinh thần"},
        {"Bãi bỏ các văn bản sau đây: Quyết định số 95/QĐ-UBND ngày 03/5/2010.", "repeals", "Bãi bỏ"},
        {"Thu hồi Quyết định số 97/QĐ-UBND ngày 06/01/2020 về việc giao đất.", "repeals", "Thu hồi"},
        {"Thu hồi đất của hộ dân nêu tại Quyết định số 97/QĐ-UBND.", "cites", NULL},
        {"Kể từ ngày Thông tư này có hiệu lực thi hành, các văn bản sau đây hết hiệu lực:\na) Thông tư số "
         "11/2011/TT-BNV;\nb) Điều 1 Thông tư số 12/2012/TT-BNV.",
         "repeals", "hết hiệu lực"},
        {"Các quy định sau hết hiệu lực kể từ ngày Nghị định này có hiệu lực: Nghị định số 11/2010/NĐ-CP "
         "ngày "
         "24/02/2010 và Nghị định số 12/2013/NĐ-CP.",
         "repeals", "hết hiệu lực"},
        {"Các quy định trước đây hết hiệu lực, trừ các văn bản sau:\na) Nghị định số 11/2010/NĐ-CP.", "cites",
         NULL},
        {"Thông tư số 10/2010/TT-BNV hết hiệu lực, trừ các điều dẫn tới:\na) Nghị định số 11/2010/NĐ-CP.",
         "cites", NULL},
        {"Sửa đổi, bổ sung khoản 2 Điều 5 của Quy chế làm việc ban hành kèm theo Quyết định số 98-QĐ/TU.",
         "amends", "Sửa đổi, bổ sung"},
        {"Bổ sung Danh mục hàng hóa, dịch vụ ban hành kèm theo Thông tư số 13/2013/TT-BCT.", "amends",
         "Bổ sung"},
        {"Bổ sung kinh phí cho các đơn vị có tên kèm theo Quyết định số 99/QĐ-UBND.", "cites", NULL},
        {"Bổ sung cụm từ “công chức xã” vào sau cụm từ “viên chức” tại Điều 4 Thông tư số 14/2014/TT-BNV.",
         "amends", "Bổ sung"},
        {"Thay cụm từ “Sở Nội vụ” bằng cụm từ “Ban Tổ chức” tại Điều 6 Thông tư số 15/2014/TT-BNV.", "amends",
         "Thay"},
        {"Thay thế một số cụm từ tại Thông tư số 16/2014/TT-BNV như sau:", "amends", "Thay thế"},
        {"Bỏ cụm từ “cấp tỉnh” tại khoản 1 Điều 3 Thông tư số 17/2014/TT-BNV.", "amends", "Bỏ cụm từ"},
        {"Thay thế Phụ lục II của Thông tư số 18/2014/TT-BNV.", "amends", "Thay thế"},
        {"Thay thế Quy chế ban hành kèm theo Quyết định số 101-QĐ/TU.", "replaces", "Thay thế"},
        {"Thay thế Quy định canh gác đê điều ban hành kèm theo Quyết định số 101-QĐ/TU.", "replaces",
         "Thay thế"},
        {"Thông tư này thay thế:\na) Thông tư số 17/2013/TT-BNV;\nb) Mục II Phụ lục III ban hành kèm theo "
         "Thông tư "
         "số 18/2014/TT-BNV.",
         "amends", "thay thế"},
        {"Sửa đổi, bổ sung, bãi bỏ một số điều của Thông tư số 18/2014/TT-BNV.", "amends",
         "Sửa đổi, bổ sung, bãi bỏ"},
        {"Bãi bỏ:\na) Điều 1 Thông tư số 17/2013/TT-BNV sửa đổi một số điều của Thông tư số 16/2012/TT-BNV, "
         "Thông tư "
         "số 15/2011/TT-BNV.",
         "cites", NULL},
        {"Thay thế Điều 1 Thông tư số 18/2014/TT-BNV và Thông tư số 19/2014/TT-BNV.", "replaces", "Thay thế"},
        {"Thay thế Thông tư số 18/2014/TT-BNV quy định một số điều của Luật Viên chức và Thông tư số "
         "19/2014/TT-BNV.",
         "replaces", "Thay thế"},
        {"Điều chỉnh một số chỉ tiêu tại Nghị quyết số 102/NQ-HĐND.", "amends", "Điều chỉnh"},
        {"thuộc phạm vi điều chỉnh của Nghị định số 19/2014/NĐ-CP", "cites", NULL},
        {"Đính chính lỗi kỹ thuật tại Điều 3 Thông tư số 20/2014/TT-BTC.", "corrects", "Đính chính"},
        {"Đình chỉ việc thi hành Quyết định số 103/QĐ-UBND.", "cites", NULL},
        {"Kéo dài thời gian thực hiện Nghị quyết số 104/NQ-HĐND đến hết năm 2025.", "cites", NULL},
        {"Các văn bản được dẫn chiếu theo Thông tư số 21/2014/TT-BTC.", "cites", NULL},
        {"Thông tư này quy định chi tiết một số điều và biện pháp thi hành Nghị định số 22/2014/NĐ-CP.",
         "guides", "biện pháp thi hành"},
        {"Xét Tờ trình số 105/TTr-UBND ngày 18/11/2022 của Ủy ban nhân dân tỉnh về ban hành Nghị quyết; Báo "
         "cáo "
         "thẩm tra số 106/BC-KTNS.",
         "based_on", "Xét"},
        {"Xét tặng danh hiệu quy định tại Nghị định số 23/2014/NĐ-CP.", "cites", NULL},
        {"Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 107/TTr-SNV;", "based_on", "Xét đề nghị"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        const struct nd_mention *m = last_of(&reading);
        g_test_message("%s", cases[i].text);
        g_assert_cmpstr(nd_relation_name(m->relation), ==, cases[i].relation);
        g_assert_cmpstr(m->trigger, ==, cases[i].trigger);
        if (m->trigger)
            g_assert_true(g_str_has_prefix(reading.doc->text + m->trigger_start, m->trigger));
        reading_clear(&reading);
    }
}

static void test_the_place_decides_the_strength(void)
{
    static const char text[] = "KẾ HOẠCH\n"
                               "thực hiện Nghị quyết số 61-NQ/TW\n"
                               "-----\n"
                               "Căn cứ Kết luận số 62-KL/TW, Ban Thường vụ Tỉnh ủy ban hành kế hoạch.\n"
                               "I. MỤC TIÊU\n"
                               "Thực hiện Chỉ thị số 63-CT/TW.\n";
    static const enum nd_strength strengths[] = {ND_STRENGTH_TITLE, ND_STRENGTH_OPENING, ND_STRENGTH_BODY};
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, G_N_ELEMENTS(strengths));
    for (size_t i = 0; i < G_N_ELEMENTS(strengths); i++)
        g_assert_cmpint(nd_mentions_get(reading.mentions, i)->strength, ==, strengths[i]);
    reading_clear(&reading);
}

static void test_the_title_of_a_guidance_guides(void)
{
    static const char *const titles[] = {"thực hiện Quy định số 64-QĐ/TW",
                                         "một số nội dung Quy định số 64-QĐ/TW"};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autofree char *text =
            g_strdup_printf("HƯỚNG DẪN\n%s\n-----\nBan Tổ chức hướng dẫn như sau.\n", titles[i]);
        struct reading reading;
        reading_init(&reading, text);
        g_assert_cmpint(last_of(&reading)->relation, ==, ND_RELATION_GUIDES);
        g_assert_cmpint(last_of(&reading)->strength, ==, ND_STRENGTH_TITLE);
        reading_clear(&reading);
    }
}

static void test_the_title_beside_the_number_is_a_title(void)
{
    struct reading reading;
    reading_init(
        &reading,
        "BAN TỔ CHỨC TRUNG ƯƠNG\nSố: 11-HD/BTCTW\nV/v thực hiện Quy định số 64-QĐ/TW\n\nHà Nội, ngày 24 "
        "tháng 3 năm 2008\n\nHƯỚNG DẪN\n\nCăn cứ tình hình, Ban Tổ chức hướng dẫn như sau.\n");
    g_assert_cmpint(last_of(&reading)->relation, ==, ND_RELATION_GUIDES);
    g_assert_cmpint(last_of(&reading)->strength, ==, ND_STRENGTH_TITLE);
    reading_clear(&reading);
}

static void test_nothing_changes_a_later_document(void)
{
    static const char *const texts[] = {
        "Bãi bỏ Nghị định số 85/2007/NĐ-CP về lập kho và bãi bỏ Điều 2 Nghị định số 86/2012/NĐ-CP.",
        "Nghị định số 87/2011/NĐ-CP đã được sửa đổi bởi Nghị định số 88/2009/NĐ-CP.",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct reading reading;
        reading_init(&reading, texts[i]);
        g_assert_cmpint(last_of(&reading)->reported_by, ==, -1);
        reading_clear(&reading);
    }
}

static void test_what_is_not_done_yet_is_proposed(void)
{
    static const struct {
        const char *text;
        bool proposed;
    } cases[] = {
        {"dự thảo Quy định thay thế Quy định số 93-QĐ/TU", true},
        {"Nghiên cứu sửa đổi Quyết định số 71/QĐ-UBND.", true},
        {"Dự thảo Nghị định số 72/2030/NĐ-CP", true},
        {"dự án Luật Nhà giáo", true},
        {"Thông tư này sửa đổi Thông tư số 73/2011/TT-BTC.", false},
        {"KẾ HOẠCH\nnăm 2030\n-----\nI. NHIỆM VỤ\n- Sửa đổi Quyết định số 74/QĐ-UBND.", true},
        {"KẾ HOẠCH\nnăm 2030\n-----\nI. NHIỆM VỤ\nKế hoạch này thay thế Kế hoạch số 75-KH/TU.", false},
        {"HƯỚNG DẪN\nbầu cử\n-----\nI. MỤC ĐÍCH\nHướng dẫn này có hiệu lực thi hành kể từ ngày ký và thay "
         "thế "
         "Hướng dẫn số 76-HD/BTCTW.",
         false},
        {"HỘI ĐỒNG NHÂN DÂN\nSố: 95/2031/NQ-HĐND\nNGHỊ QUYẾT\nvề lương\nĐiều 1. Bãi bỏ Nghị quyết số "
         "94/2030/NQ-HĐND.",
         false},
        {"THÔNG TƯ\nvề lương\nĐiều 1. Sửa đổi khoản 2 Điều 3 Thông tư số 77/2013/TT-BNV.", false},
        {"nhất là trong dự án xây dựng Luật Nhà giáo", true},
        {"Đề nghị Ban Bí thư sớm ban hành quy định thay thế Quy định số 77-QĐ/TW.", true},
        {"Trình Hội đồng nhân dân tỉnh ban hành Nghị quyết thay thế Nghị quyết số 78/NQ-HĐND.", true},
        {"Đồng ý chủ trương sửa đổi Quy chế số 79-QC/TU.", true},
        {"Nghiên cứu ban hành văn bản thay thế Quy chế số 79-QC/TU.", true},
        {"Theo đề nghị của Ban Tổ chức, ban hành Quy định thay thế Quy định số 79-QĐ/TU.", false},
        {"Theo đề nghị của Ban Tổ chức, Tỉnh ủy ban hành Quy định này thay thế Quy định số 79-QĐ/TU.", false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(last_of(&reading)->proposed, ==, cases[i].proposed);
        reading_clear(&reading);
    }
}

static void test_a_document_reports_what_one_cited_text_does_to_another(void)
{
    static const struct {
        const char *text;
        size_t i;
        int32_t by; /* -1: not reported */
        const char *relation;
        bool inverse;
    } cases[] = {
        {"theo Kế hoạch số 81-KH/TU, ngày 2/3/2021 của Tỉnh ủy về thực hiện Kết luận số 82-KL/TU", 1, 0,
         "implements", false},
        {"theo Nghị định số 83/2017/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số "
         "84/2011/NĐ-CP",
         1, 0, "amends", false},
        {"theo Kế hoạch số 81-KH/TU về thực hiện Kết luận số 82-KL/TU; Quy định số 85-QĐ/TU", 2, -1, NULL,
         false},
        {"Luật số 86/2004/QH11 đã được sửa đổi, bổ sung theo Luật số 87/2014/QH13", 1, 0, "amends", true},
        {"Luật số 86/2004/QH11 đã được sửa đổi theo Luật số 87/2014/QH13 và Luật số 88/2018/QH14", 2, 0,
         "amends", true},
        {"Luật số 86/2004/QH11 bị bãi bỏ bởi Luật số 89/2020/QH14", 1, 0, "repeals", true},
        {"Luật số 86/2004/QH11 được sửa đổi bởi: Luật số 87/2014/QH13; Luật số 88/2018/QH14.", 1, 0, "amends",
         true},
        {"Luật số 86/2004/QH11 được sửa đổi bởi: Luật số 87/2014/QH13; Luật số 88/2018/QH14.", 2, 0, "amends",
         true},
        {"Luật số 86/2004/QH11 được sửa đổi bởi Luật số 87/2014/QH13; Luật số 88/2018/QH14.", 2, -1, NULL,
         false},
        {"Thông tư số 11/2016/TT-BVHTTDL ngày 2/3/2016 của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch sửa đổi "
         "Thông tư số 12/2012/TT-BVHTTDL.",
         1, 0, "amends", false},
        {"Điều 9 Nghị định số 83/2003/NĐ-CP quy định chi tiết một số điều của Luật Viên chức đã được sửa đổi "
         "theo Nghị định số 84/2012/NĐ-CP",
         2, 0, "amends", true},
        {"Luật Viên chức được sửa đổi theo Luật số 87/2014/QH13 và Thông tư số 88/2020/TT-BTP", 2, -1, NULL,
         false},
        {"theo Luật Viên chức năm 2010 (đã được sửa đổi năm 2019).\n2. Bãi bỏ Phụ lục ban hành kèm theo "
         "Thông "
         "tư số 88/2020/TT-BTP",
         1, -1, NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_test_message("%s", cases[i].text);
        const struct nd_mention *m = nd_mentions_get(reading.mentions, cases[i].i);
        g_assert_cmpint(m->reported_by, ==, cases[i].by);
        if (cases[i].relation) {
            g_assert_cmpstr(nd_relation_name(m->reported_relation), ==, cases[i].relation);
            g_assert_cmpint(m->reported_inverse, ==, cases[i].inverse);
        }
        reading_clear(&reading);
    }
}

static void test_a_source_note_lists_what_changed_the_text(void)
{
    static const char text[] = "Bảo hành xe\n\nXe được bảo hành hai năm.\n\n"
                               "(Điều 9 Nghị định số 91/2031/NĐ-CP, có hiệu lực thi hành kể từ ngày "
                               "01/09/2031, có nội dung được sửa đổi, có "
                               "nội dung bị bãi bỏ bởi Điều 1 Nghị định số 92/2032/NĐ-CP có hiệu lực thi "
                               "hành kể từ ngày 15/04/2032; Điều 2 "
                               "Nghị định số 93/2033/NĐ-CP có hiệu lực thi hành kể từ ngày 24/12/2033)\n";
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpstr(reading.metadata->code, ==, "91/2031/NĐ-CP");
    g_assert_cmpuint(reading.metadata->inferred & ND_INFERRED_NUMBER, !=, 0);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 3);
    for (size_t i = 1; i < 3; i++) {
        const struct nd_mention *m = nd_mentions_get(reading.mentions, i);
        g_assert_cmpint(m->reported_by, ==, 0);
        g_assert_cmpint(m->reported_relation, ==, ND_RELATION_AMENDS);
        g_assert_true(m->reported_inverse);
    }
    reading_clear(&reading);
}

static void test_whole_documents_are_read_as_they_stand(void)
{
    static const struct {
        const char *text;
        size_t i;
        const char *relation;
        int32_t by;
        bool proposed;
    } cases[] = {
        {"Điều 2. Bãi bỏ một phần các văn bản:\na) Điều 3 Quyết định số 31/2014/QĐ-UBND;\nb) Khoản 2 Điều 5 "
         "Quy "
         "định ban hành kèm theo Quyết định số 40/2016/QĐ-UBND.",
         1, "repeals", -1, false},
        {"Điều 2. Bãi bỏ các văn bản:\na) Quyết định số 31/2014/QĐ-UBND sửa đổi Quyết định số "
         "30/2013/QĐ-UBND.",
         1, "amends", 0, false},
        {"QUYẾT ĐỊNH\nSửa đổi, bổ sung một số điều của Quy định về quản lý đất đai ban hành kèm theo Quyết "
         "định số "
         "36/2021/QĐ-UBND\n\nCăn cứ Luật Đất đai;",
         0, "amends", -1, false},
        {"Đính chính sai sót về kỹ thuật trình bày tại Phụ lục I ban hành kèm theo Thông tư số "
         "20/2020/TT-BYT.",
         0, "corrects", -1, false},
        {"VĂN BẢN HỢP NHẤT\nvề kho\n-----\nThông tư số 20/2014/TT-BTC ngày 22/12/2014 được sửa đổi, bổ sung "
         "bởi:\nThông tư số 21/2015/TT-BTC ngày 18/5/2015 sửa đổi Điều 8 Thông tư số 20/2014/TT-BTC, có hiệu "
         "lực kể "
         "từ ngày 18/5/2015.\nThông tư số 22/2016/TT-BTC ngày 21/3/2016, có hiệu lực kể từ ngày "
         "21/3/2016.\nThông "
         "tư số 23/2017/TT-BTC ngày 21/3/2017.\nCăn cứ Luật Kế toán;",
         2, "amends", 1, false},
        {"Thông tư số 20/2014/TT-BTC được sửa đổi, bổ sung bởi:\nThông tư số 21/2015/TT-BTC, có hiệu lực kể "
         "từ ngày "
         "18/5/2015.\nThông tư số 22/2016/TT-BTC.\nThông tư số 23/2017/TT-BTC.",
         3, "amends", 0, false},
        {"Thông tư số 20/2014/TT-BTC được sửa đổi bởi Thông tư số 21/2015/TT-BTC.\nThông tư số "
         "22/2016/TT-BTC quy "
         "định về kho.",
         2, "cites", -1, false},
        {"KẾ HOẠCH\nvề kho\n-----\nI. CĂN CỨ\nQuy định số 37-QĐ/TW ngày 25/10/2021 (thay thế Quy định số "
         "47-QĐ/TW).",
         1, "replaces", 0, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_test_message("%s", cases[i].text);
        const struct nd_mention *m = nd_mentions_get(reading.mentions, cases[i].i);
        g_assert_cmpint(m->reported_by, ==, cases[i].by);
        g_assert_cmpstr(nd_relation_name(m->reported_by >= 0 ? m->reported_relation : m->relation), ==,
                        cases[i].relation);
        g_assert_cmpint(m->proposed, ==, cases[i].proposed);
        reading_clear(&reading);
    }
}

static void test_a_source_note_may_tell_a_long_title(void)
{
    g_autoptr(GString) text = g_string_new("Bảo hành xe\n\nXe được bảo hành hai năm.\n\n(Điều 9 Thông tư số "
                                           "91/2031/TT-BCT sửa đổi Thông tư số 92/2025/TT-BCT quy định về");
    for (size_t i = 0; i < 60; i++)
        g_string_append(text, " kho hàng số");
    g_string_append(text,
                    " ngày 01/08/2031 của Bộ Công thương, có hiệu lực thi hành kể từ ngày 01/09/2031)\n");
    struct reading reading;
    reading_init(&reading, text->str);
    g_assert_cmpstr(reading.metadata->code, ==, "91/2031/TT-BCT");
    reading_clear(&reading);
}

static void test_what_is_said_behind_a_list_holds_for_all_of_it(void)
{
    static const struct {
        const char *text;
        size_t i;
        const char *relation;
    } cases[] = {
        {"Thông tư số 79/2005/TT-BNV ngày 10/8/2005 và Điều 3 Thông tư số 12/2007/TT-BNV hết hiệu lực.", 0,
         "repeals"},
        {"Nghị định số 95/2005/NĐ-CP quy định chi tiết thi hành Luật Viên chức hết hiệu lực.", 0, "repeals"},
        {"Nghị định số 95/2005/NĐ-CP quy định chi tiết thi hành Luật Viên chức hết hiệu lực.", 1, "guides"},
        {"Nghị quyết số 96/2016/QH13 về việc lùi hiệu lực của Luật Viên chức, Luật Thanh tra hết hiệu lực.",
         0, "repeals"},
        {"Nghị quyết số 96/2016/QH13 về việc lùi hiệu lực của Luật Viên chức, Luật Thanh tra hết hiệu lực.",
         2, "cites"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_test_message("%s", cases[i].text);
        const struct nd_mention *m = nd_mentions_get(reading.mentions, cases[i].i);
        g_assert_cmpstr(nd_relation_name(m->relation), ==, cases[i].relation);
        reading_clear(&reading);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/relation/triggers", test_the_governing_words_decide_the_relation);
    g_test_add_func("/relation/strength", test_the_place_decides_the_strength);
    g_test_add_func("/relation/guidance", test_the_title_of_a_guidance_guides);
    g_test_add_func("/relation/title-beside-the-number", test_the_title_beside_the_number_is_a_title);
    g_test_add_func("/relation/later", test_nothing_changes_a_later_document);
    g_test_add_func("/relation/proposed", test_what_is_not_done_yet_is_proposed);
    g_test_add_func("/relation/reported", test_a_document_reports_what_one_cited_text_does_to_another);
    g_test_add_func("/relation/out-of-force", test_what_is_said_behind_a_list_holds_for_all_of_it);
    g_test_add_func("/relation/source-note", test_a_source_note_lists_what_changed_the_text);
    g_test_add_func("/relation/whole-documents", test_whole_documents_are_read_as_they_stand);
    g_test_add_func("/relation/long-source-note", test_a_source_note_may_tell_a_long_title);
    return g_test_run();
}
