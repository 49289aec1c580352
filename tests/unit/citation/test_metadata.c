#include "tests/unit/citation/reading.h"

/* A layout of header and signature; "" means that the field must be absent. */
struct expected {
    const char *name, *text;
    const char *type, *type_word, *code, *issuer, *place, *place_line, *level, *date, *title, *signer;
};

#define LINE  "Kho số một\tĐịa phương quản lý và sử dụng theo quy định hiện hành\n"
#define LINES LINE LINE LINE LINE LINE LINE LINE LINE
#define ANNEX LINES LINES LINES LINES LINES

static const struct expected layouts[] = {
    {.name = "a title whose lines stand apart, down to the rule",
     .text = "TỈNH ỦY KON TUM\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tKon Tum, ngày 4 tháng 5 năm 2019\nSố "
             "21-KH/TU\n\n\nKẾ HOẠCH\n\nthực hiện Nghị quyết số 31-NQ/TW, ngày 6/7/2018\n\nHội nghị lần thứ "
             "năm Ban Chấp hành Trung ương Đảng\n\nvề lập kho\n\n-----\n\nBan Thường vụ Tỉnh ủy ban hành kế "
             "hoạch như sau.\n",
     .type = "KH",
     .code = "21-KH/TU",
     .title = "thực hiện Nghị quyết số 31-NQ/TW, ngày 6/7/2018 Hội nghị lần thứ năm Ban Chấp hành Trung ương "
              "Đảng về lập kho"},
    {.name = "no number line, the number in brackets behind the title",
     .text = "KẾ HOẠCH\nlập kho ở các xã\n(Kế hoạch số 41-KH/HU ngày 7/8/2019 của Ban Thường vụ Huyện ủy)\n\n"
             "Căn cứ Kết luận số 42-KL/TU của Tỉnh ủy Sơn La, Ban Thường vụ Huyện ủy ban hành kế hoạch.\n",
     .type = "KH",
     .code = "41-KH/HU",
     .issuer = "HU",
     .place = "Sơn La",
     .date = "2019-08-07",
     .title = "lập kho ở các xã"},
    {.name = "number and day in a caption, the grounds above the type line",
     .text =
         "Quy định số 61-QĐ/TW, ngày 30/7/2021 của Ban Chấp hành Trung ương về lập kho\n\n- Căn cứ Điều lệ "
         "Đảng;\n\nBAN CHẤP HÀNH TRUNG ƯƠNG\n\nQUY ĐỊNH LẬP KHO Ở CÁC XÃ\n\n1. Điều 1: Kho\n",
     .type = "QĐ",
     .code = "61-QĐ/TW",
     .issuer = "TW",
     .level = "central",
     .date = "2021-07-30",
     .title = "LẬP KHO Ở CÁC XÃ"},
    {.name = "the number on the type line",
     .text = "KẾT LUẬN 62-KL/TW CỦA BỘ CHÍNH TRỊ, BAN BÍ THƯ VỀ VIỆC LẬP KHO Ở CÁC XÃ\nTại phiên họp ngày "
             "28/2/2025, "
             "sau khi nghe Ban Tổ chức Trung ương báo cáo, Bộ Chính trị có ý kiến như sau:\nI- KHO\n",
     .type = "KL",
     .code = "62-KL/TW",
     .issuer = "TW",
     .level = "central",
     .title = "VỀ VIỆC LẬP KHO Ở CÁC XÃ"},
    {.name = "the resolution of a congress, which has no number",
     .text = "Thứ Năm, 15/10/2020, 16:21 (GMT+7)\n\nNghị quyết Đại hội đại biểu Đảng bộ tỉnh Hà Nam lần thứ "
             "XX\n\n"
             "Đại hội đại biểu Đảng bộ tỉnh lần thứ XX diễn ra từ ngày 12 đến ngày 15 tháng 10 năm 2020, đã "
             "thành "
             "công.\n\nQUYẾT NGHỊ\n\nI- Lập kho\n",
     .type = "NQ",
     .code = "",
     .place = "Hà Nam",
     .level = "provincial",
     .title = "Đại hội đại biểu Đảng bộ tỉnh Hà Nam lần thứ XX"},
    {.name = "a title that goes on with the name of an organisation",
     .text =
         "KẾ HOẠCH\nTổ chức lập kho, tiến tới Đại hội đại biểu\nĐoàn TNCS Hồ Chí Minh tỉnh lần thứ "
         "XIV,\nnhiệm kỳ "
         "2012 - 2017\nCăn cứ Điều lệ Đoàn TNCS Hồ Chí Minh; Ban Chấp hành Tỉnh đoàn Hà Nam ban hành kế "
         "hoạch lập "
         "kho ở các xã, phường, thị trấn trong toàn tỉnh và ở các cơ sở đoàn khác, cụ thể như sau:\nI. KHO\n",
     .type = "KH",
     .title =
         "Tổ chức lập kho, tiến tới Đại hội đại biểu Đoàn TNCS Hồ Chí Minh tỉnh lần thứ XIV, nhiệm kỳ 2012 - "
         "2017"},
    {.name = "the body and its sitting below the title",
     .text = "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ NAM\nSố: 16/2020/NQ-HĐND\nHà Nam, ngày 9 tháng 12 năm 2020\nNGHỊ "
             "QUYẾT\nVỀ "
             "NHIỆM VỤ LẬP KHO\nHỘI ĐỒNG NHÂN DÂN TỈNH HÀ NAM,\nKHÓA IX - KỲ HỌP THỨ 18\nCăn cứ Luật Thanh "
             "tra;\n",
     .type = "NQ",
     .title = "VỀ NHIỆM VỤ LẬP KHO"},
    {.name = "the place broken between its syllables",
     .text = "TỈNH ỦY\n*\n|\nSố:\n63-QĐ/TU\n|\nNam\nĐịnh, ngày 01 tháng 4 năm 2009\n|\nQUY ĐỊNH\nLẬP KHO\n- "
             "Căn cứ Điều "
             "lệ Đảng;\n",
     .place = "Nam Định",
     .place_line = "Nam Định",
     .date = "2009-04-01"},
    {.name = "the signer in the table of a collection",
     .text = "Số hiệu: 64/CT-UBND Loại văn bản: Chỉ thị\nNơi ban hành: Hà Nam Người ký: Trần Văn Kho\nNgày "
             "ban hành: "
             "29/08/2014\n\nỦY BAN NHÂN DÂN\nTỈNH HÀ NAM\nSố: 64/CT-UBND\nHà Nam, ngày 29 tháng 8 năm "
             "2014\nCHỈ THỊ\nVỀ "
             "VIỆC LẬP KHO\nĐể lập kho, các xã làm tốt.\n",
     .type = "CT",
     .signer = "Trần Văn Kho"},
    {.name = "place named by the newspaper that prints the text",
     .text = "Nghị quyết của Ban Chấp hành Đảng bộ tỉnh khóa XIII về lập kho\n\nLTS: Ngày 14-11-2016, Ban "
             "Chấp hành Đảng "
             "bộ tỉnh khóa XIII đã ban hành Nghị quyết số 65-NQ/TU về lập kho. Báo Ninh Thuận trân trọng "
             "giới thiệu "
             "toàn văn nội dung Nghị quyết.\n\nI- Kho\n",
     .type = "NQ",
     .code = "65-NQ/TU",
     .place = "Ninh Thuận"},
    {.name = "number told before the text, which has no header",
     .text = "CTTĐT - Ngày 6/8, Ban Thường vụ Tỉnh ủy Sơn La đã ban hành Chỉ thị số 66 về việc lập kho ở các "
             "xã.\nNội "
             "dung Chỉ thị như sau:\nTrong những năm qua, các xã đã lập kho theo Kết luận số 67-KL/TW.\n",
     .type = "CT",
     .issuer = "TU",
     .place = "Sơn La",
     .level = "provincial",
     .title = "về việc lập kho ở các xã"},
    {.name = "title between number and grounds, the type only enacts",
     .text = "UỶ BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 68/QĐ-UBND | Cà Mau, ngày 09 tháng "
             "4 năm "
             "2010 |\nBAN HÀNH QUY ĐỊNH LẬP KHO Ở CÁC XÃ\nCHỦ TỊCH UỶ BAN NHÂN DÂN TỈNH\nCăn cứ Luật Thanh "
             "tra ngày "
             "15/11/2010;\nQUYẾT ĐỊNH:\nĐiều 1. Lập kho.\n",
     .type = "QĐ",
     .code = "68/QĐ-UBND",
     .place = "Cà Mau",
     .date = "2010-04-09",
     .title = "BAN HÀNH QUY ĐỊNH LẬP KHO Ở CÁC XÃ"},
    {.name = "place and date run on behind the number, years below the title's first line",
     .text = "BỘ CHÍNH TRỊ\nĐẢNG CỘNG SẢN VIỆT NAM\nNghị quyết số: 69-NQ/TW Hà Nội, ngày 06 tháng 01 năm "
             "2012\nNGHỊ "
             "QUYẾT\nVỀ NHIỆM VỤ LẬP KHO GIAI ĐOẠN\n2011-2020\nI- Tình hình kho\n1- Kho có ở mọi xã.\n",
     .type = "NQ",
     .code = "69-NQ/TW",
     .place_line = "Hà Nội",
     .date = "2012-01-06",
     .title = "VỀ NHIỆM VỤ LẬP KHO GIAI ĐOẠN 2011-2020"},
    {.name = "an apostrophe in a name",
     .text = "TỈNH ỦY HÀ NAM\n*\nSố 71-KH/TU\nHà Nam, ngày 12 tháng 5 năm 2021\n\nKẾ HOẠCH\nlập "
             "kho\n-----\n\nCăn cứ Kết luận số "
             "72-KL/TW, các xã lập kho.\n\nNơi nhận:\n- Các huyện ủy,\n- Lưu VPTU.\n\nT/M BAN THƯỜNG VỤ\nPHÓ "
             "BÍ THƯ\n\n\nĐiểu K'Ré\n",
     .type = "KH",
     .signer = "Điểu K'Ré"},
    {.name = "a surname that no list knows, below a role",
     .text = "TỈNH ỦY HÀ NAM\n*\nSố 71-KH/TU\nHà Nam, ngày 12 tháng 5 năm 2021\n\nKẾ HOẠCH\nlập "
             "kho\n-----\n\nCăn cứ Kết luận số "
             "72-KL/TW, các xã lập kho.\n\nNơi nhận:\n- Các huyện ủy,\n- Lưu VPTU.\n\nT/M BAN THƯỜNG VỤ\nPHÓ "
             "BÍ THƯ\n\n\nPhó Đức Phương\n",
     .type = "KH",
     .signer = "Phó Đức Phương"},
    {.name = "a rank before the name",
     .text = "TỈNH ỦY HÀ NAM\n*\nSố 71-KH/TU\nHà Nam, ngày 12 tháng 5 năm 2021\n\nKẾ HOẠCH\nlập "
             "kho\n-----\n\nCăn cứ Kết luận số "
             "72-KL/TW, các xã lập kho.\n\nNơi nhận:\n- Các huyện ủy,\n- Lưu VPTU.\n\nT/M ĐẢNG ỦY\nPHÓ BÍ "
             "THƯ\n\n\nThiếu tướng Trần Văn Kho\n",
     .type = "KH",
     .signer = "Trần Văn Kho"},
    {.name = "the name beside \"Đã ký:\"",
     .text = "TỈNH ỦY HÀ NAM\n*\nSố 71-KH/TU\nHà Nam, ngày 12 tháng 5 năm 2021\n\nKẾ HOẠCH\nlập "
             "kho\n-----\n\nCăn cứ Kết luận số "
             "72-KL/TW, các xã lập kho.\n\nNơi nhận:\n- Các huyện ủy,\n- Lưu VPTU.\n\nT/M BAN THƯỜNG VỤ\nPHÓ "
             "BÍ THƯ\nĐã ký: Lê Văn Kho\n",
     .type = "KH",
     .signer = "Lê Văn Kho"},
    {.name = "the police of a province below the police's own committee",
     .text =
         "ĐẢNG BỘ CÔNG AN TRUNG ƯƠNG\nĐẢNG ỦY CÔNG AN TỈNH LÀO CAI\n*\nSố 73-NQ/ĐU\nĐẢNG CỘNG SẢN VIỆT "
         "NAM\nLào Cai, ngày 5 "
         "tháng 6 năm 2020\n\nNGHỊ QUYẾT\nvề việc lập kho\n-----\nCăn cứ tình hình, Đảng ủy quyết nghị.\n",
     .type = "NQ",
     .issuer = "ĐU",
     .place = "Lào Cai",
     .level = "provincial"},
    {.name = "the title's first words would make another type",
     .text = "THƯỜNG TRỰC\nHĐND - UBND TỈNH HÒA BÌNH\n-------\n|\nSố: 74/QC-TT.HĐND-UBND\n|\nHòa Bình, ngày "
             "20 tháng 3 năm "
             "2019\n|\nQUY CHẾ\nPHỐI\nHỢP CÔNG TÁC KHO\nCăn cứ\nLuật Thanh tra;\n",
     .type = "QC",
     .place = "Hòa Bình",
     .title = "PHỐI HỢP CÔNG TÁC KHO"},
    {.name = "body, number and day between type and title",
     .text = "THÔNG TƯ\n\nCỦA BỘ TÀI CHÍNH SỐ 75/1998/TT-BTC NGÀY 22 THÁNG 12 NĂM 1998 HƯỚNG DẪN LẬP "
             "KHO\n\nCăn cứ Luật "
             "Thanh tra;\n",
     .type = "TT",
     .code = "75/1998/TT-BTC",
     .issuer = "BTC",
     .level = "central",
     .date = "1998-12-22",
     .title = "HƯỚNG DẪN LẬP KHO"},
    {.name = "the same in small letters",
     .text = "Nghị định\nCủa Chính phủ số 76/1998/NĐ-CP ngày 11 tháng 5 năm 1998\nQuy định chi tiết thi hành "
             "Luật Thanh "
             "tra\n\nCHÍNH PHỦ\n\nCăn cứ Luật Tổ chức Chính phủ ngày 30/9/1992;\n",
     .type = "NĐ",
     .code = "76/1998/NĐ-CP",
     .issuer = "CP",
     .date = "1998-05-11",
     .title = "Quy định chi tiết thi hành Luật Thanh tra"},
    {.name = "a day on the number line",
     .text = "NGHỊ QUYẾT\nCỦA BỘ CHÍNH TRỊ\nSố 77-NQ/TW, ngày 5 tháng 4 năm 1988\nvề việc lập kho\n\nI- "
             "Kho\n1. Kho có ở "
             "mọi xã.\n",
     .type = "NQ",
     .code = "77-NQ/TW",
     .issuer = "TW",
     .place_line = "",
     .date = "1988-04-05",
     .title = "về việc lập kho"},
    {.name = "the number alone in brackets behind the title",
     .text = "Nghị quyết\nHội nghị lần thứ ba Ban Chấp hành Trung ương Đảng khoá IX\nvề việc lập kho\n(Số "
             "78-NQ/TW ngày "
             "24-9-2001)\n\nI- Kho\n1. Kho có ở mọi xã.\n",
     .type = "NQ",
     .code = "78-NQ/TW",
     .issuer = "TW",
     .date = "2001-09-24",
     .title = "Hội nghị lần thứ ba Ban Chấp hành Trung ương Đảng khóa IX về việc lập kho"},
    {.name = "a text saved under its own citation",
     .text =
         "VĂN KIỆN\n\nChỉ thị số 43-CT/TW ngày 9 tháng 8 năm 2004 của Ban Bí thư về việc lập kho\n\nTrong "
         "những năm qua các cấp ủy đã quan tâm lập kho, nhưng nhiều nơi kho chưa được giữ cho tốt, sổ kho "
         "ghi còn thiếu.\n",
     .type = "CT",
     .code = "43-CT/TW",
     .issuer = "TW",
     .level = "central",
     .date = "2004-08-09",
     .title = "về việc lập kho"},
    {.name = "the caption of a saved page above the header",
     .text =
         "HƯỚNG DẪN LẬP KHO Ở CÁC XÃ, SỐ 46-HD/BTCTW\n\nBAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC\n*\nĐẢNG CỘNG "
         "SẢN VIỆT NAM\n\nSố: 46-HD/BTCTW\nHà Nội, ngày 05 tháng 6 năm 2017\n\nCăn cứ Điều lệ Đảng, Ban Tổ "
         "chức Trung ương hướng dẫn như sau:\n",
     .type = "HD",
     .code = "46-HD/BTCTW",
     .issuer = "BTCTW",
     .level = "central",
     .date = "2017-06-05"},
    {.name = "a title that begins with V/v",
     .text =
         "ĐẢNG BỘ ĐẠI HỌC\nĐẢNG ỦY TRƯỜNG\nSố      -QĐ/ĐU\nThái Nguyên, ngày       tháng 10 năm "
         "2021\n\nQUYẾT "
         "ĐỊNH\n\nV/v lập kho của trường\n\n-----\n\nCăn cứ Điều lệ Đảng;\nQUYẾT ĐỊNH\nĐiều 1: Lập kho.\n",
     .type = "QĐ",
     .title = "V/v lập kho của trường"},
    {.name = "the title stands with the number, the grounds below the type",
     .text =
         "ỦY BAN KIỂM TRA TRUNG ƯƠNG\n--------\n\nSố: 47-HD/UBKTTW\nV/v thực hiện Quy định số 48-QĐ/TW\n\nHà "
         "Nội, ngày 24 tháng 3 năm 2008\n\nHƯỚNG DẪN\n\nCăn cứ Quy định số 48-QĐ/TW, Ủy ban Kiểm tra Trung "
         "ương hướng dẫn như sau:\n\nI. KHO\n",
     .type = "HD",
     .code = "47-HD/UBKTTW",
     .title = "thực hiện Quy định số 48-QĐ/TW"},
    {.name = "a day that begins a sentence dates no document",
     .text = "Kho của tỉnh\n\nNgày 15-11-2017, Bộ Chính trị ban hành Quy định số 49-QĐ/TW về kho.\n",
     .date = ""},
    {.name = "the first line of a text without header",
     .text = "Chương trình hành động của Ban Thường vụ Tỉnh ủy thực hiện Nghị quyết số 50\nBan Thường vụ "
             "Tỉnh ủy vừa "
             "ban hành Chương trình hành động thực hiện Nghị quyết số 50-NQ/TW.\n",
     .type = "CTr",
     .title = "thực hiện Nghị quyết số 50"},
    {.name = "number and day told by who has the text printed",
     .text = "Ngày 23/8/2017, Tỉnh ủy Hà Nam đã ban hành Chương trình số 51-CTr/TU về lập kho ở các xã trong "
             "toàn tỉnh. "
             "Ban biên tập xin đăng toàn văn Chương trình này:\n\nCHƯƠNG TRÌNH\n\nlập kho ở các xã\n\nBan "
             "Thường vụ "
             "Tỉnh ủy ban hành chương trình như sau:\n",
     .type = "CTr",
     .code = "51-CTr/TU",
     .place = "Hà Nam",
     .date = "2017-08-23",
     .title = "lập kho ở các xã"},
    {.name = "type and title on one line",
     .text =
         "HƯỚNG DẪN: Công tác kho năm 2019\n\nCăn cứ tình hình, Ban Tổ chức Tỉnh ủy hướng dẫn như sau:\n\n1. "
         "Lập kho.\n",
     .type = "HD",
     .title = "Công tác kho năm 2019"},
    {.name = "a first line that grounds follow",
     .text = "Kế hoạch tổ chức Đại hội Chi bộ\n\nCăn cứ Chỉ thị số 52-CT/TW;\n\nChi ủy xây dựng kế hoạch như "
             "sau\n",
     .type = "KH",
     .title = "tổ chức Đại hội Chi bộ"},
    {.name = "the organisation above its provincial committee",
     .text =
         "ĐOÀN TNCS HỒ CHÍ MINH\nBCH TỈNH BẮC GIANG\n***\nSố: 53-KH/TĐTN-TG\nBắc Giang, ngày 10 tháng 2 năm "
         "2021\n\nKẾ HOẠCH\nlập kho\n----\nThực hiện nhiệm vụ.\n",
     .issuer = "ĐTN",
     .place = "Bắc Giang",
     .level = "provincial",
     .title = "lập kho"},
    {.name = "a steering committee of a district; text right below the title",
     .text = "HUYỆN ỦY THĂNG BÌNH\nBAN CHỈ ĐẠO LẬP KHO\n*\nSố 54-BC/BCĐ\nĐẢNG CỘNG SẢN VIỆT NAM\nThăng Bình, "
             "ngày 30 "
             "tháng 11 năm 2018\nBÁO CÁO\nkết quả lập kho\nThời gian qua, Ban Chỉ đạo đã lập kho ở các xã.\n",
     .type = "BC",
     .issuer = "BCĐ",
     .level = "district",
     .title = "kết quả lập kho"},
    {.name = "a font of capitals whose text is in small letters",
     .text =
         "tỉnh ủy nghệ an\n*\nSố 44-KH/TU        đảng cộng sản việt nam\nVinh, ngày 10 tháng 8 năm 2003\n\n"
         "kế hoạch\nlập kho\n\nBan Thường vụ Tỉnh ủy ban hành kế hoạch.\n",
     .type = "KH",
     .code = "44-KH/TU",
     .issuer = "TU",
     .place = "Nghệ An",
     .level = "provincial",
     .title = "lập kho"},
    {.name = "two columns whose neighbours make the name of a third province",
     .text =
         "BAN CHỈ ĐẠO TỈNH            ĐẢNG CỘNG SẢN VIỆT NAM\nHÀ GIANG\n*          Hà Giang, ngày 19 tháng 3 "
         "năm 2020\nSố 45-KH/BCĐ\n\nKẾ HOẠCH\nlập kho\n-----\nThực hiện nhiệm vụ.\n",
     .type = "KH",
     .place = "Hà Giang"},
    {.name = "body, number and date again below the type, signed only by a name",
     .text =
         "HỘI ĐỒNG BỘ TRƯỞNG\n\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 97-HĐBT\n\nHà Nội, ngày 3 tháng 3 "
         "năm 1984\n\nNGHỊ ĐỊNH\n\nCỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 97-HĐBT NGÀY 3-3-1984 VỀ VIỆC LẬP CỤC "
         "KHO\n\nHỘI ĐỒNG BỘ TRƯỞNG\n\nCăn cứ Luật Tổ chức Hội đồng Bộ trưởng;\nĐiều 1.- Nay lập Cục "
         "Kho.\n\nT.M HỘI ĐỒNG BỘ TRƯỞNG\nK.T CHỦ TỊCH\n\n(Đã ký)\n\nÂu Kho\n",
     .type = "NĐ",
     .issuer = "HĐBT",
     .date = "1984-03-03",
     .title = "VỀ VIỆC LẬP CỤC KHO",
     .signer = "Âu Kho"},
    {.name = "a decree-law without a title",
     .text = "CHỦ TỊCH CHÍNH PHỦ VIỆT NAM DÂN CHỦ CỘNG HOÀ\nSố: 94/SL\nHà Nội, ngày 23 tháng 11 năm "
             "1946\n\nSẮC LỆNH\n\nCHỦ TỊCH CHÍNH PHỦ VIỆT NAM DÂN CHỦ CỘNG HOÀ\n\nChiểu Sắc lệnh số 72-C "
             "ngày 18-2-1946;\n\nRA SẮC LỆNH:\n\nĐiều thứ nhất: Nay lập Cục Kho.\n\nLê Kho\n(Đã ký)\n",
     .type = "SL",
     .issuer = "CTN",
     .level = "central",
     .title = "",
     .signer = "Lê Kho"},
    {.name = "the subject of a letter over two lines",
     .text = "ỦY BAN NHÂN DÂN           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH TÂY NINH\n  Số: "
             "2115/UBND-KGVX             Tây Ninh, ngày 28 tháng 8 năm 2018\nV/v triển khai Nghị quyết số "
             "20-NQ/TW\ncủa Ban Chấp hành Trung ương\n\n      Kính gửi: Sở Nội vụ.\n",
     .type = "CV",
     .code = "2115/UBND-KGVX",
     .title = "triển khai Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương"},
    {.name = "a law with its annexes behind the signature",
     .text =
         "QUỐC HỘI\nLuật số: 312/2035/QH18\nLUẬT\nKHO BÃI\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\nLuật này được "
         "Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XVIII, kỳ họp thứ 10 thông qua ngày 10 tháng "
         "12 năm 2035.\nCHỦ TỊCH QUỐC HỘI\nNguyễn Văn An\nPHỤ LỤC\nDANH MỤC KHO\n" ANNEX,
     .type = "LUAT",
     .date = "2035-12-10",
     .title = "KHO BÃI",
     .signer = "Nguyễn Văn An"},
    {.name = "a consolidated text certified at its end",
     .text = "CÔNG BÁO/Số 361/Ngày 28-02-2035\n71\nVĂN BẢN HỢP NHẤT -\nBỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA "
             "VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTHÔNG TƯ\nHướng dẫn kho bãi\n\nCăn cứ Luật Kho "
             "bãi;\nĐiều 1. Phạm vi\nBỘ NỘI VỤ\nXÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 468/VBHN-BNV\nHà Nội, ngày 10 "
             "tháng 02 năm 2035\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn An\n",
     .type = "VBHN",
     .code = "468/VBHN-BNV",
     .issuer = "BNV",
     .date = "2035-02-10",
     .title = "Hướng dẫn kho bãi",
     .signer = "Lê Văn An"},
    {.name = "a regulation issued with a decision",
     .text = "ỦY BAN NHÂN DÂN\nHUYỆN KHO BÃI\nQUY ĐỊNH\nViệc lập kho\n(Ban hành kèm theo Quyết định số "
             "09/2030/QĐ-UBND ngày 21/01/2030)\nChương I\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n",
     .type = "QĐ",
     .type_word = "Quy định",
     .level = "district",
     .title = "Việc lập kho"},
    {.name = "a scanned header: TƯ for TU, the type word torn, no line between title and text",
     .text =
         "TỈNH ỦY NGHỆ AN\nĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 945-KL/TƯ\nVinh, ngày 13 tháng 5 năm 2032\nK ÉT "
         "LUẬN\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH (KHÓA XX)\nvề lập kho bãi đến năm 2035,\nđịnh hướng đến năm "
         "2040\nHội nghị lần thứ bảy Ban Chấp hành Đảng bộ tỉnh họp\nngày 26/4/2032 đã thảo luận báo cáo của "
         "Ban Thường vụ Tỉnh ủy\nvề tình hình kho bãi, nghe ý kiến của các ban, các cấp ủy trực thuộc,\ncủa "
         "các sở có liên quan trong toàn tỉnh và kết luận:\nI. TÌNH HÌNH\n",
     .type = "KL",
     .code = "945-KL/TU",
     .issuer = "TU",
     .place = "Nghệ An",
     .level = "provincial",
     .title = "về lập kho bãi đến năm 2035, định hướng đến năm 2040"},
    {.name = "a number in the place of the date line, the text right below the title",
     .text =
         "ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH\nQUẬN ỦY QUẬN 7\n*\nSố 95-NQ/QU\nQuận 7, ngày 05 tháng 12 năm "
         "2017\nNGHỊ QUYẾT\nLập kho năm 2017\nHôm nay, ngày 05/12/2017, Ban Chấp hành Đảng bộ Quận họp theo "
         "chương trình đã định, nghe báo cáo về việc lập kho của các phường, nghe ý kiến của các ban, của "
         "các "
         "cấp ủy trực thuộc và thảo luận.\nBÍ THƯ\nVõ Thị Kho\n",
     .place_line = "Quận 7",
     .date = "2017-12-05",
     .title = "Lập kho năm 2017",
     .signer = "Võ Thị Kho"},
    {.name = "a part with its number in words under the title",
     .text = "TỈNH ỦY NGHỆ AN\n*\nSố 95-NQ/TU\n\nNGHỊ QUYẾT\nVỀ LẬP KHO\n\nPHẦN THỨ NHẤT\n\nTHỰC TRẠNG KHO\n",
     .title = "VỀ LẬP KHO"},
    {.name = "the office of a committee below the province",
     .text = "THÀNH ỦY THÁI NGUYÊN\nBAN TUYÊN GIÁO\n*\nSố 95-HD/BTGThU\nThái Nguyên, ngày 28 tháng 02 năm "
             "2020\n\nHƯỚNG DẪN\nlập kho\n",
     .issuer = "BTGThU",
     .level = "district"},
    {.name = "the subject of a letter in words",
     .text =
         "TỈNH ỦY BÌNH THUẬN\nBAN TỔ CHỨC\n*\nSố 9234-CV/BTCTU\nVề việc lập kho\nPhan Thiết, ngày 16 tháng 5 "
         "năm 2014\n\nKính gửi: Các huyện ủy,\n",
     .type = "CV",
     .title = "lập kho"},
    {.name = "a list of documents has no number of its own",
     .text =
         "PHỤ LỤC\nDANH MỤC VĂN BẢN\n\n| STT | Số | Ngày |\n| 1 | 91-NQ/TU | 12/10/2021 |\n| 2 | 92-KH/TU | "
         "05/3/2022 |\n",
     .code = "",
     .type = ""},
    {.name = "the body that issues and the title in one line",
     .text = "THÀNH ỦY HÀ NỘI\nSố 95-CTr/TU\nHà Nội, ngày 15 tháng 03 năm 2022\nCHƯƠNG TRÌNH HÀNH ĐỘNG\nCỦA "
             "THÀNH ỦY THỰC HIỆN NGHỊ QUYẾT SỐ 94-NQ/TW\n\nCăn cứ Điều lệ Đảng;\n",
     .title = "THỰC HIỆN NGHỊ QUYẾT SỐ 94-NQ/TW"},
    {.name = "an office whose code leaves its committee out",
     .text = "TỈNH ỦY QUẢNG BÌNH\nBAN DÂN VẬN\n*\nSố 97-HD/BDV\nĐồng Hới, ngày 20 tháng 4 năm 2009\n\nHƯỚNG "
             "DẪN\nlập kho\n",
     .code = "97-HD/BDVTU",
     .issuer = "BDVTU",
     .level = "provincial"},
    {.name = "rules issued with a decision, alone",
     .text = "QUY ĐỊNH\nvề việc lập kho\n(Ban hành kèm theo Quyết định số 9234-QĐ/TU, ngày 15/8/2013 của Ban "
             "Thường vụ Tỉnh ủy Long An)\n\nĐiều 1. Phạm vi\n",
     .type = "QĐ",
     .issuer = "TU",
     .place = "Long An",
     .level = "provincial",
     .date = "2013-08-15",
     .title = "về việc lập kho"},
    {.name = "a header in small letters",
     .text =
         "Đảng bộ tỉnh Bình Định                 Đảng Cộng sản Việt Nam\nSố: 92 - NQ/TU                "
         "Quy Nhơn, ngày 15 tháng 9 năm 2006\n\nNghị quyết\ncủa Ban Chấp hành Đảng bộ tỉnh (khóa XVII)\nvề "
         "lập kho\n\nCăn cứ Điều lệ Đảng, Ban Chấp hành quyết nghị:\n",
     .type = "NQ",
     .code = "92-NQ/TU",
     .title = "về lập kho"},
    {.name = "a code whose dash is lost",
     .text = "ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC\nSố: 986/QĐ UBND\nBình Phước, ngày 12 tháng 01 năm "
             "2012\nQUYẾT ĐỊNH\nVề lập kho\nCăn cứ Luật Kho;\n",
     .code = "986/QĐ-UBND",
     .issuer = "UBND",
     .title = "Về lập kho"},
    {.name = "a commune that is called like a province",
     .text = "ĐẢNG ỦY XÃ HÒA BÌNH\n*\nSố 95-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nHòa Bình, ngày 10 tháng 01 năm "
             "2023\n\nKẾ HOẠCH\nlập kho\n\nĐảng ủy xã xây dựng kế hoạch.\n",
     .issuer = "ĐU",
     .place = "",
     .place_line = "Hòa Bình",
     .level = "commune"},
    {.name = "a province under the name it had",
     .text = "TỈNH ỦY THỪA THIÊN HUẾ\n*\nSố 95-KH/TU\nThừa Thiên Huế, ngày 10 tháng 01 năm 2020\nKẾ "
             "HOẠCH\nlập kho\n",
     .place = "Thừa Thiên Huế"},
    {.name = "a congress",
     .text = "ĐẢNG BỘ TỈNH NGHỆ AN\nĐẠI HỘI ĐẠI BIỂU LẦN THỨ XVIII\n*\nNghệ An, ngày 28 tháng 9 năm "
             "2015\n\nNGHỊ QUYẾT\nvề nhiệm vụ mới\n\nĐại hội quyết nghị.\n",
     .type = "NQ",
     .issuer = "TINH",
     .place = "Nghệ An",
     .level = "provincial"},
    {.name = "the name of Hồ Chí Minh in a body is no place",
     .text =
         "BAN CHẤP HÀNH TRUNG ƯƠNG\n***\nSố: 368 - QĐ/TWĐTN-VP\n\nĐOÀN TNCS HỒ CHÍ MINH\n\nHà Nội, ngày 29 "
         "tháng 10 năm 2013\n\nQUYẾT ĐỊNH\nVề việc lập quỹ\n---------\nCăn cứ Điều lệ Đoàn;\n",
     .type = "QĐ",
     .issuer = "TWĐTN",
     .place = "",
     .level = "central"},
    {.name = "two columns side by side",
     .text = " TỈNH ỦY LẠNG SƠN                    ĐẢNG CỘNG SẢN VIỆT NAM\n"
             "        *\n"
             "   Số 77-KH/TU                  Lạng Sơn, ngày 05 tháng 9 năm 2021\n\n"
             "KẾ HOẠCH\nthực hiện Kết luận số 14-KL/TW\nvề công tác cán bộ\n-----\n"
             "Căn cứ Điều lệ Đảng, Tỉnh ủy đề ra kế hoạch.\n\n"
             "Nơi nhận:                     T/M TỈNH ỦY\n- Lưu VPTU.                      BÍ THƯ\n\n"
             "                            Nguyễn Văn An\n",
     .type = "KH",
     .code = "77-KH/TU",
     .issuer = "TU",
     .place = "Lạng Sơn",
     .place_line = "Lạng Sơn",
     .level = "provincial",
     .date = "2021-09-05",
     .title = "thực hiện Kết luận số 14-KL/TW về công tác cán bộ",
     .signer = "Nguyễn Văn An"},
    {.name = "columns one below the other, the seat in the date line",
     .text = "\tTỈNH UỶ QUẢNG TRỊ\n*\nSố 78-CTr/TU\n\tĐẢNG CỘNG SẢN VIỆT NAM\n"
             "      Đông Hà, ngày 30  tháng 7  năm 2009\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\n\nnăm 2010 của Đảng "
             "bộ\n\nTrong năm qua",
     .type = "CTr",
     .code = "78-CTr/TU",
     .issuer = "TU",
     .place = "Quảng Trị",
     .place_line = "Đông Hà",
     .date = "2009-07-30",
     .title = "năm 2010 của Đảng bộ",
     .signer = ""},
    {.name = "number and day left blank",
     .text = "   THÀNH ỦY HÀ NỘI               ĐẢNG CỘNG SẢN VIỆT NAM\n     BAN TỔ CHỨC\n"
             "   Số    -HD/BTCTU          Hà Nội, ngày    tháng 8 năm 2026\n\n   HƯỚNG DẪN\n"
             "   Thực hiện chế độ báo cáo\n   -----\n   Căn cứ Điều lệ Đảng",
     .type = "HD",
     .code = "",
     .issuer = "BTCTU",
     .place = "Hà Nội",
     .level = "provincial",
     .date = "2026-08",
     .title = "Thực hiện chế độ báo cáo"},
    {.name = "state form",
     .text =
         "CHÍNH PHỦ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 91/2031/NĐ-CP\t"
         "Hà Nội, ngày 05 tháng 3 năm 2031\nNGHỊ ĐỊNH\nQuy định về bảo hành xe\n"
         "Căn cứ Luật Tổ chức Chính phủ;\nĐiều 1. Phạm vi\nNơi nhận:\n- Lưu VT.\tTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n"
         "Trần Văn Bình\n",
     .type = "NĐ",
     .code = "91/2031/NĐ-CP",
     .issuer = "CP",
     .place = "",
     .level = "central",
     .date = "2031-03-05",
     .title = "Quy định về bảo hành xe",
     .signer = "Trần Văn Bình"},
    {.name = "law with the date of adoption below",
     .text =
         "QUỐC HỘI\nLuật số: 92/2031/QH17\nLUẬT\nBẢO HÀNH XE\nCăn cứ Hiến pháp năm 2013;\nĐiều 1. Phạm vi\n"
         "Luật này được Quốc hội khóa XVII thông qua ngày 20 tháng 6 năm 2031.\nCHỦ TỊCH QUỐC HỘI\nLê Thị "
         "Cúc\n",
     .type = "LUAT",
     .code = "92/2031/QH17",
     .issuer = "QH",
     .date = "2031-06-20",
     .title = "BẢO HÀNH XE",
     .signer = "Lê Thị Cúc"},
    {.name = "no header at all",
     .text = "CHƯƠNG TRÌNH HÀNH ĐỘNG\n\nthực hiện Nghị quyết số 21-NQ/TW\n\n"
             "Ban Chấp hành Đảng bộ tỉnh ban hành Chương trình hành động như sau:\n\nI- MỤC TIÊU\n"
             "Các huyện của tỉnh Lai Châu phấn đấu. Toàn tỉnh Lai Châu thi đua với tỉnh Sơn La.\n",
     .type = "CTr",
     .code = "",
     .issuer = "TU",
     .place = "Lai Châu",
     .level = "provincial",
     .date = "",
     .title = "thực hiện Nghị quyết số 21-NQ/TW"},
    {.name = "mark-up of a saved page",
     .text =
         "|\n**BAN CHẤP HÀNH\nTRUNG ƯƠNG**\n*\n|\n**ĐẢNG CỘNG SẢN\nVIỆT NAM**\n-----\n|\n|\nSố 93-QĐ/TW\n|\n"
         "*Hà Nội, ngày 19\ntháng 11 năm 2025 *\n|\n\n**QUY ĐỊNH**\n\nVỀ\nCÔNG TÁC LƯU TRỮ\n\n-----\n\n"
         "- Căn cứ Điều lệ Đảng;\n",
     .type = "QĐ",
     .code = "93-QĐ/TW",
     .issuer = "TW",
     .place = "",
     .level = "central",
     .date = "2025-11-19",
     .title = "VỀ CÔNG TÁC LƯU TRỮ"},
    {.name = "official letter",
     .text = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 7433/UBND-XD\nSơn La, ngày 2 tháng 3 năm 2022\nV/v cấp phép "
             "xây dựng\n"
             "Kính gửi: Sở Xây dựng\n",
     .type = "CV",
     .code = "7433/UBND-XD",
     .issuer = "UBND",
     .place = "Sơn La",
     .date = "2022-03-02",
     .title = "cấp phép xây dựng"},
};

