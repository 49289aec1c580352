#ifndef ND_QUERY_EDGES_H
#define ND_QUERY_EDGES_H

/* Edges of the catalogue's graph as the structs of query.h; for the files of this room. */

#include "query/session.h"

/* Which edges are wanted. */
struct nd_edge_request {
    enum nd_statement_id statement; /* EDGES_OUT, EDGES_IN, EDGES_POSSIBLE: of a work; EDGES_OF_DOCUMENT */
    const char *group;              /* of EDGES_POSSIBLE: nd_work_group */
    int64_t id;
    unsigned relations;  /* 1 << enum nd_relation */
    const GArray *works; /* keep those whose other end is one of these (int64_t); NULL for all */
    bool source_once;    /* of each source only the strongest edge */
    unsigned unless;     /* with source_once: not from sources that do one of these at least as strongly */
    size_t cap;          /* at most so many; 0: all */
    size_t n_evidence;   /* fill evidence, mark and span of the first so many */
};

/* Array of struct nd_evidence *, strongest first; caller frees with g_ptr_array_unref. */
GPtrArray *nd_edges_find(struct nd_session *session, const struct nd_edge_request *request, GError **error);

/* The works (int64_t) that some relation joins to a work, either way, into *out, which is emptied first. */
bool nd_work_neighbours(struct nd_session *session, int64_t work, GArray *out, GError **error);

#endif
