#ifndef ND_ANALYZERS_CITATION_RELATION_H
#define ND_ANALYZERS_CITATION_RELATION_H

/*
 * What the citing sentence says of a cited document: from the trigger words before it, after it, and from its
 * place in the document (relations.def, docs/citations.md).
 */

#include "analyzers/citation/parse.h"

/* Where title and opening end, as token indices. */
struct nd_zones {
    uint32_t title_end, opening_end;
    const char *type; /* of the citing document, or NULL */
};

struct nd_relation_read {
    enum nd_relation relation;
    enum nd_strength strength;
    struct nd_run trigger; /* empty without */
    bool proposed;
    int32_t reported_by; /* index of an earlier draft, or -1 */
    enum nd_relation reported_relation;
    bool reported_inverse;
};

/* Reads the relation of drafts[i] into reads[i]. Drafts are in text order; only those before i and their
 * reads are looked at. */
void nd_relation_read(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                      const struct nd_zones *zones, struct nd_relation_read *reads);

#endif
