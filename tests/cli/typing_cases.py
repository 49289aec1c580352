"""Kinds of Vietnamese typing and spelling, end to end: a folder of small documents, and what each query must find.

usage: typing_cases.py NDINDEX NDSEARCH SCRATCH

A row is (query, first, never, understood). first: names of documents, the best hits in this order; names joined by '+' may stand
in any order among themselves. never: names that must not be found. understood: what the query was taken for, None when it
must be taken as typed, ANY when it does not matter. docs/vietnamese.md says why.
"""
import json
import os
import subprocess
import sys

ANY = object()

DOCUMENTS = {
    # one text in many disguises
    "nfc": "Huyện ủy họp bàn việc phát triển đảng viên mới ở vùng cao.",
    "nfd": "Thi\u0323 u\u0309y giao chi\u0309 tiêu pha\u0301t trie\u0302\u0309n đa\u0309ng viên mơ\u0301i cho chi bộ.",
    "half": "Quận ủy thưởng nơi ph\u00e1t tri\u00ea\u0309n \u0111a\u0309ng vi\u00ean m\u01a1\u0301i nhiều nhất.",
    "marks-swapped": "Đảng đoàn nêu việc phát trie\u0309\u0302n đảng viên mới.",
    "hidden": "Ban cán sự giục ph\u200bát tri\u00adển đảng\u00a0viên m\u2060ới, ghi sổ.",
    "broken-lines": "Nghị quyết nói về phát\ntriển đảng\r\nviên mới trong công nhân.",
    "dashes": "Các việc:\n- phát triển\n- đảng viên mới\n+ quản lý thẻ",
    "wide-spaces": "Đề án   phát\u2003triển\tđảng\u3000viên    mới của xã.",
    "upper": "KẾ HOẠCH PHÁT TRIỂN ĐẢNG VIÊN MỚI CỦA NHÀ MÁY",
    "eth": "\u00d0ảng bộ phát triển \u00f0ảng viên mới.",
    "african": "\u0189ảng ủy phát triển \u0256ảng viên mới.",
    "cyrillic": "Ph\u00e1t tri\u0435\u0302\u0309n đ\u0430\u0309ng vi\u00ean m\u043e\u031b\u0301i ở trường.",
    "greek": "Ph\u00e1t triển đảng viên mới, kỳ h\u03bf\u0323p này.",
    "lost": "Chi bo bao cao viec phat trien dang vien moi trong quy",
    # the same words, but not the phrase
    "apart": "Viên thuốc mới được phát; đảng phí thì triển khai thu theo quý.",
    "other-tones": "Phạt triện đang viền mời: sáu tiếng rời nhau.",
    # tone placement, i and y
    "hoa-new": "Tỉnh Hòa Bình mở lớp khỏe đẹp, tòa án xét xử, họa sĩ vẽ, bà Thúy xòe quạt, nước lũy thừa.",
    "hoa-old": "Tỉnh Hoà Bình mở lớp khoẻ đẹp, toà án xét xử, hoạ sĩ vẽ, bà Thuý xoè quạt, nước luỹ thừa.",
    "hoa-tones": "Hóa chất hỏa hoạn thùy dương lụy phiền.",
    "quy-1": "Quý vị xem nội quy, quỹ và quy chế ở phụ lục.",
    "quy-2": "Quí vị xem nội qui, quĩ và qui chế ở phụ lục.",
    "ly-1": "Địa lý, vật lý, công ty, bác sỹ, kỷ luật, mỹ thuật, hy vọng, tỷ lệ, lý do, sỹ quan.",
    "ly-2": "Địa lí, vật lí, công ti, bác sĩ, kỉ luật, mĩ thuật, hi vọng, tỉ lệ, lí do, sĩ quan.",
    "tai": "Hoa tai bằng bạc, tai nghe.",
    "tay": "Bàn tay vàng, tay nghề.",
    "mai": "Hoa mai nở sớm.",
    "may": "Thợ may áo dài.",
    "thuy": "Đường thủy nội địa.",
    "thui": "Bê thui ngon miệng.",
    "y-te": "Trạm y tế xã có ba y sĩ.",
    "i-list": "Điểm i khoản này nói về ý kiến.",
    # accents decide
    "ban-do": "Bản đồ địa hình tỷ lệ lớn.",
    "ban-do-2": "Bán đó cho nhà hàng xóm.",
    "ban-do-3": "Bạn đỏ mặt vì xấu hổ.",
    "ban-do-lost": "Ban do dia hinh ty le lon da giao",
    "tham-nhung": "Phòng, chống tham nhũng, lãng phí là việc thường xuyên.",
    "tham-nhung-lost": "Phong chong tham nhung lang phi la viec thuong xuyen",
    "tham-nhung-2": "Thăm những người già neo đơn.",
    "can-bo": "Luân chuyển cán bộ lãnh đạo, quản lý các cấp.",
    "can-bo-2": "Cân bó rau rồi trả tiền.",
    "kiem-tra": "Ủy ban kiểm tra kết luận vi phạm. Ủy ban kiểm tra họp tháng một kỳ.",
    "kiem-tra-2": "Kiếm trả nợ cho bạn.",
    "da-1": "Ông đả phá thói cửa quyền.",
    "da-2": "Đá vôi nung ở lò.",
    "da-3": "Da trâu phơi nắng.",
    "giam-sat": "Giám sát chuyên đề việc thu chi ngân sách.",
    "giam-sat-2": "Giảm sát thương khi diễn tập.",
    "bau-cu": "Bầu cử trong Đảng theo quy chế.",
    # order of results
    "step-phrase": "Quy hoạch mạng lưới chợ đầu mối đến cuối kỳ.",
    "step-near": "Mạng lưới được quy hoạch gồm các chợ đầu mối.",
    "step-all": "Quy hoạch treo làm dân khổ. " + "Chuyện ấy kể mãi không hết ở làng này từ năm nọ sang năm kia. " * 4 +
                "Mạng cá rách, lưới cá thủng, chợ đầu làng vắng, mối ăn cột đình.",
    "step-some": "Chợ phiên họp ngày rằm.",
    # questions: an article that does not repeat what its decree is about
    "q-topic": "Điều kiện mở quán karaoke: phòng cách âm, cửa kính. (Điều 4 Nghị định số 154/2019/NĐ-CP)",
    "q-topic-2": "Quản lý quán karaoke thuộc về xã. (Điều 9 Nghị định số 154/2019/NĐ-CP)",
    "q-wanted": "Giấy tờ nộp kèm đơn gồm bản vẽ và bản sao. (Điều 6 Nghị định số 154/2019/NĐ-CP)",
    "q-other": "Giấy tờ nộp kèm đơn gồm bản vẽ và bản sao. (Điều 6 Nghị định số 196/2016/NĐ-CP)",
    # sentence ends, brackets, quotes, lists
    "colon": "Nhiệm vụ: trồng rừng phòng hộ ven biển.",
    "period": "Xã đã trồng cây. Rừng ngập mặn tốt lên.",
    "bracket": "Dự án vay vốn (ưu đãi) cho hộ nghèo.",
    "semicolon": "Nuôi tôm; cá lồng; trồng nấm.",
    "quoted": "Phong trào “Dân vận khéo” lan rộng.",
    "slash": "Tổ chức/đơn vị nào cũng gửi báo cáo/tờ trình.",
    "numbered": "1. Xây dựng nông thôn mới\n2. Giảm nghèo bền vững\na) Vốn tín dụng\nb) Đào tạo nghề",
    "hyphen": "Ban Văn hóa - Xã hội họp cùng CB-ĐV và ông Nguyễn-Văn-Tám; kinh tế-xã hội tăng.",
    "hyphen-not": "Ban Văn hóa xã hội và kinh tế xã hội.",
    # citations
    "c-nq": "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 về tinh gọn bộ máy.",
    "c-nq-2": "Nghị quyết 18 NQ/TW nhắc lại việc sáp nhập.",
    "c-nq-loose": "Nhà số 18, phố NQ, khu TW cũ.",
    "c-qd": "Căn cứ Quyết định số 45- QĐ/ TW, cấp ủy thi hành Điều lệ.",
    "c-kh": "Theo Kế hoạch số 05-KH/TU của Tỉnh ủy.",
    "c-nd": "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư.",
    "c-law": "Căn cứ Luật số 52/2019/QH14.",
    "c-ctr": "Thực hiện Chương trình hành động số 62-CTr/TU.",
    "c-cv": "Công văn số 7432/UBND-XD gửi các sở.",
    "c-hd": "Hướng dẫn 31 – HD/BTCTW về sinh hoạt.",
    # abbreviations
    "a-short": "BCH TW họp; UBMTTQ và HĐND giám sát; HTCT vững; ATGT tốt; BHXH chi trả; QLNN chặt.",
    "a-bhxh": "Cơ quan bảo hiểm xã hội chi trả lương hưu.",
    "a-hdnd": "Hội đồng nhân dân bầu chủ tịch.",
    "a-atgt": "Lập lại trật tự, an toàn giao thông trên quốc lộ.",
    "a-def": "Ban chỉ đạo phòng chống cháy rừng (BCĐPCCR) gồm chín người. Tổ trồng cây phân tán (gọi tắt là TTCPT) lo giống.",
    "a-def-use": "BCĐPCCR giao ca trực; TTCPT ươm giống.",
    "a-def-long": "Tổ trồng cây phân tán nhận giống.",
    # foreign words
    "f-plural": "Hai workshops và ba meetings bàn về startups.",
    "f-ing": "Việc marketing, outsourcing được training kỹ.",
    "f-web": "Cổng dịch vụ công e-mail và website, Wi-Fi, COVID-19, ISO 9001:2015.",
    # numbers and dates
    "n-01": "Biểu mẫu 01 kèm theo, phụ lục 2, mục 3a.",
    "d-slash": "Họp lệ ngày 01/7/2025 tại hội trường.",
    "d-dash": "Phiên bế mạc ngày 01-07-2025 ở nhà văn hóa.",
    "d-dot": "Tiếp dân ngày 1.7.2025 tại trụ sở.",
    "d-words": "Tổng kết thi đua ngày 01 tháng 7 năm 2025.",
    "d-other": "Kỷ niệm ngày 7/1/2025 ở rạp.",
    "n-money": "Chi 1.250.000 đồng, tức 12,5% kế hoạch.",
    # slips
    "s-hoat": "Giờ sinh hoạt tập thể dưới cờ.",
    "s-quyet": "Biểu quyết bằng giơ tay.",
    "s-nghi": "Nghị trường nóng lên.",
    "s-cua": "Cửa khẩu của huyện.",
    "s-truong": "Nhà trường mời phụ huynh.",
    "s-duong": "Con đường liên xã.",
    "s-nguoi": "Người dân đồng thuận.",
    # names among words that look alike without accents
    "k-duty": "Thực hiện pháp luật, thực hiện pháp lệnh, thể hiện pháp quyền; ai cũng thực hiện pháp luật.",
    "k-law": "Hiến pháp là đạo luật gốc.",
    "k-lang": "Láng giềng lắng nghe; láng xi măng, lắng cặn; lang thang, lang ben; lãng phí, lãng quên; lăng kính, lăng mộ; làng, làng, lảng tránh, lảng xa; son sắt, lang son.",
    "k-lang-son": "Chợ Kỳ Lừa ở Lạng Sơn.",
}

