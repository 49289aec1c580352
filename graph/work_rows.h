#ifndef ND_GRAPH_WORK_ROWS_H
#define ND_GRAPH_WORK_ROWS_H

/* The rows of works in the catalogue: made of what the key says, the authority file, the document itself and
 * those that cite it, in that order; gone when nothing names the work any more. */

#include "base/auto.h"
#include "corpus/store/catalog_writer.h"

struct nd_work_rows;

struct nd_authorities_in_force;

/* Borrows both; authorities NULL: those of the data files. */
struct nd_work_rows *nd_work_rows_new(struct nd_catalog_writer *writer,
                                      const struct nd_authorities_in_force *authorities);
void nd_work_rows_free(struct nd_work_rows *rows);
ND_DEFINE_AUTO(nd_work_rows, nd_work_rows_free)

/* Whether a current document is this work. */
bool nd_work_rows_is_present(struct nd_work_rows *rows, const char *key, bool *present_out, GError **error);

/* Writes the row of the work, or removes it. arrived: its text came or went, and the citations resolved to it
 * are told. */
bool nd_work_rows_write(struct nd_work_rows *rows, const char *key, bool arrived, GError **error);

#endif
