#!/usr/bin/env bash
# The same pages come from every way of serving them: lighttpd with CGI, lighttpd with FastCGI, nginx with
# FastCGI, and the built-in server.
. "$ND_SOURCE/tests/cli/lib.sh"
. "$ND_SOURCE/tests/web/lib.sh"
need curl python3
sample_index

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
    cp "$scratch/body" "$scratch/search-$what"
    get '/?q=21-NQ/TW'
    expect_status 303 "$what citation alone"
    expect_line '^Location: /work/21-NQ/TW~XIII' "$scratch/headers"
    get '/nowhere'
    expect_status 404 "$what unknown page"
    get '/?page=abc'
    expect_status 400 "$what bad parameter"
    get '/status' -d x=y
    expect_status 405 "$what form to a page that takes none"
}

need lighttpd
start_lighttpd cgi
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
get '/' -H 'Host: elsewhere.example'
expect_status 400 "a name of another machine"

need nginx
start_nginx
check_site nginx
cmp "$scratch/search-cgi" "$scratch/search-nginx" || fail "CGI and nginx answer differently"
