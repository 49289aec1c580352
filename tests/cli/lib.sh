# Sourced by every shell test. Gives a scratch folder that vanishes at the end ($scratch), and checks that say
# what they expected and what they got.
set -euo pipefail
: "${ND_BIN:?the folder of the built programs}" "${ND_SOURCE:?the source folder}"
PATH="$ND_BIN:$PATH"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ndsearch-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export XDG_DATA_HOME="$scratch/xdg-data" XDG_CONFIG_HOME="$scratch/xdg-config"
unset ND_INDEX

fail() { printf 'not ok: %s\n' "$*" >&2; exit 1; }

# must_fail CODE COMMAND...: the command exits with exactly CODE, prints nothing that looks like a crash, and one
# line or more on standard error ($scratch/stderr keeps it).
must_fail() {
    local want=$1 got=0
    shift
    "$@" >"$scratch/stdout" 2>"$scratch/stderr" || got=$?
    [ "$got" -lt 128 ] || { cat "$scratch/stderr" >&2; fail "crashed with $got: $*"; }
    [ "$got" -eq "$want" ] || { cat "$scratch/stderr" >&2; fail "exit $got, expected $want: $*"; }
}

# expect_line PATTERN FILE: some line of FILE matches the basic regular expression.
expect_line() { grep -q -- "$1" "$2" || { cat "$2" >&2; fail "no line matches: $1"; }; }

# expect_no_line PATTERN FILE
expect_no_line() { ! grep -q -- "$1" "$2" || { grep -- "$1" "$2" >&2; fail "a line matches: $1"; }; }

# expect_equal WANT GOT WHAT
expect_equal() { [ "$1" = "$2" ] || fail "$3: expected '$1', got '$2'"; }
