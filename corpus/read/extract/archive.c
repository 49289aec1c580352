#include "corpus/read/extract/extract.h"

#include "base/caps.h"
#include "corpus/read/charset/convert.h"

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

/* Members that are no documents: how many, and the first of them. */
struct left_out {
    unsigned count;
    char *first;
};

/* What an operating system puts beside the files people packed; the walk leaves such names out of folders
 * too. */
static bool is_hidden(const char *name)
{
    const char *base = strrchr(name, '/');
    base = base ? base + 1 : name;
    return strstr(name, "__MACOSX/") || base[0] == '.';
}

static void leave_out(struct left_out *out, const char *name)
{
    if (out->count++ == 0)
        out->first = g_utf8_make_valid(name, -1);
}

/* One document without text for all that was left out. */
static void report_left_out(struct nd_extraction *x, struct left_out *hidden, struct left_out *links,
                            unsigned found)
{
    const struct {
        const char *code;
        struct left_out *out;
    } kinds[] = {{"hidden", hidden}, {"symlink", links}};
    struct nd_document *doc = nd_document_new();
    doc->mime_type = g_strdup("application/x-archive");
    if (found == 0)
        nd_document_add_diagnostic(doc, "empty", 0, "no document in the archive");
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i].out->count > 0)
            nd_document_add_diagnostic(doc, kinds[i].code, 0, "left out: %u members, the first is %s",
                                       kinds[i].out->count, kinds[i].out->first);
        g_free(kinds[i].out->first);
    }
    if (doc->diagnostics->len > 0)
        nd_extraction_deliver(x, doc);
    else
        nd_document_free(doc);
}

/* The header of what comes next could not be read. */
static void refuse_rest(struct nd_extraction *x, struct archive *archive)
{
    const char *problem = archive_error_string(archive);
    bool locked = archive_read_has_encrypted_entries(archive) > 0 || (problem && strstr(problem, "rypt"));
    nd_extraction_refuse(x, "application/x-archive", locked ? "encrypted" : "damaged", "%s",
                         locked || !problem ? "the archive has a password" : problem);
}

static void unpack(struct nd_extraction *x, struct archive *archive, size_t packed)
{
    struct archive_entry *entry;
    int status;
    unsigned found = 0;
    struct left_out hidden = {0}, links = {0};
    while (!x->stopped && (status = archive_read_next_header(archive, &entry)) != ARCHIVE_EOF) {
        if (status < ARCHIVE_WARN) {
            refuse_rest(x, archive);
            found++;
            break;
        }
        const char *raw = archive_entry_pathname(entry);
        if (archive_entry_filetype(entry) == AE_IFDIR || !raw)
            continue;
        g_autofree char *name = nd_convert_name((struct nd_bytes){(const uint8_t *)raw, strlen(raw)});
        if (archive_entry_filetype(entry) != AE_IFREG || is_hidden(name)) {
            leave_out(archive_entry_filetype(entry) != AE_IFREG ? &links : &hidden, name);
            continue;
        }
        if (x->members >= ND_CAP_ARCHIVE_MEMBERS) {
            nd_extraction_refuse(x, "application/x-archive", "archive-limit", "more than %d members",
                                 ND_CAP_ARCHIVE_MEMBERS);
            x->stopped = true;
            break;
        }
        found++;
        if (archive_entry_is_encrypted(entry)) {
            nd_extraction_refuse_member(x, name, "encrypted", "it has a password");
            continue;
        }
        g_autoptr(GByteArray) data = g_byte_array_new();
        enum outcome outcome = read_member(x, archive, packed, data);
        if (outcome == OVER_LIMIT) {
            nd_extraction_refuse(x, "application/x-archive", "archive-limit", "%s unpacks to too much", name);
            x->stopped = true;
            break;
        }
        if (outcome == CUT)
            nd_extraction_refuse(x, "application/x-archive", "damaged", "%s: %s", name,
                                 archive_error_string(archive));
        nd_extract_member(x, (struct nd_bytes){data->data ? data->data : (const uint8_t *)"", data->len},
                          name);
    }
    report_left_out(x, &hidden, &links, found);
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
