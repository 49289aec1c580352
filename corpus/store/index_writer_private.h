#ifndef ND_CORPUS_STORE_INDEX_WRITER_PRIVATE_H
#define ND_CORPUS_STORE_INDEX_WRITER_PRIVATE_H

/* What the parts of the index writer share: index_writer.c (one database, batches, recovery) and
 * index_shards.c (a fresh build on several threads). */

#include "base/beside.h"
#include "corpus/store/catalog_private.h"
#include "corpus/store/fulltext_private.h"
#include "corpus/store/index_private.h"
#include "corpus/store/packed_text.h"

/* Folders of a build that is under way; a writer that finds some removes them. */
#define ND_INDEX_SHARD_PREFIX "building."

struct nd_index_writer {
    char *index_dir, *xapian_dir;
    int lock;
    struct nd_index_analysis analysis;
    struct nd_catalog_writer *catalog;
    struct xc_writer *xapian;
    struct nd_document_maker *maker;
    struct xc_document *document; /* reused */
    struct nd_terms *terms;       /* for documents that are made again from the catalogue */
    int64_t generation;           /* the last complete one */
    bool dirty;                   /* a batch is under way: a Xapian transaction is open, or shards are */
    bool spent;                   /* a write to Xapian failed: its handle is not touched again */
    uint32_t stored_from;         /* the lowest id stored since the last commit; UINT32_MAX for none */
    GArray *dead; /* of uint32_t: what Xapian still has of documents that are gone, ascending */
    struct nd_index_shard *shards[ND_INDEX_SHARDS];
    unsigned n_shards;  /* made so far */
    int64_t n_expected; /* documents of them all */
    bool merging;
    struct nd_beside merger; /* merges the shards; returns its GError, or NULL */
    GArray *duplicates; /* of int64_t: in a shard, and to be taken out of it after the merge; may be NULL */
};

bool nd_index_writer_open_xapian(struct nd_index_writer *writer, GError **error);
bool nd_index_writer_touch(struct nd_index_writer *writer, GError **error);
/* Hides the document from searches. */
void nd_index_writer_bury(struct nd_index_writer *writer, int64_t id);
/* Makes the document's terms again from the catalogue and stores them, where Xapian does not have it. */
bool nd_index_writer_reindex(struct nd_index_writer *writer, int64_t id, GError **error);
/* Ends the transaction as this generation, on disk when it returns. */
bool nd_index_writer_commit_xapian(struct nd_index_writer *writer, int64_t generation, GError **error);
bool nd_index_writer_recover(struct nd_index_writer *writer, GError **error);

/* Merges the shards into the database, as this generation, on disk when it returns. */
bool nd_index_writer_merge_shards(struct nd_index_writer *writer, int64_t generation, GError **error);
/* Waits until no thread merges. */
bool nd_index_writer_wait_for_merge(struct nd_index_writer *writer, GError **error);
void nd_index_shard_free(struct nd_index_shard *shard);
void nd_index_remove_folder(const char *path);
/* Puts a finished database in the place of the one that readers may have open, which is gone afterwards. */
bool nd_index_exchange_xapian(struct nd_index_writer *writer, const char *fresh, GError **error);

#endif
