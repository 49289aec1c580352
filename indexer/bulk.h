#ifndef ND_INDEXER_BULK_H
#define ND_INDEXER_BULK_H

#include "indexer/pipeline.h"
#include "indexer/progress.h"

/*
 * The first build of an index: threads read, analyse and write shards of the full text side by side; the
 * catalogue is shared under a lock. The files are cut into ND_INDEX_SHARDS runs of about equal size, in the
 * order of their paths, so that the index does not depend on how many threads there were or how fast.
 */
struct nd_bulk_build {
    struct nd_index_writer *writer;
    const GArray *steps; /* of struct nd_plan_step: only additions and skips, since the index is fresh */
    const struct nd_hints *hints;
    unsigned jobs; /* 0 for as many as processors */
    bool (*stopped)(void);
    struct nd_progress *progress;
    struct nd_update_report *report; /* added, todo, done, stopped are kept up */
};

/* Fills the writer; the caller commits. */
bool nd_bulk_run(const struct nd_bulk_build *build, GError **error);

#endif
