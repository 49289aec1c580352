#!/usr/bin/env bash
# How people type and spell, end to end: the cases of typing_cases.py.
. "${ND_SOURCE:?}/tests/cli/lib.sh"

python3 "$ND_SOURCE/tests/cli/typing_cases.py" "$ND_BIN/ndindex" "$ND_BIN/ndsearch" "$scratch" || fail "typing cases"
