#!/usr/bin/env python3
"""Hostile and damaged files: each costs itself, never the run, the time or the memory.

usage: test_hostile.py READ_DUMP
Every case says which diagnostics must appear; a crash of the extractor is only allowed where a case names it.
"""
import gzip
import io
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import fixtures
from fixtures import BODY

SECONDS = 20  # a case must be over by then


def bomb(size=300 << 20):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("nhiều.txt", "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(b"0" * (1 << 20))
    return out.getvalue()


def nested_zip(depth):
    data, name = BODY.encode(), "a.txt"
    for _ in range(depth):
        data, name = fixtures.zipped([(name, data)]), "b.zip"
    return data


def many_members(count):
    return fixtures.zipped([(f"{i}.txt", "x") for i in range(count)])


def docx_with(document):
    return fixtures.zipped([("word/document.xml", document)])


W = fixtures.W
LAUGHS = "<!DOCTYPE l [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(9)) + "]>"
EXTERNAL = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://192.0.2.1/'>%y;]>"

# name, bytes, diagnostics that must appear ("" for none at all), text that must not appear
CASES = [
    ("zip bomb", bomb, {"archive-limit"}, None),
    ("gzip bomb", lambda: gzip.compress(b"0" * (200 << 20)), {"archive-limit"}, None),
    ("docx whose part is a bomb", lambda: docx_with(f"<w:document {W}>" + " " * (300 << 20)), {"damaged"}, None),
    ("archives nested too deep", lambda: nested_zip(8), {"archive-limit"}, None),
    ("archives nested deep", lambda: nested_zip(3), set(), None),
    ("an archive of many members", lambda: many_members(5000), set(), None),
    ("XML entity expansion", lambda: f"<?xml version='1.0'?>{LAUGHS}<l>&j;</l>".encode(), None, "hahahahahaha" * 100),
    ("XML external entities", lambda: f"<?xml version='1.0'?>{EXTERNAL}<l>&x;</l>".encode(), None, "root:"),
    ("docx with entities", lambda: docx_with(f"{LAUGHS}<w:document {W}><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:document>"),
     None, "hahahahahaha" * 100),
    ("HTML nested deep", lambda: b"<html>" + b"<div>" * 200000 + BODY.encode(), set(), None),
    ("HTML tables nested deep", lambda: b"<html>" + b"<table><tr><td>" * 20000 + BODY.encode(), set(), None),
    ("XML nested deep", lambda: b"<?xml version='1.0'?>" + b"<a>" * 100000, {"damaged"}, None),
    ("RTF nested deep", lambda: b"{\\rtf1 " + b"{" * 500000 + b"x", {"damaged"}, None),
    ("RTF that claims a huge binary", lambda: b"{\\rtf1 a\\bin2000000000 b}", {"damaged"}, None),
    ("PDF that is its own parent", lambda: fixtures.pdf().replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]"), None, None),
    ("an attribute of 20 megabytes", lambda: b"<html><p class='" + b"menu " * (4 << 20) + b"'>x</p>", set(), None),
    ("one line of 30 megabytes", lambda: b"a" * (30 << 20) + b"\xe1", None, None),
    ("only zeros", lambda: bytes(1 << 20), {"unsupported"}, None),
    ("random bytes", lambda: random.Random(7).randbytes(1 << 20), None, None),
    ("mail nested deep", lambda: b"From: a\nTo: b\nSubject: c\nMIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2000)), None, None),
]


def without_directory(data):
    """A zip file that ends where its directory would begin."""
    return data[:data.index(b"PK\x01\x02")]


def locked_odt():
    return fixtures.zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", bytes(range(256))),
                            ("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")], store_first=True)


def locked_ppt():
    user = struct.pack("<HHIII", 0, 0xff6, 24, 20, 0xf3d1c4df)
    return fixtures.ole([("PowerPoint Document", bytes(100)), ("Current User", user)])


def locked_xls():
    return fixtures.ole([("Workbook", struct.pack("<HHHH12xHHH", 0x809, 16, 0x600, 5, 0x2f, 2, 0))])


# name, bytes, the one diagnostic, text that must appear
BROKEN = [
    ("docx without its end", lambda: without_directory(fixtures.docx()), "damaged", BODY),
    ("odt without its end", lambda: without_directory(fixtures.odt()), "damaged", BODY),
    ("xlsx without its end", lambda: without_directory(fixtures.xlsx()), "damaged", "Sinh hoạt chuyên đề"),
    ("pptx without its end", lambda: without_directory(fixtures.pptx()), "damaged", BODY),
    ("epub without its end", lambda: without_directory(fixtures.epub()), "damaged", BODY),
    ("doc without its end", lambda: fixtures.doc()[:-1024], "damaged", BODY),
    ("zip without its end", lambda: without_directory(fixtures.archive()), "unsupported", BODY),
    ("rtf without its end", lambda: fixtures.rtf()[:-200], "damaged", BODY),
    ("odt with a password", locked_odt, "encrypted", ""),
    ("ppt with a password", locked_ppt, "encrypted", ""),
    ("xls with a password", locked_xls, "encrypted", ""),
]


def check(failures, name, condition, what):
    if not condition:
        failures.append(f"{name}: {what}")


def codes_of(output):
    return {line[2:] for line in output.splitlines() if line.startswith("! ")}


