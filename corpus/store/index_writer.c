#include "corpus/store/index_writer_private.h"

#include "corpus/store/fields.h"
#include "base/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Below this much free space a batch is not begun to be committed: a full disk in the middle of one costs the
 * writer, and on some file systems the database. */
#define MIN_FREE_BYTES ((uint64_t)64 << 20)

/* The full text is made again when so many documents in it are dead, and one in so many. */
enum { DEAD_MIN = 500, DEAD_SHARE = 3 };

/* ---- opening ---- */

static bool make_folder(const char *index_dir, GError **error)
{
    if (g_mkdir_with_parents(index_dir, 0755) == 0)
        return true;
    nd_error_set_errno(error, errno, "cannot make %s", index_dir);
    return false;
}

/* A folder that is neither empty nor an index belongs to somebody else. */
static bool may_become_index(const char *index_dir, GError **error)
{
    g_autoptr(GError) file_error = NULL;
    g_autoptr(GDir) dir = g_dir_open(index_dir, 0, &file_error);
    if (!dir) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "%s", file_error->message);
        return false;
    }
    for (const char *name; (name = g_dir_read_name(dir));) {
        /* what a run that was killed before it wrote FORMAT may have left */
        if (!g_str_has_prefix(name, "catalog.sqlite") && strcmp(name, ND_INDEX_LOCK_FILE) != 0 &&
            strcmp(name, ND_INDEX_XAPIAN) != 0 && !g_str_has_prefix(name, ND_INDEX_SHARD_PREFIX)) {
            g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "%s is not an index", index_dir);
            return false;
        }
    }
    return true;
}

bool nd_index_writer_open_xapian(struct nd_index_writer *writer, GError **error)
{
    GError *xc_error = NULL;
    g_autofree char *batch = g_strdup_printf("%d", 2 * ND_INDEX_BATCH);
    /* Xapian must not flush by itself in the middle of a batch. */
    g_setenv("XAPIAN_FLUSH_THRESHOLD", batch, TRUE);
    writer->xapian =
        xc_writer_open(writer->xapian_dir, XC_WRITER_CREATE_OR_OPEN, XC_WRITER_NO_TERMLIST, 0, &xc_error);
    g_array_set_size(writer->dead, 0);
    writer->stored_from = UINT32_MAX;
    if (writer->xapian)
        return nd_database_dead(xc_writer_database(writer->xapian), writer->dead, error);
    nd_fulltext_propagate(error, xc_error);
    return false;
}

/* Removes a folder of files, as a Xapian database is; what cannot be removed stays. */
void nd_index_remove_folder(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    if (!dir)
        return;
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        g_unlink(child);
    }
    g_rmdir(path);
}

static void remove_leftovers(const char *index_dir)
{
    g_autoptr(GDir) dir = g_dir_open(index_dir, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        if (g_str_has_prefix(name, ND_INDEX_SHARD_PREFIX)) {
            g_autofree char *path = g_build_filename(index_dir, name, NULL);
            nd_index_remove_folder(path);
        }
    }
}

static bool open_stores(struct nd_index_writer *writer, GError **error)
{
    GError *xc_error = NULL;
    writer->maker = nd_document_maker_new();
    writer->document = xc_document_new(&xc_error);
    if (!writer->document) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    writer->terms = nd_terms_new();
    writer->catalog = nd_catalog_writer_open(writer->index_dir, error);
    if (!writer->catalog)
        return false;
    const bool has_xapian = g_file_test(writer->xapian_dir, G_FILE_TEST_EXISTS);
    g_autoptr(GError) xapian_error = NULL;
    if (!nd_index_writer_open_xapian(writer, &xapian_error)) {
        if (!has_xapian || !g_error_matches(xapian_error, ND_ERROR, ND_ERROR_INDEX)) {
            g_propagate_error(error, g_steal_pointer(&xapian_error));
            return false;
        }
        /* damaged: it can be made again from the catalogue */
        nd_index_remove_folder(writer->xapian_dir);
        if (!nd_index_writer_open_xapian(writer, error))
            return false;
    }
    return nd_catalog_setting(nd_catalog_writer_reader(writer->catalog), "generation", &writer->generation,
                              error);
}

