#!/usr/bin/env python3
"""Pictures of text: alone, as pages of a PDF, inside archives; with tesseract, and the remark without it.

usage: test_ocr.py READ_DUMP PAGE_IMAGE
Exit 77 (skipped) where tesseract or its Vietnamese model is not installed.
"""
import os
import subprocess
import sys
import tempfile

import fixtures

LINES = ["ỦY BAN NHÂN DÂN TỈNH SƠN HẢI", "Kế hoạch thực hiện nghị quyết của Tỉnh ủy", "Các sở, ban, ngành báo cáo trước ngày 15"]


def words(text):
    return text.replace("⏎", " ").split()


def documents(output):
    """[(member, diagnostics, text)] of what read_dump prints."""
    found = []
    for line in output.splitlines():
        if line.startswith("= "):
            found.append((line[2:].split("|")[0], set(), []))
        elif line.startswith("! "):
            found[-1][1].add(line[2:])
        else:
            found[-1][2].append(line)
    return [(member, codes, " ".join(text)) for member, codes, text in found]


def check(failures, name, got, member, codes):
    """One document of that member with those diagnostics and nearly all words of LINES."""
    same = [d for d in got if d[0] == member]
    if len(same) != 1 or same[0][1] != codes:
        failures.append(f"{name}: {got}")
        return
    expected = words(" ".join(LINES))
    right = sum(word in words(same[0][2]) for word in expected)
    if right < 0.9 * len(expected):
        failures.append(f"{name}: {right} of {len(expected)} words in '{same[0][2]}'")


def main():
    dump, page_image = sys.argv[1:3]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        def draw(kind, name):
            path = os.path.join(folder, name)
            # fontconfig keeps what it loaded to the end, which is no leak of ours
            environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
            subprocess.run([page_image, kind, path, *LINES], check=True, env=environment)
            return path

        def read(path):
            run = subprocess.run([dump, path], stdout=subprocess.PIPE, check=True)
            return documents(run.stdout.decode())

        png, scan, mixed = draw("png", "a.png"), draw("scan", "b.pdf"), draw("pdf", "c.pdf")
        if any("needs-ocr" in codes for _, codes, _ in read(png)):
            print("skipped: tesseract with vie is not installed")
            sys.exit(77)
        check(failures, "a picture", read(png), "", {"ocr"})
        check(failures, "a scan", read(scan), "", {"ocr"})
        check(failures, "a page of text and a scan", read(mixed), "", {"ocr"})
        pages = {line.split()[1] for line in subprocess.run([dump, mixed], stdout=subprocess.PIPE).stdout.decode().splitlines()
                 if line.startswith("paragraph p")}
        if pages != {"p1", "p2"}:
            failures.append(f"a page of text and a scan: pages {sorted(pages)}")
        archive = os.path.join(folder, "d.zip")
        with open(archive, "wb") as out:
            out.write(fixtures.zipped([("x.txt", fixtures.BODY), ("trong/a.png", open(png, "rb").read()),
                                       ("e.zip", fixtures.zipped([("b.pdf", open(scan, "rb").read())]))]))
        got = read(archive)
        check(failures, "a picture in an archive", got, "trong/a.png", {"ocr"})
        check(failures, "a scan in an archive in an archive", got, "e.zip!b.pdf", {"ocr"})
        if sorted(d[0] for d in got) != ["e.zip!b.pdf", "trong/a.png", "x.txt"]:
            failures.append(f"an archive: {[d[0] for d in got]}")
    print("\n".join(failures))
    print(f"6 pictures of text: {len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
