#ifndef ND_GRAPH_AUTHORITY_H
#define ND_GRAPH_AUTHORITY_H

/*
 * What is known of works from authority: the rows of the data files, and those the users of an index added or
 * put in their place (verdict "authority" of the log of decisions). As facts, each row stands under its code,
 * under its names and under the event that adopted it.
 */

#include "analyzers/data/data.h"
#include "base/auto.h"
#include "graph/claims.h"

struct nd_authorities_in_force;

/* Those of the data files alone; static. */
const struct nd_authorities_in_force *nd_authorities_of_files(void);
/* With the standing entries of the log (struct nd_decided of the document name ""), a later one in place of
 * an earlier one of the same key. NULL when there are none. Caller frees. */
struct nd_authorities_in_force *nd_authorities_with(const GPtrArray *log);
void nd_authorities_in_force_free(struct nd_authorities_in_force *authorities);
ND_DEFINE_AUTO(nd_authorities_in_force, nd_authorities_in_force_free)

/* Both: authorities NULL means those of the data files. Borrowed from it. *n_out is 0 for most groups. */
const struct nd_fact *nd_authority_facts(const struct nd_authorities_in_force *authorities, const char *group,
                                         size_t *n_out);
const struct nd_authority *nd_authority_in_force(const struct nd_authorities_in_force *authorities,
                                                 const char *key);

/* A row as the value of a decision, one "name: value" a line: name, other (several), event, date, from,
 * until, chief. Reads it; `strings` keeps what the row points to. False with *why_out a sentence (translated,
 * static) when it is no row. */
bool nd_authority_parse(const char *key, const char *value, GStringChunk *strings, struct nd_authority *out,
                        const char **why_out);

#endif
