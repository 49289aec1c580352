#include "corpus/store/index_writer_private.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

/* A shard has as many ids as documents are expected of it, close behind those of the shard before: the
 * smaller ids and the gaps between them, the smaller both stores. An archive may hold more documents than
 * that; they get ids from far above. */
#define FIRST_SPARE_ID ((int64_t)1 << 28)
#define IDS_TO_SPARE   ((int64_t)1 << 24)

/* Postings in memory: those of about ten megabytes of text. */
enum { BATCH_POSTINGS = 1 << 20 };

/* Documents expected, and those above. */
enum { EXPECTED, SPARE, N_RANGES };

struct nd_index_shard {
    char *path;
    struct xc_inverter *inverters[N_RANGES]; /* that of SPARE is NULL until it is needed */
    struct xc_writer *synonyms;              /* a database of synonyms alone; NULL when finished */
    struct nd_document_maker *maker;
    int64_t last_id, end_id; /* ids of the range at hand; end_id is the last of them */
    int64_t first_spare_id;
};

void nd_index_shard_free(struct nd_index_shard *shard)
{
    if (!shard)
        return;
    for (unsigned range = 0; range < N_RANGES; range++)
        xc_inverter_free(shard->inverters[range]);
    xc_writer_close(shard->synonyms);
    nd_document_maker_free(shard->maker);
    nd_index_remove_folder(shard->path);
    g_free(shard->path);
    g_free(shard);
}

static struct xc_inverter *new_inverter(const struct nd_index_shard *shard, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(shard->path, name, NULL);
    return xc_inverter_new(path, BATCH_POSTINGS, error);
}

struct nd_index_shard *nd_index_writer_shard(struct nd_index_writer *writer, unsigned i, uint32_t n_expected,
                                             GError **error)
{
    g_assert(i < ND_INDEX_SHARDS && writer->generation == 0);
    if (writer->shards[i])
        return writer->shards[i];
    GError *xc_error = NULL;
    struct nd_index_shard *shard = g_new0(struct nd_index_shard, 1);
    shard->path = g_strdup_printf("%s/" ND_INDEX_SHARD_PREFIX "%u", writer->index_dir, i);
    shard->last_id = writer->n_expected;
    shard->end_id = writer->n_expected + n_expected;
    shard->first_spare_id = FIRST_SPARE_ID + i * IDS_TO_SPARE;
    g_assert(shard->end_id < FIRST_SPARE_ID);
    shard->maker = nd_document_maker_new();
    shard->synonyms =
        xc_writer_open(shard->path, XC_WRITER_CREATE_OR_OVERWRITE,
                       XC_WRITER_NO_SYNC | XC_WRITER_DANGEROUS | XC_WRITER_NO_TERMLIST, 0, &xc_error);
    if (shard->synonyms)
        shard->inverters[EXPECTED] = new_inverter(shard, "runs", &xc_error);
    if (!shard->inverters[EXPECTED]) {
        nd_fulltext_propagate(error, xc_error);
        nd_index_shard_free(shard);
        return NULL;
    }
    writer->dirty = true;
    writer->n_shards++;
    writer->n_expected += n_expected;
    writer->shards[i] = shard;
    return shard;
}

/* The inverter that takes the next document, with an id left for it; NULL on failure. */
static struct xc_inverter *current_inverter(struct nd_index_shard *shard, GError **error)
{
    GError *xc_error = NULL;
    if (shard->last_id < shard->end_id)
        return shard->inverters[shard->inverters[SPARE] ? SPARE : EXPECTED];
    if (shard->inverters[SPARE]) {
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, "more than %" G_GINT64_FORMAT " documents in one run",
                    IDS_TO_SPARE);
        return NULL;
    }
    shard->last_id = shard->first_spare_id;
    shard->end_id = shard->first_spare_id + IDS_TO_SPARE;
    shard->inverters[SPARE] = new_inverter(shard, "runs.spare", &xc_error);
    if (!shard->inverters[SPARE])
        nd_fulltext_propagate(error, xc_error);
    return shard->inverters[SPARE];
}

