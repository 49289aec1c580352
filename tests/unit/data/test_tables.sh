#!/usr/bin/env bash
# usage: test_tables.sh ND_TABLES
# What nd-tables finds in a table of facts, and in which words: whoever corrects a row sees these sentences.
set -euo pipefail
tables=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# accepts ROW: a row of key, name, from, until and source is taken
write() { printf '# bang\nkey\tname\tvalidity.from:date\tvalidity.until:date\tsource:skip\n%b\n' "$1" >places.tsv; }
accepts() {
    write "$1"
    "$tables" places.tsv out.inc nd_place || { echo "refused: $1"; exit 1; }
}
# refuses ROW WORDS: it is not, with the file, the line and these words
refuses() {
    write "$1"
    if "$tables" places.tsv out.inc nd_place 2>message; then
        echo "taken: $1"
        exit 1
    fi
    grep -qF "places.tsv:3: " message && grep -qF -- "$2" message || { echo "not '$2' but: $(cat message)"; exit 1; }
}

accepts 'HUE\tHuế\t2025-01-01\t\tNghị quyết 175/2024/QH15'
accepts 'HA-TAY\tHà Tây\t1991-08-12\t2008-08-01\t[M]'
refuses 'HUE\tHu\u0065\u0302\u0301\t2025-01-01\t\t[M]' 'not in the composed form (NFC)'
refuses 'HUE\tHuế \t2025-01-01\t\t[M]' 'at the edge'
refuses 'HUE\tHuế\t2025-01-01\t\t[M]\r' 'at the edge'
refuses 'HUE\tThừa  Thiên\t2025-01-01\t\t[M]' 'two spaces'
refuses 'HUE\tThừa\u00a0Thiên\t2025-01-01\t\t[M]' 'a space that is none'
refuses 'HUE\tHuế\t2025-01-01\t\t' 'no source'
refuses 'HUE\tHuế\t2025-01-01\t2025-01-01\t[M]' 'valid on no day'
refuses 'HUE\tHuế\t2025-07-01\t2025-01-01\t[M]' 'valid on no day'
refuses 'HUE\tHuế\t01/01/2025\t\t[M]' 'must be a date such as 2025-07-01'
refuses 'HUE\tHuế\t2025-02-30\t\t[M]' 'must be a date'
refuses 'HUE\tHuế\t2025-01-01\t[M]' '4 columns, the first line has 5'
echo "13 rows judged"
