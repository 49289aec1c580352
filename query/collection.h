#ifndef ND_QUERY_COLLECTION_H
#define ND_QUERY_COLLECTION_H

/* What the collection holds, as far as a session may see it, and how reading it went: what a status page
 * shows. */

#include "query/lookups.h"

/* One kind of trouble: nothing of a file, or a part, is missing. */
struct nd_trouble {
    const char *code;   /* static: "encrypted" */
    const char *remedy; /* static, in the user's language: what can be done */
    bool skipped;       /* no document came of the files */
    GPtrArray *names;   /* of char *: the files without their folders, at most ND_TROUBLE_NAMES; UTF-8 */
    uint64_t n_files;
};
#define ND_TROUBLE_NAMES 20

struct nd_collection {
    uint64_t n_documents, n_copies, n_bytes, n_citations, n_works;
    uint64_t n_files; /* of the last run that read any */
    uint64_t bytes, milliseconds;
    int64_t finished_s;  /* since 1970; 0 where the index does not tell */
    GPtrArray *troubles; /* of struct nd_trouble *, those without a document first, most files first */
};

/* Files of which a document is above the session's visibility are left out. Caller frees. */
struct nd_collection *nd_collection_view(struct nd_session *session, GError **error);
void nd_collection_free(struct nd_collection *collection);
ND_DEFINE_AUTO(nd_collection, nd_collection_free)

#endif
