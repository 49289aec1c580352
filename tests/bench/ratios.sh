#!/usr/bin/env bash
# usage: ratios.sh BIN FOLDER [TURNS]
# Indexes FOLDER with BIN/ndindex and with the peers of $ND_SHARED/bench/peers in turn, TURNS times (3), and prints the ratio
# of the medians, the size of our index against the text, and our peak memory. One sitting, one machine: only ratios
# mean anything. The folder for speed is made by make_corpus.py (2000 documents of 25 to 50 KB, seed 10).
set -euo pipefail
[ $# -ge 2 ] || { sed -n 2,5p "$0" >&2; exit 2; }
bin=$1 folder=$2 turns=${3:-3}
peers=${ND_SHARED:?the folder with bench/peers}/bench/peers
work=$(mktemp -d "${TMPDIR:-/tmp}/ndsearch-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

# timed NAME COMMAND...: wall seconds and peak kilobytes, one line of $work/NAME each
timed() {
    local name=$1
    shift
    /usr/bin/time -o "$work/time" -f '%e %M' "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    cat "$work/time" >>"$work/$name"
}

# median NAME COLUMN
median() { sort -g -k"$2,$2" "$work/$1" | awk -v c="$2" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }

for ((turn = 0; turn < turns; turn++)); do
    rm -rf "$work/index" "$work/fts.db"
    timed ours "$bin/ndindex" -d "$work/index" "$folder"
    timed fts5 python3 "$peers/sqlite_fts5.py" index "$folder" "$work/fts.db"
done
text=$(find "$folder" -type f -printf '%s\n' | awk '{ s += $1 } END { print s }')
size=$(find "$work/index" -type f -printf '%s\n' | awk '{ s += $1 } END { print s }')
awk -v ours="$(median ours 1)" -v peer="$(median fts5 1)" -v kb="$(median ours 2)" -v text="$text" -v size="$size" 'BEGIN {
    printf "text %.1f MB; ndindex %.2f s, SQLite FTS5 %.2f s: ratio %.2f\n", text / 1e6, ours, peer, ours / peer
    printf "index %.1f MB: %.2f of the text; peak memory %.0f MB\n", size / 1e6, size / text, kb / 1024
}'
