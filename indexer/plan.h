#ifndef ND_INDEXER_PLAN_H
#define ND_INDEXER_PLAN_H

/*
 * What an update has to do: the files that are there now against the files the index knows. Pure comparison;
 * no file is opened for it.
 */

#include "indexer/inputs.h"

/* A file as the index last saw it. */
struct nd_known_file {
    int64_t id;
    const char *path;
    uint64_t device, inode;
    int64_t size, mtime_ns;
    unsigned reader_version;
    const char *place;   /* the province it was indexed with (nd_hints_place), NULL without */
    const char *skipped; /* the diagnostic code of a file that gave no document; NULL for one that did */
};

enum nd_plan_action {
    ND_PLAN_KEEP,   /* unchanged; known */
    ND_PLAN_ADD,    /* new; input */
    ND_PLAN_UPDATE, /* changed, or to be tried again; both */
    ND_PLAN_MOVE,   /* the known file under another path; both */
    ND_PLAN_SKIP, /* the walk says it is no document, which is news; input, and known when the index had it */
    ND_PLAN_REMOVE, /* gone, and its folder was readable; known */
};

struct nd_plan_step {
    enum nd_plan_action action;
    const struct nd_input *input;
    const struct nd_known_file *known;
};

struct nd_plan_rules {
    bool reread;             /* every file that is there is to be compared by content */
    unsigned reader_version; /* files read by another are read again */
    /* The province the user says the file at path belongs to, NULL when nothing was said: keep the known one.
     */
    const char *(*place)(const char *path, const void *user_data);
    const void *user_data;
};

/* The steps in the order of paths, removals last; input and known point into the arguments. known is ordered
 * by path (bytes). Free with g_array_unref. */
GArray *nd_plan_make(const struct nd_inputs *inputs, const struct nd_known_file *known, size_t n_known,
                     const struct nd_plan_rules *rules);

#endif
