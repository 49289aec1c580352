#include "corpus/store/sql.h"

#include <stdarg.h>

struct nd_sql_statement {
    sqlite3_stmt *stmt;
};

void nd_sql_set_error(struct sqlite3 *db, GError **error)
{
    const int code = db ? sqlite3_errcode(db) & 0xff : SQLITE_NOMEM;
    enum nd_error_code mapped = ND_ERROR_INDEX;
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        mapped = ND_ERROR_LOCKED;
        break;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        mapped = ND_ERROR_IO;
        break;
    default:
        break;
    }
    g_set_error(error, ND_ERROR, (int)mapped, "catalogue: %s", db ? sqlite3_errmsg(db) : "out of memory");
}

bool nd_sql_prepare(struct sqlite3 *db, struct nd_sql_statement **statement, const char *sql, GError **error)
{
    if (*statement)
        return true;
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK) {
        nd_sql_set_error(db, error);
        return false;
    }
    *statement = g_new(struct nd_sql_statement, 1);
    (*statement)->stmt = stmt;
    return true;
}

void nd_sql_free(struct nd_sql_statement *statement)
{
    if (!statement)
        return;
    sqlite3_finalize(statement->stmt);
    g_free(statement);
}

static void bind_blob(sqlite3_stmt *stmt, int i, const void *p, size_t n)
{
    if (p)
        sqlite3_bind_blob64(stmt, i, n > 0 ? p : "", n, SQLITE_STATIC);
    else
        sqlite3_bind_null(stmt, i);
}

void nd_sql_bind(struct nd_sql_statement *statement, const char *format, ...)
{
    sqlite3_stmt *stmt = statement->stmt;
    sqlite3_reset(stmt);
    va_list args;
    va_start(args, format);
    for (int i = 1; format[i - 1]; i++) {
        switch (format[i - 1]) {
        case 'i':
            sqlite3_bind_int64(stmt, i, va_arg(args, int64_t));
            break;
        case 'u':
            sqlite3_bind_int64(stmt, i, (int64_t)va_arg(args, unsigned));
            break;
        case 'd':
            sqlite3_bind_double(stmt, i, va_arg(args, double));
            break;
        case 's':
            sqlite3_bind_text(stmt, i, va_arg(args, const char *), -1, SQLITE_STATIC);
            break;
        case 'b': {
            const struct nd_bytes bytes = va_arg(args, struct nd_bytes);
            bind_blob(stmt, i, bytes.p, bytes.n);
            break;
        }
        case 'p': {
            const char *p = va_arg(args, const char *);
            bind_blob(stmt, i, p, p ? strlen(p) : 0);
            break;
        }
        default:
            g_assert_not_reached();
        }
    }
    va_end(args);
}

bool nd_sql_step(struct nd_sql_statement *statement, bool *row_out, GError **error)
{
    const int status = sqlite3_step(statement->stmt);
    if (status != SQLITE_ROW && status != SQLITE_DONE) {
        nd_sql_set_error(sqlite3_db_handle(statement->stmt), error);
        sqlite3_reset(statement->stmt);
        return false;
    }
    *row_out = status == SQLITE_ROW;
    if (!*row_out)
        sqlite3_reset(statement->stmt); /* lets go of the read snapshot */
    return true;
}

bool nd_sql_run(struct nd_sql_statement *statement, GError **error)
{
    bool row = true;
    while (row) {
        if (!nd_sql_step(statement, &row, error))
            return false;
    }
    return true;
}

bool nd_sql_collect(struct nd_sql_statement *statement, GArray *out, GError **error)
{
    for (;;) {
        bool row;
        if (!nd_sql_step(statement, &row, error))
            return false;
        if (!row)
            return true;
        const int64_t value = nd_sql_int(statement, 0);
        g_array_append_val(out, value);
    }
}

int64_t nd_sql_int(struct nd_sql_statement *statement, int column)
{
    return sqlite3_column_int64(statement->stmt, column);
}

double nd_sql_double(struct nd_sql_statement *statement, int column)
{
    return sqlite3_column_double(statement->stmt, column);
}

const char *nd_sql_text(struct nd_sql_statement *statement, int column)
{
    return (const char *)sqlite3_column_text(statement->stmt, column);
}

struct nd_bytes nd_sql_bytes(struct nd_sql_statement *statement, int column)
{
    const void *p = sqlite3_column_blob(statement->stmt, column);
    return (struct nd_bytes){p, (size_t)sqlite3_column_bytes(statement->stmt, column)};
}

bool nd_sql_is_null(struct nd_sql_statement *statement, int column)
{
    return sqlite3_column_type(statement->stmt, column) == SQLITE_NULL;
}

bool nd_sql_execute(struct sqlite3 *db, const char *sql, GError **error)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    nd_sql_set_error(db, error);
    return false;
}
