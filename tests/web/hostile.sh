#!/usr/bin/env bash
# Documents, file names and requests made to do harm stay text: in pages, feeds, drawings, JSON, headers and logs.
. "$ND_SOURCE/tests/cli/lib.sh"
. "$ND_SOURCE/tests/web/lib.sh"
need lighttpd curl python3
documents="$scratch/documents"
mkdir "$documents"
attack='"><script>alert(1)</script><img src=x onerror=alert(1)>'"'"'</title></style>&lt;b&gt; javascript:alert(1) ]]>'
cat >"$documents/"$'"><img src=x onerror=alert(1)>\n.txt' <<EOF
TỈNH ỦY SƠN LA $attack                      ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 66-KH/TU                                 Sơn La, ngày 30 tháng 9 năm 2022

KẾ HOẠCH
thực hiện Nghị quyết số 21-NQ/TW $attack
-----
Thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII "$attack" (sau đây gọi tắt là $attack), Ban Thường vụ Tỉnh ủy xây dựng Kế hoạch như sau:
1. kimotuoc $attack
Căn cứ Nghị quyết Hội nghị Trung ương 6 (khóa X) $attack, Quyết định số 13-QĐ/TU $attack, Kế hoạch số 7-KH/$attack.
{{7*7}} \${jndi:ldap://x} %0d%0aSet-Cookie: a=b
EOF
printf 'kimotuoc \xe2\x80\xae ngược \x1b[31mđỏ \x07 \xef\xbf\xbe hết\n' >"$documents/bidi.txt"
export ND_INDEX="$scratch/index"
ndindex -d "$ND_INDEX" "$documents" >"$scratch/index.log" 2>&1 || [ $? -eq 3 ] || fail "indexing"
mkdir -p "$scratch/config/ndsearch"
printf '[ndsearch]\nweb-reviewers = lan\nweb-originals = true\n' >"$scratch/config/ndsearch/config"
web_user=lan start_lighttpd fastcgi

key() { curl -s "$site/?q=$1&format=json" | python3 -c 'import json, sys; print(json.load(sys.stdin)["hits"][0]["document"])'; }
document=$(key 66-KH%2FTU)
own=$(curl -s "$site/?q=66-KH%2FTU&format=json" | python3 -c 'import json, sys, urllib.parse; print(urllib.parse.quote(json.load(sys.stdin)["hits"][0]["work"] or "21-NQ/TW~XIII"))')
quoted=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$attack")

for path in '/?q=kimotuoc' "/?q=$quoted" "/?q=kimotuoc&type=$quoted" "/?q=kimotuoc&from=2020&sort=title" \
    "/document/$document?q=kimotuoc" "/work/$own" '/work/21-NQ/TW~XIII' '/graph/21-NQ/TW~XIII' \
    /review "/review?item=$document-0" "/review?item=$document-2&done=$quoted" "/review?item=$quoted" "/review?after=$quoted" \
    "/review?after=0/0/$document-0&done=$document-1*3,$quoted" '/?q=kimotuoc&sort=citations' \
    "/work/$quoted" "/document/$quoted" "/graph/$quoted" "/$quoted" '/status' "/?q=$quoted%20$quoted%20$quoted"; do
    get "$path"
    [ "$status" -lt 500 ] || fail "$status for $path"
    python3 "$ND_SOURCE/tests/web/harmless.py" html "$scratch/body" || fail "harmful page at $path"
done
for path in '/?q=kimotuoc&format=atom' "/?q=$quoted&format=atom" '/work/21-NQ/TW~XIII?format=atom' "/work/$own?format=atom" \
    "/graph/$own?format=svg&steps=2" '/graph/21-NQ/TW~XIII?format=graphml' '/graph/21-NQ/TW~XIII?format=svg' '/opensearch.xml'; do
    get "$path" -H 'Host: localhost'
    expect_status 200 "$path"
    python3 "$ND_SOURCE/tests/web/harmless.py" xml "$scratch/body" || fail "harmful XML at $path"
done
for path in '/?q=kimotuoc&format=json' "/document/$document?format=json" '/work/21-NQ/TW~XIII?format=json' \
    '/graph/21-NQ/TW~XIII?format=json' "/suggest?q=$quoted" '/review?format=json' '/status?format=json' \
    "/review?item=$document-1&format=json"; do
    get "$path"
    expect_status 200 "$path"
    python3 -m json.tool "$scratch/body" >/dev/null || fail "no JSON at $path"
    expect_no_line "$scratch" "$scratch/body" # folders of the server stay unsaid
done

# Spreadsheets: a cell that begins like a formula would be one. BibTeX: braces and backslashes would be commands.
get '/graph/21-NQ/TW~XIII?format=csv&steps=2'
expect_status 200 "the table of a map"
python3 - "$scratch/body" <<'PYTHON'
import csv, sys
for row in csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")):
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in row), row
PYTHON
get "/document/$document?format=bibtex"
expect_line '^Content-Type: text/plain' "$scratch/headers"
expect_equal "$(tr -cd '{' <"$scratch/body" | wc -c)" "$(tr -cd '}' <"$scratch/body" | wc -c)" "braces of the reference"
expect_no_line '\\' "$scratch/body"