def run(dump, *arguments):
    start = time.monotonic()
    result = subprocess.run([dump, "--timeout", "15", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return result, time.monotonic() - start


def check_cases(dump, folder, failures):
    for name, make, diagnostics, forbidden in CASES:
        path = os.path.join(folder, "hostile")
        with open(path, "wb") as out:
            out.write(make())
        result, seconds = run(dump, path)
        output = result.stdout.decode("utf-8", "replace")
        codes = codes_of(output)
        check(failures, name, result.returncode == 0, f"status {result.returncode}: {result.stderr.decode()[-300:]}")
        check(failures, name, output.startswith("= "), "no document came out")
        check(failures, name, seconds < SECONDS, f"took {seconds:.1f} s")
        check(failures, name, not codes & {"crashed", "timeout", "no-extractor"}, f"diagnostics {sorted(codes)}")
        if diagnostics is not None:
            check(failures, name, diagnostics == codes if not diagnostics else diagnostics <= codes,
                  f"diagnostics {sorted(codes)}, not {sorted(diagnostics)}")
        check(failures, name, not forbidden or forbidden not in output, "text came out that must not")


def check_broken(dump, folder, failures):
    """What is left of a file comes out, and what is wrong with it."""
    for name, make, code, text in BROKEN:
        path = os.path.join(folder, "broken")
        with open(path, "wb") as out:
            out.write(make())
        output = run(dump, path)[0].stdout.decode()
        check(failures, name, code in codes_of(output), f"diagnostics {sorted(codes_of(output))}")
        check(failures, name, text in output, f"no '{text}' in {output[:300]}")


def damaged(data, seed):
    """Truncated, or some bits flipped."""
    choice = random.Random(seed)
    if seed % 2:
        return data[:choice.randrange(1, len(data))]
    changed = bytearray(data)
    for _ in range(choice.randrange(1, 30)):
        changed[choice.randrange(len(changed))] ^= 1 << choice.randrange(8)
    return bytes(changed)


def check_damage(dump, folder, failures, rounds):
    """Every format, cut short or with flipped bits: some document or diagnostic, no crash, the next file unharmed."""
    good = os.path.join(folder, "good.docx")
    with open(good, "wb") as out:
        out.write(fixtures.docx())
    for name, make in fixtures.ALL.items():
        data, paths = make(), []
        for seed in range(rounds):
            paths.append(os.path.join(folder, f"{name}-{seed}"))
            with open(paths[-1], "wb") as out:
                out.write(damaged(data, seed))
        result, seconds = run(dump, *paths, good)
        output = result.stdout.decode("utf-8", "replace")
        check(failures, f"damaged {name}", result.returncode == 0, f"status {result.returncode}")
        check(failures, f"damaged {name}", output.rstrip().endswith("page-header Lưu hành nội bộ"), "harmed the next file")
        bad = codes_of(output) & {"crashed", "timeout", "no-extractor"}
        check(failures, f"damaged {name}", not bad, f"diagnostics {sorted(bad)}")
        check(failures, f"damaged {name}", seconds < SECONDS, f"took {seconds:.1f} s")


def check_special_files(dump, folder, failures):
    fifo = os.path.join(folder, "fifo")
    os.mkfifo(fifo)
    for name, path in (("a FIFO", fifo), ("a device", "/dev/zero"), ("a folder", folder)):
        result, seconds = run(dump, path)
        check(failures, name, codes_of(result.stdout.decode()) == {"not-a-file"} and seconds < 5, result.stdout)
    sparse = os.path.join(folder, "sparse")
    for size, code in ((200 << 20, "unsupported"), (1 << 40, "file-too-large")):
        with open(sparse, "wb") as out:
            out.truncate(size)
        result, seconds = run(dump, sparse)
        check(failures, f"a sparse file of {size} bytes", codes_of(result.stdout.decode()) == {code}, result.stdout)
        check(failures, f"a sparse file of {size} bytes", seconds < SECONDS, f"took {seconds:.1f} s")


def check_changing_file(dump, folder, failures):
    """Files that grow and shrink while they are read, as text and in the worker."""
    stop = threading.Event()
    names = {"text": BODY.encode() * 2000, "html": fixtures.html() * 200}
    paths = [os.path.join(folder, f"changing.{name}") for name in names]
    for path, data in zip(paths, names.values()):
        with open(path, "wb") as out:
            out.write(data)

    def change():
        while not stop.is_set():
            for path, data in zip(paths, names.values()):
                os.truncate(path, 100)
                with open(path, "ab") as out:
                    out.write(data)

    thread = threading.Thread(target=change)
    thread.start()
    for _ in range(10):
        result, _ = run(dump, *paths)
        check(failures, "files changing while read", result.returncode == 0, f"status {result.returncode}")
    stop.set()
    thread.join()


def check_limits(dump, folder, failures):
    """A worker that gets too little memory or time costs its file only."""
    big, good = os.path.join(folder, "big.html"), os.path.join(folder, "good.html")
    with open(big, "wb") as out:
        out.write(b"<html>" + "<p>Một đoạn văn dài.</p>".encode() * 400000)
    with open(good, "wb") as out:
        out.write(fixtures.html())
    limits = ["--memory", str(160 << 20)] if "ND_SANITIZED" not in os.environ else []
    result = subprocess.run([dump, *limits, "--timeout", "0", big, good], stdout=subprocess.PIPE)
    check(failures, "too little memory", result.returncode == 0 and "heading 2" in result.stdout.decode(), "lost the next")


def main():
    dump, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 6
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        check_cases(dump, folder, failures)
        check_broken(dump, folder, failures)
        check_damage(dump, folder, failures, rounds)
        check_special_files(dump, folder, failures)
        check_changing_file(dump, folder, failures)
        check_limits(dump, folder, failures)
    print("\n".join(failures))
    print(f"{len(CASES)} hostile files, {len(BROKEN)} broken or locked, {len(fixtures.ALL)} formats damaged {rounds} ways: {len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
