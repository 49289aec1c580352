#ifndef ND_QUERY_REVIEW_ROWS_H
#define ND_QUERY_REVIEW_ROWS_H

/* What the files of the review share: citations of the catalogue, named by content. */

#include "graph/claims.h"
#include "query/review.h"

/* A current document with all that a review of its citations needs. */
struct nd_review_document {
    int64_t id;
    char *name; /* nd_decision_document */
    char *path; /* UTF-8 */
    struct nd_document *text;
    struct nd_mentions *mentions;
    struct nd_claims *claims;
};

/* NULL without error for a document that is no longer there. */
bool nd_review_document_read(struct nd_catalog *catalog, int64_t id, struct nd_review_document **out,
                             GError **error);
void nd_review_document_free(struct nd_review_document *document);
ND_DEFINE_AUTO(nd_review_document, nd_review_document_free)

static inline struct nd_str nd_review_text(const struct nd_review_document *document)
{
    return nd_document_text(document->text);
}

/* Documents by their name in decisions, and by the names they had before: name -> GArray of int64_t row ids.
 * Both owned. */
GHashTable *nd_review_document_names(struct nd_catalog *catalog, GError **error);

/* "work:31-KH/TU~2023@SON-LA#1": document and occurrence, which with the words name a citation. Caller frees.
 */
char *nd_review_id(const struct nd_review_document *document, size_t ordinal);

/* The mention of the document with these words for that time; -1 when it is not there. */
int64_t nd_review_find_mention(const struct nd_review_document *document, const char *quote,
                               uint32_t occurrence);

/* What the machine, or a decision before, found of one mention. Free the strings with g_free. */
struct nd_review_state {
    int outcome; /* enum nd_outcome */
    double confidence;
    char *work, *candidates;
    const char *reason; /* static, NULL without */
    bool decided;       /* somebody said it */
};
bool nd_review_state_read(struct nd_catalog *catalog, int64_t document, size_t ordinal,
                          struct nd_review_state *out, GError **error);
void nd_review_state_clear(struct nd_review_state *state);
/* The works a person may choose from, in the order they are numbered: what was found, then the others.
 * NULL-terminated, maybe empty; caller frees with g_strfreev. */
char **nd_review_candidate_keys(const struct nd_review_state *state);

/* One citation of the catalogue. */
struct nd_review_place {
    int64_t document;
    uint32_t ordinal;
};

/* The citations with the wording of mention `ordinal` (graph/wording.h), itself included, in documents that
 * readers of that visibility see; those that repeat another of their document are not counted, they follow
 * it. Array of struct nd_review_place by document and ordinal, empty when the mention is not looked up; NULL
 * sets *error, or not, when there are more than most_documents (0: any number) to look at. */
GArray *nd_review_places_alike(struct nd_catalog *catalog, const struct nd_review_document *document,
                               size_t ordinal, enum nd_secrecy visible, unsigned most_documents,
                               GError **error);

#endif
