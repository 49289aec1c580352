#ifndef ND_GRAPH_DERIVE_H
#define ND_GRAPH_DERIVE_H

/*
 * What follows from one document: which works its citations mean, the edges they make, the names it teaches.
 * Needs all works' presence and facts to be known already, and writes rows of that document alone.
 */

#include "graph/authority.h"
#include "graph/citing.h"
#include "graph/known.h"
#include "graph/work_rows.h"

/* Everything is borrowed, except what nd_deriving_clear frees. */
struct nd_deriving {
    struct nd_catalog_writer *writer;
    struct nd_known *known;
    struct nd_work_rows *rows;
    const struct nd_authorities_in_force *authorities; /* NULL: those of the data files */
    GHashTable *aliases;                               /* wording -> work key, decided by people */
    GHashTable *works;   /* receives the keys (owned) of the works that rows were written of */
    GHashTable *present; /* key -> whether its text is here; owned */
};

void nd_deriving_init(struct nd_deriving *deriving, struct nd_catalog_writer *writer);
void nd_deriving_clear(struct nd_deriving *deriving);

/* Adds a key to `works`; NULL is fine. */
void nd_deriving_add_work(struct nd_deriving *deriving, const char *key);

/* Writes the rows, none of which may be there. */
bool nd_derive(struct nd_deriving *deriving, const struct nd_citing *citing, GError **error);

#endif