static void check_field(const struct expected *layout, const char *what, const char *got, const char *want)
{
    if (want && strcmp(got ? got : "", want) != 0)
        g_error("%s: %s is \"%s\", expected \"%s\"", layout->name, what, got ? got : "", want);
}

static void test_headers_of_every_layout_are_read(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(layouts); i++) {
        const struct expected *want = &layouts[i];
        struct reading reading;
        reading_init(&reading, want->text);
        const struct nd_metadata *got = reading.metadata;
        char date[11];
        check_field(want, "type", got->type, want->type);
        check_field(want, "code", got->code, want->code);
        check_field(want, "issuer", got->issuer, want->issuer);
        check_field(want, "place", got->place, want->place);
        check_field(want, "type word", got->type_word, want->type_word);
        check_field(want, "place line", got->place_line, want->place_line);
        check_field(want, "level", nd_level_name(got->level), want->level);
        check_field(want, "date", nd_date_format(got->date, date), want->date);
        check_field(want, "title", got->title, want->title);
        check_field(want, "signer", got->signer, want->signer);
        reading_clear(&reading);
    }
}

static void test_the_own_number_and_the_recipients_are_no_citations(void)
{
    static const char text[] =
        "TỈNH ỦY LẠNG SƠN\nSố 77-KH/TU\nLạng Sơn, ngày 05 tháng 9 năm 2021\nKẾ HOẠCH\nvề cán bộ\n-----\n"
        "Kế hoạch số 77-KH/TU này được phổ biến đến chi bộ.\n"
        "Nơi nhận:\n- Ban soạn thảo Nghị quyết số 45-NQ/TW,\n- Lưu VPTU.\nT/M TỈNH ỦY\nNguyễn Văn An\n"
        "PHỤ LỤC\nkèm theo Quyết định số 46-QĐ/TU\n";
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 1);
    g_assert_cmpstr(nd_mentions_get(reading.mentions, 0)->number, ==, "46");
    reading_clear(&reading);
}

