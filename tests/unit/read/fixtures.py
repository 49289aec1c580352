"""Small files of each format, made for the tests; every text in them was written for this project."""
import base64
import email.message
import io
import struct
import tarfile
import zipfile

HEAD = "TỈNH ỦY SƠN HẢI"
TITLE = "Kế hoạch thực hiện Nghị quyết về xây dựng chi bộ"
BODY = "Các cấp ủy đảng quán triệt, tổ chức thực hiện và báo cáo trước ngày 15 tháng 6."
CELLS = [["Số", "Nội dung"], ["1", "Sinh hoạt chuyên đề"]]
NOTE = "Theo hướng dẫn của Ban Tổ chức."

TCVN3 = {}
for first, letters in ((0xa1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xb5, "àảãáạ"), (0xbb, "ằẳẵắ"), (0xc6, "ặầẩẫấậè"), (0xce, "ẻẽéẹềểễếệìỉ"),
                       (0xdc, "ĩíịò"), (0xe1, "ỏõóọồổỗốộờởỡớợù"), (0xf1, "ủũúụừửữứựỳỷỹýỵ")):
    for i, letter in enumerate(letters):
        TCVN3[letter] = first + i


def tcvn3(text):
    """The bytes of text in the ABC encoding."""
    return bytes(TCVN3.get(c, ord(c) if ord(c) < 0x80 else 0x3f) for c in text)


