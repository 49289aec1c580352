#!/usr/bin/env bash
# The graph after any sequence of updates is, byte for byte, the graph of an index built at once; the other way
# round, a rebuilt graph is the one that updates had left.
source "$ND_SOURCE/tests/cli/lib.sh"

sample="$ND_SOURCE/corpus/sample"
mapfile -t documents < <(cd "$sample" && find . -name '*.txt' -o -name '*.html' -o -name '*.docx' | LC_ALL=C sort)
[ "${#documents[@]}" -ge 10 ] || fail "the sample has ${#documents[@]} documents only"

# Every place where an order or a count could show: edges with evidence, works, names of both.
graph_of() {
    ndgraph -d "$1" export --format jsonl
    ndgraph -d "$1" export --format nodes
    ndgraph -d "$1" export --format edges
}

add() { mkdir -p "$scratch/in/$(dirname "$1")" && cp "$sample/$1" "$scratch/in/$1"; }
update() { ndindex -d "$1" "$scratch/in" >/dev/null; }

# Adds the documents one run at a time, in the order given, with an edit and a removal that are taken back.
grow() {
    local index=$1
    shift
    rm -rf "$scratch/in"
    mkdir -p "$scratch/in"
    for document in "$@"; do
        add "$document"
        update "$index"
    done
    printf '\nCăn cứ Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương khóa XII.\n' \
        >>"$scratch/in/$1"
    rm "$scratch/in/$2"
    update "$index"
    add "$1"
    add "$2"
    update "$index"
}

forwards=("${documents[@]}")
backwards=()
for document in "${documents[@]}"; do backwards=("$document" "${backwards[@]}"); done

grow "$scratch/forwards" "${forwards[@]}"
graph_of "$scratch/forwards" >"$scratch/forwards.graph"
grow "$scratch/backwards" "${backwards[@]}"
graph_of "$scratch/backwards" >"$scratch/backwards.graph"
update "$scratch/once"
graph_of "$scratch/once" >"$scratch/once.graph"
[ "$(wc -l <"$scratch/once.graph")" -ge 60 ] || fail "the sample has hardly any edges"

cmp "$scratch/once.graph" "$scratch/forwards.graph" || fail "adding one by one gives another graph than all at once"
cmp "$scratch/once.graph" "$scratch/backwards.graph" || fail "the order of adding changes the graph"

ndindex -d "$scratch/forwards" --rebuild-graph >/dev/null
graph_of "$scratch/forwards" >"$scratch/rebuilt.graph"
cmp "$scratch/forwards.graph" "$scratch/rebuilt.graph" || fail "a rebuild gives another graph than the updates"
