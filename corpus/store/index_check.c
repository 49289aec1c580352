#include "corpus/store/index_writer_private.h"

#include "base/error.h"

#include <unistd.h>

struct check {
    void (*found)(const char *line, void *user_data);
    void *user_data;
    size_t n_wrong;
};

static void wrong(struct check *check, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void wrong(struct check *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *line = g_strdup_vprintf(format, args);
    va_end(args);
    check->n_wrong++;
    check->found(line, check->user_data);
}

/* Whether every row of sql is the one word "ok"; others are reported. */
static bool check_sql(struct check *check, struct sqlite3 *db, const char *sql, const char *what,
                      GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    if (!nd_sql_prepare(db, &s, sql, error))
        return false;
    for (bool row;;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            return true;
        if (g_strcmp0(nd_sql_text(s, 0), "ok") != 0)
            wrong(check, "catalogue: %s%s", what, nd_sql_text(s, 0));
    }
}

static bool check_catalog(struct check *check, struct sqlite3 *db, GError **error)
{
    return check_sql(check, db, "PRAGMA integrity_check", "", error) &&
           check_sql(check, db, "SELECT id FROM current_document WHERE id NOT IN (SELECT document FROM text)",
                     "no text of document ", error) &&
           check_sql(check, db, "SELECT id FROM current_document WHERE file NOT IN (SELECT id FROM file)",
                     "no file of document ", error);
}

static int compare_ids(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Every document of the catalogue that results show is in Xapian, and nothing else. */
static bool check_agreement(struct check *check, struct sqlite3 *db, struct nd_fulltext *fulltext,
                            GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    struct xc_database *database = nd_fulltext_database(fulltext);
    struct xc_statistics statistics;
    GError *xc_error = NULL;
    uint32_t n = 0;
    g_autoptr(GArray) dead = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    if (!nd_database_dead(database, dead, error))
        return false;
    uint32_t n_buried = 0; /* a document that a killed run never stored may be listed, too */
    for (guint i = 0; i < dead->len; i++) {
        uint32_t length;
        n_buried += xc_database_document_length(database, g_array_index(dead, uint32_t, i), &length, NULL);
    }
    if (!xc_database_statistics(database, &statistics, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    if (!nd_sql_prepare(db, &s, "SELECT id FROM current_document WHERE duplicate_of IS NULL ORDER BY id",
                        error))
        return false;
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        if (!row)
            break;
        const int64_t id = nd_sql_int(s, 0);
        uint32_t length;
        n++;
        if (!xc_database_document_length(database, (uint32_t)id, &length, &xc_error)) {
            wrong(check, "full text: document %" G_GINT64_FORMAT ": %s", id, xc_error->message);
            g_clear_error(&xc_error);
        } else if (dead->len > 0 &&
                   bsearch(&(uint32_t){(uint32_t)id}, dead->data, dead->len, sizeof(uint32_t), compare_ids)) {
            wrong(check, "full text: document %" G_GINT64_FORMAT " is hidden", id);
        }
    }
    if (n != statistics.n_documents - n_buried)
        wrong(check, "full text has %u documents, the catalogue %u", statistics.n_documents - n_buried, n);
    return true;
}

static bool check_stores(struct check *check, const char *index_dir, const char *xapian_dir, GError **error)
{
    GError *xc_error = NULL;
    size_t n_errors;
    g_autoptr(GString) report = g_string_new(NULL);
    nd_auto(nd_catalog) catalog = nd_catalog_open(index_dir, error);
    if (!catalog || !check_catalog(check, nd_catalog_sqlite(catalog), error))
        return false;
    if (!xc_check(xapian_dir, &n_errors, report, &xc_error)) {
        wrong(check, "full text: %s", xc_error->message);
        g_error_free(xc_error);
        return true;
    }
    if (n_errors > 0)
        wrong(check, "full text: %zu errors: %s", n_errors, g_strstrip(report->str));
    nd_auto(nd_fulltext) fulltext = nd_fulltext_open(xapian_dir, error);
    int64_t generation, expected;
    if (!fulltext || !nd_fulltext_generation(fulltext, &generation, error) ||
        !nd_catalog_setting(catalog, "generation", &expected, error))
        return false;
    if (generation != expected)
        wrong(check,
              "full text is at generation %" G_GINT64_FORMAT ", the catalogue at %" G_GINT64_FORMAT
              "; the next update brings them together",
              generation, expected);
    return check_agreement(check, nd_catalog_sqlite(catalog), fulltext, error);
}

bool nd_index_check(const char *index_dir, void (*found)(const char *line, void *user_data), void *user_data,
                    size_t *n_wrong_out, GError **error)
{
    struct check check = {found, user_data, 0};
    g_autofree char *xapian_dir = g_build_filename(index_dir, ND_INDEX_XAPIAN, NULL);
    if (!nd_index_check_format(index_dir, error))
        return false;
    const int lock = nd_index_lock(index_dir, error);
    if (lock < 0)
        return false;
    const bool ok = check_stores(&check, index_dir, xapian_dir, error);
    close(lock);
    *n_wrong_out = check.n_wrong;
    return ok;
}