def zipped(parts, store_first=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for i, (name, data) in enumerate(parts):
            method = zipfile.ZIP_STORED if store_first and i == 0 else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_paragraph(text, properties="", font=""):
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx():
    rows = "".join("<w:tr>" + "".join(f"<w:tc>{docx_paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for row in CELLS)
    body = (docx_paragraph(HEAD) + docx_paragraph(TITLE, '<w:pStyle w:val="Tieude"/>') + docx_paragraph(BODY) +
            docx_paragraph("Phạm vi", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') +
            docx_paragraph("Đối tượng", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') +
            docx_paragraph("Bắt đầu lại", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>') +
            docx_paragraph("Chương I</w:t><w:br/><w:t xml:space='preserve'>    QUY ĐỊNH CHUNG") +
            f"<w:tbl>{rows}</w:tbl>" +
            docx_paragraph(tcvn3("Uỷ ban nhân dân tỉnh").decode("latin-1"), font=".VnTime") +
            docx_paragraph(tcvn3("quyết định").decode("latin-1"), font=".VnTimeH") +
            docx_paragraph(tcvn3("biểu d").decode("latin-1") + "</w:t><w:softHyphen/><w:t>¬ng", font=".VnTime") +
            docx_paragraph("ô", font="Arial") +
            "<w:p><w:del><w:r><w:delText>đã bỏ</w:delText></w:r></w:del></w:p>"
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> Có, không quá </w:t></w:r>'
            '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t></w:r>'
            '<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> 5 </w:t></w:r>'
            '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t> Không</w:t></w:r></w:p>')
    styles = (f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Tieude"><w:name w:val="heading 1"/></w:style>'
              "</w:styles>")
    numbering = (f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
                 '<w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>'
                 '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
                 '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>')
    notes = f"<w:footnotes {W}><w:footnote>{docx_paragraph(NOTE)}</w:footnote></w:footnotes>"
    header = f"<w:hdr {W}>{docx_paragraph('Lưu hành nội bộ')}</w:hdr>"
    return zipped([("[Content_Types].xml", "<Types/>"), ("word/document.xml",
                   f"<w:document {W}><w:body>{body}</w:body></w:document>"), ("word/styles.xml", styles),
                   ("word/numbering.xml", numbering), ("word/footnotes.xml", notes), ("word/header1.xml", header),
                   ("word/header2.xml", header)])


R = 'xmlns:r="r"'


def relations(**targets):
    return "<Relationships>" + "".join(f'<Relationship Id="{k}" Type="x/{v.split("/")[-2][:-1]}" Target="{v}"/>'
                                       for k, v in targets.items()) + "</Relationships>"


# a number in a cell, its format by number or code, what people see
SHEET_NUMBERS = [("44728", "dd/mm/yyyy", "16/06/2022"), ("44728", 14, "16/06/2022"), ("44728.3541667", r'd\-m\-yyyy\ h:mm', "16/06/2022 08:30"),
                 ("44728.9999", "[$-42A]dd mmmm yyyy;@", "16/06/2022"), ("44713", '"Tháng "mm/yyyy', "06/2022"), ("0.125", "0.0%", "12.5%"),
                 ("0.354166667", "h:mm:ss", "08:30"), ("1.5", "[h]:mm", "36:00"), ("1", 14, "01/01/1900"),
                 ("61", "d/m/yy", "01/03/1900"), ("1234567", '#,##0 "đồng"', "1234567"), ("21", "General", "21"),
                 ("2022", 0, "2022"), ("-5", "dd/mm/yyyy", "-5"), ("1e300", "dd/mm/yyyy", "1e+300")]


def html_escape(text):
    return text.replace("&", "&amp;").replace('"', "&quot;")


def xlsx():
    strings = [c for row in CELLS for c in row]
    shared = "<sst>" + "".join(f"<si><t>{s}</t></si>" for s in strings) + (
        '<si><r><rPr><rFont val=".VnTime"/></rPr><t>' + tcvn3("tỉnh đoàn").decode("latin-1") + "</t></r></si></sst>")
    sheet = ('<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
             '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>3</v></c><c r="D2" t="s"><v>4</v></c></row>'
             '<row r="3"><c r="A3" t="inlineStr"><is><t>Cộng</t></is></c></row>' +
             "".join(f'<row r="{i + 4}"><c r="A{i + 4}" s="{i + 1}"><v>{value}</v></c></row>'
                     for i, (value, *_) in enumerate(SHEET_NUMBERS)) + '</sheetData></worksheet>')
    formats = [(n, 164 + i if isinstance(n, str) else n) for i, (_, n, _) in enumerate(SHEET_NUMBERS)]
    styles = ("<styleSheet><numFmts>" +
              "".join(f'<numFmt numFmtId="{i}" formatCode="{html_escape(code)}"/>' for code, i in formats if isinstance(code, str)) +
              '</numFmts><cellXfs><xf fontId="0"/>' + "".join(f'<xf numFmtId="{i}" fontId="0"/>' for _, i in formats) +
              "</cellXfs></styleSheet>")
    second = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Trang hai</t></is></c></row></sheetData></worksheet>'
    return zipped([("xl/workbook.xml", f'<workbook {R}><sheets><sheet r:id="b"/><sheet r:id="a"/></sheets></workbook>'),
                   ("xl/_rels/workbook.xml.rels", relations(a="worksheets/sheet1.xml", b="/xl/worksheets/second.xml")),
                   ("xl/styles.xml", styles), ("xl/sharedStrings.xml", shared), ("xl/worksheets/sheet1.xml", sheet),
                   ("xl/worksheets/second.xml", second)])


def pptx():
    def shape(text, kind):
        return (f'<p:sp><p:nvPr><p:ph type="{kind}"/></p:nvPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>'
                "</p:txBody></p:sp>")
    spaces = 'xmlns:p="p" xmlns:a="a"'
    return zipped([("ppt/presentation.xml", f'<p {R}><sldIdLst><sldId id="1" r:id="b"/><sldId id="2" r:id="a"/></sldIdLst></p>'),
                   ("ppt/_rels/presentation.xml.rels", relations(a="slides/slide1.xml", b="slides/slide2.xml")),
                   ("ppt/slides/_rels/slide1.xml.rels", relations(n="../notesSlides/notesSlide1.xml")),
                   ("ppt/slides/slide1.xml", f"<p:sld {spaces}>{shape(TITLE, 'title')}{shape(BODY, 'body')}"
                    '<p:sp><a:p><a:fld type="slidenum"><a:t>2</a:t></a:fld></a:p></p:sp></p:sld>'),
                   ("ppt/slides/slide2.xml", f"<p:sld {spaces}>{shape(HEAD, 'body')}</p:sld>"),
                   ("ppt/notesSlides/notesSlide1.xml", f"<p:notes {spaces}>{shape(NOTE, 'body')}</p:notes>")])


ODF = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:draw="d" xmlns:fo="f"'


def odf(kind, body, styles="", masters=""):
    content = f"<office:document-content {ODF}>{styles}<office:body>{body}</office:body></office:document-content>"
    master = f"<office:document-styles {ODF}><office:master-styles>{masters}</office:master-styles></office:document-styles>"
    return zipped([("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", content), ("styles.xml", master)],
                  store_first=True)


def odf_table():
    return "<table:table>" + "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row) +
        "</table:table-row>" for row in CELLS) + "</table:table>"


def odt():
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{NOTE}</text:p></text:note-body></text:note>"
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = "<text:list>" + item("Điểm", "") + "</text:list>"
    numbered = f'<text:list text:style-name="L">{item("Phạm vi", "")}{item("Đối tượng", inner)}</text:list>'
    return odf("text", f'<text:h text:outline-level="2">{TITLE}</text:h><text:p>{BODY}{note}</text:p>'
               f"<text:list><text:list-item><text:p>Một việc</text:p></text:list-item></text:list>{numbered}{numbered}{odf_table()}",
               '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-prefix="Điều "'
               ' style:num-suffix="." text:start-value="4"/><text:list-level-style-number text:level="2" style:num-format="a" '
               'style:num-suffix=")"/></text:list-style>',
               "<style:master-page><style:header><text:p>Lưu hành nội bộ</text:p></style:header><style:footer><text:p>Nơi nhận"
               "</text:p></style:footer></style:master-page>")


def ods():
    running = ("<style:header><text:p><text:sheet-name>???</text:sheet-name></text:p></style:header>"
               "<style:footer><text:p>Trang <text:page-number>1</text:page-number></text:p></style:footer>")
    return odf("spreadsheet", odf_table(), masters=f"<style:master-page>{running}</style:master-page>")


def odp():
    return odf("presentation", f"<draw:page><text:p>{TITLE}</text:p></draw:page><draw:page><text:p>{BODY}</text:p>"
               "<text:p><text:page-number>&lt;number&gt;</text:page-number></text:p></draw:page>")


def epub():
    package = ('<package><manifest><item id="a" href="a.xhtml"/><item id="b" href="b%20c.xhtml"/></manifest>'
               '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>')
    return zipped([("mimetype", "application/epub+zip"),
                   ("META-INF/container.xml", '<container><rootfile full-path="OPS/p.opf"/></container>'),
                   ("OPS/p.opf", package), ("OPS/a.xhtml", f"<html><body><p>{BODY}</p></body></html>"),
                   ("OPS/b c.xhtml", f"<html><body><h1>{TITLE}</h1></body></html>")], store_first=True)


def html():
    references = "".join(c if ord(c) < 0x80 else f"&#{ord(c)};" for c in BODY)
    menu = "".join(f"<li><a href='/{i}'>Mục {i}</a></li>" for i in range(6))
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in CELLS)
    return (f"<!DOCTYPE html><html><head><title>Cổng</title><script>var x = '<p>không</p>';</script></head><body>"
            f"<div class='top-menu'><a href='/'>Trang chủ</a></div><ul>{menu}</ul><h2>{TITLE}</h2><p>{references}<br>Hết."
            f"</p><table>{rows}</table><p style='display: none'>ẩn</p><p>© Cổng thông tin</p></body></html>").encode()


def html_styled():
    """The encoding stands in a style sheet; lines are broken by hand; a numbered list."""
    styles = "<style><!-- .cu { font-family: '.VnTime', serif } td.hoa { font: bold 12pt .VnTimeH } --></style>"
    decree, name = tcvn3("quyết định").decode("latin-1"), tcvn3("về việc thi hành điều lệ").decode("latin-1")
    return (f"<html><head><meta charset=utf-8>{styles}</head><body><table><tr><td class=hoa>{decree}</td></tr></table>"
            f"<p class='x cu'>{name}</p><p>Chương I<br>NHỮNG QUY ĐỊNH CHUNG<br>Điều 1. Phạm vi<br>{BODY}</p>"
            "<ol start=3 type=a><li>Một việc</li><li>Hai việc</li></ol><ul><li>Ba việc</li></ul></body></html>").encode()


def html_of_a_site():
    menu = "".join(f"<li><a href='/{i}'>Lĩnh vực {i}</a></li>" for i in range(5))
    return (f"<html><body><div><span>Hôm nay</span> <a href='/'>Đăng nhập</a></div><table class=leftmenu><tr><td><a href='/'>Trang chủ</a>"
            f"</td></tr></table><h3>Lĩnh vực</h3><ul>{menu}</ul><table><tr><td>ỦY BAN NHÂN DÂN</td>"
            f"<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table><h2>{TITLE}</h2><p>{BODY}</p><p>© Cổng thông tin</p>"
            "<p>Địa chỉ: Sơn Hải</p></body></html>").encode()


def html_vps():
    """VPS has letters among the control characters: 0x10 is Ị. The last one stands for nothing."""
    text = b'NGH\x10 QUY\x90T v\x8a x\xe2y d\xbfng chi b\xb6 trong s\xe5ch, \xc7\xc4y m\xe5nh ph\xe1t tri\x8bn kinh t\x89'
    return b"<html><meta charset=x-viet-vps><p>" + text + b"</p><p>a\x01b</p></html>"


def html_of_word():
    """A page that Word saved: its conditions are comments to a browser, notes stand behind the text."""
    def mark(here, there):
        return (f"<a style='mso-footnote-id:ftn1' href='#{there}' name='{here}'><span class=MsoFootnoteReference>"
                "<![if !supportFootnotes]>[1]<![endif]></span></a>")
    return (f"<html><head><meta charset=utf-8><!--[if gte mso 9]><xml>không</xml><![endif]--></head><body><![if !vml]><h1>{TITLE}</h1>"
            f"<p class=MsoNormal>{BODY[:9]}{mark('_ftnref1', '_ftn1')}{BODY[9:]}</p><p><![if !supportLists]>1.&nbsp; <![endif]>Một việc</p>"
            f"<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p>{mark('_ftn1', '_ftnref1')} {NOTE}</p></div></div>"
            f"<p>Hết.<a style='mso-endnote-id:edn1'>[i]</a> <del datetime=2024>Bỏ</del></p><div style='mso-element:endnote' id=edn1><p>{HEAD}</p></div>"
            "</body></html>").encode()


def html_of_libreoffice():
    return (f"<html><meta charset=utf-8><p>{BODY[:9]}<a class='sdfootnoteanc' href='#sdfootnote1sym'><sup>1</sup></a>{BODY[9:]}</p>"
            f"<div id='sdfootnote1'><p><a class='sdfootnotesym' href='#sdfootnote1anc'>1</a>{NOTE}</p></div>"
            f"<p>Hết.<a class='sdendnoteanc' href='#sdendnote1sym'>i</a></p>"
            f"<div id='sdendnote1'><p><a class='sdendnotesym' href='#sdendnote1anc'>i</a>{HEAD}</p></div></html>").encode()


def html_windows_1252():
    text = "".join(c if ord(c) < 0x100 else f"&#{ord(c)};" for c in BODY)
    return f"<html><meta charset=windows-1252><p>{text} &#150;</p></html>".encode("cp1252")


def rtf():
    def escaped(data):
        return "".join(f"\\'{b:02x}" if b >= 0x80 else chr(b) for b in data)
    def unicode(text):
        return "".join(c if ord(c) < 0x80 else f"\\u{ord(c)}?" for c in text)
    rows = "".join(r"\trowd\pard\intbl " + "".join(unicode(c) + r"\cell " for c in row) + r"\row " for row in CELLS)
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}{\f1\fcharset0 .VnTime;}{\f2 .VnTimeH;}"
            r"{\f3\fcharset134 SimSun;}{\f4\fcharset2 Wingdings;}}"
            r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}{\header " + unicode("Lưu hành nội bộ") + r"\par}"
            r"{\*\pgdsctbl{\pgdsc0{\footer Trang {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}}}" +
            unicode(HEAD) + r"\par\pard\s1 " + unicode(TITLE) + r"\par\pard {\listtext\pard 1.\tab}" + unicode("Một việc") + r"\par\pard "
            r"{\f2 " + escaped(tcvn3("quyết định")) + r"}\par {\f1 " + escaped(tcvn3("về việc thi hành điều lệ, hưởng ứng, d")) + "\\-" + escaped(tcvn3("ơng")) +
            r"}\par {\f3 " + escaped("档案".encode("gb2312")) + r"}\par " + unicode(BODY[:9]) + r"{\footnote " + unicode(NOTE) +
            r"}{\super\chftn{\*\footnote\chftn " + unicode("Số liệu đến cuối năm") + r"}}" + unicode(BODY[9:]) + r"{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 1}}{\shptxt\pard " + unicode("Hộp chữ") + r"\par}}}\par {\f4 \'a8} " + unicode("Có") +
            r"\par " + rows +
            r"\pard{\field{\*\fldinst PAGE}{\fldrslt 7}}\par{\*\generator X;}{\pict 0102}}").encode("ascii")


def ole(streams):
    """An OLE2 compound file with 512-byte sectors; every stream is padded so that none is a mini stream."""
    sectors, fat, entries = [], [], []

    def add(data):
        first = len(sectors)
        data += b"\0" * (-len(data) % 512)
        for i in range(0, len(data), 512):
            sectors.append(data[i:i + 512])
            fat.append(len(sectors))
        fat[-1] = 0xfffffffe
        return first

    def entry(name, kind, child, start, size, right=0xffffffff):
        raw = name.encode("utf-16-le") + b"\0\0"
        return (raw.ljust(64, b"\0") + struct.pack("<HBBIII16xI8x8xIII", len(raw), kind, 1, 0xffffffff, right, child, 0,
                                                  start, size, 0))

    for i, (name, data) in enumerate(streams):
        data = data.ljust(4096, b"\0")
        right = i + 2 if i + 1 < len(streams) else 0xffffffff
        entries.append(entry(name, 2, 0xffffffff, add(data), len(data), right))
    directory = entry("Root Entry", 5, 1, 0xfffffffe, 0) + b"".join(entries)
    first_directory = add(directory)
    fat_sector = len(sectors)
    fat.append(0xfffffffd)
    assert len(fat) <= 128
    sectors.append(b"".join(struct.pack("<I", f) for f in fat).ljust(512, b"\xff"))
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 +
              struct.pack("<HHHHH6xIIIIIIIII", 0x3e, 3, 0xfffe, 9, 6, 0, 1, first_directory, 0, 4096, 0xfffffffe, 0,
                          0xfffffffe, 0) + struct.pack("<I", fat_sector) + b"\xff" * 432)
    return header + b"".join(sectors)


