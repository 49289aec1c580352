#!/usr/bin/env bash
# Deciding on the pages what uncertain citations mean: who may, with which proof, what a decision changes, and that
# nothing else changes anything. All of it as plain forms; browser.mjs does the same by keyboard.
. "$ND_SOURCE/tests/cli/lib.sh"
. "$ND_SOURCE/tests/web/lib.sh"
need lighttpd curl python3
documents="$scratch/documents"
mkdir -p "$documents" "$scratch/config/ndsearch"
cat >"$documents/a.txt" <<'TXT'
TỈNH ỦY SƠN LA                         ĐẢNG CỘNG SẢN VIỆT NAM
Số 31-KH/TU                            Sơn La, ngày 05 tháng 5 năm 2023

KẾ HOẠCH
nâng cao chất lượng sinh hoạt chi bộ

Căn cứ Nghị quyết Hội nghị Trung ương 6 (khóa X), Ban Thường vụ Tỉnh ủy xây dựng kế hoạch.
Các chi bộ tiếp tục học tập Hướng dẫn số 902-HD/BTCTW.
TXT
sed -e 's/SƠN LA/LAI CHÂU/; s/Sơn La/Lai Châu/; s/31-KH/32-KH/' "$documents/a.txt" >"$documents/b.txt"
sed -e 's/^TỈNH ỦY SƠN LA  /TỈNH ỦY HÀ GIANG/; s/Sơn La/Hà Giang/; s/31-KH/33-KH/; 3s/.*/MẬT/' "$documents/a.txt" >"$documents/c.txt"
printf '[ndsearch]\nweb-reviewers = lan minh\nweb-secret-readers = minh\n' >"$scratch/config/ndsearch/config"
export ND_INDEX="$scratch/index"
ndindex -d "$ND_INDEX" "$documents" >"$scratch/index.log" 2>&1

log_size() { ndgraph -d "$ND_INDEX" dump | tail -n +2 | wc -l; }
works() { ndgraph -d "$ND_INDEX" export --format csv | grep -- "/$1.txt," | cut -d, -f3 | sort | tr '\n' ' '; }
field() { python3 -c 'import re, sys, html; print(html.unescape(re.search(r"name=\"%s\" value=\"([^\"]*)\"" % sys.argv[1], open(sys.argv[2]).read()).group(1)))' "$1" "$scratch/body"; }
json() { curl -s "$site$1" | python3 -c "import json, sys; d = json.load(sys.stdin); print($2)"; }
# send NAME=VALUE...: posts a form as a browser does.
send() {
    local arguments=() pair
    for pair in "$@"; do arguments+=(--data-urlencode "$pair"); done
    get /review -H "Origin: ${origin-$site}" -H "Sec-Fetch-Site: ${fetch_site-same-origin}" "${arguments[@]}"
}
follow() { get "$(sed -n 's/^Location: \(.*\)\r$/\1/p' "$scratch/headers")"; }

web_user=lan start_lighttpd fastcgi
lan=$site
get /review
expect_status 200 "the queue for a reviewer"
expect_line 'Rà soát viện dẫn' "$scratch/body"
expect_line '<mark>Nghị quyết Hội nghị Trung ương 6 (khóa X)</mark>' "$scratch/body"
expect_line '<code>22-NQ/TW~X</code>' "$scratch/body"
expect_line 'class="features"><li' "$scratch/body"
python3 "$ND_SOURCE/tests/web/harmless.py" html "$scratch/body" || fail "the page of the queue"
token=$(field token) item=$(field item) after=$(field after)
get '/'
expect_line 'href="/review"' "$scratch/body"

# GET changes nothing, whatever it says.
before=$(sha256sum "$ND_INDEX"/catalog.sqlite)
get "/review?decision=reject&item=$item&token=$token&target=22-NQ/TW~X"
expect_status 200 "a decision by GET"
expect_equal "$before" "$(sha256sum "$ND_INDEX"/catalog.sqlite)" "the catalogue after GET"

# A form needs its token, for this user, and must come from a page of this site.
good=("token=$token" "item=$item" "after=$after" decision=retarget target=22-NQ/TW~X)
send "item=$item" decision=reject
expect_status 403 "no token"
send "token=${token%?}x" "item=$item" decision=reject
expect_status 403 "a wrong token"
send "token=$(printf %064d 0)" "item=$item" decision=reject
expect_status 403 "an invented token"
origin=https://elsewhere.example send "${good[@]}"
expect_status 403 "another origin"
fetch_site=cross-site send "${good[@]}"
expect_status 403 "another site"
fetch_site=same-site send "${good[@]}"
expect_status 403 "a sister site"
origin=null send "${good[@]}"
expect_status 403 "an origin that hides"
get /review -d "token=$token&item=$item&decision=reject"
expect_status 403 "a form without origin"
get /status -H "Origin: $site" -d "token=$token"
expect_status 405 "a form to a page that takes none"
send "token=$token" "item=$item" decision=repeal
expect_status 400 "an unknown decision"
expect_equal 0 "$(log_size)" "decisions after refused forms"

