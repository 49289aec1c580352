#!/usr/bin/env python3
"""Measure ndsearch against Xapian's own quest, in turn, in one run.

usage: query.py INDEX QUERIES.tsv QUEST_INDEX

INDEX        an index made by ndindex
QUERIES.tsv  id <tab> kind (term, phrase, and, or, prefix, cite) <tab> text
QUEST_INDEX  a Xapian database of the same documents in words with positions, as quest expects them: omindex makes one
             (INDEX's own has no positions, and other terms beside the words)
Programs are taken from $ND_BIN. Prints median and 95th percentile of the wall time and the processor time of whole
processes (ndsearch with snippets, quest without), of queries within one process, of the start, of look-ups; the peak
memory, and the worst of hostile queries of 4 KB.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
USUAL_IMPLEMENTERS = 200  # a few plans of each of 63 provinces


def typed(kind, text):
    words = text.split()
    return {
        "phrase": f'"{text}"',
        "and": " AND ".join(words),
        "or": " OR ".join(words),
        "prefix": f"{text}*",
        "cite": f'"{text}"',
    }.get(kind, text)


def quest(index, kind, text):
    """Words as they stand, not stemmed as English; quest takes an asterisk for a prefix only when told."""
    flags = ["-f", "default,wildcard"] if kind == "prefix" else []
    return ["quest", "-d", index, "-s", "none", *flags, typed(kind, text)]


def answers(command):
    """Whether quest finds anything."""
    out = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return b"[" in out.partition(b"MSet:\n")[2]


def run(command):
    """Wall and processor milliseconds of a process, its peak memory in MB and its exit status."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    wall = (time.perf_counter() - begun) * 1000
    return wall, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def line(name, values):
    print(f"{name:44} median {percentile(values, 0.5):8.2f} ms   p95 {percentile(values, 0.95):8.2f} ms")


def hostile():
    yield "4 KB of frequent words", ("đảng viên chi bộ cơ sở " * 300).encode()[:4000].decode("utf-8", "ignore")
    yield "prefixes of one letter", " ".join(f"{c}*" for c in "abcdefghiklmnopqrstuvxy" * 30)[:4000]
    yield "phrase of 400 words", '"' + "đảng " * 400 + '"'
    yield "alternatives", " OR ".join(["đảng"] * 400)
    yield "brackets", "(" * 31 + "đảng" + ")" * 31
    yield "exclusions", "đảng " + "-chi " * 400
    yield "nearness", " NEAR/1000 ".join(["đảng"] * 200)
    yield "nested relations", "implements+:(" * 30 + "đảng" + ")" * 30
    yield "bare words", "dang vien chi bo co so " * 80
    yield "fields", "loại:KH OR " * 200 + "loại:KH"
    yield "relations in brackets", " OR ".join(f"implements:(đảng {i})" for i in range(30))
    yield "relations of every work", " OR ".join(["cited_by+:*"] * 60)
    yield "relations of many works", " OR ".join(f"cited_by:(đảng OR {i})" for i in range(12))
    yield "paths", " OR ".join(f"path:*{i}*" for i in range(60))


def implementers(ndgraph, index):
    """Works with the number of their implementers, most first: some of those that most documents rest on."""
    def ask(*arguments):
        out = subprocess.run([ndgraph, "-d", index, "-f", "json", *arguments], check=True, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL).stdout
        return json.loads(out)
    found = []
    for row in ask("missing", "-n", "60")["works"]:
        key = row["work"]["key"]
        try:
            answer = ask("implementers", key)
        except subprocess.CalledProcessError:
            continue
        found.append((sum(len(answer[section]) for section in ("certain", "uncertain", "reported")), key))
    return sorted(found, reverse=True)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    index, quest_index = sys.argv[1], sys.argv[3]
    ndsearch = os.path.join(os.environ["ND_BIN"], "ndsearch")
    ndgraph = os.path.join(os.environ["ND_BIN"], "ndgraph")
    with open(sys.argv[2], encoding="utf-8") as lines:
        rows = [row.rstrip("\n").split("\t") for row in lines]
    queries = [(kind, text) for _, kind, text in rows]

    ours, theirs, ours_cpu, theirs_cpu, memory, facets = [], [], [], [], [], []
    for _ in range(ROUNDS):
        for kind, text in queries:
            wall, cpu, peak, _ = run([ndsearch, "-d", index, "--", typed(kind, text)])
            ours.append(wall), ours_cpu.append(cpu), memory.append(peak)
            wall, cpu, _, _ = run(quest(quest_index, kind, text))
            theirs.append(wall), theirs_cpu.append(cpu)
            facets.append(run([ndsearch, "--facets", "-d", index, "--", typed(kind, text)])[0])
    n_answered = sum(answers(quest(quest_index, kind, text)) for kind, text in queries)
    print(f"{len(queries)} queries, {ROUNDS} rounds; quest finds something for {n_answered} of them")
    line("ndsearch with snippets, whole process", ours)
    line("quest without snippets, whole process", theirs)
    line("ndsearch, processor time", ours_cpu)
    line("quest, processor time", theirs_cpu)
    line("ndsearch --facets, whole process", facets)
    print(f"{'peak memory of ndsearch':44} {max(memory):15.1f} MB")

    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as batch:
        for i in range(ROUNDS):
            for j, (kind, text) in enumerate(queries):
                batch.write(f"{i}.{j}\t{typed(kind, text)}\n")
        batch.flush()
        for name, extra in (("in process, with snippets", []), ("in process, without snippets", ["-p", "0"])):
            out = subprocess.run([ndsearch, "-d", index, "-f", "json", "--batch", batch.name] + extra,
                                 check=False, stdout=subprocess.PIPE).stdout
            line(name, [json.loads(row)["seconds"] * 1000 for row in out.splitlines()])

    line("ndsearch --version", [run([ndsearch, "--version"])[0] for _ in range(50)])
    works = implementers(ndgraph, index)
    for n, key in {works[0], next((work for work in works if work[0] <= USUAL_IMPLEMENTERS), works[-1])}:
        line(f"ndgraph implementers {key}, {n} documents",
             [run([ndgraph, "-d", index, "implementers", key])[0] for _ in range(10 * ROUNDS)])
    for name, query in hostile():
        wall, cpu, peak, status = run([ndsearch, "-d", index, "--", query])
        print(f"hostile: {name:35} {wall:8.1f} ms wall {cpu:8.1f} ms cpu {peak:6.1f} MB  exit {status}")


if __name__ == "__main__":
    main()