# The file itself: saved, never shown, under a name that is data.
get "/document/$document/original"
expect_status 200 "the original"
expect_line '^Content-Type: application/octet-stream' "$scratch/headers"
expect_line "^Content-Disposition: attachment; filename\\*=UTF-8''[A-Za-z0-9%._~-]*.\$" "$scratch/headers"
expect_line '^X-Content-Type-Options: nosniff' "$scratch/headers"
for path in '/?q=x' /review "/document/$document" '/graph/21-NQ/TW~XIII?format=svg' /nowhere; do
    get "$path"
    expect_line "^Content-Security-Policy: default-src 'none'" "$scratch/headers"
    expect_no_line "^Content-Security-Policy:.*unsafe" "$scratch/headers"
done

# Nothing of a request starts a header of its own.
for path in '/?q=x%0d%0aSet-Cookie:%20a=b' '/work/x%0d%0aSet-Cookie:%20a=b' '/?lang=en%0d%0aSet-Cookie:a' \
    '/?q=21-NQ/TW%0d%0aSet-Cookie:%20a=b&lang=vi'; do
    get "$path"
    expect_no_line '^Set-Cookie' "$scratch/headers"
done

# Forms with hostile values: refused or harmless, and nothing is recorded that does not name a work.
get /review
token=$(sed -n 's/.*name="token" value="\([0-9a-f]*\)".*/\1/p' "$scratch/body" | head -1)
post() { get /review -H "Origin: $site" --data-urlencode "token=$token" "$@"; }
for value in "$attack" '=cmd|x' $'work 1\r\nSet-Cookie: a=b' '../../etc/passwd' "21-NQ/TW~XIII'; DROP TABLE work; --" "$(head -c 199 /dev/zero | tr '\0' x)"; do
    post --data-urlencode "item=$document-0" --data-urlencode "other=$value" -d decision=retarget
    case $status in 303 | 400 | 404 | 422) ;; *) fail "status $status for $value" ;; esac
    expect_no_line '^Set-Cookie' "$scratch/headers"
    [ "$status" = 303 ] || python3 "$ND_SOURCE/tests/web/harmless.py" html "$scratch/body" || fail "harmful answer to $value"
done
post --data-urlencode "item=$attack" -d decision=reject
expect_status 400 "a hostile reference" # longer than a reference
post --data-urlencode "item=$document-99999" -d decision=reject
expect_status 404 "a citation that is not there"
post --data-urlencode "item=$document-18446744073709551617" -d decision=reject
expect_status 404 "a citation beyond numbers"
ndgraph -d "$ND_INDEX" dump >"$scratch/log"
expect_no_line '"value":"[^"]*\(script\|passwd\|cmd\|DROP\)' "$scratch/log"

get '/opensearch.xml' -H 'Host: x"><script>alert(1)</script>'
expect_no_line 'alert' "$scratch/body"

# Paths of requests are never paths of files.
for path in '/../../../../etc/passwd' '/document/../../../../etc/passwd' '/document/..%2f..%2f..%2fetc%2fpasswd/original' \
    "/document/$document/../original" '/style.css/../../etc/passwd' '/work/..%2f..%2fetc'; do
    get "$path" --path-as-is
    case "$status" in 400 | 403 | 404) ;; *) fail "$status for $path" ;; esac
    expect_no_line '^root:' "$scratch/body"
done

# Too large, or of no method we know.
get "/?q=$(head -c 5000 /dev/zero | tr '\0' x)"
expect_status 400 "a query of 5 KB"
get '/' -H "X-Long: $(head -c 100000 /dev/zero | tr '\0' x)"
case $status in 400 | 413 | 431) ;; *) fail "status $status for a header of 100 KB" ;; esac

# Many at once: each is answered, however few workers there are.
for i in $(seq 60); do curl -s -o /dev/null -w '%{http_code}\n' "$site/?q=kimotuoc&page=1&n=$i" & clients[i]=$!; done >"$scratch/statuses"
wait "${clients[@]}"
expect_equal '60 200' "$(sort "$scratch/statuses" | uniq -c | sed 's/^ *//')" "answers to 60 requests at once"
get '/' -X DELETE
expect_status 400 "an unknown method"
get '/?q=x' -X POST -d "$(head -c 70000 /dev/zero | tr '\0' x)"
expect_status 413 "a body of 70 KB"

# Several indexes joined are more than the pages can answer from: both programs say so, the page without a path.
printf 'auto %s/xapian\n' "$ND_INDEX" "$ND_INDEX" >"$scratch/joined"
must_fail 4 ndserve -d "$scratch/joined" 0
must_fail 4 ndserve -d "$scratch/gone" 0
ND_INDEX="$scratch/joined" start_lighttpd cgi
get '/?q=x&lang=en'
expect_status 503 "several indexes joined"
expect_line 'joins several indexes: these pages answer from one' "$scratch/body"
expect_no_line "$scratch" "$scratch/body"

# An index that is gone is 503, says nothing of itself, and leaves one harmless line in the log.
ND_INDEX="$scratch/gone" start_lighttpd cgi
get $'/?q=x'
expect_status 503 "a missing index"
expect_no_line "$scratch" "$scratch/body"
get '/work/%1b%5b31m%0aforged%20line'
expect_no_line $'\x1b' "$scratch/lighttpd-cgi.log"
expect_no_line '^forged' "$scratch/lighttpd-cgi.log"
