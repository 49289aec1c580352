#include "analyzers/citation/lexicon.h"
#include "tests/unit/citation/reading.h"

/* One citation in a sentence; fields that are NULL are not looked at, "" means that nothing was read. */
struct expected {
    const char *text, *quoted, *rule;
    const char *type, *number, *issuer, *code;
    const char *date, *term, *ordinal, *pinpoint, *name, *body, *place;
};

static void check_field(const char *got, const char *want, const char *what, const char *text)
{
    if (!want || g_strcmp0(got ? got : "", want) == 0)
        return;
    g_error("%s of \"%s\": got \"%s\", expected \"%s\"", what, text, got ? got : "", want);
}

static void check_mention(const struct reading *reading, const struct nd_mention *m,
                          const struct expected *want)
{
    char date[11];
    g_autofree char *quoted = g_strndup(reading->doc->text + m->start, m->end - m->start);
    g_autofree char *code = nd_citation_code(m);
    const struct {
        const char *what, *got, *want;
    } fields[] = {
        {"span", quoted, want->quoted},
        {"rule", m->rule, want->rule},
        {"type", m->type, want->type},
        {"number", m->number, want->number},
        {"issuer", m->issuer, want->issuer},
        {"code", code, want->code},
        {"date", nd_date_format(m->date, date), want->date},
        {"term", m->term, want->term},
        {"ordinal", m->ordinal, want->ordinal},
        {"pinpoint", m->pinpoint, want->pinpoint},
        {"name", m->name, want->name},
        {"body", m->body, want->body},
        {"place", m->place, want->place},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        check_field(fields[i].got, fields[i].want, fields[i].what, want->text);
}

/* Each text holds exactly one citation. */
static void check_all(const struct expected *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        if (nd_mentions_count(reading.mentions) != 1)
            g_error("%zu citations in \"%s\"", nd_mentions_count(reading.mentions), cases[i].text);
        check_mention(&reading, nd_mentions_get(reading.mentions, 0), &cases[i]);
        reading_clear(&reading);
    }
}

