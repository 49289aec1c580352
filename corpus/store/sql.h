#ifndef ND_CORPUS_STORE_SQL_H
#define ND_CORPUS_STORE_SQL_H

/*
 * SQLite with the project's errors and without its ceremony. A statement is prepared once, bound by a format
 * string, stepped, and reset by the next binding.
 *
 *     struct nd_sql_statement *s = NULL;
 *     nd_sql_prepare(db, &s, "SELECT title FROM work WHERE id = ?", error)
 *     nd_sql_bind(s, "i", id);
 *     while (nd_sql_step(s, &row, error) && row) ... nd_sql_text(s, 0) ...
 */

#include "base/auto.h"
#include "base/error.h"
#include "base/str.h"

#include <sqlite3.h>

/* A prepared statement; NULL is fine for free. */
struct nd_sql_statement;

/* Prepares sql into *statement unless that is not NULL already. False sets ND_ERROR_INDEX or _IO. */
bool nd_sql_prepare(struct sqlite3 *db, struct nd_sql_statement **statement, const char *sql, GError **error);
void nd_sql_free(struct nd_sql_statement *statement);
ND_DEFINE_AUTO(nd_sql_statement, nd_sql_free)

/* Resets the statement and binds ?1, ?2, ... by one letter each: i int64_t, u unsigned/uint32_t, d double, s
 * const char * (UTF-8; NULL is SQL's), b struct nd_bytes (a NULL p is SQL's), p const char * as bytes.
 * Borrowed until the next bind.
 */
void nd_sql_bind(struct nd_sql_statement *statement, const char *format, ...);

/* *row_out says whether there is a row. */
bool nd_sql_step(struct nd_sql_statement *statement, bool *row_out, GError **error);
/* Steps a statement that gives no row to its end. */
bool nd_sql_run(struct nd_sql_statement *statement, GError **error);
/* Steps a statement to its end and appends the first column of each row, an int64_t, to out. */
bool nd_sql_collect(struct nd_sql_statement *statement, GArray *out, GError **error);

int64_t nd_sql_int(struct nd_sql_statement *statement, int column);
double nd_sql_double(struct nd_sql_statement *statement, int column);
/* NULL for SQL's NULL; borrowed until the next step. */
const char *nd_sql_text(struct nd_sql_statement *statement, int column);
struct nd_bytes nd_sql_bytes(struct nd_sql_statement *statement, int column);
bool nd_sql_is_null(struct nd_sql_statement *statement, int column);

/* Runs statements without parameters and results. */
bool nd_sql_execute(struct sqlite3 *db, const char *sql, GError **error);

/* Sets *error from what db says: ND_ERROR_IO for disk and memory, ND_ERROR_LOCKED for busy, else
 * ND_ERROR_INDEX. */
void nd_sql_set_error(struct sqlite3 *db, GError **error);

#endif
