#!/usr/bin/env python3
"""Score how well legacy Vietnamese files are read.

usage: score_legacy.py [--min SHARE] FOLDER COMMAND...
FOLDER holds files/NAME.EXT and transcripts/NAME.txt; COMMAND FILE prints the text of a file (ndindex --extract).

Of the characters of a transcript that carry a diacritic (or are đ), the share that came out exactly. Output and
transcript are aligned on their base letters (marks and case taken off), words first, then characters where the words
differ. Both are composed (NFC), runs of white space count as one space; a missing output scores nothing.
Prints one line a file and the share over all of them; exit 1 when that is below --min.
"""
import argparse
import difflib
import glob
import os
import subprocess
import sys
import unicodedata


def composed(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def base(text):
    marks_off = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return marks_off.replace("đ", "d").replace("Đ", "D").lower()


def is_marked(c):
    return c in "đĐ" or (c.isalpha() and unicodedata.normalize("NFD", c) != c)


def matches(reference, output):
    """Pairs of equal stretches of two sequences: (start, start, length)."""
    return difflib.SequenceMatcher(None, reference, output, autojunk=False).get_matching_blocks()


def right_characters(reference, output):
    """Marked characters of the string reference that the aligned string output has exactly."""
    base_of_reference = [base(c) for c in reference]
    base_of_output = [base(c) for c in output]
    right = 0
    for i, j, n in matches(base_of_reference, base_of_output):
        right += sum(1 for k in range(n) if is_marked(reference[i + k]) and reference[i + k] == output[j + k])
    return right


def score(reference, output):
    """(marked characters recovered, marked characters)"""
    total = sum(map(is_marked, reference))
    words, found = reference.split(" "), output.split(" ")
    right, at_word, at_found = 0, 0, 0
    for i, j, n in matches([base(w) for w in words], [base(w) for w in found]):
        gap, gap_found = " ".join(words[at_word:i]), " ".join(found[at_found:j])
        if gap and gap_found:
            right += right_characters(gap, gap_found[:20 * len(gap) + 1000])
        for k in range(n):
            right += sum(1 for a, b in zip(words[i + k], found[j + k]) if is_marked(a) and a == b)
        at_word, at_found = i + n, j + n
    return right, total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--min", type=float, default=0.0)
    parser.add_argument("folder")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    right = total = 0
    names = sorted(glob.glob(os.path.join(options.folder, "transcripts", "*.txt")))
    for transcript in names:
        name = os.path.basename(transcript)[:-len(".txt")]
        sources = glob.glob(os.path.join(glob.escape(options.folder), "files", glob.escape(name) + ".*"))
        reference = composed(open(transcript, encoding="utf-8").read())
        output = ""
        if sources:
            run = subprocess.run(options.command + [sources[0]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            output = composed(run.stdout.decode("utf-8", "replace"))
        file_right, file_total = score(reference, output)
        right, total = right + file_right, total + file_total
        print(f"{file_right / max(1, file_total):.4f}  {file_right:6d} of {file_total:6d}  {name}")
    share = right / max(1, total)
    print(f"{share:.4f}  {right:6d} of {total:6d}  {len(names)} files")
    sys.exit(0 if names and share >= options.min else 1)


if __name__ == "__main__":
    main()