static void test_codes_are_read_in_every_spelling(void)
{
    static const struct expected cases[] = {
        {.text = "thực hiện QUY ĐỊNH SỐ 45- QĐ/TW NGÀY30-3-2013 CỦA BỘ CHÍNH TRỊ",
         .code = "45-QĐ/TW",
         .date = "2013-03-30"},
        {.text = "Thực hiện Nghị quyết Đại hội XIV Đảng bộ tỉnh\nT/M BAN CHẤP HÀNH",
         .quoted = "Nghị quyết Đại hội XIV Đảng bộ tỉnh"},
        {.text = "theo Nghị quyết số 66.1/2025/NQ-CP của Chính phủ",
         .quoted = "Nghị quyết số 66.1/2025/NQ-CP",
         .number = "66.1",
         .code = "66.1/2025/NQ-CP"},
        {.text = "theo Quy định thi hành Điều lệ Đảng số 47-QĐ/TW ngày 26/5/2035",
         .quoted = "Quy định thi hành Điều lệ Đảng số 47-QĐ/TW",
         .number = "47",
         .issuer = "TW",
         .date = "2035-05-26"},
        {.text = "NQ số 46 của BCT khoá XI", .number = "46", .issuer = "TW", .term = "XI"},
        {.text = "Nghị quyết Hội nghị lần thứ 5 khóa X",
         .rule = "plenum-of-term",
         .issuer = "TW",
         .ordinal = "5"},
        {.text = "theo Điều lệ Đảng (khoá XI)", .quoted = "Điều lệ Đảng (khoá XI)", .term = "XI"},
        {.text = "theo Nghị quyết số 45-NQ/TW",
         .quoted = "Nghị quyết số 45-NQ/TW",
         .code = "45-NQ/TW",
         .rule = "code"},
        {.text = "theo Chỉ thị số 19 CT/TW", .code = "19-CT/TW"},
        {.text = "theo Quy định số 86- QĐ/ TW", .quoted = "Quy định số 86- QĐ/ TW", .code = "86-QĐ/TW"},
        {.text = "theo Hướng dẫn 33 – HD/BTCTW", .code = "33-HD/BTCTW"},
        {.text = "theo Công văn số 14500 - CV/VPTW", .code = "14500-CV/VPTW"},
        {.text = "theo Nghị quyết số 16- Nq/tw", .code = "16-NQ/TW"},
        {.text = "theo Luật số 81/2015 / QH13", .code = "81/2015/QH13", .issuer = "QH", .term = "QH13"},
        {.text = "theo Quy định 32/QĐ-TW", .code = "32-QĐ/TW"},
        {.text = "theo Quyết định số 17-QD/TU", .code = "17-QĐ/TU"},
        {.text = "theo Hướng dẫn số 06 HD/TCTW", .code = "06-HD/BTCTW", .issuer = "BTCTW"},
        {.text = "theo Nghị định số 31/2021/NĐ-CP", .code = "31/2021/NĐ-CP", .issuer = "CP"},
        {.text = "theo Nghị định 133/NĐ-CP", .code = "133/NĐ-CP"},
        {.text = "theo Nghị định số 42/CP", .number = "42", .issuer = "CP"},
        {.text = "theo Quyết định số 1848/QĐ-TTg", .code = "1848/QĐ-TTg", .issuer = "TTg"},
        {.text = "theo Công văn số 229-KH/TU", .code = "229-KH/TU", .type = "KH", .issuer = "TU"},
        {.text = "theo Công văn số 45/KH-UBND", .code = "45/KH-UBND", .type = "KH", .issuer = "UBND"},
        {.text = "theo công văn số 7433/UBND-XD", .code = "7433/UBND-XD", .type = "CV", .issuer = "UBND"},
        {.text = "theo Nghị quyết số 352/2017/NQ-UBTVQH14", .code = "352/2017/NQ-UBTVQH14", .term = "QH14"},
        {.text = "theo Nghị quyết số 19/2008/NQ-QH 12",
         .quoted = "Nghị quyết số 19/2008/NQ-QH 12",
         .term = "QH12"},
        {.text = "theo Thông tư liên tịch số 02/2017/TTLT-BCA-BNN&PTNT", .code = "02/2017/TTLT-BCA-BNN&PTNT"},
        {.text = "theo Nghị quyết số 30a/2008/NQ-CP", .number = "30a", .code = "30a/2008/NQ-CP"},
        {.text = "theo Thông tư số08/2010/TT-BTP", .code = "08/2010/TT-BTP"},
        {.text = "tại Mục 19 Quy định 29-QĐ/TW năm 2016 về kho", .code = "29-QĐ/TW", .date = "2016"},
        {.text = "theo Kế hoạch 30-KH/TU năm 2016 - 2020", .code = "30-KH/TU", .date = ""},
        {.text = "HD12-HD/BTCTW, ngày 18/1/2022", .code = "12-HD/BTCTW", .date = "2022-01-18"},
        {.text = "theo Nghị quyết “Về việc lập kho” số 31-NQ/TW",
         .quoted = "Nghị quyết “Về việc lập kho” số 31-NQ/TW",
         .code = "31-NQ/TW"},
        {.text = "theo Nghị quyết số 32/NQ-TT.HĐND ngày 5/6/2020",
         .quoted = "Nghị quyết số 32/NQ-TT.HĐND",
         .number = "32",
         .issuer = "TT-HĐND",
         .date = "2020-06-05"},
        {.text = "sửa đổi Quyết định số 33/2001/QĐ-TTg của Thủ tướng Chính phủ\nThủ tướng Chính phủ\nCăn cứ "
                 "báo cáo",
         .quoted = "Quyết định số 33/2001/QĐ-TTg",
         .code = "33/2001/QĐ-TTg",
         .body = "Thủ tướng Chính phủ"},
        {.text = "thực hiện Nghị quyết 18 đồng bộ, hiệu quả", .quoted = "Nghị quyết 18", .number = "18"},
        {.text = "quy định củaĐiều lệ Đảng", .quoted = "Điều lệ Đảng"},
        {.text = "theo Kết luận số 66-KL/TW của BanBí thư khóaXII", .issuer = "TW", .term = "XII"},
        {.text = "theo Kế hoạch số 67-KH/BTCThU", .issuer = "BTCThU"},
        {.text = "theo Chương trình số 68-CTrHĐ/TU", .number = "68", .issuer = "TU"},
        {.text = "theo Thông tư số 08/2010/TT-BTPngày 1/7/2010",
         .code = "08/2010/TT-BTP",
         .date = "2010-07-01"},
        {.text = "theo Nghị quyết\n\nsố 45-NQ/TW", .quoted = "Nghị quyết\n\nsố 45-NQ/TW", .code = "45-NQ/TW"},
        {.text = "(45-NQ/TW)", .quoted = "45-NQ/TW", .type = "NQ", .rule = "bare-code"},
        {.text = "Chỉ thị của Ban Bí thư số 45-CT/TW", .rule = "gap-code", .code = "45-CT/TW"},
        {.text = "Chiểu Sắc lệnh số 72-C ngày 18-2-1946",
         .rule = "decree-law",
         .number = "72",
         .issuer = "CTN",
         .date = "1946-02-18"},
        {.text = "Sắc lệnh số 28 ngày 31 tháng 1 năm 1946", .number = "28", .issuer = "CTN"},
        {.text = "Văn bản số 1645/UBND-NC ngày 12/6/2018", .type = "CV", .number = "1645", .issuer = "UBND"},
        {.text = "Văn bản số 67/2014/QĐ-UBND", .type = "QĐ", .code = "67/2014/QĐ-UBND"},
        {.text = "theo Quyết định số 1199/QĐ-UB", .issuer = "UBND"},
        {.text = "theo Hướng dẫn số 22/HD-MTTW-BTT", .issuer = "MTTW", .code = "22/HD-MTTW-BTT"},
        {.text = "theo Thông tư liên tịch số 22/2003/TTLT-BTC-ABC", .issuer = "BTC-ABC"},
        {.text = "theo Nghị quyết số: 45 NQ TW.", .quoted = "Nghị quyết số: 45 NQ TW", .code = "45-NQ/TW"},
        {.text = "theo Thông tư số 09/ 2013 /TT BNV ngày 1/7/2013", .code = "09/2013/TT-BNV"},
        {.text = "theo Quyết định số 1334 QĐ UBND", .issuer = "UBND"},
        {.text = "theo Nghị quyết số 45/NQ.TW", .code = "45-NQ/TW"},
        {.text = "theo Nghị quyết số 15.NQ/TU.", .quoted = "Nghị quyết số 15.NQ/TU", .code = "15-NQ/TU"},
        {.text = "theo Nghị quyết số l9-NQ/TW", .number = "19", .code = "19-NQ/TW"},
        {.text = "theo Quy định số O9-QĐ/TW", .number = "09", .code = "09-QĐ/TW"},
        {.text = "theo Nghị quyết số 2l-NQ/TW", .number = "21", .code = "21-NQ/TW"},
        {.text = "Luật sửa đổi, bổ sung một số điều của Luật Thanh tra năm 2031",
         .rule = "amending-law",
         .name = "sửa đổi, bổ sung một số điều của Luật Thanh tra"},
        {.text = "theo NQ số 45-NQ/TW", .quoted = "NQ số 45-NQ/TW", .code = "45-NQ/TW"},
        {.text = "theo CT 15-CT/TW", .quoted = "CT 15-CT/TW"},
        {.text = "Thông báo kết luận số 49-TB/TW", .type = "TB", .code = "49-TB/TW"},
        {.text = "Nghị quyết chuyên đề số 15 của Tỉnh ủy", .number = "15", .issuer = "TU"},
        {.text = "Nghị quyết số 14 của HĐND xã khóa XI", .issuer = "HĐND", .term = "XI"},
        {.text = "Chương trình phối hợp số 11/CTrPH-HPN-CCB", .type = "CTrPH", .issuer = "HPN-CCB"},
        {.text = "theo Nghị quyết số 22/2017", .number = "22", .type = "NQ"},
        {.text = "theo Nghị quyết số 95-NQ/TW1, ngày 16/6/2032",
         .quoted = "Nghị quyết số 95-NQ/TW",
         .issuer = "TW",
         .date = "2032-06-16"},
        {.text = "theo Luật số 58/2031/QH191;", .quoted = "Luật số 58/2031/QH19", .term = "QH19"},
        {.text = "theo Thông tư số 01/2008/TT-NHNN1", .quoted = "Thông tư số 01/2008/TT-NHNN1"},
        {.text = "theo Nghị quyết số 473/NQ-HĐNN8", .issuer = "HĐNN", .term = "QH8"},
        {.text = "theo Quyết định số 1182/QĐ TTg ngày 24/2/2031",
         .quoted = "Quyết định số 1182/QĐ TTg",
         .code = "1182/QĐ-TTg"},
        {.text = "theo Tờ trình số 1703/TTr CAT ngày 22/12/2031", .issuer = "CAT", .date = "2031-12-22"},
        {.text = "theo Quyết định số 1130-QĐNS/TW", .type = "QĐ", .issuer = "TW"},
        {.text = "theo Hướng dẫn liên ngành số 91-HDLN/BTC-UBKT", .type = "HD", .issuer = "BTC-UBKT"},
        {.text = "theo Chương trình hành động số 97-CTrHĐ/TU", .type = "CTr", .issuer = "TU"},
        {.text = "theo Thông tư số 925/2009/TTLT-BTC-BCT", .type = "TTLT"},
        {.text = "theo Nghị quyết 93-NQ/TƯ của Tỉnh ủy", .issuer = "TU"},
        {.text = "theo Nghị quyết 93-NQ/TƯ của Ban Chấp hành Trung ương", .issuer = "TW"},
        {.text = "theo Nghị quyết 90/BCT", .issuer = "TW"},
        {.text = "theo Hướng dẫn số 93-HD/BDV của Ban Dân vận Tỉnh ủy", .issuer = "BDVTU"},
        {.text = "theo Hướng dẫn số 93-HD/BTC của Ban Tổ chức Tỉnh ủy", .issuer = "BTCTU"},
        {.text = "theo Kế hoạch số 93-KH/UBKT của UBKT Tỉnh ủy", .issuer = "UBKTTU"},
        {.text = "theo Tờ trình số 93-TTr/ĐU của Đảng ủy Chính phủ", .issuer = "ĐU"},
        {.text = "theo Hướng dẫn số 93/HD-BTC của Bộ Tài chính", .issuer = "BTC"},
        {.text = "theo công văn số 9234/CT-TTHT", .type = "CV", .issuer = "CT"},
        {.text = "theo Thông tư số 18/2018/TT-BCT", .issuer = "BCT"},
        {.text = "theo Nghị quyết số 91 của TW", .issuer = "TW"},
        {.text = "theo Nghi quyết số 95-NQ/TW",
         .quoted = "Nghi quyết số 95-NQ/TW",
         .rule = "bare-code",
         .type = "NQ"},
        {.text = "theo Quyêt định so: 92-QĐ/TU", .quoted = "Quyêt định so: 92-QĐ/TU"},
        {.text = "Báo cáo, số 94-KL/TW", .quoted = "số 94-KL/TW", .type = "KL"},
        {.text = "BC số 92-BC/HU của Huyện ủy", .quoted = "BC số 92-BC/HU"},
    };
    check_all(cases, G_N_ELEMENTS(cases));
}

