#!/usr/bin/env bash
# The same pages come from every way of serving them: lighttpd with CGI and with FastCGI, the built-in server, nginx
# with FastCGI and with fcgiwrap, Apache with CGI and with FastCGI.
. "$ND_SOURCE/tests/cli/lib.sh"
. "$ND_SOURCE/tests/web/lib.sh"
need curl python3
head -c 2000 /dev/urandom >"$scratch/kho-doc.xyz"
sed '$s/$/ (bản quét)/' "$ND_SOURCE/corpus/sample/son-la/28-ctr-tu.txt" >"$scratch/28-ctr-tu-quet.txt"
export ND_INDEX="$scratch/index"
ndindex -d "$ND_INDEX" "$ND_SOURCE/corpus/sample" "$scratch/28-ctr-tu-quet.txt" "$scratch/kho-doc.xyz" >"$scratch/index.log" 2>&1 || [ $? -eq 3 ]

base='' # the folder of the address that the pages are in
check_site() {
    local what=$1
    get '/'
    expect_status 200 "$what front page"
    expect_line 'Tra cứu văn bản' "$scratch/body"
    expect_line '^Content-Security-Policy: default-src' "$scratch/headers"
    [ "$(wc -c <"$scratch/body")" -lt 40960 ] || fail "$what: the first page is above 40 KB"
    get '/?q=sinh%20hoat%20chuyen%20de'
    expect_status 200 "$what search"
    expect_line '28-CTr/TU' "$scratch/body"
    expect_line '<mark>sinh hoạt chuyên đề</mark>\|<mark>sinh</mark>' "$scratch/body"
    sed "s|\"$base/|\"/|g" "$scratch/body" >"$scratch/search-$what"
    get '/?q=21-NQ/TW'
    expect_status 303 "$what citation alone"
    expect_line "^Location: $base/work/21-NQ/TW~XIII" "$scratch/headers"
    get '/nowhere'
    expect_status 404 "$what unknown page"
    get '/?page=abc'
    expect_status 400 "$what bad parameter"
    get '/status' -d x=y
    expect_status 405 "$what form to a page that takes none"
}

# What can be taken away of a neighbourhood: each file as what it is, under a name of its own, and the folders of
# the server unsaid.
check_downloads() {
    local format type
    while read -r format type; do
        [ "$format" != png ] || command -v rsvg-convert >/dev/null || continue
        get "/graph/21-NQ/TW~XIII?steps=2&format=$format"
        expect_status 200 "$format"
        expect_line "^Content-Type: $type" "$scratch/headers"
        expect_line "^Content-Disposition: attachment; filename\*=UTF-8''luoc-do-21-NQ-TW~XIII.$format" "$scratch/headers"
        expect_no_line "$ND_SOURCE" "$scratch/body"
        cp "$scratch/body" "$scratch/download.$format"
    done <<'FORMATS'
svg image/svg+xml
png image/png
graphml application/graphml+xml
csv text/csv
FORMATS
    python3 - "$scratch" <<'PYTHON'
import csv, os, sys, xml.etree.ElementTree as tree
folder = sys.argv[1] + "/download."
rows = list(csv.DictReader(open(folder + "csv", encoding="utf-8-sig", newline="")))
assert {"21-NQ/TW"} < {row["target_code"] for row in rows}, rows[:2]
assert all("/" not in row["path"] for row in rows), "a folder in the table"
graph = tree.parse(folder + "graphml").getroot()
nodes = [node.get("id") for node in graph.iter("{http://graphml.graphdrawing.org/xmlns}node")]
assert "21-NQ/TW~XIII" in nodes and len(nodes) > 5, nodes
assert tree.parse(folder + "svg").getroot().tag.endswith("svg")
if os.path.exists(folder + "png"):
    assert open(folder + "png", "rb").read(8) == b"\x89PNG\r\n\x1a\n"
PYTHON
    get '/graph/1-NQ/XX~I?format=graphml'
    expect_status 404 "a download of nothing"
    expect_no_line '^Content-Disposition' "$scratch/headers"
}

# What is indexed, when, and what could not be read, with its remedy; names of such files only for those on a list.
check_status() {
    get /status
    expect_line 'Lần đọc tệp gần nhất' "$scratch/body"
    expect_line 'tệp có mật khẩu\|định dạng chưa đọc được' "$scratch/body"
    expect_line 'chuyển tệp sang một định dạng' "$scratch/body"
    expect_no_line 'kho-doc.xyz' "$scratch/body"
    get '/status?format=json'
    python3 - "$scratch/body" <<'PYTHON'
import json, sys
status = json.load(open(sys.argv[1]))
assert status["schema"] == "ndsearch-status/1" and status["documents"] > 20 and status["last_run"]["files"] > 20, status
assert [t["code"] for t in status["troubles"]] == ["unsupported"] and "names" not in status["troubles"][0], status
PYTHON
}

# One document in two files is one result, which leads to the other file, too.
check_folding() {
    get '/?q=s%E1%BB%91:28-CTr/TU'
    expect_equal 1 "$(grep -o '<h2><a ' "$scratch/body" | wc -l)" "results of one document"
    expect_line 'Tệp khác của văn bản này:' "$scratch/body"
    get "$(grep -o '<p class="where">Tệp khác[^>]*>' "$scratch/body" | sed 's/.*href="//; s/[?"].*//')"
    expect_line '28-CTr/TU' "$scratch/body"
    get '/?q=s%E1%BB%91:28-CTr/TU&format=json'
    expect_line '"other_files":\["28-ctr-tu[a-z-]*.txt"\]' "$scratch/body"
}

