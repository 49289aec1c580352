#ifndef ND_INDEXER_PROGRESS_H
#define ND_INDEXER_PROGRESS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One line on standard error, while that is a terminal, of how far a run has come: documents, MB/s, time
 * left. Nothing at all elsewhere. Safe to step from several threads. */
struct nd_progress {
    bool shown;
    unsigned columns;
    int64_t start_us, drawn_us;
    uint64_t n_files, n_bytes; /* in all */
    uint64_t files, bytes;     /* done */
    GMutex lock;
};

void nd_progress_init(struct nd_progress *progress, uint64_t n_files, uint64_t n_bytes);
/* One file of that many bytes is done. */
void nd_progress_step(struct nd_progress *progress, uint64_t bytes);
/* Takes the line away. */
void nd_progress_clear(struct nd_progress *progress);

#endif