bool nd_index_shard_add(struct nd_index_shard *shard, const struct nd_new_document *document,
                        const char *path, struct nd_terms *terms, int64_t *id_out, GError **error)
{
    struct xc_inverter *inverter = current_inverter(shard, error);
    if (!inverter)
        return false;
    g_autofree char *name =
        document->member ? g_strconcat(path, "!", document->member, NULL) : g_strdup(path);
    const struct xc_content *made =
        nd_document_maker_make(shard->maker, document->text->key, name, document->metadata, terms);
    GError *xc_error = NULL;
    if (!xc_inverter_add(inverter, (uint32_t)shard->last_id + 1, made, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    *id_out = ++shard->last_id;
    return nd_fulltext_add_synonyms(shard->synonyms, terms, error);
}

bool nd_index_writer_add_catalog(struct nd_index_writer *writer, int64_t id,
                                 const struct nd_new_document *document, GError **error)
{
    int64_t stored, duplicate_of;
    if (!nd_catalog_writer_add_document(writer->catalog, id, document, writer->generation + 1, &stored,
                                        &duplicate_of, error))
        return false;
    if (duplicate_of) {
        if (!writer->duplicates)
            writer->duplicates = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_array_append_val(writer->duplicates, id);
    }
    return true;
}

static bool exchange(const char *fresh, const char *place, GError **error)
{
    if (renameat2(AT_FDCWD, fresh, AT_FDCWD, place, RENAME_EXCHANGE) == 0)
        return true;
    /* A file system without exchange: between the two calls there is no database, and a reader says so. */
    if (errno == EINVAL || errno == ENOSYS) {
        g_autofree char *old = g_strconcat(fresh, ".old", NULL);
        if (rename(place, old) == 0 && rename(fresh, place) == 0) {
            nd_index_remove_folder(old);
            return true;
        }
    }
    nd_error_set_errno(error, errno, "cannot rename %s", fresh);
    return false;
}

bool nd_index_exchange_xapian(struct nd_index_writer *writer, const char *fresh, GError **error)
{
    GError *xc_error = NULL;
    if (!xc_sync_directory(fresh, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    if (!exchange(fresh, writer->xapian_dir, error))
        return false;
    nd_index_remove_folder(fresh);
    return true;
}

bool nd_index_shard_finish(struct nd_index_shard *shard, GError **error)
{
    GError *xc_error = NULL;
    if (!shard->synonyms)
        return true;
    bool ok = xc_writer_commit(shard->synonyms, &xc_error);
    for (unsigned range = 0; ok && range < N_RANGES; range++)
        ok = !shard->inverters[range] || xc_inverter_finish(shard->inverters[range], &xc_error);
    if (!ok) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    xc_writer_close(shard->synonyms);
    shard->synonyms = NULL;
    return true;
}

static char *building_path(const struct nd_index_writer *writer, const char *what)
{
    return g_strdup_printf("%s/" ND_INDEX_SHARD_PREFIX "%s", writer->index_dir, what);
}

/* Writes the documents of all shards as one database, and brings it together with their synonyms. */
static bool merge(struct nd_index_writer *writer, GError **error)
{
    struct xc_inverter *inverters[N_RANGES * ND_INDEX_SHARDS]; /* in the order of their ids */
    const char *sources[ND_INDEX_SHARDS + 1];
    size_t n = 0, n_sources = 0;
    GError *xc_error = NULL;
    g_autofree char *documents = building_path(writer, "documents");
    g_autofree char *merged = building_path(writer, "merged");
    sources[n_sources++] = documents;
    for (unsigned i = 0; i < ND_INDEX_SHARDS; i++) {
        struct nd_index_shard *shard = writer->shards[i];
        if (!shard)
            continue;
        if (!nd_index_shard_finish(shard, error))
            return false;
        sources[n_sources++] = shard->path;
    }
    for (unsigned range = 0; range < N_RANGES; range++)
        for (unsigned i = 0; i < ND_INDEX_SHARDS; i++)
            if (writer->shards[i] && writer->shards[i]->inverters[range] &&
                xc_inverter_count(writer->shards[i]->inverters[range]) > 0)
                inverters[n++] = writer->shards[i]->inverters[range];
    nd_index_remove_folder(documents);
    nd_index_remove_folder(merged);
    const bool ok = n == 0 || (xc_inverters_write(inverters, n, documents, &xc_error) &&
                               xc_compact(sources, n_sources, merged,
                                          XC_COMPACT_NO_RENUMBER | XC_COMPACT_FULL, 0, &xc_error));
    nd_index_remove_folder(documents);
    if (!ok)
        nd_fulltext_propagate(error, xc_error);
    return ok;
}

static gpointer merge_on_thread(gpointer writer)
{
    GError *error = NULL;
    merge(writer, &error);
    return error;
}

void nd_index_writer_merge(struct nd_index_writer *writer)
{
    g_assert(!writer->merging);
    writer->merging = writer->n_shards > 0;
    if (writer->merging)
        writer->merger = nd_beside_start("merge", true, merge_on_thread, writer);
}

bool nd_index_writer_wait_for_merge(struct nd_index_writer *writer, GError **error)
{
    GError *failure = writer->merging ? nd_beside_wait(&writer->merger) : NULL;
    writer->merging = false;
    if (failure)
        g_propagate_error(error, failure);
    return !failure;
}

static void free_shards(struct nd_index_writer *writer)
{
    for (unsigned i = 0; i < ND_INDEX_SHARDS; i++) {
        nd_index_shard_free(writer->shards[i]);
        writer->shards[i] = NULL;
    }
    writer->n_shards = 0;
}

/* The generation and the duplicates, in the place where the merged database now lies. */
static bool complete(struct nd_index_writer *writer, int64_t generation, GError **error)
{
    writer->dirty = false;
    if (!nd_index_writer_open_xapian(writer, error) || !nd_index_writer_touch(writer, error))
        return false;
    writer->stored_from = 1;
    for (guint i = 0; writer->duplicates && i < writer->duplicates->len; i++)
        nd_index_writer_bury(writer, g_array_index(writer->duplicates, int64_t, i));
    g_clear_pointer(&writer->duplicates, g_array_unref);
    return nd_index_writer_commit_xapian(writer, generation, error);
}

bool nd_index_writer_merge_shards(struct nd_index_writer *writer, int64_t generation, GError **error)
{
    g_autofree char *merged = building_path(writer, "merged");
    if (!(writer->merging ? nd_index_writer_wait_for_merge(writer, error) : merge(writer, error)))
        return false;
    xc_writer_close(writer->xapian);
    writer->xapian = NULL;
    if (g_file_test(merged, G_FILE_TEST_IS_DIR) && !nd_index_exchange_xapian(writer, merged, error))
        return false;
    free_shards(writer);
    return complete(writer, generation, error);
}
