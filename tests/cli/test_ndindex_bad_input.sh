#!/usr/bin/env bash
# Bad input to ndindex: one clear line on standard error, the exit status of the table, and an index that answers as
# before.
. "${ND_SOURCE:?}/tests/cli/lib.sh"

index=$scratch/index
papers=$scratch/papers
mkdir -p "$papers/deep"
printf 'TỈNH ỦY CÀ MAU\nSố 01-KH/TU\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 21-NQ/TW\n' >"$papers/a.txt"
printf 'Văn bản thứ hai nói về sinh hoạt chi bộ.\n' >"$papers/deep/b.txt"
ndindex -d "$index" "$papers" >/dev/null

# The index still holds the two documents and finds nothing wrong with itself.
unharmed() {
    ndindex -d "$index" --check >"$scratch/check" 2>&1 || { cat "$scratch/check" >&2; fail "damaged after: $1"; }
    expect_equal 2 "$(ndindex -d "$index" --status --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["documents"])')" \
        "documents after: $1"
}

# one_line WHAT PATTERN: standard error of the last must_fail is one line, and says so.
one_line() {
    expect_equal 1 "$(grep -c '' "$scratch/stderr")" "lines on standard error for $1"
    expect_line "^ndindex: .*$2" "$scratch/stderr"
}

must_fail 5 ndindex -d "$index" "$scratch/nowhere"
one_line "a missing path" "nowhere"
unharmed "a missing path"

must_fail 5 ndindex -d "$index" "$papers" "$scratch/nowhere"
one_line "one missing path of two" "nowhere"
unharmed "one missing path of two"

mv "$papers" "$scratch/away"
must_fail 5 ndindex -d "$index" "$papers"
unharmed "a root that is away"
mv "$scratch/away" "$papers"

must_fail 2 ndindex -d "$index"
one_line "no path" "name the files or folders"
must_fail 2 ndindex -d "$index" --stauts
one_line "a misspelt option" "did you mean --status"
must_fail 2 ndindex -d "$index" --status "$papers"
one_line "two tasks at once" "exclude each other"
must_fail 2 ndindex -d "$index" --jobs=none "$papers"
must_fail 2 ndindex -d "$index" --jobs=-3 "$papers"
one_line "a negative number of threads" "jobs"
must_fail 2 ndindex -d "" "$papers"
one_line "an index without a name" "empty name"
must_fail 2 ndindex -d "$index" --place=Atlantis "$papers"
one_line "a place that is none" "Atlantis"
printf 'deep\tNowhere\n' >"$scratch/manifest"
must_fail 2 ndindex -d "$index" --manifest="$scratch/manifest" "$papers"
one_line "a manifest with a wrong place" "line 1"
must_fail 5 ndindex -d "$index" --manifest="$scratch/no-manifest" "$papers"
unharmed "wrong options"

mkdir "$scratch/bare"
ndindex -d "$index" "$scratch/bare" >"$scratch/stdout" 2>"$scratch/stderr" || fail "an empty folder is no failure"
one_line "an empty folder" "no documents"
unharmed "an empty folder"

# What is no index is left as it is.
echo "not a database" >"$scratch/file"
must_fail 4 ndindex -d "$scratch/file" "$papers"
one_line "an index that is a file" "file"
expect_equal "not a database" "$(cat "$scratch/file")" "the file named as the index"
mkdir "$scratch/other"
echo "something else" >"$scratch/other/letter.txt"
must_fail 4 ndindex -d "$scratch/other" --status
one_line "a folder that is no index" "other"
for option in --status --check --rebuild-graph "--why=$papers/a.txt"; do
    must_fail 4 ndindex -d "$scratch/none" "$option"
    one_line "$option without an index" "none"
    [ ! -e "$scratch/none" ] || fail "$option made an index"
done
cp -r "$index" "$scratch/broken"
head -c 4096 /dev/urandom >"$scratch/broken/catalog.sqlite"
rm -f "$scratch/broken/catalog.sqlite-wal" "$scratch/broken/catalog.sqlite-shm"
must_fail 4 ndindex -d "$scratch/broken" "$papers"
one_line "a catalogue of random bytes" "broken"
cp -r "$index" "$scratch/foreign"
printf 'ndsearch 999999 0\n' >"$scratch/foreign/FORMAT"
must_fail 4 ndindex -d "$scratch/foreign" "$papers"
one_line "an index of another version" "foreign"

# Files that are bad each in their way: the run finishes, says so, and goes on saying so.
: >"$papers/empty.txt"
printf 'Chi bộ sinh hoạt định kỳ \341\273 mỗi tháng một lần ở chi bộ. Nghị quyết của Đảng ủy' >"$papers/damaged.txt"
mkfifo "$papers/pipe"
ln -s a.txt "$papers/link.txt"
printf 'x' >"$papers/$(printf 'line\nbreak.txt')"
if [ "$(id -u)" -ne 0 ]; then
    printf 'kín' >"$papers/closed.txt"
    chmod 0 "$papers/closed.txt"
fi
for run in first second; do
    must_fail 3 ndindex -d "$index" "$papers"
    expect_line 'damaged.txt' "$scratch/stderr"
    expect_line 'pipe' "$scratch/stderr"
    [ "$(id -u)" -eq 0 ] || expect_line 'closed.txt' "$scratch/stderr"
    ndindex -d "$index" --status >"$scratch/status"
    expect_line 'damaged.txt.*invalid-utf8' "$scratch/status"
    expect_line 'pipe.*not-a-file' "$scratch/status"
done
rm -f "$papers/pipe" "$papers/damaged.txt" "$papers/closed.txt"
ndindex -d "$index" "$papers" >"$scratch/stdout" 2>"$scratch/stderr" || fail "mended, and still $?"
expect_equal "" "$(cat "$scratch/stderr")" "standard error when everything was read"

# --extract needs no index.
must_fail 5 ndindex --extract="$scratch/nowhere"
one_line "extracting a missing file" "nowhere"
must_fail 3 ndindex --extract="$scratch"
printf 'Một' >"$scratch/a.txt"
printf 'Hai' >"$scratch/b.txt"
tar -cf "$scratch/two.tar" -C "$scratch" a.txt b.txt
expect_equal $'Một\nHai' "$(ndindex --extract="$scratch/two.tar")" "texts of members, each on lines of its own"
rm "$scratch/a.txt" "$scratch/b.txt" "$scratch/two.tar"

# Where the system's limits are tighter than the worker's own, files are read all the same. Root could raise them.
printf '<p>Chi bộ sinh hoạt định kỳ</p>' >"$scratch/page.html"
tight=()
[ "$(id -u)" -ne 0 ] || tight=(setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource)
"${tight[@]}" bash -c 'ulimit -n 24 && exec ndindex --extract="$1"' - "$scratch/page.html" >"$scratch/stdout" 2>"$scratch/stderr" ||
    fail "extraction under tight limits: $(cat "$scratch/stderr")"
expect_equal "Chi bộ sinh hoạt định kỳ" "$(cat "$scratch/stdout")" "text read under tight limits"
