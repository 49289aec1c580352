#!/usr/bin/env python3
"""Write the seed files of the reader's fuzz targets from the fixtures of its tests.

usage: make_read_seeds.py
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "unit", "read"))
import fixtures  # noqa: E402

TEXTS = {
    "tcvn3": fixtures.tcvn3(fixtures.BODY), "utf8": fixtures.BODY.encode(), "utf16": fixtures.BODY.encode("utf-16"),
    "mojibake": fixtures.tcvn3(fixtures.BODY).decode("latin-1").encode(), "windows-1251": "Собрание рабочих".encode("cp1251"),
    "viqr": b"Dda?ng bo^. ti?nh ban ha`nh nghi. quye^'t ve^` co^ng ta'c ca'n bo^., tha'ng 6.",
    "glued": "LUẬTĐẶC XÁ, Đ Ặ C X Á, đặc x\ufffd của luật đặc xá. Chương IQUY ĐỊNH".encode(), "utf32": fixtures.BODY.encode("utf-32"),
    "gb18030": "中华人民共和国的档案工作，是国家和人民的大事。".encode("gb18030"),
    "vni": "Ñaûng boä tænh ban haønh nghò quyeát".encode("latin-1"),
    "mixed": fixtures.BODY.encode() + b"\n" + fixtures.tcvn3(fixtures.BODY) + b"\n| a | b |\n|---|---|\n| 1 | 2 |\n",
}
TARGETS = {
    "fuzz_read_text": TEXTS,
    "fuzz_read_html": {"page": fixtures.html(), "windows-1252": fixtures.html_windows_1252(), "styled": fixtures.html_styled(),
                       "site": fixtures.html_of_a_site()},
    "fuzz_read_rtf": {"rtf": fixtures.rtf()},
    "fuzz_read_doc": {"doc": fixtures.doc()},
    "fuzz_read_xls": {"xls": fixtures.xls()},
    "fuzz_read_container": {name: make() for name, make in fixtures.ALL.items()}
                           | {"docx-cut": fixtures.docx()[:-600], "doc-cut": fixtures.doc()[:-1024]},
}


def main():
    for target, seeds in TARGETS.items():
        folder = os.path.join(HERE, "seeds", target)
        os.makedirs(folder, exist_ok=True)
        for name, data in seeds.items():
            with open(os.path.join(folder, name), "wb") as out:
                out.write(data)


if __name__ == "__main__":
    main()
