#!/usr/bin/env bash
# usage: tests/eval/run.sh [BUILD_DIR]
# Prints the quality figures: every scorer in $ND_SHARED/eval (default ../shared beside the checkout) on the documents
# that have gold lists there. Says what is not there instead of failing.
#   ND_PHAPDIEN=DIR   the unpacked phapdien collection; without it, it is unpacked for the run (120 MB)
#   ND_EVAL_SKIP_GRAPH=1   leave out the scorer that needs that collection indexed
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$source/build/dev}
shared=${ND_SHARED:-$source/../shared}
PATH="$build/bin:$PATH"
[ -d "$shared/eval" ] || { echo "no scorers: $shared/eval is not there"; exit 0; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

title() { printf '\n== %s\n' "$*"; }

# ndcite exits 3 when a file was read only in part; its lines count all the same.
cite() { ndcite "$@" || [ $? -eq 3 ]; }

seeds=$(python3 -c 'import json, sys; print("\n".join(sorted({json.loads(l)["doc"] for l in open(sys.argv[1])})))' "$shared/gold/seeds.jsonl" |
    sed "s|^|$shared/corpus/party/|")
title "citations (seeds.jsonl)"
# shellcheck disable=SC2086
cite $seeds >"$scratch/citations.jsonl"
python3 "$shared/eval/score_citations.py" "$shared/gold/seeds.jsonl" "$scratch/citations.jsonl"

title "metadata (seeds-meta.jsonl)"
# shellcheck disable=SC2086
cite --header $seeds >"$scratch/headers.jsonl"
python3 "$shared/eval/score_metadata.py" "$shared/gold/seeds-meta.jsonl" "$scratch/headers.jsonl"

title "spans (law-sentences.jsonl)"
cite "$shared/corpus/law/sentences.txt" >"$scratch/spans.jsonl"
python3 "$shared/eval/score_spans.py" "$shared/gold/law-sentences.jsonl" "$scratch/spans.jsonl"

title "files in encodings of before Unicode (transcripts)"
python3 "$source/tests/eval/score_legacy.py" --summary "$shared/corpus/formats/legacy" ndindex --extract || [ $? -eq 77 ]

title "amendments (amendments-dev.tsv, on the indexed phapdien collection)"
if [ -n "${ND_EVAL_SKIP_GRAPH:-}" ]; then
    echo "left out"
else
    collection=${ND_PHAPDIEN:-$scratch/phapdien}
    [ -d "$collection" ] || python3 "$shared/bench/unpack.py" phapdien "$collection"
    ndindex -d "$scratch/index" "$collection" >/dev/null || [ $? -eq 3 ]
    ndgraph -d "$scratch/index" export --format csv >"$scratch/edges.csv"
    python3 "$shared/eval/score_graph.py" "$shared/gold/amendments-dev.tsv" "$scratch/edges.csv"
fi
