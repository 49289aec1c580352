#!/usr/bin/env bash
# The manual page of each program names the options that --help names; the examples of ndindex and ndcite run.
. "${ND_SOURCE:?}/tests/cli/lib.sh"

# The options of --help, sorted: "--jobs", "-j".
options_of_help() {
    "$1" --help | sed -n '/^  -/p' | sed 's/  *[^- ].*//' | grep -oE -- '(^|[ ,])--?[a-zA-Z0-9][a-z-]*' | tr -d ' ,' | LC_ALL=C sort -u
}

# The options a page lists as tags: ".It Fl j , Fl -jobs Ns = Ns Ar N".
options_of_page() {
    sed -n 's/^\.It \(Fl .*\)/\1/p' "$1" | grep -oE 'Fl -?[a-zA-Z0-9][a-z-]*' | sed 's/^Fl /-/' | LC_ALL=C sort -u
}

# The literal blocks of the section EXAMPLES, one after the other.
examples_of_page() {
    sed -n '/^\.Sh EXAMPLES/,/^\.Sh [^E]/p' "$1" | sed -n '/^\.Bd -literal/,/^\.Ed/p' | sed -e '/^\.[BE]d/d' -e 's/\\e/\\/g' -e 's/\\&//g'
}

# Help fits a screen of 24 lines and 80 columns, in both languages.
for program in ndindex ndcite ndsearch ndgraph ndserve; do
    for language in en vi; do
        LANGUAGE=$language "$program" --help >"$scratch/help"
        [ "$(wc -l <"$scratch/help")" -le 24 ] || { cat "$scratch/help" >&2; fail "$program --help ($language) is longer than a screen"; }
        python3 -c 'import sys; sys.exit(any(len(line.rstrip()) > 80 for line in open(sys.argv[1])))' "$scratch/help" ||
            { cat "$scratch/help" >&2; fail "$program --help ($language) is wider than a screen"; }
    done
done

mkdir "$scratch/run"
ln -s "$ND_SOURCE/corpus" "$scratch/run/corpus"
for program in ndindex ndcite ndsearch ndserve; do
    expect_equal "$(options_of_help "$program")" "$(options_of_page "$ND_SOURCE/man/$program.1")" "options of $program in its manual"
done
# The help of ndgraph has no room for the options of single commands; its manual has them all, and no other.
expect_equal '' "$(comm -23 <(options_of_help ndgraph) <(options_of_page "$ND_SOURCE/man/ndgraph.1"))" "options of ndgraph that its manual lacks"
for option in $(options_of_page "$ND_SOURCE/man/ndgraph.1" | grep '^--' | grep -v -e --help -e --version); do
    must_fail 2 ndgraph "$option" x
    expect_no_line "Unknown option\|unknown option" "$scratch/stderr"
done
for program in ndindex ndcite; do
    page=$ND_SOURCE/man/$program.1
    examples_of_page "$page" >"$scratch/examples"
    [ -s "$scratch/examples" ] || fail "man/$program.1 has no examples"
    (cd "$scratch/run" && ndindex -d index corpus/sample >/dev/null && bash -euo pipefail "$scratch/examples") \
        >"$scratch/output" 2>&1 || { cat "$scratch/examples" "$scratch/output" >&2; fail "an example of man/$program.1"; }
done
