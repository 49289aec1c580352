#include "corpus/read/extract/container.h"

#include "base/caps.h"
#include "base/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <zip.h>

/* Small parts compress well by nature (tables of equal rows): the ratio speaks only beyond this size. */
enum {
    RATIO_FROM_BYTES = 32 << 20,
    MAX_SALVAGED = 10000,      /* parts of a broken file */
    SALVAGED_BYTES = 256 << 20 /* of all of them */
};

/* A part found without the directory. */
struct part {
    char *name;
    GByteArray *data;
    bool cut;
};

struct nd_zip {
    zip_t *archive; /* NULL when the directory is lost */
    unsigned count;
    GArray *parts; /* of struct part, instead of archive */
};

static void part_clear(gpointer data)
{
    struct part *part = data;
    g_free(part->name);
    g_byte_array_unref(part->data);
}

/* Reads the parts one behind the other, as far as they go. NULL when there is none. */
static struct nd_zip *salvage(struct nd_bytes file)
{
    struct archive *stream = archive_read_new();
    GArray *parts = g_array_new(FALSE, TRUE, sizeof(struct part));
    g_array_set_clear_func(parts, part_clear);
    archive_read_support_format_zip_streamable(stream);
    struct archive_entry *entry;
    size_t total = 0;
    bool whole = archive_read_open_memory(stream, file.p, file.n) == ARCHIVE_OK;
    while (whole && parts->len < MAX_SALVAGED && archive_read_next_header(stream, &entry) >= ARCHIVE_WARN) {
        const char *name = archive_entry_pathname(entry);
        struct part part = {g_strdup(name ? name : ""), g_byte_array_new(), false};
        uint8_t chunk[65536];
        la_ssize_t n;
        while ((n = archive_read_data(stream, chunk, sizeof chunk)) > 0 && total < SALVAGED_BYTES) {
            g_byte_array_append(part.data, chunk, (guint)n);
            total += (size_t)n;
        }
        part.cut = n != 0;
        whole = !part.cut;
        g_array_append_val(parts, part);
    }
    archive_read_free(stream);
    if (parts->len == 0) {
        g_array_unref(parts);
        return NULL;
    }
    struct nd_zip *zip = g_new0(struct nd_zip, 1);
    zip->parts = parts;
    zip->count = parts->len;
    return zip;
}

static const struct part *get_part(const struct nd_zip *zip, unsigned i)
{
    return &g_array_index(zip->parts, struct part, i);
}

/* The number of the named part, or -1. */
static zip_int64_t locate(const struct nd_zip *zip, const char *name)
{
    if (!zip->parts)
        return zip_name_locate(zip->archive, name, ZIP_FL_NOCASE);
    for (unsigned i = 0; i < zip->count; i++)
        if (g_ascii_strcasecmp(get_part(zip, i)->name, name) == 0)
            return i;
    return -1;
}

bool nd_zip_is_broken(const struct nd_zip *zip)
{
    return zip->parts != NULL;
}

struct nd_zip *nd_zip_open(struct nd_bytes file, GError **error)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(file.p, file.n, 0, &problem);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &problem) : NULL;
    struct nd_zip *salvaged = archive ? NULL : salvage(file);
    if (!archive && !salvaged) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, "%s", zip_error_strerror(&problem));
        if (source)
            zip_source_free(source);
        zip_error_fini(&problem);
        return NULL;
    }
    if (salvaged && source)
        zip_source_free(source);
    zip_error_fini(&problem);
    if (salvaged)
        return salvaged;
    struct nd_zip *zip = g_new0(struct nd_zip, 1);
    zip->archive = archive;
    zip_int64_t count = zip_get_num_entries(archive, 0);
    zip->count = count > 0 ? (unsigned)MIN(count, (zip_int64_t)G_MAXINT) : 0;
    return zip;
}

void nd_zip_close(struct nd_zip *zip)
{
    if (!zip)
        return;
    if (zip->parts)
        g_array_unref(zip->parts);
    else
        zip_discard(zip->archive);
    g_free(zip);
}

unsigned nd_zip_count(const struct nd_zip *zip)
{
    return zip->count;
}

const char *nd_zip_name(const struct nd_zip *zip, unsigned i)
{
    return zip->parts ? get_part(zip, i)->name : zip_get_name(zip->archive, i, ZIP_FL_ENC_RAW);
}