def doc():
    """Word 97: an 8-bit piece in ABC fonts (with byte 0xAD, the letter ư), then a 16-bit piece with two items of a list,
    a paragraph that begins with a check box, as Word 97 writes it, and a table; a header and a footer; no styles."""
    legacy = tcvn3("Uỷ ban nhân dân tỉnh được giao việc")
    capitals = tcvn3("quyết định")
    first = legacy + b"\r" + capitals + b"\r"
    items = "Phạm vi\rĐối tượng\r"
    stories = ["", "", "", "", "", "", "", "Lưu hành nội bộ\r", "", "Nơi nhận\r", "", ""]
    second = (items + f"({BODY}\r" + "".join("".join(c + "\x07" for c in row) + "\x07" for row in CELLS)).encode("utf-16-le")
    text_at = 2048
    second_at = text_at + len(first) + len(first) % 2
    headers = "".join(stories).encode("utf-16-le")
    n1, n2, n3 = len(first), len(second) // 2, len(headers) // 2
    second += headers
    fonts = ["Times New Roman", ".VnTime", ".VnTimeH", "Wingdings"]
    table = b""

    def put(data):
        nonlocal table
        at = len(table)
        table += data
        return at, len(data)

    font_table = struct.pack("<HH", len(fonts), 0)
    for name in fonts:
        raw = b"\0" * 39 + name.encode("utf-16-le") + b"\0\0"
        font_table += bytes([len(raw)]) + raw
    stsh = put(struct.pack("<HHHHHHHHHHH", 18, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0))
    ffn = put(font_table)
    end = second_at + len(second)
    items_end = second_at + 2 * len(items)
    cuts = [text_at, text_at + len(legacy) + 1, text_at + n1, items_end, items_end + 2, end]
    page = bytearray(512)  # characters: runs in fonts 1, 2 and 0, of them one a sign of font 3
    page[511] = 5
    struct.pack_into("<6I", page, 0, *cuts)
    for i, font in enumerate((1, 2, 0, 0, 0)):
        at = 400 + 16 * i
        page[24 + i] = at // 2
        page[at:at + 9] = bytes([8]) + struct.pack("<HHHH", 0x4a4f, font, 0x4a51, font)
    page[448:455] = bytes([6]) + struct.pack("<HHH", 0x6a09, 3, 0xf0a8)
    paragraphs = bytearray(512)
    body_end = items_end + 2 * (len(BODY) + 2)
    bounds, marks, at = [text_at, second_at, items_end, body_end], [0, 3, 0], body_end
    for row in CELLS:
        at += 2 * sum(len(c) + 1 for c in row)
        bounds.append(at)
        marks.append(1)
        at += 2
        bounds.append(at)
        marks.append(2)
    bounds.append(end)
    marks.append(0)
    paragraphs[511] = len(marks)
    struct.pack_into(f"<{len(bounds)}I", paragraphs, 0, *bounds)
    for kind, sprms in ((1, struct.pack("<HB", 0x2416, 1)), (2, struct.pack("<HBHB", 0x2416, 1, 0x2417, 1)),
                        (3, struct.pack("<HBHH", 0x260a, 0, 0x460b, 1))):
        at = 384 + 32 * kind
        body = struct.pack("<H", 0) + sprms
        paragraphs[at] = 0
        paragraphs[at + 1] = (len(body) + 1) // 2
        paragraphs[at + 2:at + 2 + len(body)] = body
    for i, kind in enumerate(marks):
        paragraphs[4 * len(bounds) + 13 * i] = (384 + 32 * kind) // 2 if kind else 0
    chpx = put(struct.pack("<III", text_at, end, 2))
    papx = put(struct.pack("<III", text_at, end, 3))
    levels = struct.pack("<IB3xB", 4, 0, 6).ljust(28, b"\0") + struct.pack("<H", 7) + "Điều \0.".encode("utf-16-le")
    plf_lst = struct.pack("<H", 1) + struct.pack("<II", 77, 0).ljust(26, b"\0") + b"\1\0"
    lst = (put(plf_lst + levels)[0], len(plf_lst))
    plf_lfo = struct.pack("<I", 1) + struct.pack("<I", 77).ljust(16, b"\0")
    lfo = (put(plf_lfo + struct.pack("<I", 0xffffffff))[0], len(plf_lfo))
    ends = [sum(map(len, stories[:i])) for i in range(len(stories) + 1)]
    hdd = put(struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1))
    pieces = struct.pack("<III", 0, n1, n1 + n2 + n3) + struct.pack("<HIHHIH", 0, text_at * 2 | 0x40000000, 0, 0, second_at, 0)
    clx = put(b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    fib = bytearray(1024)
    struct.pack_into("<HH", fib, 0, 0xa5ec, 0xc1)
    struct.pack_into("<H", fib, 10, 0x0200)
    struct.pack_into("<I", fib, 0x4c, n1 + n2)
    struct.pack_into("<I", fib, 0x54, n3)
    for at, (start, size) in ((0xa2, stsh), (0xf2, hdd), (0xfa, chpx), (0x102, papx), (0x112, ffn), (0x1a2, clx), (0x2e2, lst),
                              (0x2ea, lfo)):
        struct.pack_into("<II", fib, at, start, size)
    stream = bytes(fib) + bytes(page) + bytes(paragraphs) + first
    return ole([("WordDocument", stream.ljust(second_at, b"\0") + second), ("1Table", table)])


def xls():
    """Excel 97: fonts, formats, shared strings cut by a continuation, numbers."""
    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def font(name):
        return record(0x31, b"\0" * 14 + bytes([len(name), 1]) + name.encode("utf-16-le"))

    strings = [c for row in CELLS for c in row] + [tcvn3("tỉnh đoàn").decode("latin-1")]
    packed = b"".join(struct.pack("<HB", len(s), 1) + s.encode("utf-16-le") for s in strings)
    cut = struct.pack("<II", len(strings), len(strings))
    at = 3 + 2 * len(strings[0]) + 3 + 6  # inside the second string, after three characters
    shared = record(0xfc, cut + packed[:at]) + record(0x3c, b"\x01" + packed[at:])
    globals_ = (record(0x809, struct.pack("<HH12x", 0x600, 5)) + font("Arial") + font(".VnTime") +
                record(0x22, struct.pack("<H", 0)) + record(0x41e, struct.pack("<HHB", 164, 10, 0) + b"dd/mm/yyyy") +
                record(0xe0, struct.pack("<H18x", 0)) + record(0xe0, struct.pack("<H18x", 1)) +
                record(0xe0, struct.pack("<HH16x", 0, 164)) + record(0xe0, struct.pack("<HH16x", 0, 10)) + shared + record(0x0a, b""))

    def label(row, column, xf, i):
        return record(0xfd, struct.pack("<HHHI", row, column, xf, i))

    sheet = (record(0x809, struct.pack("<HH12x", 0x600, 0x10)) + label(0, 0, 0, 0) + label(0, 1, 0, 1) +
             record(0x27e, struct.pack("<HHHI", 1, 0, 0, 1 << 2 | 2)) + label(1, 1, 0, 3) + label(1, 3, 1, 4) +
             record(0x203, struct.pack("<HHHd", 2, 0, 0, 2.5)) + record(0x203, struct.pack("<HHHd", 3, 0, 2, 44728)) +
             record(0x27e, struct.pack("<HHHI", 3, 1, 3, 125 << 2 | 3)) + record(0x0a, b""))
    return ole([("Workbook", globals_ + sheet)])


def ppt():
    def atom(kind, body, instance=0):
        return struct.pack("<HHI", instance << 4, kind, len(body)) + body

    def container(kind, body, instance=0):
        return struct.pack("<HHI", instance << 4 | 0xf, kind, len(body)) + body

    def runs(*parts):
        """Properties of a text: one paragraph, then (characters, font) each."""
        size = sum(n for n, _ in parts)
        return atom(0xfa1, struct.pack("<IHI", size, 0, 0x800) + b"\0\0" + b"".join(
            struct.pack("<IIHHH", n, 0x30001, 1, font, 24) for n, font in parts))

    fonts = container(0x7d5, b"".join(atom(0xfb7, name.encode("utf-16-le").ljust(68, b"\0"), i)
                                      for i, name in enumerate(["Arial", ".VnTime", ".VnTimeH"])))
    first, second = tcvn3("uỷ ban"), tcvn3(" được giao")
    old = (atom(0xf9f, struct.pack("<I", 1)) + atom(0xfa8, first + second) + runs((len(first), 2), (len(second) + 1, 1)))
    slides = (atom(0x3f3, b"\0" * 20) + atom(0xf9f, struct.pack("<I", 0)) + atom(0xfa0, TITLE.encode("utf-16-le")) +
              atom(0xf9f, struct.pack("<I", 1)) + atom(0xfa0, f"{BODY}\r{HEAD}".encode("utf-16-le")) +
              atom(0x3f3, b"\0" * 20) + atom(0xf9f, struct.pack("<I", 1)) + atom(0xfa8, b"Plain") + old)
    return ole([("PowerPoint Document", container(0x3e8, container(0x3f2, fonts) + container(0xff0, slides)) + b"\0" * 8)])


def pdf(lines=None, pages=1, placed=None, drawn=""):
    """Helvetica with a ToUnicode map: every letter of the lines gets a code of its own. placed holds (x, y, size, text)
    instead of lines; drawn is what the page shows beside text."""
    lines = [text for *_, text in placed] if placed else lines or [HEAD, TITLE, BODY]
    letters = sorted(set("".join(lines)))
    assert len(letters) < 200
    codes = {c: i + 32 for i, c in enumerate(letters)}
    cmap = ("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
            f"{len(letters)} beginbfchar " + " ".join(f"<{n:02x}> <{ord(c):04x}>" for c, n in codes.items()) +
            " endbfchar endcmap end").encode()
    contents = "BT /F1 12 Tf 14 TL 72 760 Td " + " ".join(
        "<" + "".join(f"{codes[c]:02x}" for c in line) + "> Tj 0 -40 Td" for line in lines) + " ET"
    if placed:
        contents = "BT " + " ".join(f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm <" + "".join(f"{codes[c]:02x}" for c in text) + "> Tj"
                                    for x, y, size, text in placed) + " ET"
    contents = drawn + contents
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 4 0 R>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
               b"<</Length %d>>stream\n%s\nendstream" % (len(contents), contents.encode())]
    kids = []
    for _ in range(pages):
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
                       b"/Resources<</Font<</F1 3 0 R>>>>>>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {pages}/Kids[{' '.join(kids)}]>>".encode()
    out, offsets = b"%PDF-1.4\n", []
    for i, body in enumerate(objects):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def pdf_with_a_note():
    return pdf(placed=[(72, 760, 14, "Các cấp ủy đảng quán triệt và tổ chức thực hiện"), (72, 740, 14, "nghị quyết ở chi bộ."),
                       (72, 104, 7, "2"), (80, 100, 11, "Theo hướng dẫn của Ban Tổ chức Tỉnh ủy về sinh hoạt chi bộ,"),
                       (72, 86, 11, "ban hành năm 2024.")])


