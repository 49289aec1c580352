#ifndef ND_ANALYZERS_CITATION_RELATION_H
#define ND_ANALYZERS_CITATION_RELATION_H

/*
 * What the citing sentence says of a cited document: from the trigger words before it, after it, and from its
 * place in the document (relations.def, docs/citations.md).
 */

#include "analyzers/citation/parse.h"

/* Where title and opening end, as token indices. */
struct nd_zones {
    uint32_t title_start, title_end, opening_end; /* an introduction may stand before the title */
    const char *type;                             /* of the citing document, or NULL */
    bool normative; /* its number has a year: it lays down rules whatever its type */
};

struct nd_relation_read {
    enum nd_relation relation;
    enum nd_strength strength;
    struct nd_run trigger; /* empty without */
    bool proposed;
    int32_t reported_by; /* index of an earlier draft, or -1 */
    enum nd_relation reported_relation;
    bool reported_inverse;
    /* The trigger of the heading whose list the mention stands in ("Căn cứ:" over bullets); empty without. */
    struct nd_run list_trigger;
    enum nd_relation list_relation;
};

/* Reads the relation of drafts[i] into reads[i]. Drafts are in text order and read in that order; only those
 * before i are looked at, and their reads completed ("X và Y hết hiệu lực" tells of X when Y is read). */
void nd_relation_read(const struct nd_parse *p, const struct nd_draft *drafts, size_t i,
                      const struct nd_zones *zones, struct nd_relation_read *reads);

#endif
