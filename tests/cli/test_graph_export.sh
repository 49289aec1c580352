#!/usr/bin/env bash
# Each format of `ndgraph export` is read by a program that people use for it, and says the same graph everywhere.
source "$ND_SOURCE/tests/cli/lib.sh"

index="$scratch/index"
ndindex -d "$index" "$ND_SOURCE/corpus/sample" >/dev/null
export ND_INDEX="$index"
for format in csv nodes edges jsonl graphml gexf dot svg turtle; do
    ndgraph export --format "$format" >"$scratch/graph.$format"
    ndgraph export --format "$format" | cmp - "$scratch/graph.$format" || fail "$format differs from run to run"
done
must_fail 2 ndgraph export --format xls

# Tables: a byte order mark, equal rows, every edge between nodes of the pair of tables, no edge to itself.
python3 - "$scratch" <<'PY'
import csv, json, sys
folder = sys.argv[1]
def table(name):
    raw = open(f"{folder}/graph.{name}", "rb").read()
    assert raw.startswith(b"\xef\xbb\xbf"), f"{name}: no byte order mark"
    return list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))
rows, nodes, edges = table("csv"), table("nodes"), table("edges")
lines = [json.loads(line) for line in open(f"{folder}/graph.jsonl", encoding="utf-8")]
assert len(rows) == len(lines) >= 20, (len(rows), len(lines))
columns = "source_key,source_code,target_key,target_code,relation,strength,confidence,evidence,path,start,end,rule,reported_by"
assert ",".join(rows[0]).startswith(columns), list(rows[0])
for row, line in zip(rows, lines):
    assert (row["source_key"], row["target_key"]) == (line["source"]["key"], line["target"]["key"])
    assert row["source_key"] != row["target_key"], row
    assert row["evidence"] and 0 < float(row["confidence"]) <= 1, row
    text = open(row["path"], "rb").read() if row["path"].endswith(".txt") else None
    if text: # the span is the citation, in the bytes of the file
        words = text[int(row["start"]):int(row["end"])].decode("utf-8")
        assert " ".join(words.split()) in row["evidence"], (words, row["evidence"])
ids = {node["Id"] for node in nodes}
assert len(ids) == len(nodes)
assert {e[c] for e in edges for c in ("Source", "Target")} == ids
assert {(e["Source"], e["Target"], e["Label"]) for e in edges} == {(r["source_key"], r["target_key"], r["relation"]) for r in rows}
assert sum(int(e["Weight"]) for e in edges) == len(rows)
PY
edges=$(($(wc -l <"$scratch/graph.edges") - 1))
nodes=$(($(wc -l <"$scratch/graph.nodes") - 1))

# XML: well formed; GraphML's keys are declared for nodes or edges with scalar types.
xmllint --noout "$scratch/graph.graphml" "$scratch/graph.gexf" "$scratch/graph.svg"
xpath() { xmllint --xpath "$2" "$1"; }
expect_equal "$nodes" "$(xpath "$scratch/graph.graphml" 'count(//*[local-name()="node"])')" "nodes in GraphML"
expect_equal "$edges" "$(xpath "$scratch/graph.graphml" 'count(//*[local-name()="edge"])')" "edges in GraphML"
expect_equal 0 "$(xpath "$scratch/graph.graphml" \
    'count(//*[local-name()="data"][not(@key = //*[local-name()="key"]/@id)])')" "GraphML data without a key"
expect_equal 1 "$(xpath "$scratch/graph.graphml" \
    'count(//*[local-name()="key"][@for="edge"][@attr.name="interaction"])')" "the edge key interaction"
expect_equal "$edges" "$(xpath "$scratch/graph.gexf" 'count(//*[local-name()="edge"][@kind])')" "edges in GEXF"
expect_equal "$nodes" "$(xpath "$scratch/graph.gexf" 'count(//*[local-name()="color"]/parent::*[local-name()="node"])')" \
    "coloured nodes in GEXF"

# GEXF 1.3: what its schema allows, ids that exist and occur once, and Gephi Lite's own reader says the same graph.
xmllint --noout --relaxng "$ND_SOURCE/tests/cli/gexf.rng" "$scratch/graph.gexf" 2>"$scratch/gexf.errors" ||
    { head -5 "$scratch/gexf.errors" >&2; fail "the GEXF is not valid"; }
python3 - "$scratch/graph.gexf" <<'PY'
import sys, xml.etree.ElementTree as tree
ns = "{http://gexf.net/1.3}"
root = tree.parse(sys.argv[1]).getroot()
nodes = [n.get("id") for n in root.iter(ns + "node")]
edges = [e.get("id") for e in root.iter(ns + "edge")]
assert len(set(nodes)) == len(nodes) and len(set(edges)) == len(edges)
assert all(e.get(end) in set(nodes) for e in root.iter(ns + "edge") for end in ("source", "target"))
parallel = [(e.get("source"), e.get("target"), e.get("kind")) for e in root.iter(ns + "edge")]
assert len(set(parallel)) == len(parallel), "parallel edges of one kind"
assert any(n.get("start") for n in root.iter(ns + "node"))
for kind in ("node", "edge"):
    block = next(b for b in root.iter(ns + "attributes") if b.get("class") == kind)
    ids = {a.get("id") for a in block}
    assert all(v.get("for") in ids for n in root.iter(ns + kind) for v in n.iter(ns + "attvalue"))
PY
modules="$ND_SOURCE/build/node/node_modules"
if command -v node >/dev/null && [ -d "$modules/graphology-gexf" ]; then
    node "$ND_SOURCE/tests/cli/read_gexf.mjs" "$modules" "$scratch/graph.gexf" >"$scratch/graphology"
    python3 - "$scratch" <<'PY'
import csv, sys
folder = sys.argv[1]
def table(name):
    return list(csv.DictReader(open(f"{folder}/graph.{name}", encoding="utf-8-sig", newline="")))
want = [["edge", r["Source"], r["Target"], r["Label"], r["Weight"], "true"] for r in table("edges")]
want += [["node", r["Id"], r["Label"], r["Cited"], "true", "true", "true"] for r in table("nodes")]
got = [line.rstrip("\n").split("\t") for line in open(f"{folder}/graphology", encoding="utf-8")]
assert sorted(got) == sorted(want), [row for row in got if row not in want][:3]
PY
else
    echo "skipped: graphology is not installed (./quickstart test installs it)"
fi

# Graphviz and raptor read what is theirs.
dot -Tcanon "$scratch/graph.dot" | grep -c -- '->' >"$scratch/arrows"
expect_equal "$edges" "$(cat "$scratch/arrows")" "arrows that graphviz reads"
rapper -q -i turtle -o ntriples "$scratch/graph.turtle" >"$scratch/triples"
expect_line 'eli/ontology#ensures_implementation_of' "$scratch/triples"
expect_line 'ns/prov#wasQuotedFrom' "$scratch/triples"

# A query restricts every format to what the documents it finds say.
ndgraph export 'level:provincial' --format edges >"$scratch/part"
cmp <(ndgraph export 'NOT zzzz' --format edges) <(ndgraph export --format edges) || fail "a query for all is not all"
part=$(($(wc -l <"$scratch/part") - 1))
[ "$part" -gt 0 ] && [ "$part" -lt "$edges" ] || fail "a query left $part of $edges edges"
