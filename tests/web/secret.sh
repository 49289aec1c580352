#!/usr/bin/env bash
# A document with a secrecy stamp does not exist for readers who are not on the list: not in results, counts,
# facets, suggestions, feeds, drawings, lists, JSON, or the time an answer takes. For those on the list it does.
. "$ND_SOURCE/tests/cli/lib.sh"
. "$ND_SOURCE/tests/web/lib.sh"
need lighttpd curl python3
sample_index
mkdir -p "$scratch/config/ndsearch"
printf '[ndsearch]\nweb-secret-readers = thu-ky van-phong\nweb-originals = true\n' >"$scratch/config/ndsearch/config"

json() { curl -s "$site$1" | python3 -c "import json, sys; d = json.load(sys.stdin); print($2)"; }

web_user=thu-ky start_lighttpd fastcgi
insider=$site
key=$(json '/?q=%22kim%20%C3%B4%20th%C6%B0%E1%BB%9Bc%20b%E1%BA%A1c%22&format=json' 'd["hits"][0]["document"]')
work=$(json '/?q=%22kim%20%C3%B4%20th%C6%B0%E1%BB%9Bc%20b%E1%BA%A1c%22&format=json' 'd["hits"][0]["work"]')
cited=$(json '/?q=ng%C4%83n+m%E1%BA%B7n+v%C4%83n+th%C6%B0+chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91&place=BEN-TRE&format=json' '[h["work"] for h in d["hits"] if h["code"] == "370-KH/TU"][0]')
insiders_count=$(json '/?q=%C4%90%E1%BA%A3ng&format=json' 'd["matches"]["count"]')
get "/document/$key"
expect_status 200 "the stamped document for a reader on the list"
get "/document/$key/original"
expect_status 200 "its file for a reader on the list"
get "/work/$cited"
expect_line '412-BC/TU' "$scratch/body"

for who in '' guest; do
    web_user=$who start_lighttpd fastcgi
    expect_equal 0 "$(json '/?q=%22kim%20%C3%B4%20th%C6%B0%E1%BB%9Bc%20b%E1%BA%A1c%22&format=json' 'd["matches"]["count"]')" "results"
    expect_equal $((insiders_count - 1)) "$(json '/?q=%C4%90%E1%BA%A3ng&format=json' 'd["matches"]["count"]')" "count"
    expect_equal 0 "$(json '/?q=%C4%90%E1%BA%A3ng&place=BEN-TRE&type=BC&format=json' 'd["matches"]["count"]')" "narrowed count"
    expect_equal '[]' "$(json '/?q=place:BEN-TRE&format=json' '[v for f in d["facets"] if f["name"] == "type" for v in f["values"] if v["value"] == "BC"]')" "facet"
    expect_equal '0 None []' "$(json '/?q=412-BC/TU&format=json' 'd["matches"]["count"], d["card"], d["candidates"]')" "its number"
    for path in "/document/$key" "/document/$key/original" "/document/$key?format=json" "/document/$key?format=bibtex" \
        "/work/$work" "/graph/$work"; do
        get "$path"
        expect_status 404 "$path"
    done
    for path in '/suggest?q=kim%20%C3%B4' '/suggest?q=412-BC' '/suggest?q=th%C6%B0%E1%BB%9B' '/suggest?q=v%E1%BB%81%20vi%E1%BB%87c%20th%E1%BB%AD' \
        '/?q=%C4%90%E1%BA%A3ng&format=atom' "/work/$cited" "/graph/$cited?steps=2" \
        '/graph/21-NQ/TW~XIII?steps=2&format=svg' '/work/21-NQ/TW~XIII?format=json' \
        '/?q=cites:370-KH/TU' '/status'; do
        get "$path"
        expect_no_line '412-BC/TU\|chỉ mức độ mật\|thước' "$scratch/body"
        expect_no_line "$key" "$scratch/body"
    done
