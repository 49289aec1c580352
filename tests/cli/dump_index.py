#!/usr/bin/env python3
"""Print what an index says, in an order and in words that do not depend on how it came about: no ids, no times.

usage: dump_index.py INDEX
Two indexes of the same documents print the same, whatever updates led to them.
"""
import os
import sqlite3
import sys

QUERIES = {
    "document": """SELECT f.path, d.member, d.key, d.size, d.type, d.number, d.issuer, d.place, d.level,
                          d.date, d.title, w.key
                   FROM current_document d JOIN file f ON f.id = d.file LEFT JOIN document_work dw ON dw.document = d.id
                   LEFT JOIN work w ON w.id = dw.work""",
    "copy": """SELECT d.key, min(d.duplicate_of IS NOT NULL), sum(d.duplicate_of IS NULL) FROM current_document d GROUP BY d.key""",
    "mention": """SELECT f.path, d.member, m.ordinal, m.start, m.end, m.kind, m.relation, r.outcome, w.key, r.candidates,
                         r.question, r.certainty, (SELECT text FROM wording WHERE id = r.reason)
                  FROM mention m JOIN current_document d ON d.id = m.document JOIN file f ON f.id = d.file
                  LEFT JOIN resolution r ON r.document = m.document AND r.ordinal = m.ordinal LEFT JOIN work w ON w.id = r.work""",
    "work": "SELECT key, code, type, number, issuer, place, period, level, date, title FROM work",
    "edge": """SELECT s.key, t.key, e.relation, e.strength, e.proposed, round(e.confidence, 6), f.path, e.ordinal, (SELECT text FROM wording WHERE id = e.rule), b.key
               FROM edge e JOIN work s ON s.id = e.source JOIN work t ON t.id = e.target JOIN document d ON d.id = e.document
               JOIN file f ON f.id = d.file LEFT JOIN work b ON b.id = e.reported_by""",
    "alias": "SELECT a.name, w.key FROM alias a JOIN work w ON w.id = a.work",
    "diagnostic": "SELECT f.path, g.member, g.code, g.message FROM diagnostic g JOIN file f ON f.id = g.file",
}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    connection = sqlite3.connect(f"file:{os.path.join(sys.argv[1], 'catalog.sqlite')}?mode=ro", uri=True)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    for name, query in QUERIES.items():
        rows = ["\t".join(v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row)
                for row in connection.execute(query)]
        # Which of two copies is the one shown depends on the order they came in; "copy" checks that it is one.
        for row in sorted(set(rows)):
            print(f"{name}\t{row}")


if __name__ == "__main__":
    main()