def pdf_with_raised_marks():
    """Marks of footnotes behind a word and behind a number; a square metre is none."""
    return pdf(placed=[(72, 760, 14, "Các cấp ủy đảng quán triệt theo số liệu năm 2024"), (386.5, 766, 7, "1"),
                       (72, 740, 14, "và thực hiện ở từng chi bộ trên diện tích 5 m"), (360.7, 746, 7, "2"),
                       (72, 100, 11, "1Số liệu do Cục Thống kê công bố hằng năm.")])


def pdf_with_a_table():
    """Cells of several lines, in rules; the number of a row stands at half its height, and a cell goes over two rows."""
    rules = [f"{x} {y} {w} {h} re" for x, y, w, h in
             [(72, 700, 440, .5), (72, 680, 440, .5), (72, 620, 300, .5), (72, 580, 440, .5),
              (72, 580, .5, 120), (100, 580, .5, 120), (372, 580, .5, 120), (512, 580, .5, 120)]]
    return pdf(placed=[(72, 720, 12, "Phụ lục"), (76, 686, 12, "TT"), (200, 686, 12, "Nội dung"), (400, 686, 12, "Thời gian"),
                       (104, 664, 12, "Sơ kết việc thực hiện Nghị quyết số"), (376, 664, 12, "Quý một"), (80, 650, 12, "1"),
                       (376, 650, 12, "và quý hai"), (104, 648, 12, "21-NQ/TW của Trung ương"), (104, 632, 12, "- Ở cấp huyện"),
                       (80, 604, 12, "2"), (104, 604, 12, "Kiểm tra việc chấp hành"), (104, 590, 12, "quy định"),
                       (72, 560, 12, "Các cơ quan thực hiện.")], drawn=" ".join(rules) + " f ")