# A decision: recorded under the user's name, in the same log, with its effect; the next item comes by itself.
was_a=$(works a) was_b=$(works b)
document=$(json "/review?item=$item&format=json" 'd["document"]')
decided=$(json "/document/$document?format=json" 'd["path"][0]')
send "${good[@]}"
expect_status 303 "a decision"
follow
expect_status 200 "the page after it"
expect_line 'Đã ghi:' "$scratch/body"
[ "$(field item | head -1)" = "$item" ] || fail "the way back is about another citation"
expect_equal 1 "$(log_size)" "decisions"
ndgraph -d "$ND_INDEX" dump >"$scratch/log"
expect_line '"author":"lan"' "$scratch/log"
expect_line '"verdict":"work","value":"22-NQ/TW~X"' "$scratch/log"
case $(works "$decided") in *22-NQ/TW~X*) ;; *) fail "the decision is not in the graph: $(works "$decided")" ;; esac
get "/work/22-NQ/TW~X"
expect_line '3[12]-KH/TU' "$scratch/body"
next=$(json "/review?after=$after&format=json" 'd["item"]')
[ "$next" != "$item" ] || fail "the decided citation came again"

# Undo brings the machine's reading back, and the citation to the front.
done=$item
send "token=$token" "item=$item" decision=undo "done=$done"
expect_status 303 "undo"
follow
expect_line 'Trung ương 6 (khóa X)' "$scratch/body"
expect_equal 2 "$(log_size)" "decisions, the undo among them"
expect_equal "$was_a|$was_b" "$(works a)|$(works b)" "the graph after undo"

# Typed: any spelling of a number, or a key; nonsense is refused with a sentence.
send "token=$token" "item=$item" "after=$after" decision=retarget other=22-NQ/TW~X target=21-NQ/TW~XIII
expect_status 303 "a typed key stands above the chosen one"
case $(works "$decided") in *22-NQ/TW~X*) ;; *) fail "the typed key did not count" ;; esac
send "token=$token" "item=$item" decision=undo
send "token=$token" "item=$item" "after=$after" decision=retarget 'other=không có đâu'
expect_status 422 "nonsense"
expect_line 'Chưa ghi được' "$scratch/body"
send "token=$token" "item=$item" "after=$after" decision=retarget
expect_status 422 "nothing chosen"
send "token=$token" item=00000000000000000000000000000000-0 decision=reject
expect_status 404 "a citation that is not there"

# Everybody's citations of that kind at once, and back again.
send "token=$token" "item=$item" "after=$after" decision=retarget target=22-NQ/TW~X scope=2
follow
expect_line 'name="scope" value="2"' "$scratch/body"
case "$(works a)|$(works b)" in *22-NQ/TW~X*'|'*22-NQ/TW~X*) ;; *) fail "the scope was not all" ;; esac
send "token=$token" "item=$item" decision=undo scope=2
expect_equal "$was_a|$was_b" "$(works a)|$(works b)" "the graph after undoing for all"

# A rejected citation leaves the queue; skipping leads to the end, and the end says so.
send "token=$token" "item=$item" "after=$after" decision=reject
steps=0 cursor=
while :; do
    read -r one cursor < <(json "/review?format=json${cursor:+&after=$cursor}" 'd["item"] or "-", d.get("after", "")')
    [ -n "$cursor" ] || break
    [ "$one" != "$item" ] || fail "the rejected citation came again"
    ! grep -q '"code":"33-KH/TU"' <(curl -s "$site/document/${one%-*}?format=json") || fail "a stamped document is in the queue"
    steps=$((steps + 1))
    [ $steps -lt 50 ] || fail "the queue has no end"
    last=$cursor
done
[ $steps -gt 2 ] || fail "only $steps citations in the queue"
get "/review?after=$last"
expect_status 200 "the end of the queue"
expect_line 'Không còn chỗ nào phải xem' "$scratch/body"
expect_line 'Xem lại từ đầu' "$scratch/body"
get '/review?after=nowhere'
expect_status 400 "a place that is none"

# Somebody else is writing: try again later, nothing half done.
exec 8>>"$ND_INDEX/LOCK"
flock -n 8 || fail "the lock is taken"
send "${good[@]}"
exec 8>&-
expect_status 503 "a decision while another program writes"

# A token is one user's; stamped documents are reviewed only by those who may see them.
web_user=minh start_lighttpd fastcgi
send "${good[@]}"
expect_status 403 "another user's token"
secret=$(json '/?q=33-KH%2FTU&exact=1&format=json' 'd["hits"][0]["document"]')
get "/review?item=$secret-0"
expect_status 200 "a stamped document for a reviewer who may see it"
site=$lan
get "/review?item=$secret-0"
expect_status 404 "a stamped document for one who may not"
send "token=$token" "item=$secret-0" decision=reject
expect_status 404 "a decision about a stamped document"

# Nobody else: not a user who is not on the list, not one without a name, and not on one's own machine.
for who in guest ''; do
    web_user=$who start_lighttpd fastcgi
    get /review
    expect_status 403 "the queue for '$who'"
    expect_no_line 'Trung ương 6' "$scratch/body"
    send "${good[@]}"
    expect_status 403 "a decision of '$who'"
    get '/'
    expect_no_line 'href="/review"' "$scratch/body"
done
XDG_CONFIG_HOME="$scratch/config" ndserve -d "$ND_INDEX" 0 >"$scratch/serve.out" 2>"$scratch/serve.log" &
servers+=($!)
for _ in $(seq 100); do [ -s "$scratch/serve.out" ] && break; sleep 0.05; done
site=$(sed 's|/$||; s|localhost|127.0.0.1|' "$scratch/serve.out")
get /review -H 'Remote-User: lan' -H 'REMOTE_USER: lan'
expect_status 403 "the queue on one's own machine"
send "${good[@]}"
expect_status 403 "a decision on one's own machine"
get /nowhere -d x=y
expect_status 404 "a form to no page"