static void test_plenums_and_congresses_are_read_by_name(void)
{
    static const struct expected cases[] = {
        {.text = "Nghị quyết Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng (khóa XII)",
         .rule = "plenum",
         .issuer = "TW",
         .ordinal = "5",
         .term = "XII"},
        {.text = "Nghị quyết Hội nghị lần thứ sáu, BCH TW Đảng, khoá X và các văn bản",
         .quoted = "Nghị quyết Hội nghị lần thứ sáu, BCH TW Đảng, khoá X",
         .ordinal = "6",
         .term = "X"},
        {.text = "Kết luận Trung ương 4 (khóa XIII)", .type = "KL", .ordinal = "4", .term = "XIII"},
        {.text = "nghị quyết Hội nghị Trung ương VII khóa 10", .ordinal = "7", .term = "X"},
        {.text = "Nghị quyết Trung ương 8", .ordinal = "8", .term = ""},
        {.text = "NQTW 4 khóa XII", .type = "NQ", .issuer = "TW", .ordinal = "4", .term = "XII"},
        {.text = "NQ Trung ương 4 (khóa XIII)", .ordinal = "4", .term = "XIII"},
        {.text = "Nghị quyết TW4 khóa XII", .rule = "plenum-central", .ordinal = "4", .term = "XII"},
        {.text = "NQTW4 khóa XI", .rule = "plenum-shortened", .ordinal = "4", .term = "XI"},
        {.text = "Nghị quyết T.Ư 5 (khóa XII)", .quoted = "Nghị quyết T.Ư 5 (khóa XII)", .ordinal = "5"},
        {.text = "Nghị quyết Hội nghị TƯ 5 khóa XII", .ordinal = "5", .term = "XII"},
        {.text = "Nghị quyết Trung ương 6 (lần 2) khóa VIII",
         .quoted = "Nghị quyết Trung ương 6 (lần 2) khóa VIII",
         .ordinal = "6",
         .term = "VIII"},
        {.text = "Nghị quyết Hội nghị lần thứ tám, BCHTW Đảng khóa XI", .ordinal = "8", .term = "XI"},
        {.text = "Nghị quyết lần thứ 4 Ban Chấp hành Trung ương khóa XII", .ordinal = "4", .term = "XII"},
        {.text = "Nghị quyết Đại hội lần thứ XII Đảng Cộng sản Việt Nam",
         .quoted = "Nghị quyết Đại hội lần thứ XII Đảng Cộng sản Việt Nam",
         .ordinal = "XII"},
        {.text = "NQ ĐH XIII của Đảng", .quoted = "NQ ĐH XIII của Đảng", .issuer = "DH", .ordinal = "XIII"},
        {.text = "Nghị quyết Đại hội Đảng bộ tỉnh khóa XVI", .rule = "congress-local", .ordinal = "XVI"},
        {.text = "Nghị quyết Đại hội Công đoàn Việt Nam lần thứ XII",
         .rule = "congress-organisation",
         .issuer = "TLĐ",
         .ordinal = "XII"},
        {.text = "Nghị quyết Đại hội toàn quốc lần thứ XI của Đoàn TNCS Hồ Chí Minh",
         .issuer = "TWĐTN",
         .ordinal = "XI"},
        {.text = "Nghị quyết Đại hội lần thứ XII của Đảng",
         .rule = "congress",
         .issuer = "DH",
         .ordinal = "XII"},
        {.text = "Nghị quyết Đại hội XIII.", .quoted = "Nghị quyết Đại hội XIII", .ordinal = "XIII"},
        {.text = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XVI", .issuer = "TINH", .ordinal = "XVI"},
        {.text = "Nghị quyết Đại hội đại biểu lần thứ XVI Đảng bộ tỉnh", .issuer = "TINH", .ordinal = "XVI"},
        {.text = "Nghị quyết Đại hội Đảng bộ Khối Cơ quan tỉnh lần thứ II", .issuer = "ĐUK", .ordinal = "II"},
    };
    check_all(cases, G_N_ELEMENTS(cases));
}

static void test_laws_are_read_to_the_end_of_their_names(void)
{
    static const struct expected cases[] = {
        {.text = "theo Luật Thi đua, khen thưởng, các cơ quan",
         .quoted = "Luật Thi đua, khen thưởng",
         .issuer = "QH"},
        {.text = "theo Pháp lệnh Hành nghề y , dược tư nhân .",
         .quoted = "Pháp lệnh Hành nghề y , dược tư nhân",
         .type = "PL",
         .issuer = "UBTVQH"},
        {.text = "theo luật phòng chống tham nhũng và", .quoted = "luật phòng chống tham nhũng"},
        {.text = "theo Luật Vũ trụ và khí quyển ngày 3/4/2031",
         .rule = "law-shaped",
         .date = "2031-04-03",
         .name = "Vũ trụ và khí quyển"},
        {.text = "theo Luật Lưu trữ số 33/2024/QH15, ngày 21/6/2024 của Quốc hội",
         .code = "33/2024/QH15",
         .date = "2024-06-21",
         .quoted = "Luật Lưu trữ số 33/2024/QH15"},
        {.text = "theo Bộ luật Lao động năm 2019", .type = "BLUAT", .date = "2019"},
        {.text = "Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở",
         .rule = "amending-law",
         .quoted = "Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở"},
        {.text = "theo Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 1992",
         .type = "HP",
         .date = "1992"},
        {.text = "chấp hành Điều lệ Đảng Cộng sản Việt Nam", .rule = "charter", .issuer = "DANG"},
        {.text = "theo Quy chế bầu cử trong Đảng",
         .rule = "known-name",
         .type = "QC",
         .name = "bầu cử trong Đảng"},
        {.text = "theo Luật Thi đua - Khen thưởng ngày 26/11/2003",
         .quoted = "Luật Thi đua - Khen thưởng",
         .rule = "law-known"},
        {.text = "các văn bản hướng dẫn Luật và Thông tư liên tịch số 21/2012/TTLT-BYT-BTC",
         .quoted = "Thông tư liên tịch số 21/2012/TTLT-BYT-BTC"},
        {.text = "theo Luật hiện hành và Nghị định số 22/2012/NĐ-CP", .quoted = "Nghị định số 22/2012/NĐ-CP"},
    };
    check_all(cases, G_N_ELEMENTS(cases));
}

static void test_date_body_and_pinpoint_belong_to_their_citation(void)
{
    static const struct expected cases[] = {
        {.text = "theo Luật Viên chức (sửa đổi) năm 2025",
         .quoted = "Luật Viên chức (sửa đổi) năm 2025",
         .date = "2025"},
        {.text = "dự án Luật Viên chức (sửa đổi)", .quoted = "Luật Viên chức"},
        {.text = "Kế hoạch 18, ngày 12/3/2013 của Bộ Chính trị",
         .quoted = "Kế hoạch 18",
         .issuer = "TW",
         .date = "2013-03-12",
         .rule = "number-date"},
        {.text = "Hướng dẫn số 19 của Ban Tổ chức Trung ương", .issuer = "BTCTW", .rule = "number-body"},
        {.text = "Chỉ thị số 10-CT/TW ngày 30-3-2007của Ban Bí thư", .date = "2007-03-30"},
        {.text = "Chỉ thị số 10-CT/TW, ngày 04 tháng 4 năm 2012", .date = "2012-04-04"},
        {.text = "thực hiện Chỉ thị số 10-CT/TW\n\nNgày 05/10/2022, Ban Thường vụ họp.", .date = ""},
        {.text = "Chỉ thị số 10-CT/TW, ngày 08-\n82025 của Ban Bí thư", .date = "2025-08-08"},
        {.text = "Ngày 22/12/2024, Bộ Chính trị đã ban hành Nghị quyết số 57-NQ/TW", .date = "2024-12-22"},
        {.text = "Ngày 22/12/2024 Bộ Chính trị ban hành Nghị quyết số 57-NQ/TW", .date = "2024-12-22"},
        {.text = "họp ngày 21/8/2019 của Ban Tổ chức. Ban Dân vận Tỉnh ủy Long An vừa ban hành Công văn số "
                 "58-CV/BDVTU",
         .date = "",
         .body = "Ban Dân vận Tỉnh ủy Long An"},
        {.text = "thực hiện Kế hoạch số 59-KH/TU của\nBan Thường vụ Tỉnh ủy\nĐẢNG CỘNG SẢN VIỆT NAM\nHòn Đất",
         .body = "Ban Thường vụ Tỉnh ủy"},
        {.text = "Nghị quyết Đại hội lần thứ XVII Đảng bộ Thành phố và Nghị quyết HĐND về kho",
         .quoted = "Nghị quyết Đại hội lần thứ XVII Đảng bộ Thành phố",
         .body = "Đảng bộ Thành phố"},
        {.text = "Hướng dẫn số 61-HD/BTCW ngày 5/6/2020 của Ban Tổ chức Trung ương",
         .code = "61-HD/BTCTW",
         .issuer = "BTCTW"},
        {.text = "giải thích tại Điều 5 trong Quy định số 62-QĐ/TW",
         .quoted = "Điều 5 trong Quy định số 62-QĐ/TW",
         .pinpoint = "Điều 5"},
        {.text = "theo Nghị quyết (NQ) 63 của Bộ Chính trị (khóa 9)",
         .quoted = "Nghị quyết (NQ) 63",
         .issuer = "TW",
         .term = "IX"},
        {.text = "theo Nghị quyết NQ 64-NQ/TW", .quoted = "Nghị quyết NQ 64-NQ/TW"},
        {.text = "Nghị quyết số 65/NQ-NS-TU ngày 16/7/1987", .number = "65", .issuer = "TU"},
        {.text =
             "Thông tư số 11/2016/TT-BVHTTDL của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quy định về kho",
         .body = "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"},
        {.text = "Công văn số 12/SVHTTDL-VP của Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai",
         .body = "Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai",
         .place = "Lào Cai"},
        {.text = "Kế hoạch số 13/KH-UBND của UBND tỉnh Sơn La, Lai Châu và Điện Biên",
         .body = "UBND tỉnh Sơn La",
         .place = "Sơn La"},
        {.text = "điểm a khoản 2 Điều 5 Luật Viên chức",
         .pinpoint = "điểm a khoản 2 Điều 5",
         .quoted = "điểm a khoản 2 Điều 5 Luật Viên chức"},
        {.text = "Điều 10, Điều 21 của Điều lệ Đảng", .pinpoint = "Điều 10, Điều 21"},
        {.text = "Điểm 10.3(d) Quy định số 24-QĐ/TW", .pinpoint = "Điểm 10.3(d)"},
        {.text = "nêu tại Phụ lục 01, Quy định số 24-QĐ/TW",
         .quoted = "Phụ lục 01, Quy định số 24-QĐ/TW",
         .pinpoint = "Phụ lục 01"},
        {.text = "giai đoạn 2021 - 2025 và Kế hoạch số 24-KH/TW",
         .quoted = "Kế hoạch số 24-KH/TW",
         .pinpoint = ""},
        {.text = "Nghị quyết số 12-NQ/TW ngày 16/01/2012 Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng "
                 "(khóa XI)",
         .ordinal = "4",
         .term = "XI",
         .quoted = "Nghị quyết số 12-NQ/TW"},
    };
    check_all(cases, G_N_ELEMENTS(cases));
}

static void test_the_items_of_a_list_share_the_body_behind_it(void)
{
    static const struct {
        const char *text, *first, *last;
    } cases[] = {
        {"các kế hoạch số 105/KH-UBND, 106/KH-UBND của Ủy ban nhân dân tỉnh Sơn La", "Sơn La", "Sơn La"},
        {"các quyết định số 12/QĐ-UBND ngày 3/5/2010, số 14/QĐ-UBND ngày 7/6/2011 của UBND tỉnh Sơn La",
         "Sơn La", "Sơn La"},
        {"Kế hoạch số 12/KH-UBND và Kế hoạch số 13/KH-UBND của UBND tỉnh Sơn La", NULL, "Sơn La"},
        {"theo 12/KH-UBND và 13/KH-UBND của UBND tỉnh Sơn La", NULL, "Sơn La"},
        {"các kế hoạch số 14/KH-HĐND, 106/KH-UBND của Ủy ban nhân dân tỉnh Sơn La", NULL, "Sơn La"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_test_message("%s", cases[i].text);
        g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 2);
        g_assert_cmpstr(nd_mentions_get(reading.mentions, 0)->place, ==, cases[i].first);
        g_assert_cmpstr(nd_mentions_get(reading.mentions, 1)->place, ==, cases[i].last);
        reading_clear(&reading);
    }
}

static void test_a_plan_cited_before_is_known_by_its_number(void)
{
    struct reading reading;
    reading_init(&reading, "Kế hoạch số 928-KH/TU có năm phần. Kế hoạch 928 và Kế hoạch 929 đã gửi.");
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 2);
    g_assert_cmpstr(nd_mentions_get(reading.mentions, 1)->rule, ==, "number-repeated");
    reading_clear(&reading);
}

