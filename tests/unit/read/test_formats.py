#!/usr/bin/env python3
"""Each format, from a file made here to the blocks that come out.

usage: test_formats.py READ_DUMP
"""
import os
import subprocess
import sys
import tempfile

import fixtures
from fixtures import BODY, CELLS, HEAD, NOTE, TITLE

TABLE = [f"cell {r},{c} {text}" for r, row in enumerate(CELLS) for c, text in enumerate(row)]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCX_BLOCKS = [f"paragraph {HEAD}", f"heading 1 {TITLE}", f"paragraph {BODY}", "list-item 1 Điều 4. Phạm vi",
               "list-item 1 Điều 5. Đối tượng", "list-item 1 Điều 1. Bắt đầu lại", "heading 2 Chương I",
               "paragraph QUY ĐỊNH CHUNG", *TABLE, "paragraph Uỷ ban nhân dân tỉnh", "paragraph QUYẾT ĐỊNH",
               "paragraph biểu dương", "paragraph ô", "paragraph ☑ Có, không quá ≤ 5 ☐ Không",
               f"footnote {NOTE}", "page-header Lưu hành nội bộ"]
HTML_BLOCKS = ["boilerplate Trang chủ", *(f"boilerplate Mục {i}" for i in range(6)), f"heading 2 {TITLE}",
               f"paragraph {BODY}⏎Hết.", *TABLE, "boilerplate ẩn", "boilerplate © Cổng thông tin"]

