#!/usr/bin/env python3
"""usage: joined.py WHOLE JOINED < QUERIES

WHOLE is an index, JOINED a stub of several indexes with the same documents. ndsearch must answer each query (one a
line) alike from both: hits, scores, passages, evidence, counts, facets and cards, for readers who may see stamped documents
and for those who may not. Only hits of one weight may stand in another order.
"""
import json
import subprocess
import sys


def ask(index, query, options):
    run = subprocess.run(["ndsearch", "-d", index, "-n", "100", "-f", "json", "--facets", *options, "--", query],
                         capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"exit {run.returncode} from {index} for {query} {options}: {run.stderr}")
    answer = json.loads(run.stdout)
    for hit in answer["hits"]:
        del hit["rank"]
        hit["score"] = round(hit["score"], 3)
        hit["edges"].sort(key=lambda edge: (edge["document"], edge["span"]))
    if answer["hits"] != sorted(answer["hits"], key=lambda hit: -hit["score"]):
        sys.exit(f"hits of {index} out of order for {query} {options}")
    answer["hits"].sort(key=lambda hit: hit["document"])
    for name in ("seconds", "until"): # several indexes have no common state to come back to
        del answer[name]
    for card in [answer["card"], *answer["candidates"]]:
        if card:
            card["aliases"] = sorted({alias["text"] for alias in card["aliases"]})
    return answer


def difference(want, got, place=""):
    """Where two answers differ first, as a sentence; None for equal ones."""
    if isinstance(want, dict) and isinstance(got, dict) and want.keys() == got.keys():
        parts = want.keys()
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        parts = range(len(want))
    else:
        return None if want == got else f"{place}: {str(want)[:300]} became {str(got)[:300]}"
    return next(filter(None, (difference(want[part], got[part], f"{place}/{part}") for part in parts)), None)


def main():
    whole, joined = sys.argv[1:]
    n_hits = 0
    for query in sys.stdin.read().splitlines():
        for options in ([], ["--visible", "none"], ["--sort", "citations"]):
            want, got = ask(whole, query, ["--every-file", *options]), ask(joined, query, ["--every-file", *options])
            n_hits += len(want["hits"])
            if want != got:
                sys.exit(f"{query} {options}: {difference(want, got)}")
    print(f"{n_hits} hits alike")


main()
