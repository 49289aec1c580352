#ifndef ND_GRAPH_SCOPE_H
#define ND_GRAPH_SCOPE_H

/*
 * Whose committee a local code means. TU is the provincial committee of a place the citation names, else of
 * the citing document's own province on the day of the cited document; a committee below the province needs
 * its own name too. Where the text does not say, nothing is guessed.
 */

#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"

struct nd_scope {
    const char *place;  /* key of places.tsv, static; NULL where it is not known or not needed */
    char *unit;         /* key of the committee within or beside the province; owned, NULL without */
    char *places;       /* several provinces it could be, keys separated by spaces; owned, NULL without */
    const char *reason; /* translatable; NULL when the scope is known */
};

void nd_scope_clear(struct nd_scope *scope);

/* Of a cited document. *out is overwritten. */
void nd_scope_of_mention(const struct nd_mention *mention, const struct nd_metadata *citing,
                         struct nd_date citing_date, struct nd_scope *out);
/* Of the document itself. */
void nd_scope_of_document(const struct nd_metadata *metadata, struct nd_scope *out);

#endif
