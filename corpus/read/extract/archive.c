#include "corpus/read/extract/extract.h"

#include "base/caps.h"

#include <archive.h>
#include <archive_entry.h>

/*
 * Archives through libarchive, its own decoders only (no external programs): each regular member is a
 * document of its own, or several. Bounded: members, depth, bytes unpacked in all, for a hostile archive is
 * small and unpacks without end.
 */

enum { FREE_BYTES = 64 << 20 /* unpacked before the ratio counts: documents pack well */ };

static struct archive *open_archive(struct nd_bytes file)
{
    struct archive *archive = archive_read_new();
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
    archive_read_support_format_cpio(archive);
    archive_read_support_format_raw(archive);
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    if (archive_read_open_memory(archive, file.p, file.n) == ARCHIVE_OK)
        return archive;
    archive_read_free(archive);
    return NULL;
}

enum outcome { WHOLE, CUT, OVER_LIMIT };

/* The member's bytes into data, as many as the caps allow. */
static enum outcome read_member(struct nd_extraction *x, struct archive *archive, size_t packed,
                                GByteArray *data)
{
    uint8_t chunk[65536];
    uint64_t allowed = FREE_BYTES + (uint64_t)packed * ND_CAP_ARCHIVE_RATIO;
    for (;;) {
        la_ssize_t n = archive_read_data(archive, chunk, sizeof chunk);
        if (n == 0)
            return WHOLE;
        if (n < 0)
            return CUT;
        g_byte_array_append(data, chunk, (guint)n);
        if (data->len > ND_CAP_FILE_BYTES || x->unpacked + data->len > allowed)
            return OVER_LIMIT;
    }
}

static bool is_clutter(const char *name)
{
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    return g_str_has_prefix(name, "__MACOSX/") || base[0] == '.';
}

static void unpack(struct nd_extraction *x, struct archive *archive, size_t packed)
{
    struct archive_entry *entry;
    int status;
    unsigned found = 0;
    while (!x->stopped && (status = archive_read_next_header(archive, &entry)) != ARCHIVE_EOF) {
        if (status < ARCHIVE_WARN) {
            nd_extraction_refuse(x, "application/x-archive", "damaged", "%s", archive_error_string(archive));
            return;
        }
        const char *name = archive_entry_pathname(entry);
        if (archive_entry_filetype(entry) != AE_IFREG || !name || is_clutter(name))
            continue;
        if (x->members >= ND_CAP_ARCHIVE_MEMBERS) {
            nd_extraction_refuse(x, "application/x-archive", "archive-limit", "more than %d members",
                                 ND_CAP_ARCHIVE_MEMBERS);
            x->stopped = true;
            return;
        }
        found++;
        if (archive_entry_is_encrypted(entry)) {
            nd_extraction_refuse(x, "application/x-archive", "encrypted", "%s has a password", name);
            continue;
        }
        g_autoptr(GByteArray) data = g_byte_array_new();
        enum outcome outcome = read_member(x, archive, packed, data);
        if (outcome == OVER_LIMIT) {
            nd_extraction_refuse(x, "application/x-archive", "archive-limit", "%s unpacks to too much", name);
            x->stopped = true;
            return;
        }
        if (outcome == CUT)
            nd_extraction_refuse(x, "application/x-archive", "damaged", "%s: %s", name,
                                 archive_error_string(archive));
        nd_extract_member(x, (struct nd_bytes){data->data ? data->data : (const uint8_t *)"", data->len},
                          name);
    }
    if (found == 0)
        nd_extraction_refuse(x, "application/x-archive", "empty", "no document in the archive");
}

void nd_unpack_archive(struct nd_extraction *x, struct nd_bytes file)
{
    if (x->depth >= ND_CAP_ARCHIVE_DEPTH) {
        nd_extraction_refuse(x, "application/x-archive", "archive-limit",
                             "more than %d archives inside each other", ND_CAP_ARCHIVE_DEPTH);
        return;
    }
    struct archive *archive = open_archive(file);
    if (!archive) {
        nd_extraction_refuse(x, "application/x-archive", "damaged", "no archive");
        return;
    }
    unpack(x, archive, file.n);
    archive_read_free(archive);
}
