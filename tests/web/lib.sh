# Sourced by the tests of the pages, after tests/cli/lib.sh: web servers started here on free loopback ports,
# ended with the test.
servers=()
stop_servers() {
    local pid
    for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${servers[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$scratch"
}
trap stop_servers EXIT

# need COMMAND...: skips the test when a package of the second kind in packages.txt is not installed.
need() {
    local command
    for command in "$@"; do
        PATH="$PATH:/usr/sbin" command -v "$command" >/dev/null ||
            { echo "skipped: $command is not installed (./quickstart test installs it)"; exit 77; }
    done
}

# Below the ports that outgoing connections take, so that none of those takes it before the server does; at random,
# so that tests beside each other do not meet.
free_port() {
    python3 - <<'PYTHON'
import random, socket
while True:
    port = random.randrange(10240, 32768)
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            continue
    print(port)
    break
PYTHON
}

wait_for() {
    local url=$1 i
    for i in $(seq 200); do
        curl -sf -o /dev/null "$url" && return
        sleep 0.05
    done
    cat "$scratch"/*.log >&2 2>/dev/null || true
    fail "no server at $url"
}

# start_lighttpd cgi|fastcgi: sets $site to its address. The configurations are those of docs/web.md, with this
# test's port and folders.
start_lighttpd() {
    local port conf="$scratch/lighttpd-$1.conf"
    port=$(free_port)
    sed -e "s|@PORT@|$port|g; s|@PROGRAM@|$ND_BIN/ndsearch.cgi|; s|@FOLDER@|$scratch|g; s|@INDEX@|$ND_INDEX|; s|@USER@|${web_user:-}|" \
        "$ND_SOURCE/tests/web/lighttpd-$1.conf" >"$conf"
    PATH="$PATH:/usr/sbin" lighttpd -D -f "$conf" >"$scratch/lighttpd-$1.log" 2>&1 &
    servers+=($!)
    site="http://127.0.0.1:$port"
    wait_for "$site/style.css"
}

# start_nginx fastcgi|fcgiwrap: nginx before ndsearch.cgi on a socket, as FastCGI or wrapped, one process a request.
start_nginx() {
    local port
    port=$(free_port)
    rm -f "$scratch/fastcgi.socket"
    if [ "$1" = fcgiwrap ]; then
        PATH="$PATH:/usr/sbin" fcgiwrap -s "unix:$scratch/fastcgi.socket" 2>"$scratch/fcgiwrap.log" &
        servers+=($!)
    else
        spawn_fastcgi "$scratch/fastcgi.socket"
    fi
    sed -e "s|@PORT@|$port|g; s|@FOLDER@|$scratch|g; s|@PROGRAM@|$ND_BIN/ndsearch.cgi|; s|@INDEX@|$ND_INDEX|" "$ND_SOURCE/tests/web/nginx.conf" >"$scratch/nginx.conf"
    PATH="$PATH:/usr/sbin" nginx -e "$scratch/nginx.log" -p "$scratch" -c "$scratch/nginx.conf" >>"$scratch/nginx.log" 2>&1 &
    servers+=($!)
    site="http://127.0.0.1:$port"
    wait_for "$site/style.css"
}

# start_apache CGI|FASTCGI: Apache with the program as CGI, or before it on a socket; the pages are under /tra-cuu.
start_apache() {
    local port
    port=$(free_port)
    rm -f "$scratch/fastcgi.socket"
    if [ "$1" = FASTCGI ]; then
        spawn_fastcgi "$scratch/fastcgi.socket"
        while ! [ -S "$scratch/fastcgi.socket" ]; do sleep 0.05; done
    fi
    # Started by root it serves as nobody, who may not get to where the program was built.
    cp "$ND_BIN/ndsearch.cgi" "$scratch/ndsearch.cgi"
    chmod a+rX -R "$scratch"
    [ "$1" = CGI ] || chmod a+w "$scratch/fastcgi.socket"
    sed -e "s|@PORT@|$port|g; s|@FOLDER@|$scratch|g; s|@PROGRAM@|$scratch/ndsearch.cgi|; s|@INDEX@|$ND_INDEX|" \
        -e 's|@MODULES@|/usr/lib/apache2/modules|' "$ND_SOURCE/tests/web/apache.conf" >"$scratch/apache-$1.conf"
    PATH="$PATH:/usr/sbin" apache2 -D FOREGROUND -D "$1" -f "$scratch/apache-$1.conf" >"$scratch/apache-start.log" 2>&1 &
    servers+=($!)
    site="http://127.0.0.1:$port/tra-cuu"
    wait_for "$site/style.css"
}

# spawn_fastcgi SOCKET: the program with a listening socket as its standard input, as FastCGI starts programs.
spawn_fastcgi() {
    python3 - "$1" "$ND_BIN/ndsearch.cgi" <<'PYTHON' 2>"$scratch/fastcgi.log" &
import os, socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen(64)
os.dup2(listener.fileno(), 0)
os.execv(sys.argv[2], [sys.argv[2]])
PYTHON
    servers+=($!)
}

# get PATH [CURL OPTION...]: body in $scratch/body, headers in $scratch/headers, status in $status.
get() {
    local path=$1
    shift
    status=$(curl -s -o "$scratch/body" -D "$scratch/headers" -w '%{http_code}' "$@" "$site$path")
}

expect_status() { expect_equal "$1" "$status" "status${2:+ of $2}"; }

sample_index() {
    export ND_INDEX="$scratch/index"
    ndindex -d "$ND_INDEX" "$ND_SOURCE/corpus/sample" >"$scratch/index.log" 2>&1 || [ $? -eq 3 ] ||
        { cat "$scratch/index.log" >&2; fail "the sample collection could not be indexed"; }
}
