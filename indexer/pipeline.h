#ifndef ND_INDEXER_PIPELINE_H
#define ND_INDEXER_PIPELINE_H

/*
 * An update of an index from folders: walk -> compare with what is known -> read -> analyse -> store ->
 * resolve. In batches; each batch is a committed state, so that a run that is stopped leaves what it had
 * finished, and the next one goes on from there. A first build works on several threads, each with a shard of
 * its own.
 */

#include "corpus/store/index.h"
#include "indexer/hints.h"

struct nd_update_options {
    const char *index_dir;
    char *const *paths;           /* NULL-terminated */
    const struct nd_hints *hints; /* NULL for none */
    unsigned jobs;                /* threads of a first build; 0 for as many as processors */
    bool verify;                  /* compare contents of all files */
    bool (*stopped)(void);        /* asked between files: whether to finish early; NULL for never */
};

struct nd_update_report {
    uint64_t files, added, changed, moved, unchanged, removed; /* files; files is what is there now */
    uint64_t todo, done; /* files that were to be read, and that were: differ when the run was stopped */
    bool stopped;
    struct nd_catalog_counts counts; /* of the index afterwards */
};

/* Calls `found` for each diagnostic of the files below the paths, also of those that this run left alone. */
typedef void (*nd_update_problem)(const char *path, const char *member,
                                  const struct nd_diagnostic *diagnostic, void *user_data);

/* Brings the index up to date, making it when there is none. Fails with ND_ERROR_IO when a path is missing
 * (the index is untouched) or the disk is full, ND_ERROR_LOCKED, ND_ERROR_INDEX; what batches had committed
 * by then stays. */
bool nd_update_run(const struct nd_update_options *options, nd_update_problem found, void *user_data,
                   struct nd_update_report *report_out, GError **error);

/* Opens the index for writing with the analysis that recovery needs. */
struct nd_index_writer *nd_update_open_writer(const char *index_dir, GError **error);

#endif