# fixture -> the lines of read_dump
EXPECTED = {
    "docx": [f"= |{DOCX}|tcvn3|whole", *DOCX_BLOCKS],
    "doc": ["= |application/msword|tcvn3|whole", "paragraph Uỷ ban nhân dân tỉnh được giao việc",
            "paragraph QUYẾT ĐỊNH", "list-item 1 Điều 4. Phạm vi", "list-item 1 Điều 5. Đối tượng", f"paragraph ☐{BODY}", *TABLE,
            "page-header Lưu hành nội bộ", "page-footer Nơi nhận"],
    "rtf": ["= |text/rtf|tcvn3|whole", "page-header Lưu hành nội bộ", f"paragraph {HEAD}", f"heading 1 {TITLE}",
            "list-item 1 1.\tMột việc", "paragraph QUYẾT ĐỊNH", "paragraph về việc thi hành điều lệ, hưởng ứng, dương", "paragraph 档案", f"paragraph {BODY}", "paragraph Hộp chữ", "paragraph ☐ Có", *TABLE, "paragraph 7",
            f"footnote {NOTE}", "footnote Số liệu đến cuối năm"],
    "xls": ["= |application/vnd.ms-excel|tcvn3|whole", *TABLE, "cell 1,3 tỉnh đoàn", "cell 2,0 2.5",
            "cell 3,0 16/06/2022", "cell 3,1 125%"],
    "xlsx": ["= |application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|tcvn3|whole",
             "cell p1 0,0 Trang hai", *(line.replace("cell", "cell p2") for line in [*TABLE, "cell 1,3 tỉnh đoàn", "cell 2,0 Cộng"]),
             *(f"cell p2 {i + 3},0 {shown}" for i, (_, _, shown) in enumerate(fixtures.SHEET_NUMBERS))],
    "ppt": ["= |application/vnd.ms-powerpoint|tcvn3|whole", f"heading 1 p1 {TITLE}", f"paragraph p1 {BODY}",
            f"paragraph p1 {HEAD}", "paragraph p2 Plain", "paragraph p2 UỶ BAN được giao"],
    "pptx": ["= |application/vnd.openxmlformats-officedocument.presentationml.presentation|utf-8|whole",
             f"paragraph p1 {HEAD}", f"heading 1 p2 {TITLE}", f"paragraph p2 {BODY}", f"footnote p2 {NOTE}"],
    "odt": ["= |application/vnd.oasis.opendocument.text|utf-8|whole", f"heading 2 {TITLE}", f"paragraph {BODY}",
            "list-item 1 Một việc", *["list-item 1 Điều 4. Phạm vi", "list-item 1 Điều 5. Đối tượng", "list-item 2 a) Điểm"] * 2,
            *TABLE, f"footnote {NOTE}", "page-header Lưu hành nội bộ", "page-footer Nơi nhận"],
    "ods": ["= |application/vnd.oasis.opendocument.spreadsheet|utf-8|whole", *TABLE],
    "odp": ["= |application/vnd.oasis.opendocument.presentation|utf-8|whole", f"paragraph p1 {TITLE}",
            f"paragraph p2 {BODY}"],
    "epub": ["= |application/epub+zip|utf-8|whole", f"heading 1 p1 {TITLE}", f"paragraph p2 {BODY}"],
    "html": ["= |text/html|utf-8|whole", *HTML_BLOCKS],
    "html_of_a_site": ["= |text/html|utf-8|whole", "boilerplate Hôm nay Đăng nhập", "boilerplate Trang chủ", "boilerplate Lĩnh vực",
                       *(f"boilerplate Lĩnh vực {i}" for i in range(5)), "cell 0,0 ỦY BAN NHÂN DÂN",
                       "cell 0,1 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"heading 2 {TITLE}", f"paragraph {BODY}",
                       "boilerplate © Cổng thông tin", "boilerplate Địa chỉ: Sơn Hải"],
    "html_of_word": ["= |text/html|utf-8|whole", f"heading 1 {TITLE}", f"paragraph {BODY}", "heading 8 1.\u00a0 Một việc",
                     f"footnote {NOTE}", "paragraph Hết.", f"footnote {HEAD}"],
    "html_of_libreoffice": ["= |text/html|utf-8|whole", f"paragraph {BODY}", f"footnote {NOTE}", "paragraph Hết.",
                            f"footnote {HEAD}"],
    "html_styled": ["= |text/html|tcvn3|whole", "cell 0,0 QUYẾT ĐỊNH", "paragraph về việc thi hành điều lệ", "heading 2 Chương I",
                    "paragraph NHỮNG QUY ĐỊNH CHUNG", "heading 5 Điều 1. Phạm vi", f"paragraph {BODY}", "list-item 1 c. Một việc",
                    "list-item 1 d. Hai việc", "list-item 1 Ba việc"],
    "html_vps": ["= |text/html|vps|whole", "paragraph NGHỊ QUYẾT về xây dựng chi bộ trong sạch, đẩy mạnh phát triển kinh tế", "paragraph a\u200bb"],
    "html_windows_1252": ["= |text/html|windows-1252|whole", f"paragraph {BODY} –"],
    "xml": ["= |text/xml|utf-8|whole", f"paragraph {TITLE}", "paragraph Một câu liền"],
    "pdf": ["= |application/pdf|utf-8|whole", f"paragraph p1 {HEAD}", f"paragraph p1 {TITLE}", f"paragraph p1 {BODY}"],
    "pdf_with_a_table": ["= |application/pdf|utf-8|whole", "heading 1 p1 Phụ lục", "cell p1 0,0 TT", "cell p1 0,1 Nội dung",
                         "cell p1 0,2 Thời gian", "cell p1 1,0 1",
                         "cell p1 1,1 Sơ kết việc thực hiện Nghị quyết số 21-NQ/TW của Trung ương", "cell p1 1,1 - Ở cấp huyện",
                         "cell p1 1,2 Quý một và quý hai", "cell p1 2,0 2", "cell p1 2,1 Kiểm tra việc chấp hành quy định",
                         "paragraph p1 Các cơ quan thực hiện."],
    "pdf_in_a_frame": ["= |application/pdf|utf-8|whole", "paragraph p1 TỈNH ỦY", "paragraph p1 ĐẢNG CỘNG SẢN",
                       "paragraph p1 Số 1", "paragraph p1 Hà Lâm", "paragraph p1 KẾ HOẠCH", "paragraph p1 công tác"],
    "pdf_in_columns": ["= |application/pdf|utf-8|whole", "paragraph p1 BÁO SƠN HẢI",
                       *(f"paragraph p1 {' '.join(lines)}" for lines in fixtures.COLUMNS * 2)],
    "pdf_with_items": ["= |application/pdf|utf-8|whole", "list-item 1 p1 1. Quán triệt nghị quyết ở chi bộ;",
                       "list-item 1 p1 - Sơ kết hằng năm."],
    "pdf_of_a_decision": ["= |application/pdf|utf-8|whole", "paragraph p1 Ban hành Quy chế phối hợp quản lý đất đai",
                          "paragraph p1 Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;"],
    "pdf_with_raised_marks": ["= |application/pdf|utf-8|whole",
                              "paragraph p1 Các cấp ủy đảng quán triệt theo số liệu năm 2024 và thực hiện ở từng chi bộ trên diện tích 5 m2",
                              "footnote p1 1 Số liệu do Cục Thống kê công bố hằng năm."],
    "pdf_with_a_note": ["= |application/pdf|utf-8|whole",
                        "paragraph p1 Các cấp ủy đảng quán triệt và tổ chức thực hiện nghị quyết ở chi bộ.",
                        "footnote p1 2 Theo hướng dẫn của Ban Tổ chức Tỉnh ủy về sinh hoạt chi bộ, ban hành năm 2024."],
    "mail": ["= |message/rfc822|utf-8|whole", f"heading 1 {TITLE}", "paragraph From: Văn phòng <vp@example.org>",
             "paragraph To: so@example.org", "paragraph Date: 16/06/2025 08:00", f"paragraph {BODY}",
             f"= ke-hoach.bin|{DOCX}|tcvn3|whole", *DOCX_BLOCKS, "= part-2|message/rfc822|utf-8|whole", f"heading 1 {HEAD}",
             "paragraph From: c@example.org", "paragraph To: d@example.org", "paragraph Chuyển tiếp."],
    "saved_page": ["= |application/x-mimearchive|tcvn3|whole", f"heading 1 {TITLE}", "paragraph tỉnh uỷ được giao nhiệm vụ"],
    "page_of_word": ["= |application/x-mimearchive|utf-8|whole", f"paragraph {BODY}"],
    "xls_5": ["= |application/vnd.ms-excel|tcvn3|whole", "cell 0,1 tỉnh đoàn được giao", "cell 1,0 QUYẾT ĐỊNH"],
    "mailbox": ["= |message/rfc822|utf-8|whole", "heading 1 Thu nhat", "paragraph From: vp@example.org",
                "paragraph To: a@example.org", "paragraph Xin gui.", "= 2|message/rfc822|utf-8|whole", "heading 1 Thu hai",
                "paragraph From: vp@example.org", "paragraph To: a@example.org", "paragraph Xin gui."],
    "encrypted": ["= |application/x-ole-storage|utf-8|partial", "! encrypted"],
    "archive": ["= thang-6/ke-hoach.txt|text/plain|utf-8|whole", f"paragraph {BODY}",
                "= trong/khac.zip!a.html|text/html|utf-8|whole", *HTML_BLOCKS, "= anh.bin|image/x-tga||whole",
                "! unsupported", "= |application/x-archive||whole", "! hidden"],
    "archive_of_old_names": ["= kế hoạch/quyết định số 5.txt|text/plain|utf-8|whole", "paragraph x",
                             "= Résumé.txt|text/plain|utf-8|whole", "paragraph x"],
    "tar": ["= một.txt|text/plain|utf-8|whole", f"paragraph {BODY}", f"= hai.docx|{DOCX}|tcvn3|whole", *DOCX_BLOCKS,
            "= |application/x-archive||whole", "! symlink"],
}


def main():
    dump = sys.argv[1]
    failed = 0
    assert set(EXPECTED) == set(fixtures.ALL), "a fixture without an expectation"
    with tempfile.TemporaryDirectory() as folder:
        for name, expected in EXPECTED.items():
            # the wrong extension changes nothing
            path = os.path.join(folder, name + ".jpg")
            with open(path, "wb") as out:
                out.write(fixtures.ALL[name]())
            got = subprocess.run([dump, path], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
            if got != expected:
                failed += 1
                print(f"{name}:")
                for line in sorted(set(expected) - set(got)):
                    print(f"  missing  {line}")
                for line in sorted(set(got) - set(expected)):
                    print(f"  extra    {line}")
                if sorted(got) == sorted(expected):
                    print("  in another order")
    print(f"{len(EXPECTED) - failed} of {len(EXPECTED)} formats read as expected")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