static void test_what_only_resembles_a_citation_is_left_alone(void)
{
    static const char *const cases[] = {
        "góp vốn điều lệ của công ty",
        "học tập Quy định 19 điều cấm",
        "xây dựng Kế hoạch 15 ngay trong quý",
        "các quy định của Trung ương, các nghị quyết của Đảng",
        "Kế hoạch này thay cho Nghị quyết trên",
        "pháp luật về sở hữu trí tuệ",
        "kế hoạch 5 năm, chương trình 12 bước, dự án 3 tỷ",
        "thi hành kỷ luật lao động",
        "ngày 12/3/2012, tỷ lệ 24/7, mẫu số 09A/KK-TNCN",
        "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.",
        "Luật có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.",
        "Luật sư thành lập văn phòng theo quy định tại mẫu số 1/NT",
        "tệp 19_2007_QĐ-BGDĐT.doc",
        "nhiệm vụ Nghị quyết Đại hội\n\n1. Mục tiêu",
        "HC6\\D:\\Vanban\\KH\\KHTU so 15.doc",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i]);
        g_test_message("%s", cases[i]);
        g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 0);
        reading_clear(&reading);
    }
}

/* The codes or quoted names of all citations, joined by " | ". */
static char *all_of(const struct reading *reading)
{
    GString *line = g_string_new(NULL);
    for (size_t i = 0; i < nd_mentions_count(reading->mentions); i++) {
        const struct nd_mention *m = nd_mentions_get(reading->mentions, i);
        g_autofree char *code = nd_citation_code(m);
        g_string_append(line, i ? " | " : "");
        if (code)
            g_string_append(line, code);
        else
            g_string_append_len(line, reading->doc->text + m->start, m->end - m->start);
    }
    return g_string_free(line, FALSE);
}

