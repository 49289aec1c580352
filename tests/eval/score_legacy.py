#!/usr/bin/env python3
"""Score how well legacy Vietnamese files are read.

usage: score_legacy.py [--min SHARE] FOLDER COMMAND...
FOLDER holds files/NAME.EXT and transcripts/NAME.txt; COMMAND FILE prints the text of a file (ndindex --extract).

Of the characters of a transcript that carry a diacritic (or are đ), the share that came out exactly. Output and
transcript are aligned on their base letters (marks and case taken off), words first, then characters where the words
differ. Both are composed (NFC), runs of white space count as one space; a missing output scores nothing.
Three shares are given: letters compared without their case; with a capital counting for a small letter, but not the other
way round; and with their case. The transcripts write what stands in fonts of capitals (.VnTimeH) in small letters, as it was
typed; the reader writes the capitals that the page shows, and the second share forgives just that.
Prints one line a file (not with --summary) and the shares over all of them; exit 1 when the share without case is below --min,
77 when there is no such folder.
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


def count(right, reference, output):
    """Adds the marked characters that two strings of equal length share to right."""
    for a, b in zip(reference, output):
        if is_marked(a):
            right[0] += a.lower() == b.lower()
            right[1] += b in (a, a.upper())
            right[2] += a == b


def right_characters(reference, output):
    """Marked characters of the string reference that the aligned string output has: (without case, capitals forgiven, with case)."""
    base_of_reference = [base(c) for c in reference]
    base_of_output = [base(c) for c in output]
    right = [0, 0, 0]
    for i, j, n in matches(base_of_reference, base_of_output):
        count(right, reference[i:i + n], output[j:j + n])
    return right


def score(reference, output):
    """([marked characters recovered: without case, capitals forgiven, with case], marked characters)"""
    total = sum(map(is_marked, reference))
    words, found = reference.split(" "), output.split(" ")
    right, at_word, at_found = [0, 0, 0], 0, 0
    for i, j, n in matches([base(w) for w in words], [base(w) for w in found]):
        gap, gap_found = " ".join(words[at_word:i]), " ".join(found[at_found:j])
        if gap and gap_found:
            right = [a + b for a, b in zip(right, right_characters(gap, gap_found[:20 * len(gap) + 1000]))]
        for k in range(n):
            count(right, words[i + k], found[j + k])
        at_word, at_found = i + n, j + n
    return right, total


def line(right, total, name):
    shares = "  ".join(f"{n / max(1, total):.4f}" for n in right)
    return f"{shares}  {right[0]:6d} of {total:6d}  {name}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--min", type=float, default=0.0)
    parser.add_argument("--summary", action="store_true")
    parser.add_argument("folder")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not os.path.isdir(options.folder):
        print(f"skipped: no {options.folder}")
        sys.exit(77)
    right, total = [0, 0, 0], 0
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
        right, total = [a + b for a, b in zip(right, file_right)], total + file_total
        if not options.summary:
            print(line(file_right, file_total, name))
    print(line(right, total, f"{len(names)} files (share without case, capitals forgiven, with case)"))
    sys.exit(0 if names and right[0] >= options.min * total else 1)


if __name__ == "__main__":
    main()