static void test_what_a_web_site_adds_below_cites_nothing(void)
{
    static const char text[] =
        "TỈNH ỦY LẠNG SƠN\nSố 77-KH/TU\nKẾ HOẠCH\nvề cán bộ\n-----\nThực hiện Quy định số "
        "76-QĐ/TW.\nNơi nhận:\n- Lưu VPTU.\nT/M TỈNH ỦY\nNguyễn Văn An\nTHÔNG BÁO\nKính gửi "
        "Quý Thành viên,\nNghị định số 75/2031/NĐ-CP yêu cầu xác nhận.\n";
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 1);
    g_assert_cmpstr(nd_mentions_get(reading.mentions, 0)->number, ==, "76");
    reading_clear(&reading);
}

static void test_who_issues_above_the_grounds_signs_nothing(void)
{
    static const char text[] =
        "BỘ NỘI VỤ\nSố: 949/QĐ-BNV\nHà Nội, ngày 26 tháng 4 năm 2018\nQUYẾT ĐỊNH\nVề lập kho\nBỘ TRƯỞNG BỘ "
        "NỘI "
        "VỤ\nCăn cứ Luật Viên chức;\nCăn cứ Nghị định số 96/2017/NĐ-CP;\nĐiều 1. Lập kho.\n";
    struct reading reading;
    reading_init(&reading, text);
    g_assert_cmpuint(nd_mentions_count(reading.mentions), ==, 2);
    reading_clear(&reading);
}