PHRASE = "nfc+nfd+half+marks-swapped+hidden+broken-lines+dashes+wide-spaces+upper+eth+african+cyrillic+greek"
TONES = "hoa-new+hoa-old"

ROWS = {
    "one text, many codes": [
        ("\"phát triển đảng viên mới\"", PHRASE + " lost", "apart other-tones", None),
        ("phát triển đảng viên mới", PHRASE + " apart lost", "other-tones", None),
        ("\"pha\u0301t trie\u0302\u0309n \u0111a\u0309ng vie\u0302n mo\u031b\u0301i\"", PHRASE, "apart", None),
        ("\"ph\u00e1t tri\u00ea\u0309n \u0111\u1ea3ng vi\u00ean m\u01a1\u0301i\"", PHRASE, "apart", None),
        ("\"PHÁT TRIỂN ĐẢNG VIÊN MỚI\"", PHRASE, "apart", None),
        ("\"Phát Triển Đảng Viên Mới\"", PHRASE, "apart", None),
        ("\"PHA\u0301T TRIE\u0302\u0309N \u0110A\u0309NG VIE\u0302N M\u01a0\u0301I\"", PHRASE, "apart", None),
        ("\"phát\u200b tri\u00adển\u00a0đảng viên\u2009mới\"", PHRASE, "apart", None),
        ("\"\ufeffphát triển đảng\u202fviên mới\"", PHRASE, "apart", None),
        ("\"phát triển \u00f0ảng viên mới\"", PHRASE, "apart", None),
        ("\"phát triển \u00d0ảng viên mới\"", PHRASE, "apart", None),
        ("\"phát triển đảng viên m\u1edb\u0456\"", PHRASE, "apart", None),  # Ukrainian i
        ("\"phát triển đ\u0430\u0309ng viên mới\"", PHRASE, "apart", None),
        ("“phát triển đảng viên mới”", PHRASE, "apart", None),
        ("«phát triển đảng viên mới»", PHRASE, "apart", None),
        ("\"phát triển, đảng viên mới.\"", PHRASE, "apart", None),
        ("\"phát triển - đảng viên mới\"", PHRASE, "apart", None),
        ("\"phát  triển\tđảng viên   mới\"", PHRASE, "apart", None),
        ("  phát triển đảng viên mới  ", PHRASE + " apart lost", "", None),
        ("\"kỳ họp\"", "greek", "", None),
        ("\"ｐｈát triển đảng viên mới\"", PHRASE, "apart", None),  # full width
    ],
    "tone placement": [
        ("\"Hòa Bình\"", TONES, "hoa-tones", None), ("\"Hoà Bình\"", TONES, "hoa-tones", None),
        ("\"HOÀ BÌNH\"", TONES, "hoa-tones", None), ("khỏe", TONES, "hoa-tones", None), ("khoẻ", TONES, "hoa-tones", None),
        ("\"toà án\"", TONES, "", None), ("\"tòa án\"", TONES, "", None), ("\"hoạ sĩ\"", TONES, "", None),
        ("thuý", TONES, "hoa-tones", None), ("thúy", TONES, "hoa-tones", None), ("thùy", "hoa-tones", "hoa-new hoa-old", None),
        ("thuỳ", "hoa-tones", "hoa-new hoa-old", None), ("xoè", TONES, "", None), ("luỹ", TONES, "hoa-tones", None),
        ("hoá", "hoa-tones+hyphen+hyphen-not+d-dash", "hoa-new hoa-old", None), ("hỏa", "hoa-tones", "hoa-new hoa-old", None),
        ("\"huyện uỷ\"", "nfc", "", None), ("\"HUYỆN ỦY\"", "nfc", "", None), ("\"ho\u0300a bi\u0300nh\"", TONES, "", None),
        ("\"hoa\u0300 bi\u0300nh\"", TONES, "", None),
    ],
    "i and y": [
        ("\"nội qui\"", "quy-1+quy-2", "", None), ("\"nội quy\"", "quy-1+quy-2", "", None), ("quí", "quy-1+quy-2+apart", "", ANY),
        ("\"quý vị\"", "quy-1+quy-2", "", None), ("quĩ", "quy-1+quy-2", "", None), ("\"địa lí\"", "ly-1+ly-2", "", None),
        ("\"địa lý\"", "ly-1+ly-2", "", None), ("\"công ti\"", "ly-1+ly-2", "", None), ("\"bác sỹ\"", "ly-1+ly-2", "", None),
        ("\"kỉ luật\"", "ly-1+ly-2", "", None), ("\"mĩ thuật\"", "ly-1+ly-2", "", None), ("\"hi vọng\"", "ly-1+ly-2", "", None),
        ("\"tỉ lệ\"", "ly-1+ly-2+ban-do", "", None), ("\"VẬT LÍ\"", "ly-1+ly-2", "", None), ("tai", "tai", "tay", None),
        ("tay", "tay+s-quyet", "tai", None), ("hoa mai", "mai", "may", ANY), ("thợ may", "may", "mai", None), ("thui", "thui", "thuy", None),
        ("\"đường thủy\"", "thuy", "thui", None), ("\"y tế\"", "y-te", "i-list", None), ("\"ý kiến\"", "i-list", "", None),
        ("\"í kiến\"", "i-list", "", None), ("\"noi qui\"", "quy-1+quy-2", "", ANY), ("\"dia li\"", "ly-1+ly-2", "", ANY),
    ],
    "without accents": [
        ("phat trien dang vien moi", PHRASE, "", "phát triển đảng viên mới"),
        ("\"phat trien dang vien moi\"", PHRASE, "apart", "phát triển đảng viên mới"),
        ("PHAT TRIEN DANG VIEN MOI", PHRASE, "", "PHÁT TRIỂN ĐẢNG VIÊN MỚI"),
        ("tham nhung", "tham-nhung tham-nhung-lost+tham-nhung-2", "", "tham nhũng"),
        ("phong chong tham nhung", "tham-nhung", "", "phòng chống tham nhũng"),
        ("can bo", "can-bo", "", "cán bộ"), ("luan chuyen can bo", "can-bo", "", "luân chuyển cán bộ"),
        ("uy ban kiem tra", "kiem-tra", "", "ủy ban kiểm tra"), ("giam sat", "giam-sat", "", "giám sát"),
        ("\"giam sat chuyen de\"", "giam-sat", "", "giám sát chuyên đề"), ("bau cu", "bau-cu", "", "bầu cử"),
        ("ban do dia hinh", "ban-do", "", "bản đồ địa hình"), ("hoa binh", TONES, "", "hòa bình"),
        ("nong thon moi", "numbered", "", "nông thôn mới"), ("hoi dong nhan dan", "a-hdnd", "", "hội đồng nhân dân"),
        ("duong thuy noi dia", "thuy", "", "đường thủy nội địa"), ("Dang vien", PHRASE, "", "Đảng viên"),
    ],
    "accents decide": [
        ("bản đồ", "ban-do ban-do-lost", "ban-do-2 ban-do-3", None), ("\"bản đồ\"", "ban-do ban-do-lost", "ban-do-2 ban-do-3", None),
        ("bán đó", "ban-do-2", "ban-do ban-do-3", None), ("\"bạn đỏ\"", "ban-do-3", "ban-do ban-do-2", None),
        ("tham nhũng", "tham-nhung tham-nhung-lost", "tham-nhung-2", None),
        ("\"tham nhũng\"", "tham-nhung tham-nhung-lost", "tham-nhung-2", None),
        ("thăm những", "tham-nhung-2", "tham-nhung", None), ("cân bó", "can-bo-2", "can-bo", None),
        ("kiếm trả", "kiem-tra-2", "kiem-tra", None), ("giảm sát", "giam-sat-2", "", None), ("\"giảm sát\"", "giam-sat-2", "giam-sat", None),
        ("\"đả phá\"", "da-1", "da-2 da-3", None), ("đá vôi", "da-2", "da-1 da-3", None),
    ],
    "mixed, a word at a time": [
        ("phát triển dang vien mới", PHRASE, "", "phát triển đảng viên mới"),
        ("\"phat triển đảng vien moi\"", PHRASE, "apart", "phát triển đảng viên mới"),
        ("bản do", "ban-do", "", "bản đồ"), ("ban đồ", "ban-do", "", "bản đồ"), ("\"ban đồ\"", "ban-do", "ban-do-2 ban-do-3", "bản đồ"),
        ("can bộ", "can-bo", "", "cán bộ"), ("\"can bộ\"", "can-bo", "can-bo-2", "cán bộ"), ("tham nhũng lang phi", "tham-nhung", "", "tham nhũng lãng phí"),
        ("\"ủy ban kiem tra\"", "kiem-tra", "kiem-tra-2", "ủy ban kiểm tra"),
        ("hội dong nhân dân", "a-hdnd", "", "hội đồng nhân dân"),
        ("\"hoa tai\"", "tai", "", ANY),
    ],
    "prefixes": [
        ("đả*", PHRASE + "+da-1+bau-cu+apart", "da-2 da-3", None), ("thói da*", "da-1", "", None),
        ("vôi da*", "da-2", "", None), ("triể*", PHRASE + "+apart", "other-tones", None), ("nghie*", "", "", None),
        ("luan* chuyen*", "can-bo", "", ANY), ("\"lãnh đạo\" luâ*", "can-bo", "", None), ("GIÁ*", "giam-sat", "giam-sat-2", None),
        ("startu*", "f-plural", "", None),
    ],
    "slips": [
        ("sinh hoath", "s-hoat+c-hd", "", "sinh hoạt"), ("sinh họat", "s-hoat+c-hd", "", "sinh hoạt"), ("họat", "s-hoat+c-hd", "", "hoạt"),
        ("biểu quyêt", "s-quyet", "", "biểu quyết"), ("nghi trường", "s-nghi", "", ANY), ("cuả", "s-cua", "", "của"),
        ("con đừơng", "s-duong", "", "con đường"), ("nguời dân", "s-nguoi", "", "người dân"), ("trưòng", "s-truong+s-nghi", "", "trường"),
        ("tap teh", "s-hoat", "", ANY), ("khau cua huyen", "s-cua", "", "khẩu của huyện"), ("dồng thuận", "s-nguoi", "", "đồng thuận"),
        ("sinh hoạt", "s-hoat+c-hd", "", None), ("đảng viên", PHRASE, "", None), ("của", "s-cua+wide-spaces+upper+c-kh+c-nd", "", ANY),
    ],
    "typing left raw": [
        ("sinh hoatj", "s-hoat+c-hd", "", "sinh hoạt"), ("ddangr vieen", PHRASE, "", "đảng viên"), ("d9a3ng vie6n", PHRASE, "", "đảng viên"),
        ("bieeru quyeets", "s-quyet", "", "biểu quyết"), ("can1 bo65", "can-bo", "", "cán bộ"), ("hooij ddoongf nhaan daan", "a-hdnd", "", "hội đồng nhân dân"),
        ("ba3n d9o62", "ban-do", "", "bản đồ"), ("nguwowif daan", "s-nguoi", "", "người dân"), ("Ddaangr vieen", "", "", ANY),
    ],
    "order": [
        ("quy hoạch mạng lưới chợ đầu mối", "step-phrase step-near step-all", "", None),
        ("quy hoach mang luoi cho dau moi", "step-phrase step-near step-all", "", "quy hoạch mạng lưới chợ đầu mối"),
        ("\"quy hoạch mạng lưới chợ đầu mối\"", "step-phrase", "step-near step-all step-some", None),
        ("quy hoạch AND lưới AND mối", "step-near+step-phrase+step-all", "step-some", None),
        ("\"quy hoạch\" \"chợ đầu mối\"", "step-phrase+step-near", "step-some step-all", None),
        ("muốn mở quán karaoke thì giấy tờ nộp kèm đơn gồm những gì", "q-wanted q-topic+q-topic-2+q-other", "", None),
        ("mạng NEAR/3 lưới", "step-phrase+step-near+step-all", "", None),
    ],
    "lines, lists and sentence ends": [
        ("\"nhiệm vụ trồng rừng\"", "colon", "period", None), ("\"nhiệm vụ: trồng rừng\"", "colon", "period", None),
        ("\"trồng cây rừng ngập mặn\"", "period", "colon", None), ("\"vay vốn ưu đãi\"", "bracket", "", None),
        ("\"ưu đãi cho hộ nghèo\"", "bracket", "", None), ("\"vay vốn (ưu đãi) cho hộ\"", "bracket", "", None),
        ("\"nuôi tôm cá lồng\"", "semicolon", "", None), ("\"cá lồng trồng nấm\"", "semicolon", "", None),
        ("\"Dân vận khéo\"", "quoted", "", None), ("\"phong trào dân vận khéo\"", "quoted", "", None),
        ("\"tổ chức đơn vị\"", "slash", "", None), ("\"báo cáo tờ trình\"", "slash", "", None), ("\"báo cáo/tờ trình\"", "slash", "", None),
        ("\"giảm nghèo bền vững\"", "numbered", "", None), ("\"xây dựng nông thôn mới\"", "numbered", "", None),
        ("\"văn hóa xã hội\"", "hyphen+hyphen-not", "", None), ("\"văn hoá - xã hội\"", "hyphen+hyphen-not", "", None),
        ("\"văn hóa-xã hội\"", "hyphen+hyphen-not", "", None), ("\"kinh tế - xã hội\"", "hyphen+hyphen-not", "", None),
        ("kinh tế-xã hội", "hyphen+hyphen-not", "", None), ("\"Nguyễn Văn Tám\"", "hyphen", "", None), ("nguyễn-văn-tám", "hyphen", "", None),
        ("CB-ĐV", "hyphen", "", ANY), ("\"cb đv\"", "hyphen", "", ANY),
    ],
    "citations": [
        ("18-NQ/TW", "c-nq+c-nq-2", "c-nq-loose", None), ("18 NQ TW", "c-nq+c-nq-2", "c-nq-loose", None),
        ("18-nq/tw", "c-nq+c-nq-2", "c-nq-loose", None), ("số 18-NQ/TW", "c-nq+c-nq-2", "c-nq-loose", None),
        ("18/NQ-TW", "c-nq+c-nq-2", "c-nq-loose", None), ("18 – NQ / TW", "c-nq+c-nq-2", "c-nq-loose", None),
        ("18- NQ/ TW", "c-nq+c-nq-2", "c-nq-loose", None), ("18NQ/TW", "c-nq+c-nq-2", "c-nq-loose", ANY),
        ("nghị quyết 18-NQ/TW", "c-nq+c-nq-2", "c-nq-loose", None), ("Nghị quyết số 18 NQ/TW", "c-nq+c-nq-2", "c-nq-loose", None),
        ("nghi quyet 18-NQ/TW", "c-nq+c-nq-2", "c-nq-loose", ANY), ("NQ 18-NQ/TW", "c-nq+c-nq-2", "c-nq-loose", ANY),
        ("\"18-NQ/TW\"", "c-nq+c-nq-2", "c-nq-loose", None), ("45-QĐ/TW", "c-qd", "", None), ("45-QD/TW", "c-qd", "", None),
        ("45 qd tw", "c-qd", "", None), ("quyet dinh 45-qd/tw", "c-qd", "", ANY), ("5-KH/TU", "c-kh", "", None), ("05-kh/tu", "c-kh", "", None),
        ("30/2020/NĐ-CP", "c-nd", "", None), ("30/2020/ND-CP", "c-nd", "", None), ("30/2020/nd-cp", "c-nd", "", None),
        ("nghị định 30/2020/NĐ-CP", "c-nd", "", None), ("nghi dinh so 30/2020/ND-CP", "c-nd", "", ANY), ("30 2020 NĐ CP", "c-nd", "", ANY),
        ("52/2019/QH14", "c-law", "", None), ("52/2019/qh14", "c-law", "", None), ("luật 52/2019/QH14", "c-law", "", None),
        ("62-CTr/TU", "c-ctr", "", None), ("62-CTR/TU", "c-ctr", "", None), ("62 ctr tu", "c-ctr", "", None),
        ("7432/UBND-XD", "c-cv", "", None), ("31-HD/BTCTW", "c-hd", "", None), ("31 HD/BTCTW", "c-hd", "", None),
        ("18-NQ/TW tinh gọn", "c-nq", "c-nq-loose", None), ("21-NQ/TW", "", "c-nq c-nq-2 c-nq-loose", None),
    ],
    "abbreviations": [
        ("BHXH", "a-short a-bhxh", "", None), ("bảo hiểm xã hội", "a-bhxh a-short", "", None), ("bhxh", "a-short a-bhxh", "", None),
        ("HĐND", "a-short a-hdnd", "", None), ("hội đồng nhân dân", "a-hdnd a-short", "", None), ("hđnd", "a-short a-hdnd", "", None),
        ("HDND", "a-short", "", ANY), ("ATGT", "a-short a-atgt", "", None), ("an toàn giao thông", "a-atgt a-short", "", None),
        ("BCĐPCCR", "a-def+a-def-use", "", None), ("ban chỉ đạo phòng chống cháy rừng", "a-def a-def-use", "", None),
        ("\"ban chỉ đạo phòng chống cháy rừng\"", "a-def a-def-use", "", None), ("TTCPT", "a-def+a-def-use a-def-long", "", None),
        ("tổ trồng cây phân tán", "a-def+a-def-long a-def-use", "", None), ("\"bảo hiểm xã hội\"", "a-bhxh a-short", "", None),
        ("bao hiem xa hoi", "a-bhxh a-short", "", "bảo hiểm xã hội"),
    ],
    "names typed without accents": [
        ("hien phap", "k-law", "", "hiến pháp"), ("thuc hien phap luat", "k-duty", "", "thực hiện pháp luật"),
        ("lang son", "k-lang-son", "", "lạng sơn"),
    ],
    "foreign words": [
        ("workshop", "f-plural", "", None), ("workshops", "f-plural", "", None), ("meeting", "f-plural", "", None), ("startup", "f-plural", "", None),
        ("STARTUPS", "f-plural", "", None), ("trainings", "f-ing", "", None), ("outsource", "f-ing", "", None), ("website", "f-web", "", None),
        ("websites", "f-web", "", None), ("e-mail", "f-web", "", None), ("covid-19", "f-web", "", None), ("\"COVID 19\"", "f-web", "", None),
        ("wi-fi", "f-web", "", None), ("\"iso 9001\"", "f-web", "", None),
    ],
    "numbers and dates": [
        ("\"biểu mẫu 01\"", "n-01", "", None), ("\"biểu mẫu 1\"", "n-01", "", None), ("biểu mẫu 1", "n-01", "", None), ("\"phụ lục 02\"", "n-01", "", None),
        ("\"1/7/2025\"", "d-slash+d-dash+d-dot+d-words", "d-other", None), ("01/07/2025", "d-slash+d-dash+d-dot", "", None),
        ("\"01-07-2025\"", "d-slash+d-dash+d-dot+d-words", "d-other", None), ("\"1.7.2025\"", "d-slash+d-dash+d-dot+d-words", "d-other", None),
        ("\"ngày 1 tháng 7 năm 2025\"", "d-slash+d-dash+d-dot+d-words", "d-other", None),
        ("\"ngày 01/7/2025\"", "d-slash+d-dash+d-dot+d-words", "d-other", None), ("\"7/1/2025\"", "d-other", "d-slash d-dash d-dot d-words", None),
        ("\"1.250.000 đồng\"", "n-money", "", None), ("\"12,5%\"", "n-money", "", None),
    ],
}


