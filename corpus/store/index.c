#include "corpus/store/index_private.h"

#include "base/error.h"
#include "base/i18n.h"

struct nd_index {
    struct nd_fulltext *fulltext;
    GPtrArray *catalogs; /* one a shard, NULL for a remote one */
    GPtrArray *uuids;    /* of their Xapian databases, strings; empty where there is but one */
};

static void close_catalog(gpointer catalog)
{
    nd_catalog_close(catalog);
}

/* A shard of a stub: "auto PATH" with PATH the xapian folder of an index, or "remote ...". */
static bool open_shard(struct nd_index *index, const char *line, const char *stub_dir, GError **error)
{
    const char *space = strchr(line, ' ');
    if (g_str_has_prefix(line, "remote") || !space) {
        g_ptr_array_add(index->catalogs, NULL);
        g_ptr_array_add(index->uuids, NULL);
        return true;
    }
    g_autofree char *given = g_strstrip(g_strdup(space));
    g_autofree char *database = g_canonicalize_filename(given, stub_dir);
    g_autofree char *index_dir = g_path_get_dirname(database);
    if (!nd_index_check_format(index_dir, error))
        return false;
    GError *xc_error = NULL;
    g_autoptr(GString) uuid = g_string_new(NULL);
    xc_auto(xc_database) shard = xc_database_open(database, &xc_error);
    if (!shard || !xc_database_uuid(shard, uuid, &xc_error)) {
        nd_fulltext_propagate(error, xc_error);
        return false;
    }
    struct nd_catalog *catalog = nd_catalog_open(index_dir, error);
    if (!catalog)
        return false;
    g_ptr_array_add(index->catalogs, catalog);
    g_ptr_array_add(index->uuids, g_strdup(uuid->str));
    return true;
}

static bool open_stub(struct nd_index *index, const char *path, GError **error)
{
    g_autofree char *contents = NULL, *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *stub_dir = g_path_get_dirname(absolute);
    g_autoptr(GError) file_error = NULL;
    if (!g_file_get_contents(path, &contents, NULL, &file_error)) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "%s", file_error->message);
        return false;
    }
    g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        if (**line && **line != '#' && !open_shard(index, *line, stub_dir, error))
            return false;
    }
    return true;
}

struct nd_index *nd_index_open(const char *path, GError **error)
{
    struct nd_index *index = g_new0(struct nd_index, 1);
    index->catalogs = g_ptr_array_new_with_free_func(close_catalog);
    index->uuids = g_ptr_array_new_with_free_func(g_free);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        if (open_stub(index, path, error))
            index->fulltext = nd_fulltext_open(path, error);
    } else if (nd_index_check_format(path, error)) {
        g_autofree char *xapian = g_build_filename(path, ND_INDEX_XAPIAN, NULL);
        struct nd_catalog *catalog = nd_catalog_open(path, error);
        if (catalog) {
            g_ptr_array_add(index->catalogs, catalog);
            index->fulltext = nd_fulltext_open(xapian, error);
        }
    }
    if (index->fulltext)
        return index;
    nd_index_close(index);
    return NULL;
}

void nd_index_close(struct nd_index *index)
{
    if (!index)
        return;
    nd_fulltext_close(index->fulltext);
    g_ptr_array_unref(index->catalogs);
    g_ptr_array_unref(index->uuids);
    g_free(index);
}

unsigned nd_index_shards(const struct nd_index *index)
{
    return index->catalogs->len;
}

struct nd_catalog *nd_index_shard_catalog(struct nd_index *index, unsigned i)
{
    return index->catalogs->pdata[i];
}

struct nd_catalog *nd_index_catalog(struct nd_index *index, GError **error)
{
    struct nd_catalog *const catalog = index->catalogs->len == 1 ? index->catalogs->pdata[0] : NULL;
    if (!catalog)
        g_set_error_literal(error, ND_ERROR, ND_ERROR_INDEX,
                            index->catalogs->len == 1 ? _("this index is on another machine")
                                                      : _("this joins several indexes; name one of them"));
    return catalog;
}

struct nd_fulltext *nd_index_fulltext(struct nd_index *index)
{
    return index->fulltext;
}

struct nd_catalog *nd_index_locate(struct nd_index *index, uint32_t hit, int64_t *id_out)
{
    const uint32_t n = index->catalogs->len;
    g_assert(hit > 0 && n > 0);
    *id_out = (hit - 1) / n + 1;
    return index->catalogs->pdata[(hit - 1) % n];
}

static const struct nd_document_words no_words = {.title = {(const uint8_t *)"", 0},
                                                  .text = {(const uint8_t *)"", 0}};

bool nd_index_words(struct nd_index *index, uint32_t hit, struct nd_document_words *out, GError **error)
{
    int64_t id;
    struct nd_catalog *catalog = nd_index_locate(index, hit, &id);
    *out = no_words;
    return !catalog || nd_catalog_words(catalog, id, out, error);
}

bool nd_index_shard_words(struct nd_index *index, const char *uuid, uint32_t id,
                          struct nd_document_words *out, GError **error)
{
    guint i = 0;
    while (i < index->uuids->len && g_strcmp0(index->uuids->pdata[i], uuid) != 0)
        i++;
    *out = no_words;
    return i >= index->catalogs->len || nd_catalog_words(index->catalogs->pdata[i], id, out, error);
}

bool nd_index_exists(const char *path)
{
    g_autofree char *format = g_build_filename(path, ND_INDEX_FORMAT_FILE, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) || g_file_test(format, G_FILE_TEST_EXISTS);
}