struct nd_index_writer *nd_index_writer_open(const char *index_dir, const struct nd_index_analysis *analysis,
                                             GError **error)
{
    const bool exists = nd_index_exists(index_dir);
    if (exists ? !nd_index_check_format(index_dir, error)
               : !make_folder(index_dir, error) || !may_become_index(index_dir, error))
        return NULL;
    const int lock = nd_index_lock(index_dir, error);
    if (lock < 0)
        return NULL;
    struct nd_index_writer *writer = g_new0(struct nd_index_writer, 1);
    writer->lock = lock;
    writer->analysis = *analysis;
    writer->index_dir = g_strdup(index_dir);
    writer->xapian_dir = g_build_filename(index_dir, ND_INDEX_XAPIAN, NULL);
    writer->dead = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    remove_leftovers(index_dir);
    if (open_stores(writer, error) && (exists || nd_index_write_format(index_dir, error)) &&
        nd_index_writer_recover(writer, error))
        return writer;
    g_prefix_error(error, "index %s: ", index_dir);
    nd_index_writer_close(writer);
    return NULL;
}

void nd_index_writer_close(struct nd_index_writer *writer)
{
    if (!writer)
        return;
    nd_index_writer_wait_for_merge(writer, NULL);
    for (unsigned i = 0; i < ND_INDEX_SHARDS; i++)
        nd_index_shard_free(writer->shards[i]);
    /* Closing a handle commits. What the catalogue is about to roll back must not be, nor may a handle that
     * failed try again: it reports success for what it dropped. A spent one stays, with its lock, until the
     * process ends. */
    if (writer->xapian && writer->dirty && !writer->spent)
        writer->spent = !xc_writer_cancel_transaction(writer->xapian, NULL);
    if (!writer->spent)
        xc_writer_close(writer->xapian);
    nd_catalog_writer_close(writer->catalog);
    nd_document_maker_free(writer->maker);
    xc_document_free(writer->document);
    nd_terms_free(writer->terms);
    g_free(writer->index_dir);
    g_free(writer->xapian_dir);
    g_array_unref(writer->dead);
    close(writer->lock);
    g_free(writer);
}

struct nd_catalog_writer *nd_index_writer_catalog(struct nd_index_writer *writer)
{
    return writer->catalog;
}

bool nd_index_writer_is_fresh(const struct nd_index_writer *writer)
{
    return writer->generation == 0 && !writer->dirty;
}

/* ---- changing ---- */

/* Takes the result of a change of Xapian: true, or the error moved over and the handle given up. */
static bool xapian_ok(struct nd_index_writer *writer, bool ok, GError **xc_error, GError **error)
{
    if (ok)
        return true;
    writer->spent = true;
    nd_fulltext_propagate(error, *xc_error);
    return false;
}

/* The first change of a batch opens a transaction, so that closing can throw the batch away. */
bool nd_index_writer_touch(struct nd_index_writer *writer, GError **error)
{
    GError *xc_error = NULL;
    if (writer->dirty)
        return true;
    if (!xapian_ok(writer, xc_writer_begin_transaction(writer->xapian, true, &xc_error), &xc_error, error))
        return false;
    writer->dirty = true;
    return true;
}

static bool replace(struct nd_index_writer *writer, int64_t id, const char *key, const char *path,
                    const struct nd_metadata *metadata, struct nd_terms *terms, GError **error)
{
    GError *xc_error = NULL;
    const struct xc_content *made = nd_document_maker_make(writer->maker, key, path, metadata, terms);
    writer->stored_from = MIN(writer->stored_from, (uint32_t)id);
    return xapian_ok(writer,
                     xc_document_fill(writer->document, made, &xc_error) &&
                         xc_writer_replace(writer->xapian, (uint32_t)id, writer->document, &xc_error),
                     &xc_error, error) &&
           nd_fulltext_add_synonyms(writer->xapian, terms, error);
}