static void test_lists_are_taken_apart(void)
{
    static const struct {
        const char *text, *all;
    } cases[] = {
        {"các nghị quyết số 28-NQ/TW, 29-NQ/TW và 30-NQ/TW", "28-NQ/TW | 29-NQ/TW | 30-NQ/TW"},
        {"các Kết luận số 28, 29-KL/TW ngày 3/4/2023", "28-KL/TW | 29-KL/TW"},
        {"các Nghị quyết số 18, 19, 20-NQ/TW", "18-NQ/TW | 19-NQ/TW | 20-NQ/TW"},
        {"Nghị quyết Trung ương 4 khóa XI, XII và Kết luận số 21-KL/TW",
         "Nghị quyết Trung ương 4 khóa XI | XII | 21-KL/TW"},
        {"Nghị quyết Trung ương 4 (khóa XI, XII)", "Nghị quyết Trung ương 4 (khóa XI | XII"},
        {"Nghị quyết Trung ương 7, 8 (khóa XI)", "Nghị quyết Trung ương 7 | 8"},
        {"các Nghị quyết 28, 29 của Hội nghị Trung ương 6", "28-NQ/TW | 29-NQ/TW"},
        {"các Nghị quyết: số 28, 29, 30 Hội nghị Trung ương 6 (khóa XII)", "Nghị quyết: số 28 | 29 | 30"},
        {"các Kết luận: số 28-KL/TW, 29-KL/TW", "28-KL/TW | 29-KL/TW"},
        {"thực hiện Chỉ thị 28 và Chỉ thị 29 của Bộ Chính trị", "28-CT/TW | 29-CT/TW"},
        {"các Chỉ thị số 28, số 29 và 30", "Chỉ thị số 28 | 29 | 30"},
        {"các nghị quyết 28, 29 đại biểu tham dự", ""},
        {"Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh, Điều lệ Mặt trận Tổ quốc Việt Nam khóa IX",
         "Điều lệ Đoàn TNCS Hồ Chí Minh | Điều lệ Mặt trận Tổ quốc Việt Nam"},
        {"Căn cứ Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị và Ban Bí thư khoá XIII",
         "Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị và Ban Bí thư khoá XIII"},
        {"Hướng dẫn số 22-HD/BTCTW của Ban Tổ chức Trung ương về hướng dẫn nghiệp vụ công tác đảng viên",
         "22-HD/BTCTW"},
        {"Quy định số 28-QĐ/TW của Bộ Chính trị (sau đây gọi tắt là Quy định 28)", "28-QĐ/TW | Quy định 28"},
        {"theo các nghị quyết 28, 29 và 30 của Trung ương", "28-NQ/TW | 29-NQ/TW | 30-NQ/TW"},
        {"Nghị quyết 28, 29 (khóa XIII)", "Nghị quyết 28 | 29"},
        {"Nghị quyết Trung ương 7, Trung ương 8 khóa XI", "Nghị quyết Trung ương 7 | Trung ương 8"},
        {"Nghị quyết Trung ương 4 (khóa XI), Trung ương 7 (khóa XII)",
         "Nghị quyết Trung ương 4 (khóa XI) | Trung ương 7 (khóa XII)"},
        {"Kế hoạch 35 thực hiện Nghị quyết 36 của Trung ương", "Kế hoạch 35 | 36-NQ/TW"},
        {"Kế hoạch 2021 thực hiện Nghị quyết 36 của Trung ương", "36-NQ/TW"},
        {"Luật Cán bộ, công chức, Luật Viên chức", "Luật Cán bộ, công chức | Luật Viên chức"},
        {"theo Cương lĩnh chính trị, Điều lệ, các nghị quyết của Đảng", "Cương lĩnh chính trị | Điều lệ"},
        {"Nghị định số 42/2010/NĐ-CP (sau đây gọi tắt là Nghị định số 42/2010/NĐ-CP) và", "42/2010/NĐ-CP"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_autofree char *all = all_of(&reading);
        g_assert_cmpstr(all, ==, cases[i].all);
        reading_clear(&reading);
    }
}

static void test_texts_without_accents_are_read(void)
{
    static const char text[] =
        "Thuc hien Nghi quyet so 38-NQ/TW ngay 5 thang 6 nam 2017 cua Ban Chap hanh Trung uong khoa XII ve "
        "lap "
        "kho; Luat Can bo, cong chuc; can cu Dieu le Dang, Nghi quyet Dai hoi lan thu XIII cua Dang va khoan "
        "2 "
        "Dieu 5 Nghi dinh so 39/2016/ND-CP. Quy dinh nay thay the Quy dinh so 40-QD/TW.\n";
    static const struct {
        const char *quoted;
        enum nd_relation relation;
    } wanted[] = {{"Nghi quyet so 38-NQ/TW", ND_RELATION_IMPLEMENTS},
                  {"Luat Can bo, cong chuc", ND_RELATION_IMPLEMENTS},
                  {"Dieu le Dang", ND_RELATION_BASED_ON},
                  {"Nghi quyet Dai hoi lan thu XIII cua Dang", ND_RELATION_BASED_ON},
                  {"khoan 2 Dieu 5 Nghi dinh so 39/2016/ND-CP", ND_RELATION_BASED_ON},
                  {"Quy dinh so 40-QD/TW", ND_RELATION_REPLACES}};
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, G_N_ELEMENTS(wanted));
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const struct nd_mention *m = nd_mentions_get(reading.mentions, i);
        g_autofree char *quoted = g_strndup(text + m->start, m->end - m->start);
        g_assert_cmpstr(quoted, ==, wanted[i].quoted);
        g_assert_cmpint(m->relation, ==, wanted[i].relation);
    }
    const struct nd_mention *first = nd_mentions_get(reading.mentions, 0);
    g_assert_cmpstr(first->term, ==, "XII");
    g_assert_cmpint(first->date.day, ==, 5);
    reading_clear(&reading);
}

