#!/usr/bin/env bash
# ndcite: each line's bytes are where it says, files and standard input give the same, bad input is named and costs
# nothing else.
. "${ND_SOURCE:?}/tests/cli/lib.sh"

sample=$ND_SOURCE/corpus/sample
paper=$sample/ca-mau/63-kh-tu.txt

ndcite "$sample"/*/*.txt >"$scratch/all.jsonl"
python3 - "$scratch/all.jsonl" <<'PYTHON' || fail "a line of ndcite"
import json, sys
members = {"doc", "start", "end", "text", "kind", "type", "number", "year", "issuer", "body", "place", "date", "pinpoint", "work",
           "relation", "strength", "confidence", "rule"}
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert len(lines) >= 20, f"only {len(lines)} citations in the sample"
last = {}
for line in lines:
    assert members <= set(line), members - set(line)
    data = open(line["doc"], "rb").read()
    assert data[line["start"]:line["end"]].decode("utf-8") == line["text"], line
    assert line["start"] >= last.get(line["doc"], 0), "not in text order"
    last[line["doc"]] = line["start"]
assert any(line["work"] for line in lines)
PYTHON

# Standard input, alone and between files, is one more document.
ndcite "$paper" | sed 's/"doc":"[^"]*"//' >"$scratch/file"
ndcite - <"$paper" | sed 's/"doc":"-"//' >"$scratch/input"
expect_equal "$(sed 's/"work":[^,]*//' "$scratch/file")" "$(sed 's/"work":[^,]*//' "$scratch/input")" "citations read from standard input"
cat "$paper" | ndcite - | grep -q '"doc":"-"' || fail "a pipe as standard input"
expect_equal "$(ndcite "$paper" | wc -l)" "$(ndcite "$paper" /dev/null - </dev/null 2>/dev/null | wc -l)" "lines with empty input beside"

# The same run twice gives the same bytes.
expect_equal "$(sha256sum <"$scratch/all.jsonl")" "$(ndcite "$sample"/*/*.txt | sha256sum)" "a second run"

# --header: a line for each document.
expect_equal 2 "$(ndcite --header "$paper" "$sample/ca-mau/402-bc-tu.txt" | grep -c '"number"')" "lines of --header"

# Against an index, a citation of a document there is resolved to it.
ndindex -d "$scratch/index" "$sample" >/dev/null
ndcite -d "$scratch/index" "$paper" >"$scratch/with-index"
expect_equal "$(wc -l <"$scratch/file")" "$(wc -l <"$scratch/with-index")" "citations with -d"

# What the index knows of the works is all that counts: each of its documents alone is resolved as in the index.
for file in "$sample"/*/*.txt; do ndcite -d "$scratch/index" "$file"; done >"$scratch/alone"
python3 - "$scratch/index/catalog.sqlite" "$scratch/alone" <<'END' || fail "a document alone is resolved otherwise than in the index"
import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT f.path, m.start, m.end, w.key FROM mention m JOIN resolution r USING (document, ordinal)"
    " JOIN document d ON d.id = m.document JOIN file f ON f.id = d.file JOIN work w ON w.id = r.work")
alone = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
files = {line["doc"] for line in alone}
known = {(path.decode(), start, end): key for path, start, end, key in rows if path.decode() in files and "?" not in key}
resolved = {(line["doc"], line["start"], line["end"]): line["work"] for line in alone if line["work"] and "?" not in line["work"]}
sys.exit(not known or resolved != known)
END

# What cannot be read is named, the rest is printed.
must_fail 5 ndcite "$scratch/nowhere" "$paper"
expect_equal 1 "$(grep -c '' "$scratch/stderr")" "lines on standard error for a missing file"
expect_line "^ndcite: .*nowhere" "$scratch/stderr"
expect_equal "$(wc -l <"$scratch/file")" "$(wc -l <"$scratch/stdout")" "citations beside a missing file"
must_fail 2 ndcite
must_fail 2 ndcite --haeder "$paper"
expect_line "did you mean --header" "$scratch/stderr"
must_fail 2 ndcite --place=Atlantis "$paper"
must_fail 4 ndcite -d "$scratch/none" "$paper"
mkfifo "$scratch/pipe"
must_fail 3 timeout 10 ndcite "$scratch/pipe"
must_fail 3 ndcite "$scratch"
printf 'Thực hiện Nghị quyết số 21-NQ/TW \377\376 và Kế hoạch số 07-KH/TW' >"$scratch/damaged.txt"
must_fail 3 ndcite "$scratch/damaged.txt"
expect_equal 2 "$(wc -l <"$scratch/stdout")" "citations of a damaged file"

# A reader that goes away is no failure of ours to speak of.
ndcite "$sample"/*/*.txt 2>"$scratch/stderr" | head -1 >/dev/null || true
expect_equal "" "$(cat "$scratch/stderr")" "standard error when the reader goes away"
status=0
ndcite "$sample"/*/*.txt >/dev/full 2>"$scratch/stderr" || status=$?
expect_equal 5 "$status" "exit status when the output cannot be written"
