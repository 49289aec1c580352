#ifndef ND_GRAPH_CITING_H
#define ND_GRAPH_CITING_H

/* A document that cites, as it stands in the catalogue, with all that resolving its citations needs. */

#include "corpus/store/catalog_writer.h"
#include "graph/claims.h"

struct nd_citing {
    int64_t id;
    char *key;
    struct nd_metadata metadata; /* identity and title; strings owned by `strings` */
    GStringChunk *strings;
    struct nd_mentions *mentions;
    struct nd_claims *claims;
    char *work; /* its own, or one made of its content key */
    char *name; /* nd_decision_document */
};

void nd_citing_free(struct nd_citing *citing);
ND_DEFINE_AUTO(nd_citing, nd_citing_free)

/* Reads many, of a state that need not be committed. Borrows catalog. */
struct nd_citing_reader;
struct nd_citing_reader *nd_citing_reader_new(struct nd_catalog *catalog);
void nd_citing_reader_free(struct nd_citing_reader *reader);
ND_DEFINE_AUTO(nd_citing_reader, nd_citing_reader_free)

/* *out is NULL for a document that is no longer in use; caller frees. */
bool nd_citing_read(struct nd_citing_reader *reader, int64_t id, struct nd_citing **out, GError **error);
/* Visits the documents of these ids, in their order, that are still in use. The next ones are read ahead, and
 * a second thread makes out what they claim: visit may write anything but documents and mentions. again: they
 * will be visited once more before documents or mentions change, so that some are kept. Ends with the first
 * visit that fails. */
bool nd_citing_each(struct nd_citing_reader *reader, const int64_t *ids, size_t n, bool again,
                    bool (*visit)(const struct nd_citing *citing, void *user_data, GError **error),
                    void *user_data, GError **error);
/* The name in decisions that the content before had which the document replaces in its file; *name_out is
 * NULL without. Caller frees. */
bool nd_citing_name_before(struct nd_citing_reader *reader, int64_t id, char **name_out, GError **error);

#endif
