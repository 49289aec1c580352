#include "corpus/read/reader.h"

#include "base/caps.h"
#include "base/error.h"
#include "base/utf8.h"
#include "corpus/read/plain_text.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

struct nd_reader {
    struct nd_reader_options options;
};

unsigned nd_reader_version(void)
{
    return 1;
}

struct nd_reader *nd_reader_new(const struct nd_reader_options *options, GError **error)
{
    (void)error;
    struct nd_reader *reader = g_new0(struct nd_reader, 1);
    if (options)
        reader->options = *options;
    return reader;
}

void nd_reader_free(struct nd_reader *reader)
{
    g_free(reader);
}

/* The whole file, NUL-terminated, read with pread so that a file that shrinks meanwhile is no SIGBUS. */
static char *read_whole(int fd, size_t size, size_t *size_out, GError **error)
{
    g_autofree char *buffer = g_try_malloc(size + 1);
    if (!buffer) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "no memory for %zu bytes", size);
        return NULL;
    }
    size_t n = 0;
    while (n < size) {
        ssize_t got = pread(fd, buffer + n, size - n, (off_t)n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            nd_error_set_errno(error, errno, "cannot read");
            return NULL;
        }
        if (got == 0)
            break;
        n += (size_t)got;
    }
    buffer[n] = '\0';
    *size_out = n;
    return g_steal_pointer(&buffer);
}

static bool same_state(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Makes doc's text of bytes that are meant to be UTF-8: ill-formed ones become U+FFFD, NUL a space. */
static void take_utf8(struct nd_document *doc, char *bytes, size_t size)
{
    size_t nuls = 0, first_nul = 0;
    for (char *p = bytes, *end = bytes + size; (p = memchr(p, '\0', (size_t)(end - p))); p++) {
        first_nul = nuls++ == 0 ? (size_t)(p - bytes) : first_nul;
        *p = ' ';
    }
    if (nuls > 0)
        nd_document_add_diagnostic(doc, "nul-bytes", first_nul, "%zu NUL bytes in the text", nuls);
    struct nd_str text;
    size_t bad;
    if (nd_utf8_check((struct nd_bytes){(const uint8_t *)bytes, size}, &text, &bad)) {
        doc->text = bytes;
        doc->size = size;
    } else {
        nd_document_add_diagnostic(doc, "invalid-utf8", bad, "byte 0x%02x is no UTF-8 here",
                                   (unsigned)(unsigned char)bytes[bad]);
        doc->text = g_utf8_make_valid(bytes, (gssize)size);
        doc->size = strlen(doc->text);
        doc->partial = true;
        g_free(bytes);
    }
    doc->encoding = g_strdup("utf-8");
    doc->mime_type = g_strdup("text/plain");
    if (doc->size > ND_CAP_TEXT_BYTES) {
        doc->size = nd_utf8_floor(nd_document_text(doc), ND_CAP_TEXT_BYTES);
        doc->text[doc->size] = '\0';
        doc->partial = true;
        nd_document_add_diagnostic(doc, "text-too-large", doc->size, "more than %zu bytes of text",
                                   ND_CAP_TEXT_BYTES);
    }
    nd_plain_text_blocks(doc);
    if (doc->blocks->len == 0)
        nd_document_add_diagnostic(doc, "empty", 0, "no text in the file");
}

static void read_file(int fd, const struct stat *before, struct nd_document *doc)
{
    g_autoptr(GError) problem = NULL;
    size_t size;
    char *bytes = read_whole(fd, (size_t)before->st_size, &size, &problem);
    if (!bytes) {
        nd_document_add_diagnostic(doc, "unreadable", 0, "%s", problem->message);
        return;
    }
    take_utf8(doc, bytes, size);
    struct stat after;
    if (fstat(fd, &after) != 0 || !same_state(before, &after)) {
        doc->partial = true;
        nd_document_add_diagnostic(doc, "changed-while-read", 0, "the file changed while it was read");
    }
}

bool nd_reader_read(struct nd_reader *reader, int fd, const char *path,
                    bool (*found)(struct nd_document *doc, const char *member, void *user_data),
                    void *user_data, GError **error)
{
    (void)reader;
    struct stat st;
    if (fstat(fd, &st) != 0) {
        nd_error_set_errno(error, errno, "cannot read '%s'", path);
        return false;
    }
    struct nd_document *doc = nd_document_new();
    if (!S_ISREG(st.st_mode))
        nd_document_add_diagnostic(doc, "not-a-file", 0, "not a regular file");
    else if ((uintmax_t)st.st_size > ND_CAP_FILE_BYTES)
        nd_document_add_diagnostic(doc, "file-too-large", 0, "%ju bytes, more than %zu",
                                   (uintmax_t)st.st_size, ND_CAP_FILE_BYTES);
    else
        read_file(fd, &st, doc);
    if (!doc->text)
        doc->text = g_strdup("");
    found(doc, NULL, user_data);
    return true;
}
