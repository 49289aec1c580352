#ifndef XAPIAN_C_XC_INVERTER_H
#define XAPIAN_C_XC_INVERTER_H

/*
 * Builds a new database from documents in one go. Xapian itself inverts documents in trees of strings,
 * posting by posting, which made up two fifths of an indexing run; here postings are counted into place,
 * written as sorted runs and merged once. Several threads may collect documents side by side, each with an
 * inverter of its own.
 *
 *     inverter = xc_inverter_new(path, ...)     one a thread
 *     xc_inverter_add(inverter, id, content)    ids ascending
 *     xc_inverter_finish(inverter)              after its last document
 *     xc_inverters_write(inverters, n, path)    when all have finished
 *
 * The database is of Xapian's glass format, without termlists, positions, spelling and synonyms, and meant to
 * be read by xc_compact, which brings it together with what else belongs to it.
 */

#include "corpus/store/xapian_c/xc_document.h"

G_BEGIN_DECLS

struct xc_inverter;

/* path is that of a temporary file, made here and removed by xc_inverter_free, as is one with ".data" behind
 * its name. So many postings (20 bytes each while they are sorted) are kept in memory before they become a
 * run. */
struct xc_inverter *xc_inverter_new(const char *path, uint32_t batch_postings, GError **error);
void xc_inverter_free(struct xc_inverter *self);
XC_DEFINE_AUTO(xc_inverter, xc_inverter_free)

/* XC_ERROR_INVALID_ARGUMENT for a term that is empty or too long; XC_ERROR_SYSTEM when the file cannot be
 * written. */
bool xc_inverter_add(struct xc_inverter *self, uint32_t id, const struct xc_content *content, GError **error);
/* Writes out what is in memory; no document is added afterwards. */
bool xc_inverter_finish(struct xc_inverter *self, GError **error);
/* How many documents were added. */
uint32_t xc_inverter_count(const struct xc_inverter *self);

/* Writes the database of all documents into directory, which must not exist. The inverters are in the order
 * of their ids, each one's all greater than those of the one before. There must be a document. */
bool xc_inverters_write(struct xc_inverter *const *inverters, size_t n, const char *directory,
                        GError **error);

G_END_DECLS

#endif
