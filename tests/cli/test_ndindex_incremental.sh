#!/usr/bin/env bash
# What changed since the last run is what a run does, and the result is the index a first run would make.
. "${ND_SOURCE:?}/tests/cli/lib.sh"

index=$scratch/index
papers=$scratch/papers
cp -r "$ND_SOURCE/corpus/sample" "$papers"
n_files=$(find "$papers" -type f | wc -l)

# expect_run "NEW CHANGED MOVED UNCHANGED REMOVED" [OPTION]...: a run finds just these.
expect_run() {
    local want=$1 got
    shift
    ndindex -d "$index" "$@" "$papers" >"$scratch/summary" || [ $? -eq 3 ]
    got=$(sed -n 's/^[0-9]* files: \([0-9]*\) new, \([0-9]*\) changed, \([0-9]*\) moved, \([0-9]*\) unchanged, \([0-9]*\) removed$/\1 \2 \3 \4 \5/p' \
        "$scratch/summary")
    expect_equal "$want" "$got" "new, changed, moved, unchanged, removed files"
}

same_as_fresh() {
    rm -rf "$scratch/fresh"
    ndindex -d "$scratch/fresh" "$papers" >/dev/null || [ $? -eq 3 ]
    python3 "$ND_SOURCE/tests/cli/dump_index.py" "$scratch/fresh" >"$scratch/want"
    python3 "$ND_SOURCE/tests/cli/dump_index.py" "$index" >"$scratch/got"
    diff "$scratch/want" "$scratch/got" >"$scratch/diff" || { head -20 "$scratch/diff" >&2; fail "not the index of a first run $1"; }
    ndindex -d "$index" --check >/dev/null || fail "--check $1"
}

expect_run "$n_files 0 0 0 0"
expect_run "0 0 0 $n_files 0"

printf '\nBổ sung một dòng.\n' >>"$papers/ca-mau/63-kh-tu.txt"
expect_run "0 1 0 $((n_files - 1)) 0"
same_as_fresh "after a change"

mv "$papers/son-la/28-ctr-tu.txt" "$papers/son-la/chuong-trinh.txt"
expect_run "0 0 1 $((n_files - 1)) 0"
same_as_fresh "after a rename"

mv "$papers/son-la/moc-chau" "$papers/son-la/huyen-moc-chau"
moved=$(find "$papers/son-la/huyen-moc-chau" -type f | wc -l)
expect_run "0 0 $moved $((n_files - moved)) 0"
same_as_fresh "after renaming a folder"

touch "$papers/ca-mau/402-bc-tu.txt"
expect_run "0 0 0 $n_files 0"
expect_run "0 0 0 $n_files 0"
same_as_fresh "after a touch"

cp "$papers/ca-mau/402-bc-tu.txt" "$papers/ca-mau/copy.txt"
expect_run "1 0 0 $n_files 0"
same_as_fresh "with a copy"
rm "$papers/ca-mau/402-bc-tu.txt"
expect_run "0 0 0 $n_files 1"
same_as_fresh "after the first of two copies went"

rm "$papers/ben-tre/370-kh-tu.txt"
expect_run "0 0 0 $((n_files - 1)) 1"
same_as_fresh "after a removal"
n_files=$((n_files - 1))

# Another root leaves these alone.
mkdir "$scratch/elsewhere"
printf 'Một văn bản ở nơi khác.\n' >"$scratch/elsewhere/x.txt"
ndindex -d "$index" "$scratch/elsewhere" >/dev/null
expect_run "0 0 0 $n_files 0"

# Contents that changed behind size and time are found when asked for.
victim=$papers/ca-mau/63-kh-tu.txt
stamp=$(stat -c %y "$victim")
python3 - "$victim" <<'PYTHON'
import sys
with open(sys.argv[1], "r+b") as f:
    data = f.read()
    f.seek(data.rindex(b"d"))
    f.write(b"D")
PYTHON
touch -d "$stamp" "$victim"
expect_run "0 0 0 $n_files 0"
expect_run "0 1 0 $((n_files - 1)) 0" --verify
expect_run "0 0 0 $n_files 0" --verify

# A place that is said later counts for what was already read, and is kept.
printf 'Kế hoạch thực hiện Quyết định số 13-QĐ/TU.\n' >"$papers/no-header.txt"
expect_run "1 0 0 $n_files 0"
expect_run "0 1 0 $n_files 0" --manifest=<(printf '%s\tCà Mau\n' "$papers/no-header.txt")
ndindex -d "$index" --why="$papers/no-header.txt" >"$scratch/why"
expect_line 'Cà Mau' "$scratch/why"
expect_run "0 0 0 $((n_files + 1)) 0"

# The number of a document that is gone is not given to another, be it a copy that takes a document's place or new.
mkdir "$scratch/few"
few() { ndindex -d "$scratch/few.index" "$scratch/few" >/dev/null || fail "the folder is not indexed"; }
for word in 1-một 2-hai 3-ba 4-bốn; do printf 'Văn bản %s.\n' "${word#*-}" >"$scratch/few/$word.txt"; done
few
for word in 4-bốn 3-ba 2-hai; do rm "$scratch/few/$word.txt" && few; done
cp "$scratch/few/1-một.txt" "$scratch/few/copy.txt"
few
rm "$scratch/few/1-một.txt"
few
ndsearch -d "$scratch/few.index" '"một"' >"$scratch/found"
expect_line 'copy.txt' "$scratch/found"
for word in hai ba bốn; do must_fail 1 ndsearch -d "$scratch/few.index" "\"$word\""; done
printf 'Văn bản mới.\n' >"$scratch/few/new.txt"
few
ndsearch -d "$scratch/few.index" '"mới"' >"$scratch/found"
expect_line 'new.txt' "$scratch/found"
cp "$scratch/few/new.txt" "$scratch/few/second copy.txt"
few
for word in "second copy" copy; do rm "$scratch/few/$word.txt" && few; done
printf 'Văn bản sau cùng.\n' >"$scratch/few/last.txt"
few
ndsearch -d "$scratch/few.index" '"sau cùng"' >"$scratch/found"
expect_line 'last.txt' "$scratch/found"
ndindex -d "$scratch/few.index" --check >/dev/null
