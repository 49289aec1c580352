#ifndef ND_GRAPH_VERDICTS_H
#define ND_GRAPH_VERDICTS_H

/*
 * What stands decided of the citations of one document: each entry of the log is put to the mention with its
 * words, and of several with the same words to the one that stands in the same place: between the same words,
 * else as the same one of them. An entry whose citation is no longer there waits in the log.
 */

#include "graph/decisions.h"

/* Of one mention. */
struct nd_verdict {
    bool rejected;
    char *work;         /* NULL: what the machine finds */
    int relation;       /* enum nd_relation, or -1 */
    GPtrArray *edges;   /* of char *, "relation key"; NULL without */
    GPtrArray *entries; /* of struct nd_decided *, those that stand, oldest first; NULL without */
};

struct nd_verdicts {
    GArray *list;   /* of struct nd_verdict, one a mention */
    GPtrArray *log; /* owns the entries */
};

/* name is the document's name in decisions. */
struct nd_verdicts *nd_verdicts_read(struct nd_catalog *catalog, const char *name, struct nd_str text,
                                     const struct nd_mentions *mentions, GError **error);
void nd_verdicts_free(struct nd_verdicts *verdicts);
ND_DEFINE_AUTO(nd_verdicts, nd_verdicts_free)

static inline const struct nd_verdict *nd_verdict_at(const struct nd_verdicts *verdicts, size_t i)
{
    return &g_array_index(verdicts->list, struct nd_verdict, i);
}

/* How well the words around a citation are those of a context, 0 to 1; exported for its test. */
double nd_context_likeness(const char *a, const char *b);

#endif