def place_of(hits, name):
    return hits.index(name) if name in hits else None


def problem(row, hits, corrected):
    _, first, never, understood = row
    at = 0
    for group in first.split():
        names = group.split("+")
        for name in names:
            place = place_of(hits, name)
            if place is None or not at <= place < at + len(names):
                return f"{name} at {place}, not among {at}..{at + len(names) - 1}"
        at += len(names)
    for name in never.split():
        if name in hits:
            return f"{name} found"
    if understood is not ANY and corrected != understood:
        return f"understood as {corrected!r}, not {understood!r}"
    return None


def main():
    ndindex, ndsearch, scratch = sys.argv[1:4]
    folder, index, batch = (os.path.join(scratch, name) for name in ("documents", "index", "queries"))
    os.mkdir(folder)
    for name, text in DOCUMENTS.items():
        with open(os.path.join(folder, name + ".txt"), "w", encoding="utf-8", newline="") as out:
            out.write(text + "\n")
    subprocess.run([ndindex, "-d", index, folder], check=True, stdout=subprocess.DEVNULL)
    rows = [(kind, row) for kind, table in ROWS.items() for row in table]
    with open(batch, "w", encoding="utf-8") as out:
        for i, (_, row) in enumerate(rows):
            out.write(f"{i}\t{row[0]}\n")
    run = subprocess.run([ndsearch, "-d", index, "--batch", batch, "--format", "json", "-n", "100"], stdout=subprocess.PIPE, encoding="utf-8")
    answers = {answer["query_id"]: answer for answer in map(json.loads, run.stdout.splitlines())}
    failed = 0
    for i, (kind, row) in enumerate(rows):
        answer = answers.get(str(i))
        if answer is None:
            what, hits = "no answer", []
        else:
            hits = [os.path.splitext(os.path.basename(hit["path"]))[0] for hit in answer["hits"]]
            what = problem(row, hits, answer["corrected"])
        if what:
            failed += 1
            print(f"{kind}: {row[0]!r}: {what}\n  found {' '.join(hits[:18])}" + (f", understood as {answer['corrected']!r}" if answer else ""))
    print(f"{len(rows) - failed} of {len(rows)} cases")
    sys.exit(failed > 0)


main()