static void test_a_term_behind_a_list_holds_for_its_items(void)
{
    struct reading reading;
    reading_init(&reading,
                 "Nghị quyết số 28-NQ/TW, Nghị quyết số 29-NQ/TW ngày 1/2/2013 và Nghị quyết số 30-NQ/TW, "
                 "Nghị quyết số 31-NQ/TW (khóa XII); Chỉ thị số 32-CT/TW và Kết luận số 33-KL/TW khóa XIII");
    static const char *const terms[] = {NULL, NULL, "XII", "XII", NULL, "XIII"};
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, G_N_ELEMENTS(terms));
    for (size_t i = 0; i < G_N_ELEMENTS(terms); i++)
        g_assert_cmpstr(nd_mentions_get(reading.mentions, i)->term, ==, terms[i]);
    reading_clear(&reading);
}

static void test_a_date_behind_a_list_holds_where_the_items_share_the_head(void)
{
    static const struct {
        const char *text, *dates[3];
    } cases[] = {
        {"các Nghị quyết số 28-NQ/TW, 29-NQ/TW và 30-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương",
         {"2017-10-25", "2017-10-25", "2017-10-25"}},
        {"Nghị quyết số 28-NQ/TW, Nghị quyết số 29-NQ/TW, Nghị quyết số 30-NQ/TW, ngày 25/10/2017",
         {"", "", "2017-10-25"}},
        {"các Nghị quyết số 28-NQ/TW ngày 1/2/2013, 29-NQ/TW và 30-NQ/TW, ngày 25/10/2017",
         {"2013-02-01", "", "2017-10-25"}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, G_N_ELEMENTS(cases[i].dates));
        for (size_t k = 0; k < G_N_ELEMENTS(cases[i].dates); k++) {
            char date[11];
            const char *got = nd_date_format(nd_mentions_get(reading.mentions, k)->date, date);
            g_assert_cmpstr(got ? got : "", ==, cases[i].dates[k]);
        }
        reading_clear(&reading);
    }
}

