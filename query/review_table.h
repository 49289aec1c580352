#ifndef ND_QUERY_REVIEW_TABLE_H
#define ND_QUERY_REVIEW_TABLE_H

/* A table that came back from a spreadsheet: any separator, columns in any order, found by their names. */

#include "base/auto.h"
#include "base/str.h"

struct nd_review_table {
    GPtrArray *rows; /* of GPtrArray of char *, without the header */
    GArray *lines;   /* of size_t: on which line of the file each row begins, from 1 */
    GArray *columns; /* of int: where each named column is, -1 without */
};

/* names: the columns, n of them, the first `required` of which must be there. Fails with ND_ERROR_USAGE or
 * ND_ERROR_LIMIT. Caller frees. */
struct nd_review_table *nd_review_table_read(struct nd_bytes bytes, const char *const names[], size_t n,
                                             size_t required, GError **error);
void nd_review_table_free(struct nd_review_table *table);
ND_DEFINE_AUTO(nd_review_table, nd_review_table_free)

/* Without the apostrophe that nd_csv_put puts before what looks like a formula; "" for a cell that is not
 * there. Borrowed. */
const char *nd_review_table_cell(const struct nd_review_table *table, guint row, size_t column);
bool nd_review_table_has(const struct nd_review_table *table, size_t column);

#endif