need lighttpd
start_lighttpd cgi
check_downloads
check_folding
check_status
check_site cgi
start_lighttpd fastcgi
check_site fastcgi
cmp "$scratch/search-cgi" "$scratch/search-fastcgi" || fail "CGI and FastCGI answer differently"

ndsearch -d "$ND_INDEX" --serve 0 >"$scratch/serve.out" 2>"$scratch/serve.log" &
servers+=($!)
for _ in $(seq 100); do [ -s "$scratch/serve.out" ] && break; sleep 0.05; done
site=$(sed 's|/$||; s|localhost|127.0.0.1|' "$scratch/serve.out")
check_site ndserve
cmp "$scratch/search-cgi" "$scratch/search-ndserve" || fail "CGI and the built-in server answer differently"
get /status
expect_line 'kho-doc.xyz' "$scratch/body" # at one's own machine
get '/' -H 'Host: elsewhere.example'
expect_status 400 "a name of another machine"

# A work that many implement: the page shows the clearest, how many there are, and where the others are.
mkdir "$scratch/many"
for i in $(seq 120); do
    printf 'TỈNH ỦY SƠN LA\n*\nSố %s-KH/TU\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022\n-----\nViệc %s.\n' $i $i >"$scratch/many/$i.txt"
done
for law in '07/2007/QH12 2007' '30/2018/QH14 2018'; do
    printf 'QUỐC HỘI                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật số: %s              Hà Nội, ngày 19 tháng 11 năm %s\n\nLUẬT\nPHÒNG CHỐNG SƯƠNG MÙ\n\nĐiều 1. Luật này quy định về phòng chống sương mù năm %s.\n' \
        ${law% *} ${law#* } ${law#* } >"$scratch/many/luat-${law#* }.txt"
done
sample=$ND_INDEX
export ND_INDEX="$scratch/many-index"
ndindex -d "$ND_INDEX" "$scratch/many" >/dev/null
start_lighttpd cgi
get '/work/21-NQ/TW~XIII'
expect_equal 60 "$(grep -o '<td><a href="/work/document%3A' "$scratch/body" | wc -l)" "documents that implement the work, on its page"
expect_line 'href="/?q=implements%3A21-NQ%2FTW~XIII' "$scratch/body"
expect_line 'Đang hiện <b>60</b> trong <b>120</b> văn bản' "$scratch/body"
get '/work/21-NQ/TW~XIII?format=json'
expect_line '"complete":true' "$scratch/body"
expect_equal 120 "$(grep -o '"source_code"' "$scratch/body" | wc -l)" "documents that implement the work, as data"
get '/?q=luat%20phong%20chong%20suong%20mu'
expect_line '^Location: /work/30/2018/QH14' "$scratch/headers"
get '/work/30/2018/QH14'
expect_line 'Các lần ban hành khác</h2><ul class="list"><li><a href="/work/07/2007/QH12">' "$scratch/body"
export ND_INDEX=$sample

need nginx
start_nginx fastcgi
check_site nginx
cmp "$scratch/search-cgi" "$scratch/search-nginx" || fail "CGI and nginx answer differently"
need fcgiwrap
start_nginx fcgiwrap
check_site fcgiwrap
cmp "$scratch/search-cgi" "$scratch/search-fcgiwrap" || fail "CGI and fcgiwrap answer differently"

if PATH="$PATH:/usr/sbin" command -v apache2 >/dev/null; then
    base=/tra-cuu
    for way in CGI FASTCGI; do
        start_apache $way
        check_site apache-$way
        cmp "$scratch/search-cgi" "$scratch/search-apache-$way" || fail "CGI and Apache's $way answer differently"
    done
    base=''
else
    echo "skipped for Apache: apache2 is not installed (./quickstart test installs it)"
fi

# An answer that takes too long is 503 with a sentence, and the next request is answered: an index of which a part lies
# on another machine that never answers.
python3 - "$scratch/silent.port" <<'PYTHON' &
import socket, sys, time
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(16)
open(sys.argv[1], "w").write(str(s.getsockname()[1]))
time.sleep(300)
PYTHON
servers+=($!)
for _ in $(seq 100); do [ -s "$scratch/silent.port" ] && break; sleep 0.05; done
printf 'remote 127.0.0.1:%s\n' "$(cat "$scratch/silent.port")" >"$scratch/silent"
for way in cgi fastcgi; do
    ND_INDEX="$scratch/silent" ND_WORKERS=1 start_lighttpd $way
    started=$(date +%s%N)
    get '/?q=x'
    elapsed_ms=$((($(date +%s%N) - started) / 1000000))
    expect_status 503 "$way: a question without end"
    expect_line 'cần quá nhiều thời gian' "$scratch/body"
    expect_line '^Retry-After: 60' "$scratch/headers"
    [ $elapsed_ms -ge 4500 ] && [ $elapsed_ms -lt 20000 ] || fail "$way: the deadline came after $elapsed_ms ms"
    get '/opensearch.xml'
    expect_status 200 "$way: the request after it"
done
