#ifndef ND_INDEXER_INGEST_H
#define ND_INDEXER_INGEST_H

/*
 * One file's way into the index: read, analysed, stored. Each thread that does this has a struct nd_ingest of
 * its own; they share the catalogue, which is written under a lock.
 */

#include "corpus/read/reader.h"
#include "corpus/store/index.h"
#include "indexer/plan.h"

struct nd_ingest {
    struct nd_index_writer *writer;
    struct nd_index_shard
        *shard;      /* where the terms of documents go in a bulk build; NULL for the index itself */
    GMutex *lock;    /* around everything that writes the catalogue */
    GArray *changed; /* of int64_t: documents added and retired, under the lock */
    struct nd_reader *reader;
    struct nd_terms *terms;
    uint64_t n_documents; /* added so far */
    uint64_t n_bytes;     /* of their text */
};

/* A document of a file as the index has it. */
struct nd_stored_document {
    int64_t id;
    char *member, *key;
    bool kept;
};

/* Reads the file and brings the index up to date with it: adds documents that are new or differ, retires
 * those that are gone, notes its diagnostics. A document whose text is as it was stays. place is the province
 * the user named, or NULL. *changed_out says whether anything but the file's row changed. A file that cannot
 * be read is no failure; failures are the store's. */
bool nd_ingest_file(struct nd_ingest *ingest, const struct nd_input *input, const struct nd_known_file *known,
                    const char *place, bool *changed_out, GError **error);

/* Gives the known file another path. Its documents are analysed again from their stored texts, because a path
 * can tell place and number, and replaced where that makes a difference. */
bool nd_ingest_move(struct nd_ingest *ingest, const struct nd_input *input, const struct nd_known_file *known,
                    const char *place, GError **error);

/* Notes a file that is no document (input->skipped); its documents of earlier runs are retired. */
bool nd_ingest_skip(struct nd_ingest *ingest, const struct nd_input *input, const struct nd_known_file *known,
                    bool *changed_out, GError **error);

/* Takes the file and its documents out of the index. */
bool nd_ingest_remove(struct nd_ingest *ingest, const struct nd_known_file *known, GError **error);

#endif
