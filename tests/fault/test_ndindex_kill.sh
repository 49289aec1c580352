#!/usr/bin/env bash
# ndindex killed at any moment: the index answers with its last committed state, the next run goes on from there, and
# in the end it is the index of a run that was never disturbed.
#   ND_KILLS=N   how many kills each case gets (default 3)
. "${ND_SOURCE:?}/tests/cli/lib.sh"

kills=${ND_KILLS:-3}
papers=$scratch/papers
index=$scratch/index
mkdir "$papers"
# Enough copies, each with words of its own, that a run takes long enough to be met in the middle.
python3 - "$ND_SOURCE/corpus/sample" "$papers" <<'PYTHON'
import os, sys
source, target = sys.argv[1:]
n = 0
for where, _, names in sorted(os.walk(source)):
    for name in sorted(names):
        if not name.endswith(".txt"):
            continue
        data = open(os.path.join(where, name), "rb").read()
        for i in range(12):
            n += 1
            with open(os.path.join(target, f"{n:04d}.txt"), "wb") as f:
                f.write(data + f"\n\nBản sao thứ {i} của văn bản {name}, từ{n} riêng{i}.\n".encode() * 60)
PYTHON

state_of() {
    python3 "$ND_SOURCE/tests/cli/dump_index.py" "$1"
    for query in 'sinh hoạt' 'sinh hoat chi bo' 'từ17' 'riêng3' '"nghị quyết"'; do
        ndsearch -d "$1" --format paths -n 5000 "$query" | LC_ALL=C sort || [ $? -eq 1 ]
    done
}

start=$(date +%s%N)
ndindex -d "$scratch/clean" "$papers" >/dev/null
whole_us=$((($(date +%s%N) - start) / 1000))
state_of "$scratch/clean" >"$scratch/want"

# kill_at MICROSECONDS: starts a run and kills it then. A run that was quicker is no failure.
kill_at() {
    setsid ndindex -d "$index" "$papers" >"$scratch/killed" 2>&1 &
    local pid=$!
    sleep "$(printf '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

# finishes WHAT: the next run succeeds and the result is the clean index.
finishes() {
    ndindex -d "$index" "$papers" >"$scratch/run" 2>&1 || { cat "$scratch/run" >&2; fail "the run after a kill: $1"; }
    ndindex -d "$index" --check >"$scratch/run" 2>&1 || { cat "$scratch/run" >&2; fail "--check after a kill: $1"; }
    state_of "$index" >"$scratch/got"
    cmp -s "$scratch/want" "$scratch/got" || { diff "$scratch/want" "$scratch/got" | head -20 >&2; fail "the index after a kill: $1"; }
}

for i in $(seq "$kills"); do
    rm -rf "$index"
    at=$((whole_us * i / (kills + 1)))
    kill_at "$at"
    finishes "first build, at $at us of $whole_us"
done

# An index that is there, half of whose files change: readers see one committed state at any time.
for i in $(seq "$kills"); do
    for file in "$papers"/*[02468].txt; do printf ' \n' >>"$file"; done
    kill_at $((whole_us * i / (kills + 1)))
    status=0
    ndsearch -d "$index" -n 1 'sinh hoạt' >"$scratch/found" 2>&1 || status=$?
    [ "$status" -eq 0 ] || { cat "$scratch/found" >&2; fail "a search after a kill exits $status"; }
    rm -rf "$scratch/clean"
    ndindex -d "$scratch/clean" "$papers" >/dev/null
    state_of "$scratch/clean" >"$scratch/want"
    finishes "update $i"
done
