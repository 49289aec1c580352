#include "corpus/read/extract/container.h"

#include "base/caps.h"
#include "base/error.h"

#include <zip.h>

/* Small parts compress well by nature (tables of equal rows): the ratio speaks only beyond this size. */
enum { RATIO_FROM_BYTES = 32 << 20 };

struct nd_zip {
    zip_t *archive;
    unsigned count;
};

struct nd_zip *nd_zip_open(struct nd_bytes file, GError **error)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t *source = zip_source_buffer_create(file.p, file.n, 0, &problem);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &problem) : NULL;
    if (!archive) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, "%s", zip_error_strerror(&problem));
        if (source)
            zip_source_free(source);
        zip_error_fini(&problem);
        return NULL;
    }
    zip_error_fini(&problem);
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
    zip_discard(zip->archive);
    g_free(zip);
}

unsigned nd_zip_count(const struct nd_zip *zip)
{
    return zip->count;
}

const char *nd_zip_name(const struct nd_zip *zip, unsigned i)
{
    return zip_get_name(zip->archive, i, ZIP_FL_ENC_RAW);
}

uint8_t *nd_zip_read(struct nd_zip *zip, unsigned i, size_t *size_out, bool *partial_out, GError **error)
{
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
    zip_int64_t i = zip_name_locate(zip->archive, name, ZIP_FL_NOCASE);
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
    {"mimetype", "application/vnd.oasis.opendocument.text", ND_FORMAT_ODT},
    {"mimetype", "application/vnd.oasis.opendocument.spreadsheet", ND_FORMAT_ODS},
    {"mimetype", "application/vnd.oasis.opendocument.presentation", ND_FORMAT_ODP},
    {"mimetype", "application/epub+zip", ND_FORMAT_EPUB},
};

static bool part_begins(struct nd_zip *zip, zip_int64_t i, const char *content)
{
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
        zip_int64_t part = zip_name_locate(zip->archive, signatures[i].part, ZIP_FL_NOCASE);
        if (part >= 0 && (!signatures[i].content || part_begins(zip, part, signatures[i].content)))
            return signatures[i].format;
    }
    return ND_FORMAT_ZIP; /* an archive, or one so damaged that only libarchive may get something out of it */
}