uint8_t *nd_zip_read(struct nd_zip *zip, unsigned i, size_t *size_out, bool *partial_out, GError **error)
{
    if (zip->parts) {
        const struct part *found = get_part(zip, i);
        *partial_out = found->cut;
        *size_out = found->data->len;
        uint8_t *copy = g_malloc(found->data->len + 1u);
        if (found->data->len > 0)
            memcpy(copy, found->data->data, found->data->len);
        copy[found->data->len] = 0;
        return copy;
    }
    zip_stat_t stat;
    if (zip_stat_index(zip->archive, i, 0, &stat) != 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, "%s", zip_strerror(zip->archive));
        return NULL;
    }
    zip_file_t *part = zip_fopen_index(zip->archive, i, 0);
    if (!part) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, "%s", zip_strerror(zip->archive));
        return NULL;
    }
    /* the sizes in the directory may lie: they are hints only */
    size_t packed = (size_t)MAX(stat.comp_size, (zip_uint64_t)1);
    g_autoptr(GByteArray) data = g_byte_array_new();
    uint8_t chunk[65536];
    zip_int64_t n;
    while ((n = zip_fread(part, chunk, sizeof chunk)) > 0) {
        g_byte_array_append(data, chunk, (guint)n);
        bool bomb = data->len > RATIO_FROM_BYTES && data->len / packed > ND_CAP_ARCHIVE_RATIO;
        if (data->len > ND_CAP_FILE_BYTES || bomb) {
            zip_fclose(part);
            g_set_error(error, ND_ERROR, ND_ERROR_LIMIT,
                        bomb ? "unpacks to more than %zu times its size" : "more than %zu bytes",
                        bomb ? (size_t)ND_CAP_ARCHIVE_RATIO : ND_CAP_FILE_BYTES);
            return NULL;
        }
    }
    *partial_out = n < 0;
    zip_fclose(part);
    if (*partial_out && data->len == 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, "damaged part");
        return NULL;
    }
    *size_out = data->len;
    g_byte_array_append(data, (const uint8_t *)"", 1); /* never NULL, and a NUL for parsers that want one */
    return g_byte_array_free(g_steal_pointer(&data), FALSE);
}

uint8_t *nd_zip_read_named(struct nd_zip *zip, const char *name, size_t *size_out, bool *partial_out,
                           GError **error)
{
    zip_int64_t i = locate(zip, name);
    if (i < 0) {
        g_set_error(error, ND_ERROR, ND_ERROR_NOT_FOUND, "no part '%s'", name);
        return NULL;
    }
    return nd_zip_read(zip, (unsigned)i, size_out, partial_out, error);
}

/* ODF and EPUB say what they are in their first part, uncompressed; OOXML has a main part of a known name. */
static const struct {
    const char *part, *content; /* content: what the part begins with; NULL for any */
    enum nd_format format;
} signatures[] = {
    {"word/document.xml", NULL, ND_FORMAT_DOCX},
    {"xl/workbook.xml", NULL, ND_FORMAT_XLSX},
    {"ppt/presentation.xml", NULL, ND_FORMAT_PPTX},
    {"xl/workbook.bin", NULL, ND_FORMAT_UNSUPPORTED}, /* .xlsb: no XML inside */
    {"mimetype", "application/vnd.oasis.opendocument.text", ND_FORMAT_ODT},
    {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", ND_FORMAT_ODS},
    {"mimetype", "application/vnd.oasis.opendocument.presentation", ND_FORMAT_ODP},
    {"mimetype", "application/vnd.oasis.opendocument.graphics", ND_FORMAT_ODP},
    {"mimetype", "application/epub+zip", ND_FORMAT_EPUB},
};

static bool part_begins(struct nd_zip *zip, zip_int64_t i, const char *content)
{
    if (zip->parts) {
        const struct part *found = get_part(zip, (unsigned)i);
        return found->data->len >= strlen(content) &&
               memcmp(found->data->data, content, strlen(content)) == 0;
    }
    char head[64] = {0};
    zip_file_t *part = zip_fopen_index(zip->archive, (zip_uint64_t)i, 0);
    zip_int64_t n = part ? zip_fread(part, head, sizeof head - 1) : 0;
    if (part)
        zip_fclose(part);
    return n > 0 && g_str_has_prefix(head, content);
}

enum nd_format nd_container_zip_format(struct nd_bytes file)
{
    nd_auto(nd_zip) zip = nd_zip_open(file, NULL);
    for (unsigned i = 0; zip && i < G_N_ELEMENTS(signatures); i++) {
        zip_int64_t part = locate(zip, signatures[i].part);
        if (part >= 0 && (!signatures[i].content || part_begins(zip, part, signatures[i].content)))
            return signatures[i].format;
    }
    return ND_FORMAT_ZIP; /* an archive, or one so damaged that only libarchive may get something out of it */
}
