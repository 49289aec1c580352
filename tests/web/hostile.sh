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
{{7*7}} \${jndi:ldap://x} %0d%0aSet-Cookie: a=b
EOF
printf 'kimotuoc \xe2\x80\xae ngược \x1b[31mđỏ \x07 \xef\xbf\xbe hết\n' >"$documents/bidi.txt"
export ND_INDEX="$scratch/index"
ndindex -d "$ND_INDEX" "$documents" >"$scratch/index.log" 2>&1 || [ $? -eq 3 ] || fail "indexing"
start_lighttpd fastcgi

key() { curl -s "$site/?q=$1&format=json" | python3 -c 'import json, sys; print(json.load(sys.stdin)["hits"][0]["document"])'; }
document=$(key 66-KH%2FTU)
quoted=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1]))' "$attack")

for path in '/?q=kimotuoc' "/?q=$quoted" "/?q=kimotuoc&type=$quoted" "/?q=kimotuoc&from=2020&sort=title" \
    "/document/$document?q=kimotuoc" '/work/66-KH/TU~2020@SON-LA' '/work/21-NQ/TW~XIII' '/graph/21-NQ/TW~XIII' \
    "/work/$quoted" "/document/$quoted" "/graph/$quoted" "/$quoted" '/status' "/?q=$quoted%20$quoted%20$quoted"; do
    get "$path"
    [ "$status" -lt 500 ] || fail "$status for $path"
    python3 "$ND_SOURCE/tests/web/harmless.py" html "$scratch/body" || fail "harmful page at $path"
done
for path in '/?q=kimotuoc&format=atom' "/?q=$quoted&format=atom" '/graph/21-NQ/TW~XIII?format=svg' '/opensearch.xml'; do
    get "$path" -H 'Host: localhost'
    expect_status 200 "$path"
    python3 "$ND_SOURCE/tests/web/harmless.py" xml "$scratch/body" || fail "harmful XML at $path"
done
for path in '/?q=kimotuoc&format=json' "/document/$document?format=json" '/work/21-NQ/TW~XIII?format=json' \
    '/graph/21-NQ/TW~XIII?format=json' "/suggest?q=$quoted"; do
    get "$path"
    expect_status 200 "$path"
    python3 -m json.tool "$scratch/body" >/dev/null || fail "no JSON at $path"
    expect_no_line "$scratch" "$scratch/body" # folders of the server stay unsaid
done

# Nothing of a request starts a header of its own.
for path in '/?q=x%0d%0aSet-Cookie:%20a=b' '/work/x%0d%0aSet-Cookie:%20a=b' '/?lang=en%0d%0aSet-Cookie:a' \
    '/?q=21-NQ/TW%0d%0aSet-Cookie:%20a=b&lang=vi'; do
    get "$path"
    expect_no_line '^Set-Cookie' "$scratch/headers"
done

get '/opensearch.xml' -H 'Host: x"><script>alert(1)</script>'
expect_no_line 'alert' "$scratch/body"

# Paths of requests are never paths of files.
for path in '/../../../../etc/passwd' '/document/../../../../etc/passwd' '/document/..%2f..%2f..%2fetc%2fpasswd/original' \
    "/document/$document/../original" "/document/$document/original" '/style.css/../../etc/passwd' '/work/..%2f..%2fetc'; do
    get "$path" --path-as-is
    case "$status" in 400 | 403 | 404) ;; *) fail "$status for $path" ;; esac
    expect_no_line '^root:' "$scratch/body"
done

# Too large, or of no method we know.
get "/?q=$(head -c 5000 /dev/zero | tr '\0' x)"
expect_status 400 "a query of 5 KB"
get '/' -X DELETE
expect_status 400 "an unknown method"
get '/?q=x' -X POST -d "$(head -c 70000 /dev/zero | tr '\0' x)"
expect_status 413 "a body of 70 KB"

# An index that is gone is 503, says nothing of itself, and leaves one harmless line in the log.
ND_INDEX="$scratch/gone" start_lighttpd cgi
get $'/?q=x'
expect_status 503 "a missing index"
expect_no_line "$scratch" "$scratch/body"
get '/work/%1b%5b31m%0aforged%20line'
expect_no_line $'\x1b' "$scratch/lighttpd-cgi.log"
expect_no_line '^forged' "$scratch/lighttpd-cgi.log"
