#ifndef ND_GRAPH_KNOWN_H
#define ND_GRAPH_KNOWN_H

/*
 * The facts that documents taught, kept in the catalogue (tables known and taught) and read group by group as
 * they are needed. Every fact counts the documents that teach it; a group has changed when a fact came or
 * went, not when only a count did.
 */

#include "corpus/store/catalog_writer.h"
#include "graph/settle.h"

struct nd_known;

/* fresh: the tables are empty, nothing need be looked up. Borrows writer. */
struct nd_known *nd_known_new(struct nd_catalog_writer *writer, bool fresh);
void nd_known_free(struct nd_known *known);
ND_DEFINE_AUTO(nd_known, nd_known_free)

/* Takes back what document taught. */
bool nd_known_forget(struct nd_known *known, int64_t document, GError **error);
/* Adds what document teaches. */
bool nd_known_teach(struct nd_known *known, int64_t document, const GArray *facts, GError **error);
/* Writes all changes and calls changed for each group whose facts are others than before. */
bool nd_known_flush(struct nd_known *known, void (*changed)(const char *group, void *user_data),
                    void *user_data, GError **error);

/* The keys of the works of which something was taught or taken back; borrowed from known. */
GHashTable *nd_known_works(struct nd_known *known);

/* The facts as they stand, flushed or not. A read that fails gives no facts, and nd_known_check then fails.
 */
struct nd_fact_source nd_known_source(struct nd_known *known);
bool nd_known_check(struct nd_known *known, GError **error);

#endif
