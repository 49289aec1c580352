#ifndef ND_GRAPH_CLAIMS_H
#define ND_GRAPH_CLAIMS_H

/*
 * What one document by itself tells about the works it cites: the first of the resolver's two steps. It looks
 * at no other document, so its outcome changes only with the document.
 *
 *   claim   of one mention: the work where the text says enough, else the group to look up
 *   fact    what other documents may learn from this one: "a work of this group is that one"
 */

#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "analyzers/data/data.h"
#include "base/auto.h"

#include <string.h>

/* Before a group of works of two kinds that share a code: those of them whose own headers were read. */
#define ND_HEADED_GROUP "headed:"

/* "In this group there is this work". Facts come from documents, and from the authority files. */
struct nd_fact {
    const char *group; /* nd_identity_group, maybe behind ND_HEADED_GROUP; nd_title_group; "event:NQ:4/XI" */
    const char *work;
    const char *title; /* tells works of one group apart; NULL where only the code is known */
    struct nd_date date;
    struct nd_validity validity;
    bool authority;
    bool chief; /* meant when only the event is named */
};

enum nd_claim_kind {
    ND_CLAIM_NONE,   /* cannot be resolved from what is written; `reason` says why */
    ND_CLAIM_WORK,   /* the text itself says which work */
    ND_CLAIM_LOOKUP, /* one of the works of `group` */
    ND_CLAIM_FOLLOW  /* repeats mention `leader` */
};

/* Strings are borrowed from the claims that hold it, or static. */
struct nd_claim {
    enum nd_claim_kind kind;
    uint32_t leader;
    const char *work;    /* ND_CLAIM_WORK */
    const char *group;   /* ND_CLAIM_LOOKUP */
    const char *assumed; /* ND_CLAIM_LOOKUP: the work when nobody knows any; may be NULL */
    /* Of a code that two kinds of documents share ("13-QĐ/TU", a Quyết định or a Quy định); NULL for others
     */
    const char
        *other; /* the key of the same number of the other kind, as `assumed` or `work` is of its own */
    const char *headed;  /* ND_HEADED_GROUP and the group */
    bool kind_told;      /* the text says which kind it is: the one of `assumed` or `work` */
    bool period_told;    /* and the period is told */
    const char *title;   /* subject or name, for choosing within the group; NULL without */
    const char *term;    /* told term of office, NULL without */
    struct nd_date date; /* told date, as far as it goes */
    const char *told;    /* the key as far as the text tells it, where it does not say which work: the period
                          * may be missing, the place be "?" ("13-QĐ/TU~2018@?"); NULL when nothing is told */
    const char *also;    /* ND_CLAIM_NONE: likely works, separated by line feeds; NULL without */
    const char *reason;  /* in words; translatable */
    double confidence;
};

struct nd_claims {
    GStringChunk *strings;
    GArray *claims;          /* of struct nd_claim, one a mention */
    GArray *facts;           /* of struct nd_fact */
    const char *work;        /* the document's own work, NULL when its header does not say enough */
    struct nd_date cited_on; /* the day the document was written, or the latest it can be of */
    const char *title;       /* the document's own, NULL without */
    bool dated;              /* cited_on is the document's own date, read from its header */
};

/* A Roman numeral is a Party term; anything else, NULL too, belongs to the National Assembly or to nobody. */
static inline bool nd_is_party_term(const char *term)
{
    return term && term[strspn(term, "IVXLC")] == 0;
}

/* Pure. metadata and mentions may go afterwards. Caller frees with nd_claims_free. */
struct nd_claims *nd_claims_read(const struct nd_metadata *metadata, const struct nd_mentions *mentions);
void nd_claims_free(struct nd_claims *claims);
ND_DEFINE_AUTO(nd_claims, nd_claims_free)

#endif
