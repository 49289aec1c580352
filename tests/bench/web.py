#!/usr/bin/env python3
"""Measure the pages: plain CGI beside Omega's, FastCGI under load, one long document, size, memory.

usage: web.py BIN INDEX QUERIES.tsv [OMEGA_DATABASE]
BIN holds the programs; QUERIES.tsv has the query in its last column; OMEGA_DATABASE is one that omindex made of the
same documents (its server's wait and ours are measured in turn, query by query). Needs lighttpd and wrk.
"""
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROUNDS = 10
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def quantile(values, q):
    return sorted(values)[min(len(values) - 1, int(q * len(values)))]


def run_cgi(program, environment):
    """Milliseconds of one whole CGI process, output read to the end."""
    start = time.perf_counter()
    read, write = os.pipe()
    pid = os.posix_spawn(program, [program], environment,
                         file_actions=[(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_CLOSE, read)])
    os.close(write)
    size = 0
    while chunk := os.read(read, 1 << 16):
        size += len(chunk)
    os.close(read)
    os.waitpid(pid, 0)
    return (time.perf_counter() - start) * 1e3, size


def environment(query, **more):
    return {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "SCRIPT_NAME": "/", "LANG": "C.UTF-8", **more}


def measure_cgi(program, index, queries, omega, scratch):
    ours, theirs = [], []
    omega_config = os.path.join(scratch, "omega.conf")
    if omega:
        # Omega's own page, but without its English stemmer: stemmed, Vietnamese words match nothing, and fast.
        templates = os.path.join(scratch, "templates")
        shutil.copytree("/var/lib/xapian-omega/templates", templates)
        with open(os.path.join(templates, "unstemmed"), "w", encoding="utf-8") as file:
            file.write("$set{stemmer,none}$include{query}")
        with open(omega_config, "w", encoding="utf-8") as file:
            file.write(f"database_dir {os.path.dirname(omega)}\ntemplate_dir {templates}\n"
                       f"log_dir {scratch}\ncdb_dir {scratch}\n")
    for _ in range(ROUNDS):
        for query in queries:
            text = urllib.parse.quote(query)
            ours.append(run_cgi(program, environment("q=" + text, ND_INDEX=index))[0])
            if omega:
                theirs.append(run_cgi("/usr/lib/cgi-bin/omega/omega", environment(
                    f"P={text}&FMT=unstemmed&DB={os.path.basename(omega)}", OMEGA_CONFIG_FILE=omega_config))[0])
    for name, times in (("ndsearch.cgi", ours), ("omega", theirs)):
        if times:
            print(f"CGI {name}: median {statistics.median(times):.2f} ms, p95 {quantile(times, .95):.2f} ms")