static void test_grounds_above_the_type_line_are_read(void)
{
    struct reading reading;
    reading_init(&reading, "Quy định số 28-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương về kho\n\n"
                           "- Căn cứ Điều lệ Đảng;\n\n- Căn cứ Nghị quyết số 29-NQ/TW,\n\n"
                           "BAN CHẤP HÀNH TRUNG ƯƠNG\n\nQUY ĐỊNH LẬP KHO\n\n1. Điều 1: Kho\n");
    g_autofree char *all = all_of(&reading);
    g_assert_cmpstr(all, ==, "Điều lệ Đảng | 29-NQ/TW");
    reading_clear(&reading);
}

static void test_a_congress_does_not_cite_its_own_resolution(void)
{
    struct reading reading;
    reading_init(
        &reading,
        "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hà Nam lần thứ XX\n\nBáo Hà Nam đăng toàn văn Nghị "
        "quyết Đại hội đại biểu Đảng bộ tỉnh Hà Nam lần thứ XX.\n\nĐại hội đánh giá việc thực hiện "
        "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIX.\n");
    g_autofree char *all = all_of(&reading);
    g_assert_cmpstr(all, ==, "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XIX");
    reading_clear(&reading);
}

static void test_what_cannot_be_read_is_reported(void)
{
    static const char *const cases[] = {"theo Quyết định số 12/3/4/5", "theo Quyết định số …/2016/QĐ-UBND"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i]);
        g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 1);
        g_assert_cmpint(nd_mentions_get(reading.mentions, 0)->kind, ==, ND_MENTION_NOT_UNDERSTOOD);
        reading_clear(&reading);
    }
}

static void test_boilerplate_blocks_cite_nothing(void)
{
    const char *text = "Trang chủ Luật Đất đai\nTheo Luật Nhà ở thì";
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 2);
    const struct nd_block menu = {
        .start = 0, .end = (uint32_t)(strchr(text, '\n') - text), .kind = ND_BLOCK_BOILERPLATE};
    g_array_append_val(reading.doc->blocks, menu);
    nd_auto(nd_mentions) mentions = nd_citation_extract(reading.doc, &reading.normal, NULL);
    g_assert_cmpuint(nd_mentions_count(mentions), ==, 1);
    g_assert_cmpstr(nd_mentions_get(mentions, 0)->name, ==, "Nhà ở");
    reading_clear(&reading);
}

static void test_typed_codes_have_the_keys_of_written_ones(void)
{
    static const struct {
        const char *query, *key;
    } cases[] = {
        {"21 NQ TW", "21-nq/tw"},
        {"số 21-NQ/TW", "21-nq/tw"},
        {"7-kh/tw", "7-kh/tw"},
        {"07-KH/TW", "7-kh/tw"},
        {"76-QD/TW", "76-qđ/tw"},
        {"Nghị quyết 21-NQ/TW", "21-nq/tw"},
        {"05 HD/TCTW", "5-hd/btctw"},
        {"30/2020/NĐ-CP", "30/2020/nđ-cp"},
        {"7432/UBND-XD", NULL},
        {"công văn 7432/UBND-XD", "7432/ubnd-xd"},
        {"21", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_mentions) mentions = nd_citation_parse(nd_str_from_c(cases[i].query));
        g_test_message("%s", cases[i].query);
        g_assert_cmpuint(nd_mentions_count(mentions), ==, cases[i].key ? 1 : 0);
        if (!cases[i].key)
            continue;
        g_autofree char *key = nd_citation_key(nd_mentions_get(mentions, 0));
        g_assert_cmpstr(key, ==, cases[i].key);
    }
}

