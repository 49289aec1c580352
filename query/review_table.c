#include "query/review_table.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "query/csv.h"

#include <string.h>

enum { MAX_ROWS = 1000000 };

static bool read_rows(struct nd_review_table *table, struct nd_bytes bytes, GError **error)
{
    struct nd_csv csv = {0};
    if (!nd_utf8_check(bytes, &csv.text, NULL)) {
        g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "%s",
                    _("the table is not UTF-8 text; save it as \"CSV UTF-8\""));
        return false;
    }
    GPtrArray *cells;
    while ((cells = nd_csv_read(&csv))) {
        g_ptr_array_add(table->rows, cells);
        g_array_append_val(table->lines, csv.line);
        if (table->rows->len > MAX_ROWS) {
            g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("the table has more than %d rows"), MAX_ROWS);
            return false;
        }
    }
    return true;
}

static int find_column(const GPtrArray *header, const char *name)
{
    for (guint i = 0; header && i < header->len; i++)
        if (g_ascii_strcasecmp(g_strstrip(header->pdata[i]), name) == 0)
            return (int)i;
    return -1;
}

static bool find_columns(struct nd_review_table *table, const char *const names[], size_t n, size_t required,
                         GError **error)
{
    const GPtrArray *header = table->rows->len ? table->rows->pdata[0] : NULL;
    for (size_t c = 0; c < n; c++) {
        const int at = find_column(header, names[c]);
        g_array_append_val(table->columns, at);
        if (at < 0 && c < required) {
            g_set_error(error, ND_ERROR, ND_ERROR_USAGE, _("the table has no column %s"), names[c]);
            return false;
        }
    }
    g_ptr_array_remove_index(table->rows, 0);
    g_array_remove_index(table->lines, 0);
    return true;
}

struct nd_review_table *nd_review_table_read(struct nd_bytes bytes, const char *const names[], size_t n,
                                             size_t required, GError **error)
{
    nd_auto(nd_review_table) table = g_new0(struct nd_review_table, 1);
    table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    table->lines = g_array_new(FALSE, FALSE, sizeof(size_t));
    table->columns = g_array_new(FALSE, FALSE, sizeof(int));
    if (!read_rows(table, bytes, error) || !find_columns(table, names, n, required, error))
        return NULL;
    return g_steal_pointer(&table);
}

void nd_review_table_free(struct nd_review_table *table)
{
    if (!table)
        return;
    g_ptr_array_unref(table->rows);
    g_array_unref(table->lines);
    g_array_unref(table->columns);
    g_free(table);
}

bool nd_review_table_has(const struct nd_review_table *table, size_t column)
{
    return g_array_index(table->columns, int, column) >= 0;
}

const char *nd_review_table_cell(const struct nd_review_table *table, guint row, size_t column)
{
    const GPtrArray *cells = table->rows->pdata[row];
    const int i = g_array_index(table->columns, int, column);
    const char *cell = i >= 0 && (guint)i < cells->len ? cells->pdata[i] : "";
    return cell[0] == '\'' && cell[1] && strchr("=+-@", cell[1]) ? cell + 1 : cell;
}
