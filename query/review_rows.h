#ifndef ND_QUERY_REVIEW_ROWS_H
#define ND_QUERY_REVIEW_ROWS_H

/* What review export and import share: citations of the catalogue, named by content. */

#include "graph/claims.h"
#include "query/review.h"

enum nd_review_column {
#define ND_REVIEW_COLUMN(id, name) ND_REVIEW_##id,
#include "query/review_columns.def"
    ND_N_REVIEW_COLUMNS
};
extern const char *const nd_review_columns[ND_N_REVIEW_COLUMNS];

/* A current document with all that a review of its citations needs. */
struct nd_review_document {
    int64_t id;
    char *name; /* nd_decision_document */
    char *path;
    struct nd_document *text;
    struct nd_mentions *mentions;
    struct nd_claims *claims;
};

/* NULL without error for a document that is no longer there. */
bool nd_review_document_read(struct nd_catalog *catalog, int64_t id, struct nd_review_document **out,
                             GError **error);
void nd_review_document_free(struct nd_review_document *document);
ND_DEFINE_AUTO(nd_review_document, nd_review_document_free)

/* The name in decisions of every current document -> its row id (int64_t *). Both owned. */
GHashTable *nd_review_document_names(struct nd_catalog *catalog, GError **error);

/* The mention of the document with these words for that time; -1 when it is not there. */
int64_t nd_review_find_mention(const struct nd_review_document *document, const char *quote,
                               uint32_t occurrence);

/* What the machine, or a decision before, found of one mention. Free the strings with g_free. */
struct nd_review_state {
    int outcome; /* enum nd_outcome */
    double confidence;
    char *work, *reason, *candidates;
};
bool nd_review_state_read(struct nd_catalog *catalog, int64_t document, size_t ordinal,
                          struct nd_review_state *out, GError **error);
void nd_review_state_clear(struct nd_review_state *state);

/* The documents that look up a group, ascending ids (int64_t). */
GArray *nd_review_group_documents(struct nd_catalog *catalog, const char *group, GError **error);

#endif