/* Where id stands among the dead, or would stand. */
static guint place_among_dead(const struct nd_index_writer *writer, uint32_t id)
{
    guint low = 0, high = writer->dead->len;
    while (low < high) {
        const guint middle = (low + high) / 2;
        if (g_array_index(writer->dead, uint32_t, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_dead(const struct nd_index_writer *writer, guint place, uint32_t id)
{
    return place < writer->dead->len && g_array_index(writer->dead, uint32_t, place) == id;
}

/* Whether Xapian has a document of this id, dead or not. */
static bool is_in_xapian(struct nd_index_writer *writer, uint32_t id, bool *out, GError **error)
{
    uint32_t length;
    GError *xc_error = NULL;
    *out = xc_database_document_length(xc_writer_database(writer->xapian), id, &length, &xc_error);
    if (*out)
        return true;
    if (!g_error_matches(xc_error, XC_ERROR, XC_ERROR_DOC_NOT_FOUND))
        return xapian_ok(writer, false, &xc_error, error);
    g_error_free(xc_error);
    return true;
}

void nd_index_writer_bury(struct nd_index_writer *writer, int64_t id)
{
    const uint32_t number = (uint32_t)id;
    const guint place = place_among_dead(writer, number);
    if (!is_dead(writer, place, number))
        g_array_insert_val(writer->dead, place, number);
}

bool nd_index_writer_reindex(struct nd_index_writer *writer, int64_t id, GError **error)
{
    /* A document never changes: what Xapian has under its id is right. */
    const guint place = place_among_dead(writer, (uint32_t)id);
    if (is_dead(writer, place, (uint32_t)id))
        g_array_remove_index(writer->dead, place);
    bool exists;
    if (!is_in_xapian(writer, (uint32_t)id, &exists, error))
        return false;
    if (exists)
        return true;
    struct nd_catalog *catalog = nd_catalog_writer_reader(writer->catalog);
    nd_auto(nd_catalog_document) row = nd_catalog_document_by_id(catalog, id, error);
    nd_auto(nd_document) doc = row ? nd_catalog_text(catalog, id, error) : NULL;
    nd_auto(nd_mentions) mentions = doc ? nd_catalog_mentions(catalog, id, NULL, error) : NULL;
    if (!mentions)
        return false;
    writer->analysis.terms(doc, &row->metadata, mentions, writer->terms, writer->analysis.user_data);
    return replace(writer, id, row->key, row->path, &row->metadata, writer->terms, error);
}

static char *document_path(struct nd_index_writer *writer, const struct nd_new_document *document,
                           GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    bool row;
    struct sqlite3 *db = nd_catalog_sqlite(nd_catalog_writer_reader(writer->catalog));
    if (!nd_sql_prepare(db, &s, "SELECT path FROM file WHERE id = ?", error))
        return NULL;
    nd_sql_bind(s, "i", document->file);
    if (!nd_sql_step(s, &row, error))
        return NULL;
    const struct nd_bytes path = row ? nd_sql_bytes(s, 0) : (struct nd_bytes){NULL, 0};
    g_autofree char *file = g_strndup((const char *)path.p, path.n);
    return document->member ? g_strconcat(file, "!", document->member, NULL) : g_steal_pointer(&file);
}

/* An id that neither store has anything of. The catalogue forgets documents that are gone, the full text does
 * not: under an old id it would show the old words, and cannot put others there; copies it never had are dead
 * there, too. */
static bool unused_id(struct nd_index_writer *writer, int64_t *out, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    struct sqlite3 *db = nd_catalog_sqlite(nd_catalog_writer_reader(writer->catalog));
    struct xc_statistics statistics;
    GError *xc_error = NULL;
    bool row;
    if (!nd_sql_prepare(db, &s, "SELECT coalesce(max(id), 0) FROM document", error) ||
        !nd_sql_step(s, &row, error) ||
        !xapian_ok(writer, xc_database_statistics(xc_writer_database(writer->xapian), &statistics, &xc_error),
                   &xc_error, error))
        return false;
    const GArray *dead = writer->dead;
    const uint32_t last_dead = dead->len ? g_array_index(dead, uint32_t, dead->len - 1) : 0;
    *out = MAX(nd_sql_int(s, 0), (int64_t)MAX(statistics.last_id, last_dead)) + 1;
    return true;
}

bool nd_index_writer_add(struct nd_index_writer *writer, const struct nd_new_document *document,
                         struct nd_terms *terms, int64_t *id_out, GError **error)
{
    int64_t id, duplicate_of;
    if (!nd_index_writer_touch(writer, error) || !unused_id(writer, &id, error) ||
        !nd_catalog_writer_add_document(writer->catalog, id, document, writer->generation + 1, &id,
                                        &duplicate_of, error))
        return false;
    *id_out = id;
    if (duplicate_of) /* shown through the first one, and searched through it */
        return true;
    g_autofree char *path = document_path(writer, document, error);
    return path && replace(writer, id, document->text->key, path, document->metadata, terms, error);
}

bool nd_index_writer_retire(struct nd_index_writer *writer, int64_t id, GError **error)
{
    int64_t heir;
    if (!nd_index_writer_touch(writer, error) ||
        !nd_catalog_writer_retire(writer->catalog, id, writer->generation + 1, &heir, error))
        return false;
    nd_index_writer_bury(writer, id);
    return heir == 0 || nd_index_writer_reindex(writer, heir, error);
}

bool nd_index_writer_retire_file(struct nd_index_writer *writer, int64_t file, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    struct sqlite3 *db = nd_catalog_sqlite(nd_catalog_writer_reader(writer->catalog));
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    if (!nd_sql_prepare(db, &s, "SELECT id FROM document WHERE file = ? AND retired IS NULL", error))
        return false;
    nd_sql_bind(s, "i", file);
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        const int64_t id = row ? nd_sql_int(s, 0) : 0;
        if (row)
            g_array_append_val(ids, id);
    }
    for (guint i = 0; i < ids->len; i++) {
        if (!nd_index_writer_retire(writer, g_array_index(ids, int64_t, i), error))
            return false;
    }
    return true;
}

/* ---- committing ---- */

static bool enough_space(const struct nd_index_writer *writer, GError **error)
{
    struct statvfs info;
    if (statvfs(writer->index_dir, &info) != 0) {
        nd_error_set_errno(error, errno, "cannot ask for free space in %s", writer->index_dir);
        return false;
    }
    if ((uint64_t)info.f_bavail * info.f_frsize >= MIN_FREE_BYTES)
        return true;
    g_set_error(error, ND_ERROR, ND_ERROR_IO, "less than %" G_GUINT64_FORMAT " MB free in %s",
                MIN_FREE_BYTES >> 20, writer->index_dir);
    return false;
}

/* What queries over many documents would have to ask Xapian for one by one. */
static bool pack(struct nd_index_writer *writer, uint32_t first, GError **xc_error)
{
    return xc_writer_pack_lengths(writer->xapian, first, xc_error) &&
           xc_writer_pack_values(writer->xapian, (uint32_t)nd_fields[ND_FIELD_FACETS].slot, ND_FACET_PARTS,
                                 first, xc_error);
}

bool nd_index_writer_commit_xapian(struct nd_index_writer *writer, int64_t generation, GError **error)
{
    GError *xc_error = NULL;
    char digits[24];
    g_autoptr(GString) dead = g_string_new(NULL);
    xc_ids_pack((const uint32_t *)(const void *)writer->dead->data, writer->dead->len, dead);
    g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, generation);
    const uint32_t stored_from = writer->stored_from;
    writer->stored_from = UINT32_MAX;
    return xapian_ok(writer,
                     (stored_from == UINT32_MAX || pack(writer, stored_from, &xc_error)) &&
                         xc_writer_set_metadata(writer->xapian, xc_bytes_from_c(ND_GENERATION_KEY),
                                                xc_bytes_from_c(digits), &xc_error) &&
                         xc_writer_set_metadata(writer->xapian, xc_bytes_from_c(ND_DEAD_KEY),
                                                (struct xc_bytes){dead->str, dead->len}, &xc_error) &&
                         xc_writer_commit_transaction(writer->xapian, &xc_error) &&
                         xc_sync_directory(writer->xapian_dir, &xc_error),
                     &xc_error, error);
}

/* Whether so much of the full text is dead that making it again pays: searches skip it, but it takes room and
 * shifts the frequencies of terms. */
static bool has_many_dead(struct nd_index_writer *writer)
{
    struct xc_statistics statistics;
    return writer->dead->len >= DEAD_MIN &&
           xc_database_statistics(xc_writer_database(writer->xapian), &statistics, NULL) &&
           writer->dead->len * (uint64_t)DEAD_SHARE > statistics.n_documents;
}

bool nd_index_writer_commit(struct nd_index_writer *writer, GError **error)
{
    const int64_t next = writer->generation + 1;
    if (!enough_space(writer, error) || !nd_catalog_writer_commit(writer->catalog, error))
        return false;
    if (!writer->dirty)
        return true;
    if (writer->n_shards > 0 ? !nd_index_writer_merge_shards(writer, next, error)
                             : !nd_index_writer_commit_xapian(writer, next, error))
        return false;
    if (!nd_catalog_writer_finish_generation(writer->catalog, next, error))
        return false;
    writer->generation = next;
    writer->dirty = false;
    return !has_many_dead(writer) || nd_index_writer_rebuild_fulltext(writer, error);
}

/* ---- after a kill ---- */

static bool list_ids(struct nd_index_writer *writer, const char *sql, GArray *ids, GError **error)
{
    nd_auto(nd_sql_statement) s = NULL;
    struct sqlite3 *db = nd_catalog_sqlite(nd_catalog_writer_reader(writer->catalog));
    if (!nd_sql_prepare(db, &s, sql, error))
        return false;
    for (bool row = true; row;) {
        if (!nd_sql_step(s, &row, error))
            return false;
        const int64_t id = row ? nd_sql_int(s, 0) : 0;
        if (row)
            g_array_append_val(ids, id);
    }
    return true;
}

/* Puts the full text of these documents as the catalogue has them, a batch at a time; the last one makes it
 * `generation`. */
static bool redo(struct nd_index_writer *writer, const GArray *removed, const GArray *indexed,
                 int64_t generation, GError **error)
{
    if (!nd_index_writer_touch(writer, error))
        return false;
    for (guint i = 0; i < removed->len; i++)
        nd_index_writer_bury(writer, g_array_index(removed, int64_t, i));
    for (guint i = 0; i < indexed->len; i++) {
        if (!nd_index_writer_reindex(writer, g_array_index(indexed, int64_t, i), error))
            return false;
        if (i % ND_INDEX_BATCH == ND_INDEX_BATCH - 1) {
            if (!nd_index_writer_commit_xapian(writer, 0, error))
                return false;
            writer->dirty = false;
            if (!nd_index_writer_touch(writer, error))
                return false;
        }
    }
    if (!nd_index_writer_commit_xapian(writer, generation, error) ||
        !nd_catalog_writer_finish_generation(writer->catalog, generation, error))
        return false;
    writer->generation = generation;
    writer->dirty = false;
    return true;
}

/* Makes the full text again beside the one that readers have open, then puts it in its place. */
static bool rebuild(struct nd_index_writer *writer, int64_t generation, GError **error)
{
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autofree char *place = writer->xapian_dir;
    g_autofree char *fresh = g_build_filename(writer->index_dir, ND_INDEX_SHARD_PREFIX "again", NULL);
    nd_index_remove_folder(fresh);
    xc_writer_close(writer->xapian);
    writer->xapian = NULL;
    writer->xapian_dir = fresh;
    const bool ok = nd_index_writer_open_xapian(writer, error) &&
                    list_ids(writer,
                             "SELECT id FROM document WHERE retired IS NULL AND duplicate_of IS NULL "
                             "ORDER BY id",
                             all, error) &&
                    redo(writer, none, all, generation, error);
    writer->xapian_dir = g_steal_pointer(&place);
    if (!ok)
        return false;
    xc_writer_close(writer->xapian);
    writer->xapian = NULL;
    return nd_index_exchange_xapian(writer, fresh, error) && nd_index_writer_open_xapian(writer, error);
}

bool nd_index_writer_recover(struct nd_index_writer *writer, GError **error)
{
    g_autoptr(GArray) removed = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) indexed = g_array_new(FALSE, FALSE, sizeof(int64_t));
    g_autoptr(GArray) pending = g_array_new(FALSE, FALSE, sizeof(int64_t));
    int64_t generation;
    if (!nd_database_generation(xc_writer_database(writer->xapian), &generation, error) ||
        !list_ids(writer, "SELECT coalesce(max(generation), 0) FROM pending", pending, error))
        return false;
    const int64_t wanted = g_array_index(pending, int64_t, 0);
    if (generation < writer->generation)
        return rebuild(writer, MAX(writer->generation, wanted), error);
    if (wanted == 0)
        return true;
    if (generation >= wanted) { /* Xapian had it all: only the last step is missing */
        writer->generation = wanted;
        return nd_catalog_writer_finish_generation(writer->catalog, wanted, error);
    }
    return list_ids(writer,
                    "SELECT p.document FROM pending p LEFT JOIN document d ON d.id = p.document "
                    "WHERE d.id IS NULL OR d.retired IS NOT NULL OR d.duplicate_of IS NOT NULL ORDER BY 1",
                    removed, error) &&
           list_ids(writer,
                    "SELECT p.document FROM pending p JOIN document d ON d.id = p.document "
                    "WHERE d.retired IS NULL AND d.duplicate_of IS NULL ORDER BY 1",
                    indexed, error) &&
           redo(writer, removed, indexed, wanted, error);
}

bool nd_index_writer_rebuild_fulltext(struct nd_index_writer *writer, GError **error)
{
    return nd_index_writer_commit(writer, error) && rebuild(writer, writer->generation, error);
}
