#ifndef ND_QUERY_LOOKUPS_H
#define ND_QUERY_LOOKUPS_H

/* Questions about the whole collection, and about two works at once. */

#include "query/query.h"

/* A place and what it has. */
struct nd_place_count {
    char *place; /* "Lai Châu" */
    uint32_t n_documents;
};

/* Places without a document that implements the work: those that have documents in the collection or, with
 * all_places, every province valid on `date` (year 0: on the work's own date, else today). Array of struct
 * nd_place_count *. */
GPtrArray *nd_lookup_gaps(struct nd_session *session, const char *work, bool all_places, struct nd_date date,
                          GError **error);

/* A work that documents cite and whose text is not here. */
struct nd_absent_work {
    struct nd_work_card *card;
    uint32_t n_documents, n_citations; /* that cite it, and how often they do */
};

/* Most needed first, at most cap; array of struct nd_absent_work *. */
GPtrArray *nd_lookup_missing(struct nd_session *session, unsigned cap, GError **error);

/* The shortest chain of relations from one work to the other, in either direction of each; array of struct
 * nd_evidence *, empty when they are not connected within ND_PATH_STEPS. */
enum { ND_PATH_STEPS = 8 };
GPtrArray *nd_lookup_path(struct nd_session *session, const char *from, const char *to, GError **error);

struct nd_count {
    char *name;        /* "KH", "provincial", "unknown" */
    const char *label; /* the same in the user's language, static; NULL where the name is for people */
    uint64_t n;
};

/* Counts of one kind under a heading: "documents", "types", "levels", "relations", "citations". */
struct nd_count_group {
    const char *name;
    const char *heading; /* the same in the user's language */
    struct nd_count *counts;
    size_t n_counts;
};

/* Array of struct nd_count_group *. */
GPtrArray *nd_lookup_stats(struct nd_session *session, GError **error);

#endif