done

# Every page is, letter for letter, that of a collection without the document: what is not there cannot tell.
public=$site
mkdir "$scratch/without"
cp -r "$ND_SOURCE/corpus/sample/." "$scratch/without"
rm "$(grep -rl '412-BC/TU' "$scratch/without" | grep -v -i 'readme\|370' | head -1)"
with=$ND_INDEX
export ND_INDEX="$scratch/index-without"
ndindex -d "$ND_INDEX" "$scratch/without" >/dev/null 2>&1 || [ $? -eq 3 ]
web_user='' start_lighttpd fastcgi
export ND_INDEX=$with
# The marks of ranking and of time are left out: they are not of the document.
page() { curl -s "$1$2" | sed -E "s|$1||g; s/\"score\":[0-9.e-]+//g; s/\"seconds\":[0-9.e-]+//g; s/\"last_run\":\{[^}]*\}//; s|<dt>Lần đọc tệp gần nhất</dt><dd>.*/s\)</span></dd>||"; }
while read -r path; do
    page "$public" "$path" >"$scratch/with"
    page "$site" "$path" >"$scratch/without.page"
    [ -s "$scratch/with" ] || fail "nothing at $path"
    cmp -s "$scratch/with" "$scratch/without.page" ||
        { diff <(tr '<>,' '\n' <"$scratch/with") <(tr '<>,' '\n' <"$scratch/without.page") | head -20 >&2; fail "the document tells of itself at $path"; }
done <<PATHS
/?q=%C4%90%E1%BA%A3ng&sort=title
/?q=%C4%90%E1%BA%A3ng&sort=-date&format=json
/?q=%C4%90%E1%BA%A3ng&sort=citations&format=json
/?q=th%C6%B0%E1%BB%9B*&format=json
/?q=th%C6%B0*&sort=title&format=json
/?q=kim+o+thuoc
/?q=thuocc+bacc
/?q=kim+%C3%B4+th%C6%B0%E1%BB%9Bc+b%E1%BA%A1cc
/?q=370-KH/TU&exact=1&sort=title
/?q=cites:370-KH/TU&format=json
/?place=BEN-TRE&sort=title
/?type=BC&sort=title&format=json
/?q=%C4%90%E1%BA%A3ng&format=atom
/suggest?q=th%C6%B0%E1%BB%9B
/suggest?q=k
/suggest?q=4
/suggest?q=V%E1%BB%81
/work/$cited
/work/$cited?format=json
/work/$cited?format=atom
/work/$work
/work/21-NQ/TW~XIII
/graph/$cited?steps=2
/graph/$cited?steps=2&format=json
/graph/$cited?steps=2&format=csv
/graph/$cited?steps=2&format=graphml
/graph/$cited?steps=2&format=svg
/graph/21-NQ/TW~XIII?steps=2&format=csv
/document/$key
/status
/status?format=json
PATHS
site=$public

# A stamped document and one that is not there take the same time to be refused. In random order: workers take turns,
# and of two workers one may share its processor with something else. The quarter of the answers that were quickest
# tells what the program does; the others what the machine does.
python3 - "$site" "$key" <<'PYTHON'
import random, statistics, sys, time, urllib.error, urllib.request
site, key = sys.argv[1:]
other = key[::-1]
times = {key: [], other: []}
for i in range(400):
    for each in random.sample((key, other), 2):
        start = time.perf_counter()
        try:
            urllib.request.urlopen(f"{site}/document/{each}")
        except urllib.error.HTTPError:
            pass
        times[each].append(time.perf_counter() - start)
stamped, absent = (statistics.quantiles(times[each], n=4)[0] for each in (key, other))
print(f"refused in {stamped * 1e3:.2f} ms (stamped), {absent * 1e3:.2f} ms (absent)")
sys.exit(0 if abs(stamped - absent) < 0.3 * max(stamped, absent) else 1)
PYTHON
