#!/usr/bin/env bash
# The README shows what the programs print today. After a wanted change: ND_UPDATE=1 ctest --preset dev -R cli/readme
. "$ND_SOURCE/tests/cli/lib.sh"
cd "$ND_SOURCE"
ndindex -d "$scratch/index" corpus/sample >/dev/null 2>&1 || [ $? -eq 3 ] || fail "indexing the sample collection"
ND_INDEX="$scratch/index" python3 tests/cli/transcript.py ${ND_UPDATE:+--update} README.md ||
    fail "the README is out of date: ND_UPDATE=1 ctest --preset dev -R cli/readme writes what is true today"