def start_site(program, index, scratch):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    with open(f"{SOURCE}/tests/web/lighttpd-fastcgi.conf", encoding="utf-8") as file:
        text = file.read()
    for name, value in (("PORT", port), ("PROGRAM", program), ("FOLDER", scratch), ("INDEX", index), ("USER", "")):
        text = text.replace(f"@{name}@", str(value))
    name = os.path.join(scratch, f"lighttpd-{port}.conf")
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
    server = subprocess.Popen([shutil.which("lighttpd") or "/usr/sbin/lighttpd", "-D", "-f", name],
                              stderr=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(site + "/style.css")
            break
        except OSError:
            time.sleep(0.05)
    return server, site


def workers_memory(server):
    """Resident kilobytes of all workers below the server."""
    total = 0
    parents = {server.pid}
    for _ in range(3):
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open(f"/proc/{entry}/status", encoding="utf-8") as file:
                        status = file.read()
                except OSError:
                    continue
                if int(re.search(r"PPid:\s+(\d+)", status)[1]) in parents:
                    parents.add(int(entry))
    for pid in parents - {server.pid}:
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            total += int((re.search(r"VmRSS:\s+(\d+)", file.read()) or [0, 0])[1])
    return total


def measure_load(server, site, queries, scratch):
    script = os.path.join(scratch, "mix.lua")
    with open(script, "w", encoding="utf-8") as file:
        paths = ", ".join(json.dumps("/?q=" + urllib.parse.quote(query)) for query in queries)
        file.write(f"local paths = {{{paths}}}\nlocal i = 0\n"
                   "request = function() i = i % #paths + 1 return wrk.format('GET', paths[i]) end\n")
    before = None
    for seconds, what in ((5, "warm-up"), (30, "load"), (int(os.environ.get("SOAK_SECONDS", "0")), "soak")):
        if seconds == 0:
            continue
        out = subprocess.run(["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", "-s", script, site],
                             capture_output=True, encoding="utf-8", check=True).stdout
        after = workers_memory(server)
        if what != "warm-up":
            n = re.search(r"(\d+) requests in", out)[1]
            rate = re.search(r"Requests/sec:\s+([\d.]+)", out)[1]
            p99 = re.search(r"99%\s+(\S+)", out)[1]
            errors = re.search(r"Non-2xx.*", out)
            print(f"FastCGI {what}: {rate} requests/s, p99 {p99}, {n} requests, workers {before} -> {after} KB"
                  + (f", {errors[0]}" if errors else ""))
        before = after


def measure_pages(site, program, index, queries):
    sizes = []
    for query in queries:
        with urllib.request.urlopen(f"{site}/?q={urllib.parse.quote(query)}") as answer:
            sizes.append(len(answer.read()))
    with urllib.request.urlopen(site + "/") as answer:
        front = len(answer.read())
    with urllib.request.urlopen(site + "/style.css") as answer:
        style = len(answer.read())
    with urllib.request.urlopen(site + "/ndsearch.js") as answer:
        script = len(answer.read())
    print(f"sizes: first page {front} + style sheet {style} + script {script} = {front + style + script} bytes; "
          f"results at most {max(sizes)} bytes")


def measure_document(program, bin_folder, scratch):
    """A text of 65 KB full of citations, as a page."""
    folder = os.path.join(scratch, "long")
    os.mkdir(folder)
    paragraph = ("Thực hiện Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII, các chi bộ "
                 "tổ chức sinh hoạt chuyên đề mỗi quý một lần và báo cáo theo Chỉ thị số 28-CT/TW, ngày 21/01/2019.\n\n")
    text = ""
    while len(text.encode()) < 65 << 10:
        text += f"{text.count('Thực hiện') + 1}. {paragraph}"
    with open(os.path.join(folder, "long.txt"), "w", encoding="utf-8") as file:
        file.write(text)
    index = os.path.join(scratch, "long-index")
    subprocess.run([f"{bin_folder}/ndindex", "-d", index, folder], check=False, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    server, site = start_site(program, index, scratch)
    try:
        with urllib.request.urlopen(site + "/?q=sinh&format=json") as answer:
            key = json.load(answer)["hits"][0]["document"]
        times = []
        for _ in range(100):
            start = time.perf_counter()
            with urllib.request.urlopen(f"{site}/document/{key}?q=sinh+ho%E1%BA%A1t") as answer:
                size = len(answer.read())
            times.append((time.perf_counter() - start) * 1e3)
        print(f"document of 65 KB: median {statistics.median(times):.2f} ms, p95 {quantile(times, .95):.2f} ms, "
              f"{size} bytes")
    finally:
        server.terminate()
        server.wait()


def main():
    bin_folder, index, queries_file = (os.path.abspath(a) for a in sys.argv[1:4])
    omega = os.path.abspath(sys.argv[4]) if len(sys.argv) > 4 else None
    with open(queries_file, encoding="utf-8") as file:
        queries = [line.rstrip("\n").split("\t")[-1] for line in file if line.strip()]
    program = f"{bin_folder}/ndsearch.cgi"
    with tempfile.TemporaryDirectory() as scratch:
        measure_cgi(program, index, queries, omega, scratch)
        server, site = start_site(program, index, scratch)
        try:
            measure_pages(site, program, index, queries)
            measure_load(server, site, queries, scratch)
        finally:
            server.terminate()
            server.wait()
        measure_document(program, bin_folder, scratch)


if __name__ == "__main__":
    main()
