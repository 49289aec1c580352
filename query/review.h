#ifndef ND_QUERY_REVIEW_H
#define ND_QUERY_REVIEW_H

/*
 * People's decisions about citations: out as a table to be filled in by anybody with a spreadsheet, back in
 * row by row, kept as a dated log that only grows. docs/review.md tells a user the whole of it; the columns
 * are those of review_columns.def. review_queue.h does the same for one citation at a time.
 *
 * The log is kept apart from what the machine found: taking a decision back brings the machine's own reading
 * back, with its candidates.
 */

#include "corpus/store/catalog_writer.h"
#include "query/query.h"

#include <stdio.h>

/* ---- the table ---- */

struct nd_review_filter {
    double max_confidence; /* rows above are left out; 0 for the default of 0.9 */
    size_t max_rows;       /* 0 for the default of 500 */
    bool decided;          /* decisions already taken, to be looked over again */
};

/* Writes the table: CSV, UTF-8 with byte order mark, one row a decision to take, least certain first, those
 * with works to choose from before those without. */
bool nd_review_export(struct nd_session *session, const struct nd_review_filter *filter, FILE *out,
                      size_t *n_rows_out, GError **error);

enum nd_review_result {
    ND_REVIEW_SKIPPED,  /* nothing decided in this row */
    ND_REVIEW_TAKEN,    /* a decision was recorded */
    ND_REVIEW_REPEATED, /* the same as the one in force */
    ND_REVIEW_REFUSED,  /* not understood, not confirmed, or the citation is gone; the message says why */
    ND_REVIEW_AFFECTED, /* a citation that the row, refused next, would decide; the message shows it */
    ND_N_REVIEW_RESULTS
};

struct nd_review_report {
    size_t line; /* of the file, from 1 */
    enum nd_review_result result;
    const char *message; /* translated; borrowed for the call */
    size_t n_citations;  /* how many citations the row decides, or would */
};

struct nd_review_import {
    const char *author;
    const char *time;        /* "2025-03-01T08:00:00Z" */
    enum nd_secrecy visible; /* what holds for many citations is for those in documents up to this stamp */
    bool dry_run;            /* report only */
    void (*report)(const struct nd_review_report *report, void *user_data);
    void *user_data;
};

/* Reads a filled-in table: every row is checked and reported, good ones are recorded and the graph brought in
 * step. A decision for many citations is taken only when the row confirms how many ("all 17"), and otherwise
 * refused after listing them. Fails with ND_ERROR_USAGE when it is no such table, or with the catalogue's
 * errors; then nothing is recorded once the caller drops the transaction. */
bool nd_review_import(struct nd_catalog_writer *writer, struct nd_bytes table,
                      const struct nd_review_import *options, GError **error);

/* The same for one citation, mention `ordinal` of a current document, and what the column decision would say.
 * all: 0 for this citation alone, else the number of citations confirmed. Reported as line 1. */
bool nd_review_import_one(struct nd_catalog_writer *writer, int64_t document, size_t ordinal,
                          const char *decision, size_t all, const struct nd_review_import *options,
                          GError **error);

/* ---- the log ---- */

/* One entry as people look at it. */
struct nd_review_entry {
    char *id, *time, *author, *document, *quote;
    char *verdict, *value, *note; /* value and note NULL without */
    bool stands;                  /* nothing took it back */
};

/* The log, newest first, at most `most` (0: all) entries; array of struct nd_review_entry *, caller unrefs.
 * The log names works and quotes whatever their documents' stamps: for those who may see all. */
GPtrArray *nd_review_log(struct nd_session *session, size_t most, GError **error);

/* Takes one entry back by its id, and brings the graph in step. ND_ERROR_NOT_FOUND when no entry of that id
 * stands. */
bool nd_review_undo(struct nd_catalog_writer *writer, const char *id, const struct nd_review_import *options,
                    GError **error);

/* The log as versioned text, one entry a line, oldest first: the file to back up. */
bool nd_review_dump(struct nd_session *session, FILE *out, GError **error);
/* Reads such text back; entries that are there already are left out. *n_added_out counts the others. */
bool nd_review_restore(struct nd_catalog_writer *writer, struct nd_bytes text, size_t *n_added_out,
                       GError **error);

/* ---- authority ---- */

/* What users know of works, which stands above the data files and above what documents say: a table of the
 * standing entries, to be filled in and read back. Columns as in review_authority.c; a row with a key and
 * nothing else takes the entry of that key back. */
bool nd_authority_export(struct nd_session *session, FILE *out, GError **error);
bool nd_authority_import(struct nd_catalog_writer *writer, struct nd_bytes table,
                         const struct nd_review_import *options, GError **error);

#endif
