#!/usr/bin/env python3
"""Real documents of each kind: what must be found in them, with its accents and in its place.

usage: test_shared.py READ_DUMP SHARED_FOLDER
Exit 77 (skipped) when the folder is not there. Lines are as read_dump prints them.
"""
import glob
import os
import subprocess
import sys

# file (a pattern below corpus/formats) -> lines that must come out
EXPECTED = {
    "docx/VBPL_0d02e820*": ["heading 5 Điều 5. Hệ thống quy hoạch", "paragraph Luật Biên giới quốc gia"],
    "docx/VBPL_122863.docx": ["heading 5 Điều 4. Nguyên tắc bồi thường của Nhà nước"],
    "docx/VBPL_129350.docx": ["list-item 1 1. Chính phủ thống nhất quản lý nhà nước về du lịch."],
    "docx/VBPL_137311.docx": ["heading 5 Điều 2. Giải thích từ ngữ", "paragraph Luật Chăn nuôi số 32/2018/QH14"],
    "docx/VBPL_141383.docx": ["! repaired", "paragraph LUẬT ĐẶC XÁ", "heading 5 Điều 12. Các trường hợp không được đề nghị đặc xá"],
    "docx/VBPL_146632.docx": ["list-item 1 15. Sửa đổi, bổ sung Điều 45 như sau:"],
    "docx/VBPL_153151.docx": ["! repaired", "heading 5 Điều 1. Sửa đổi, bổ sung một số điều của Bộ luật Tố tụng hình sự"],
    "docx/VBPL_167658.docx": ["paragraph Luật này có hiệu lực thi hành từ ngày 15 tháng 8 năm 2023./."],
    "docx/VBPL_170609.docx": ["paragraph Trong Luật này, các từ ngữ dưới đây được hiểu như sau:"],
    "docx/VBPL_173024.docx": ["list-item 1 4. Di sản văn hóa được xác lập sở hữu chung bao gồm:"],
    "docx/VBPL_175258.docx": ["paragraph Luật Tổ chức chính phủ số 63/2025/QH15"],
    "docx/VBPL_179167.docx": ["list-item 1 10. Sửa đổi, bổ sung khoản 7 Điều 17 như sau:"],
    "html-cp1252/101_2025*": ["paragraph Hội nghị kết thúc hồi……. giờ….. cùng ngày."],
    "html-cp1252/40_NQ*": ["list-item 1 9. Số Căn cước: (9)"],
    "html-cp1252/83_2025*": ["cell 1,0 Luật số: 83/2025/QH15", "cell 1,1 Hà Nội, ngày 24 tháng 6 năm 2025",
                             "list-item 1 25. Bãi bỏ điểm c khoản 1 Điều 76 và Điều 96."],
    "html-cp1252/KH*": ["cell 0,1 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    "phapdien-html/7d8d6ae7*": ["heading 2 Chương I", "paragraph NHỮNG QUY ĐỊNH CHUNG"],
    "phapdien-html/8235ccff*": ["heading 5 Điều 41.13.TT.1.1. Phạm vi điều chỉnh và đối tượng áp dụng"],
    "phapdien-html/b8f68141*": ["heading 5 Điều 41.8.TT.2.15. Hiệu lực thi hành"],
    "doc-word97/CT9UB.DOC": ["paragraph ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "paragraph CHỈ THỊ"],
    "doc-word97/ND68CP2.DOC": ["cell p2 14,1 Biến động về tài khoản ở nước ngoài"],
    "doc-word97/Nghi dinh 86*": ["heading 5 Điều 1. Phạm vi điều chỉnh", "list-item 1 7. Nhận hối lộ, môi giới hối lộ."],
    "doc-word97/QD9UB2.DOC": ["paragraph XỬ LÝ VI PHẠM TRONG TUYỂN CHỌN, XÉT CHỌN"],
    "doc-word97/THONG TU SO 01*": ["heading 5 Điều 2. Thể thức văn bản"],
    "doc-word97/Thong tu 01-2011*": ["paragraph p3 (7) Trích yếu nội dung văn bản."],
    "pdf/06-HD-TW*": ["heading 9 p1 1.2. Về trình độ học vấn"],
    "pdf/294-QD-TW*": ["paragraph p1 BAN CHẤP HÀNH TRUNG ƯƠNG",
                       "list-item 2 p34 31.2. Nguyên tắc, chế độ quản lý tài chính, tài sản của Đảng."],
    "pdf/38-HD-BTCTW*": ["paragraph p1 Số 38 - HD/BTCTW", "paragraph p1 Hà Nội, ngày 29 tháng 9 năm 2025",
                         "heading 7 p1 I. KẾT NẠP ĐẢNG VIÊN"],
    "pdf/luat-so-51-2024*": ["list-item 1 p1 1. Bổ sung khoản 9 vào sau khoản 8 Điều 2 như sau:"],
    "pdf/thong-tu-lien-tich*": ["list-item 2 p10 đ) Theo dõi, đôn đốc việc thực hiện quyết định trưng cầu giám định;"],
    "pdf/thong-tu-so-01-2021*": ["paragraph p1 Số: 01/2021/TT-BLĐTBXH", "paragraph p1 Hà Nội, ngày 03 tháng 6 năm 2021",
                                 "heading 5 p2 Điều 1. Phạm vi điều chỉnh"],
    "pdf/thong-tu-so-13-2022*": ["paragraph p1 BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"],
    "pdf/thong-tu-so-35-2021*": ["heading 5 p6 Điều 11. Quy trình đánh giá, công nhận trường cao đẳng chất lượng cao"],
    "pdf/van-ban-hop-nhat*": ["paragraph p8 Số: 468/VBHN-BLĐTBXH"],
}


def main():
    dump, formats = sys.argv[1], os.path.join(sys.argv[2], "corpus", "formats")
    if not os.path.isdir(formats):
        print(f"skipped: no {formats}")
        sys.exit(77)
    failures = []
    for pattern, expected in EXPECTED.items():
        paths = glob.glob(os.path.join(formats, pattern))
        if len(paths) != 1:
            failures.append(f"{pattern}: {len(paths)} files")
            continue
        output = subprocess.run([dump, paths[0]], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
        failures += [f"{pattern}: no '{line}'" for line in expected if line not in output]
        failures += [f"{pattern}: {line}" for line in output if line.startswith("! ") and line not in expected]
    print("\n".join(failures))
    print(f"{len(EXPECTED)} files, {len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