static void test_secrecy_stamps_are_read_from_the_header_only(void)
{
    static const struct {
        const char *text;
        enum nd_secrecy secrecy;
    } cases[] = {
        {"MẬT\nTỈNH ỦY LẠNG SƠN\nSố 77-KH/TU\nKẾ HOẠCH\nvề cán bộ\n", ND_SECRECY_SECRET},
        {"TỈNH ỦY LẠNG SƠN    TỐI MẬT\nSố 77-KH/TU\nKẾ HOẠCH\nvề cán bộ\n", ND_SECRECY_TOP_SECRET},
        {"TUYỆT MẬT\nSố 77-KH/TU\nKẾ HOẠCH\nvề cán bộ\n", ND_SECRECY_MOST_SECRET},
        {"TỈNH ỦY LẠNG SƠN\nSố 77-KH/TU\nKẾ HOẠCH\nvề bí mật nhà nước\n-----\nMẬT\n", ND_SECRECY_NONE},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct reading reading;
        reading_init(&reading, cases[i].text);
        g_test_message("%s", cases[i].text);
        g_assert_cmpint(reading.metadata->secrecy, ==, cases[i].secrecy);
        reading_clear(&reading);
    }
}

static void test_the_folder_tells_the_place_when_the_text_does_not(void)
{
    nd_auto(nd_document) doc = nd_document_new();
    doc->text = g_strdup("Số 77-KH/TU\nKẾ HOẠCH\nvề cán bộ\n-----\nCăn cứ Điều lệ Đảng\n");
    doc->size = strlen(doc->text);
    struct nd_normalized normal;
    nd_normalize(nd_document_text(doc), &normal);
    const struct nd_metadata_hints hints = {.place = "Sơn La"};
    nd_auto(nd_metadata) metadata = nd_metadata_read(doc, &normal, &hints);
    g_assert_cmpstr(metadata->place, ==, "Sơn La");
    g_assert_cmpuint(metadata->inferred & ND_INFERRED_PLACE, !=, 0);
    g_assert_nonnull(metadata->evidence);
    nd_normalized_clear(&normal);
}

