#ifndef ND_GRAPH_RESOLVER_H
#define ND_GRAPH_RESOLVER_H

/*
 * From mentions to works. The resolver is a pure function of all documents' metadata and mentions, the
 * authority files (analyzers/data) and the human decisions: feed it the same and it gives the same, in any
 * order of feeding. This is the resolver for documents at hand, maybe together with what an index knows, such
 * as the files given to ndcite; update.h does the same over a catalogue, touching only what a change touches.
 *
 * Identity rules: DOMAIN, in docs/citations.md; a work is (issuing body, type, number, counter period,
 * place).
 */

#include "base/auto.h"
#include "analyzers/citation/mention.h"
#include "analyzers/citation/metadata.h"
#include "corpus/store/catalog.h"

struct nd_resolver;

enum nd_outcome {
    ND_OUTCOME_RESOLVED,  /* one work, whose text is in the collection */
    ND_OUTCOME_ABSENT,    /* one work, known but not in the collection: a stub */
    ND_OUTCOME_AMBIGUOUS, /* several works fit; candidates and why */
    ND_OUTCOME_UNKNOWN,   /* not understood, or nothing to go by */
};

/* What one mention was resolved to. Borrowed from the resolver until it is freed or run again. */
struct nd_resolution {
    enum nd_outcome outcome;
    const char *work; /* work key, e.g. "21-NQ/TW~XIII", "13-QĐ/TU~2018@LAI-CHAU"; NULL unless one */
    const char *told; /* work key as far as the text tells it; NULL with a work, and when nothing is told */
    const char *const *candidates; /* NULL-terminated work keys, likeliest first; NULL without */
    const char *reason; /* in words: "same number, type and issuer; date 2022-06-16 lies in term XIII" */
    double confidence;  /* 0 to 1 */
};

struct nd_resolver *nd_resolver_new(void);
void nd_resolver_free(struct nd_resolver *resolver);
ND_DEFINE_AUTO(nd_resolver, nd_resolver_free)

/* Adds one document. id is the caller's, unique; metadata and mentions are borrowed until nd_resolver_free.
 */
void nd_resolver_add(struct nd_resolver *resolver, int64_t id, const struct nd_metadata *metadata,
                     const struct nd_mentions *mentions);

/* Adds, too, what the documents of an index and the entries of its users tell about what those added so far
 * look up; no more is read. To be called after the last of them was added. catalog is borrowed until
 * nd_resolver_free. Fails with the catalogue's errors. */
bool nd_resolver_learn(struct nd_resolver *resolver, struct nd_catalog *catalog, GError **error);

/* Resolves everything added so far. Fails with the catalogue's errors, and never without nd_resolver_learn.
 */
bool nd_resolver_run(struct nd_resolver *resolver, GError **error);

/* The work document id is, NULL when its identity is not known. */
const char *nd_resolver_document_work(const struct nd_resolver *resolver, int64_t id);
/* The resolution of mention i of document id. */
const struct nd_resolution *nd_resolver_mention(const struct nd_resolver *resolver, int64_t id, size_t i);

#endif