def pdf_in_a_frame():
    """A rule around the page makes no table of it."""
    return pdf(placed=[(100, 700, 12, "TỈNH ỦY"), (350, 700, 12, "ĐẢNG CỘNG SẢN"), (100, 680, 12, "Số 1"), (350, 680, 12, "Hà Lâm"),
                       (100, 660, 12, "KẾ HOẠCH"), (350, 660, 12, "công tác")], drawn="50 50 495 742 re S ")


def pdf_of_a_decision():
    return pdf(["Ban hành Quy chế phối hợp quản lý đất đai", "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;"])


# Two columns of a newspaper: paragraphs, the last of the first column going on in the second.
COLUMNS = [["Chi bộ thôn Đông họp định kỳ, bàn việc", "làm đường và vệ sinh."], ["Đảng viên góp công trong ba ngày, mỗi", "hộ một người, ai cũng", "vui."],
           ["Xã Sơn Hải mở hội nghị tổng kết năm về", "sản xuất vụ mùa, khen mười hộ làm giỏi", "của ba thôn ven sông."],
           ["Huyện ủy giao ban công tác tháng sáu và", "nghe báo cáo về thu ngân sách."]]


def pdf_with_items():
    """What word processors make of a list: its numbers before a tab."""
    return pdf(placed=[(72, 760, 12, "1."), (108, 760, 12, "Quán triệt nghị quyết ở chi bộ;"), (72, 740, 12, "-"),
                       (108, 740, 12, "Sơ kết hằng năm.")])