static void test_the_file_name_fills_what_the_header_leaves_blank(void)
{
    static const struct {
        const char *path, *number, *date;
    } cases[] = {
        {"/van-ban/23-KH-TU_2019-05-06_cong-tac.docx", "23", "2019-05-06"},
        {"/van-ban/KH 23-KH-TU ngay 2019-05-06.docx", "23", "2019-05-06"},
        {"/van-ban/23-QĐ-TU.docx", "", ""}, /* another type than the header's */
        {"/van-ban/quet_00012.pdf", "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_auto(nd_document) doc = nd_document_new();
        doc->text =
            g_strdup("TỈNH ỦY LẠNG SƠN\nSố    -KH/TU\nKẾ HOẠCH\nvề cán bộ\n-----\nCăn cứ Điều lệ Đảng\n");
        doc->size = strlen(doc->text);
        struct nd_normalized normal;
        nd_normalize(nd_document_text(doc), &normal);
        const struct nd_metadata_hints hints = {.path = cases[i].path};
        nd_auto(nd_metadata) metadata = nd_metadata_read(doc, &normal, &hints);
        char date[11];
        g_test_message("%s", cases[i].path);
        g_assert_cmpstr(metadata->number ? metadata->number : "", ==, cases[i].number);
        g_assert_cmpstr(nd_date_format(metadata->date, date), ==, cases[i].date);
        g_assert_cmpint((metadata->inferred & ND_INFERRED_NUMBER) != 0, ==, cases[i].number[0] != '\0');
        nd_normalized_clear(&normal);
    }
}

static void test_levels_are_read_back_by_name(void)
{
    for (int i = 1; i < ND_N_LEVELS; i++) {
        enum nd_level level;
        g_assert_true(nd_level_parse(nd_level_name((enum nd_level)i), &level));
        g_assert_cmpint(level, ==, i);
    }
    enum nd_level untouched = ND_LEVEL_BLOC;
    g_assert_false(nd_level_parse("national", &untouched));
    g_assert_cmpint(untouched, ==, ND_LEVEL_BLOC);
    g_assert_null(nd_level_name(ND_LEVEL_UNKNOWN));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/metadata/layouts", test_headers_of_every_layout_are_read);
    g_test_add_func("/metadata/own", test_the_own_number_and_the_recipients_are_no_citations);
    g_test_add_func("/metadata/site", test_what_a_web_site_adds_below_cites_nothing);
    g_test_add_func("/metadata/issuer_above_grounds", test_who_issues_above_the_grounds_signs_nothing);
    g_test_add_func("/metadata/stamp", test_secrecy_stamps_are_read_from_the_header_only);
    g_test_add_func("/metadata/folder", test_the_folder_tells_the_place_when_the_text_does_not);
    g_test_add_func("/metadata/file-name", test_the_file_name_fills_what_the_header_leaves_blank);
    g_test_add_func("/metadata/levels", test_levels_are_read_back_by_name);
    return g_test_run();
}
