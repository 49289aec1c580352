#!/usr/bin/env python3
"""Whether the cost of reading citations grows with the length of the text alone: MB/s of texts of 1, 10 and 100 MB.

usage: linear.py SPEED

SPEED is the benchmark program build/release/tests/bench/speed. The texts: the sample collection again and again, each
time with other numbers, as one document; and a text of digits, of slashes, of one type word without end.
"""
import os
import re
import subprocess
import sys
import tempfile

SIZES_MB = (1, 10, 100)
ENDLESS = {"digits": "0123456789", "slashes": "/", "a type word": "Nghị quyết số ", "codes without issuer": "21-NQ/"}


def sample(size):
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../corpus/sample")
    texts = []
    for where, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".txt"):
                with open(os.path.join(where, name), encoding="utf-8", errors="replace") as text:
                    texts.append(text.read())
    parts, n, turn = [], 0, 0
    while n < size:
        for text in texts:
            part = re.sub(r"\d+", lambda found: str((int(found[0]) + turn) % 10 ** len(found[0])).zfill(len(found[0])), text)
            parts.append(part.encode())
            n += len(parts[-1])
        turn += 1
    return b"".join(parts)[:size].decode(errors="ignore").encode()


def measure(speed, text):
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(text)
        file.flush()
        line = subprocess.run([speed, file.name], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    found = re.search(r"(\d+) citations, (\S+) MB/s", line)
    return int(found[1]), found[2]


def main():
    speed = sys.argv[1]
    makers = {"sample documents": sample}
    for name, unit in ENDLESS.items():
        makers[name] = lambda size, unit=unit.encode(): (unit * (size // len(unit) + 1))[:size].decode(errors="ignore").encode()
    for name, make in makers.items():
        for size in SIZES_MB:
            n, rate = measure(speed, make(size * 1_000_000))
            print(f"{name:22} {size:4} MB: {rate:>5} MB/s, {n} citations", flush=True)


main()