def pdf_in_columns():
    lines = [line for paragraph in COLUMNS * 2 for line in paragraph]
    half = len(lines) // 2 + 1
    return pdf(placed=[(72, 760, 14, "BÁO SƠN HẢI")] +
               [(72 if i < half else 250, 740 - 12 * (i % half), 9, line) for i, line in enumerate(lines)])


def mail():
    message = email.message.EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "Văn phòng <vp@example.org>"
    message["To"] = "so@example.org"
    message["Date"] = "Mon, 16 Jun 2025 08:00:00 +0700"
    message.set_content(BODY)
    message.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="ke-hoach.bin")
    inner = email.message.EmailMessage()
    inner["Subject"], inner["From"], inner["To"] = HEAD, "c@example.org", "d@example.org"
    inner.set_content("Chuyển tiếp.")
    message.add_attachment(inner)
    return bytes(message)


def saved_page():
    """A page as browsers save it, with its style sheet beside it."""
    page = f"<html><body><h1>{TITLE}</h1><p class=cu>{tcvn3('tỉnh uỷ được giao nhiệm vụ').decode('latin-1')}</p></body></html>"
    parts = [("text/html", "http://example.org/a", page.encode()),
             ("text/css", "cid:css@example.org", b".cu { font-family: '.VnTime' }"),
             ("text/html", "http://example.org/quang-cao", b"<html><body>Qu\xe1ng c\xe1o</body></html>")]
    body = b"".join(b"--b\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\nContent-Location: %s\r\n\r\n%s\r\n" %
                    (kind.encode(), place.encode(), base64.encodebytes(data)) for kind, place, data in parts)
    return (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/a\r\nSubject: Trang\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n' + body + b"--b--\r\n")


def page_of_word():
    page = (b"<html><head><style>p.MsoNormal {mso-style-parent:''; font-family:'Times New Roman'}</style></head><body>"
            b"<p class=MsoNormal>" + "".join(f"&#{ord(c)};" if ord(c) > 0x7f else c for c in BODY).encode() + b"</p></body></html>")
    return (b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Location: file:///C:/a.htm\r\n'
            b'Content-Type: text/html; charset="us-ascii"\r\n\r\n' + page + b"\r\n--b\r\nContent-Location: file:///C:/a/list.xml\r\n"
            b"Content-Type: text/xml\r\n\r\n<xml/>\r\n--b--\r\n")


def xls_5():
    """Excel 5: names and texts of 8 bits, fonts by cell."""
    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def label(row, column, xf, text):
        return record(0x204, struct.pack("<HHHH", row, column, xf, len(text)) + text)

    fonts = ["Arial", ".VnTime", ".VnTimeH"]
    book = (record(0x809, struct.pack("<HH4x", 0x500, 5)) + record(0x42, struct.pack("<H", 1252)) +
            b"".join(record(0x31, b"\0" * 14 + bytes([len(f)]) + f.encode()) for f in fonts) +
            b"".join(record(0xe0, struct.pack("<H14x", i)) for i in range(3)) + record(0x0a, b""))
    sheet = (record(0x809, struct.pack("<HH4x", 0x500, 0x10)) + label(0, 1, 1, tcvn3("tỉnh đoàn được giao")) +
             label(1, 0, 2, tcvn3("quyết định")) + record(0x0a, b""))
    return ole([("Book", book + sheet)])


def mailbox():
    def message(subject):
        return f"From vp@example.org Mon Jun 16 08:00:00 2025\nFrom: vp@example.org\nTo: a@example.org\nSubject: {subject}\n\nXin gui.\n\n"
    return (message("Thu nhat") + message("Thu hai")).encode()


def encrypted():
    return ole([("EncryptionInfo", b"\4\0\4\0"), ("EncryptedPackage", bytes(64))])


def archive():
    return zipped([("thang-6/ke-hoach.txt", BODY), ("trong/khac.zip", zipped([("a.html", html())])), ("rong/", b""),
                   ("anh.bin", bytes(range(256)) * 8), ("__MACOSX/a.txt", "x"), (".b.txt", "x")])


def archive_of_old_names():
    """Names as zip programs wrote them before Unicode, which marks its own with a flag."""
    names = [tcvn3("kế hoạch/quyết định số 5.txt"), "Résumé.txt".encode("cp437")]
    data = zipped([(letter * len(name), "x") for letter, name in zip("qz", names)])
    for letter, name in zip(b"qz", names):
        data = data.replace(bytes([letter]) * len(name), name)
    return data


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive_:
        for name, data in (("một.txt", BODY.encode()), ("hai.docx", docx())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive_.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("ba.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive_.addfile(link)
    return out.getvalue()


def xml():
    return f"<?xml version='1.0'?><kho><muc><ten>{TITLE}</ten><y>Một <b>câu</b> liền</y></muc></kho>".encode()


ALL = {f.__name__: f for f in (docx, xlsx, pptx, odt, ods, odp, epub, html, html_of_a_site, html_of_libreoffice, html_of_word, html_styled, html_vps, html_windows_1252, rtf, doc, xls, ppt, pdf, pdf_in_a_frame, pdf_in_columns, pdf_with_items, pdf_of_a_decision, pdf_with_a_note, pdf_with_a_table, pdf_with_raised_marks, mail,
                               saved_page, page_of_word, xls_5, mailbox, encrypted, archive, archive_of_old_names, tar, xml)}