static void test_nothing_is_read_behind_the_end_of_a_slice(void)
{
    static const char text[] =
        "Kế hoạch số 08-KH/TU, ngày 16/620229"; /* the last digit is not in the slice */
    nd_auto(nd_mentions) mentions = nd_citation_parse((struct nd_str){text, sizeof text - 2});
    g_assert_cmpuint(nd_mentions_count(mentions), ==, 1);
    const struct nd_date date = nd_mentions_get(mentions, 0)->date;
    g_assert_cmpint(date.day, ==, 16);
    g_assert_cmpint(date.month, ==, 6);
    g_assert_cmpint(date.year, ==, 2022);
}

/* The tokens of a long text are those of its parts: what was learned of a word is the same at its next place.
 */
static void a_word_is_read_alike_however_often_it_comes(void)
{
    static const char part[] =
        "Kỹ KỸ kỹ Quy qui HĐND hđnd QH13 số13 l8 T.Ư đ Đ ủy ban Ủy ban ỦY BAN nghiêng-nghiêng "
        "nghiêngnghiêngnghiêng ÷ nguyễn a b ab abcdefgh abcdefghijklmnop abcdefghijklmnopq 30a TW ";
    enum { TIMES = 200 };
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < TIMES; i++)
        g_string_append(text, part);
    struct nd_cite_tokens one, many;
    nd_cite_tokens_init(&one, nd_str_from_c(part), nd_lexicon_get());
    nd_cite_tokens_init(&many, nd_str_from_c(text->str), nd_lexicon_get());
    g_assert_cmpuint(many.n, ==, TIMES * one.n);
    for (uint32_t i = 1; i < many.n; i++) {
        const struct nd_cite_token *const a = nd_cite_token(&one, i % one.n), *const b =
                                                                                  nd_cite_token(&many, i);
        g_assert_cmpuint(a->word, ==, b->word);
        g_assert_cmpuint(a->kind, ==, b->kind);
        g_assert_cmpuint(a->length, ==, b->length);
        if (i % one.n) /* the first begins the text */
            g_assert_cmpuint(a->flags, ==, b->flags);
    }
    nd_cite_tokens_clear(&one);
    nd_cite_tokens_clear(&many);
}

/* A letter of three bytes, so that the room for a token's length ends inside one. */
static void a_token_without_end_keeps_its_beginning(void)
{
    enum { LETTERS = 3000, DOTS = 9000 };
    static const char letter[] = "Ạ", behind[] = "theo Nghị quyết số 21-NQ/TW";
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < LETTERS; i++)
        g_string_append(text, letter);
    g_string_append_printf(text, " %0*d ", DOTS, 0);
    for (int i = 0; i < DOTS; i++)
        g_string_append_c(text, '.');
    const size_t before = text->len;
    g_string_append(text, behind);
    struct nd_cite_tokens tokens;
    nd_cite_tokens_init(&tokens, nd_str_from_c(text->str), nd_lexicon_get());
    const struct nd_str word = nd_cite_token_text(&tokens, 0);
    g_assert_cmpuint(word.n, <=, ND_TOK_LENGTH_MAX);
    g_assert_cmpuint(word.n % (sizeof letter - 1), ==, 0);
    g_assert_cmpuint(nd_cite_token(&tokens, 0)->flags & ND_TOK_UPPER, ==, ND_TOK_UPPER);
    static const enum nd_cite_token_kind kinds[] = {ND_TOK_WORD, ND_TOK_NUMBER, ND_TOK_OTHER, ND_TOK_WORD};
    for (uint32_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        g_assert_cmpuint(nd_cite_token(&tokens, i)->kind, ==, kinds[i]);
    g_assert_cmpuint(nd_cite_token(&tokens, 3)->start, ==, before);
    nd_cite_tokens_clear(&tokens);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/citation/a-token-without-end-keeps-its-beginning",
                    a_token_without_end_keeps_its_beginning);
    g_test_add_func("/citation/a-word-is-read-alike-however-often-it-comes",
                    a_word_is_read_alike_however_often_it_comes);
    g_test_add_func("/citation/codes", test_codes_are_read_in_every_spelling);
    g_test_add_func("/citation/meetings", test_plenums_and_congresses_are_read_by_name);
    g_test_add_func("/citation/laws", test_laws_are_read_to_the_end_of_their_names);
    g_test_add_func("/citation/parts", test_date_body_and_pinpoint_belong_to_their_citation);
    g_test_add_func("/citation/shared-body", test_the_items_of_a_list_share_the_body_behind_it);
    g_test_add_func("/citation/traps", test_what_only_resembles_a_citation_is_left_alone);
    g_test_add_func("/citation/repeated", test_a_plan_cited_before_is_known_by_its_number);
    g_test_add_func("/citation/lists", test_lists_are_taken_apart);
    g_test_add_func("/citation/accentless", test_texts_without_accents_are_read);
    g_test_add_func("/citation/list-terms", test_a_term_behind_a_list_holds_for_its_items);
    g_test_add_func("/citation/list-dates", test_a_date_behind_a_list_holds_where_the_items_share_the_head);
    g_test_add_func("/citation/grounds-above-the-type", test_grounds_above_the_type_line_are_read);
    g_test_add_func("/citation/own-congress", test_a_congress_does_not_cite_its_own_resolution);
    g_test_add_func("/citation/not-understood", test_what_cannot_be_read_is_reported);
    g_test_add_func("/citation/boilerplate", test_boilerplate_blocks_cite_nothing);
    g_test_add_func("/citation/queries", test_typed_codes_have_the_keys_of_written_ones);
    g_test_add_func("/citation/nothing-is-read-behind-the-end-of-a-slice",
                    test_nothing_is_read_behind_the_end_of_a_slice);
    return g_test_run();
}
