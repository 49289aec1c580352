#!/usr/bin/env python3
"""Check the include rules of docs/architecture.md: each room includes only itself and the rooms its row allows.

usage: layers.py SOURCE_DIR
Prints one line a violation, exit 1 when there is any. Also checks that only corpus/store/xapian_c is C++ and names
<xapian.h>, and that every header is guarded.
"""
import os
import re
import sys

# room (longest prefix wins) -> prefixes it may include
ALLOWED = {
    "base/": ["base/"],
    "analyzers/": ["base/", "analyzers/"],
    "corpus/read/": ["base/", "corpus/read/"],
    "corpus/store/xapian_c/": ["corpus/store/xapian_c/"],
    "corpus/store/": ["base/", "corpus/store/", "analyzers/"],
    "graph/": ["base/", "analyzers/", "corpus/store/", "graph/"],
    "indexer/": ["base/", "analyzers/", "corpus/", "graph/", "indexer/"],
    "query/": ["base/", "analyzers/", "corpus/store/", "corpus/read/diagnostics.def", "graph/", "query/"],
    "web/": ["base/", "analyzers/data/", "query/", "web/"],
    "tests/": [""],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def rules_for(path):
    return ALLOWED[max((p for p in ALLOWED if path.startswith(p)), key=len)]


def main():
    root = sys.argv[1]
    errors = []
    for room in ("base", "analyzers", "corpus", "graph", "indexer", "query", "web", "tests"):
        for where, folders, names in os.walk(os.path.join(root, room)):
            folders[:] = [f for f in folders if f not in ("node_modules", "build")]
            for name in names:
                if not name.endswith((".c", ".h", ".cc", ".def", ".re")):
                    continue
                full = os.path.join(where, name)
                path = os.path.relpath(full, root)
                text = open(full, encoding="utf-8").read()
                if name.endswith(".cc") and not path.startswith("corpus/store/xapian_c/"):
                    errors.append(f"{path}: C++ outside corpus/store/xapian_c")
                if name.endswith(".h") and not re.search(r"^#ifndef \w+_H\n#define \w+_H$", text, re.M):
                    errors.append(f"{path}: no include guard")
                for number, line in enumerate(text.splitlines(), 1):
                    found = INCLUDE.match(line)
                    if not found:
                        continue
                    kind, what = found.groups()
                    if what == "xapian.h" and not path.startswith("corpus/store/xapian_c/"):
                        errors.append(f"{path}:{number}: <xapian.h> outside the binding")
                    if kind == '"' and not any(what.startswith(p) for p in rules_for(path) + ["generated/"]):
                        errors.append(f"{path}:{number}: may not include {what}")
    print("\n".join(errors))
    print(f"{len(errors)} violations of the include rules")
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
