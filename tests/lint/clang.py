#!/usr/bin/env python3
"""Let clang check every C file of a build that another compiler made.

usage: clang.py CLANG BUILD_DIR

Takes the flags of each file from BUILD_DIR/compile_commands.json, checks syntax and warnings without writing anything,
and prints what clang says. Exit 1 when it says something; of another version than Debian 12's, whose warnings the
project has never seen, only errors count.
"""
import concurrent.futures
import json
import os
import shlex
import subprocess
import sys

KEPT = ("-D", "-I", "-isystem", "-std", "-W", "-f")
KNOWN_VERSION = " version 14."


def check(clang, entry, warnings_count):
    words = shlex.split(entry["command"])
    flags = []
    for word, following in zip(words, words[1:] + [""]):
        if word == "-isystem":
            flags += [word, following]
        elif word.startswith(KEPT):
            flags.append(word)
    if not warnings_count:
        flags.append("-w")
    command = [clang, "-fsyntax-only", "-Wno-unknown-warning-option", *flags, entry["file"]]
    return subprocess.run(command, cwd=entry["directory"], capture_output=True, text=True)


def main():
    clang, build = sys.argv[1:]
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = [entry for entry in json.load(file) if entry["file"].endswith(".c")]
    version = subprocess.run([clang, "--version"], capture_output=True, text=True, check=True).stdout
    warnings_count = KNOWN_VERSION in version
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        results = list(pool.map(lambda entry: check(clang, entry, warnings_count), entries))
    for result in results:
        sys.stdout.write(result.stderr)
    print(f"{len(results)} files")
    return 1 if not results or any(result.returncode or result.stderr for result in results) else 0


sys.exit(main())
