#!/usr/bin/env python3
"""usage: check_json.py SCHEMA FILE — every line of FILE is JSON that the schema describes."""
import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as schema:
        validator = jsonschema.Draft202012Validator(json.load(schema))
    with open(sys.argv[2], encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    bad = 0
    for number, document in enumerate(documents, 1):
        for error in validator.iter_errors(document):
            form = document.get("schema")
            reasons = [e for e in error.context if "schema" not in e.absolute_path] or [error]
            print(f"line {number} ({form}): {min(reasons, key=lambda e: len(e.message)).message[:300]}")
            bad += 1
    sys.exit(1 if bad or not documents else 0)


if __name__ == "__main__":
    main()
