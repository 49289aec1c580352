#ifndef ND_QUERY_REVIEW_H
#define ND_QUERY_REVIEW_H

/*
 * People's decisions about citations: out as a table to be filled in by anybody with a spreadsheet, back in
 * row by row, kept as a dated log that only grows. docs/review.md tells a user the whole of it.
 *
 * The table (CSV, UTF-8 with byte order mark) has one row a decision to take, least certain first. Its
 * columns: id          names the citation by content; leave it alone decision    to be filled in: "ok", "no",
 * the number of a candidate, "work KEY", "relation NAME", "alias" (everywhere this wording means the work of
 * that row), "edge RELATION KEY", "undo" scope       empty for this citation alone, "all" for every citation
 * of equal issuer, term and place sentence, citation, work, relation, confidence, why, candidates, document,
 * note
 *
 * The log is kept apart from what the machine found: undoing a decision brings the machine's own reading
 * back.
 */

#include "corpus/store/catalog_writer.h"

#include <stdio.h>

struct nd_review_filter {
    double max_confidence; /* rows above are left out; 0 for the default of 0.9 */
    size_t max_rows;       /* 0 for the default of 500 */
    const char *document;  /* key of one document, or NULL */
    bool decided;          /* decisions already taken, to be looked over again */
};

bool nd_review_export(struct nd_catalog *catalog, const struct nd_review_filter *filter, FILE *out,
                      size_t *n_rows_out, GError **error);

enum nd_review_result {
    ND_REVIEW_SKIPPED,  /* nothing decided in this row */
    ND_REVIEW_TAKEN,    /* a decision was recorded */
    ND_REVIEW_REPEATED, /* the same as the one in force */
    ND_REVIEW_REFUSED,  /* not understood, or the citation is gone; the message says why */
};

struct nd_review_report {
    size_t line; /* of the file, from 1 */
    enum nd_review_result result;
    const char *message; /* translated; borrowed for the call */
    size_t n_citations;  /* how many citations the row decides */
};

struct nd_review_import {
    const char *author;
    const char *time; /* "2025-03-01T08:00:00Z" */
    bool dry_run;     /* report only */
    void (*report)(const struct nd_review_report *report, void *user_data);
    void *user_data;
};

/* Reads a filled-in table: every row is checked and reported, good ones are recorded and the graph brought in
 * step. Fails with ND_ERROR_USAGE when it is no such table, or with the catalogue's errors; then nothing is
 * recorded once the caller drops the transaction. */
bool nd_review_import(struct nd_catalog_writer *writer, struct nd_bytes table,
                      const struct nd_review_import *options, GError **error);

/* The same for one citation, mention `ordinal` of a current document, and what the column decision would say;
 * all is its
 * scope: 0 this citation alone, else how many documents with citations looked up alike. Reported as line 2.
 */
bool nd_review_import_one(struct nd_catalog_writer *writer, int64_t document, size_t ordinal,
                          const char *decision, size_t all, const struct nd_review_import *options,
                          GError **error);

/* The log as versioned text, one decision a line, oldest first: the file to back up. */
bool nd_review_dump(struct nd_catalog *catalog, FILE *out, GError **error);
/* Reads such text back; decisions that are there already are left out. *n_added_out counts the others. */
bool nd_review_restore(struct nd_catalog_writer *writer, struct nd_bytes text, size_t *n_added_out,
                       GError **error);

#endif
