#!/usr/bin/env python3
"""Check that the commands shown in a Markdown file print what the file says they print.

usage: transcript.py [--update] FILE
Every block fenced as ```console is a transcript: lines that begin with "$ " are run by bash in the current folder,
the lines after each are its output, with the current folder cut from paths. --update writes the true output into the
file instead.
"""
import difflib
import os
import re
import subprocess
import sys


def run(transcript):
    lines = []
    for line in transcript.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(["bash", "-c", line[2:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  encoding="utf-8", check=False)
            lines += ([""] if lines else []) + [line] + done.stdout.replace(os.getcwd() + "/", "").rstrip("\n").splitlines()
    return "\n".join(lines) + "\n"


def main():
    update = sys.argv[1] == "--update"
    name = sys.argv[-1]
    with open(name, encoding="utf-8") as file:
        old = file.read()
    new = re.sub(r"(?<=^```console\n)(.*?)(?=^```$)", lambda block: run(block[1]), old, flags=re.S | re.M)
    if update:
        with open(name, "w", encoding="utf-8") as file:
            file.write(new)
    elif new != old:
        sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), new.splitlines(True), name, "really"))
        sys.exit(1)


if __name__ == "__main__":
    main()
