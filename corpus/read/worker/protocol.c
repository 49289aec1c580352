#include "corpus/read/worker/protocol.h"

#include "base/caps.h"
#include "base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

bool nd_protocol_write(int fd, const void *data, size_t size)
{
    const char *p = data;
    while (size > 0) {
        ssize_t n = send(fd, p, size, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        size -= (size_t)n;
    }
    return true;
}

static uint32_t capped_length(const char *s, size_t cap)
{
    size_t n = s ? strlen(s) : 0;
    if (n <= cap)
        return (uint32_t)n;
    return (uint32_t)nd_utf8_floor((struct nd_str){s, n}, cap);
}

bool nd_protocol_send_document(int fd, const struct nd_document *doc, const char *member)
{
    const struct nd_frame frame = {ND_FRAME_DOCUMENT, 0};
    struct nd_document_header header = {
        .has_member = member != NULL,
        .partial = doc->partial,
        .member_size = member ? (uint32_t)MIN(strlen(member), (size_t)ND_PROTOCOL_MEMBER_BYTES) : 0,
        .mime_size = capped_length(doc->mime_type, ND_PROTOCOL_WORD_BYTES),
        .encoding_size = capped_length(doc->encoding, ND_PROTOCOL_WORD_BYTES),
        .text_size = (uint32_t)doc->size,
        .n_blocks = doc->blocks->len,
        .n_diagnostics = MIN(doc->diagnostics->len, (guint)ND_PROTOCOL_DIAGNOSTICS),
    };
    if (!nd_protocol_write(fd, &frame, sizeof frame) || !nd_protocol_write(fd, &header, sizeof header) ||
        !nd_protocol_write(fd, member, header.member_size) ||
        !nd_protocol_write(fd, doc->mime_type, header.mime_size) ||
        !nd_protocol_write(fd, doc->encoding, header.encoding_size) ||
        !nd_protocol_write(fd, doc->text, header.text_size) ||
        !nd_protocol_write(fd, doc->blocks->data, doc->blocks->len * sizeof(struct nd_block)))
        return false;
    for (guint i = 0; i < header.n_diagnostics; i++) {
        const struct nd_diagnostic *d = g_ptr_array_index(doc->diagnostics, i);
        const struct nd_diagnostic_header dh = {
            .code_size = capped_length(d->code, ND_PROTOCOL_WORD_BYTES),
            .message_size = capped_length(d->message, ND_PROTOCOL_MESSAGE_BYTES),
            .offset = d->offset,
        };
        if (!nd_protocol_write(fd, &dh, sizeof dh) || !nd_protocol_write(fd, d->code, dh.code_size) ||
            !nd_protocol_write(fd, d->message, dh.message_size))
            return false;
    }
    return true;
}

bool nd_protocol_read(int fd, void *data, size_t size, int64_t deadline_us, bool *timed_out)
{
    char *p = data;
    while (size > 0) {
        if (deadline_us) {
            int64_t left = deadline_us - g_get_monotonic_time();
            struct pollfd ready = {.fd = fd, .events = POLLIN};
            int polled = left > 0 ? poll(&ready, 1, (int)(left / 1000 + 1)) : 0;
            if (polled < 0 && errno == EINTR)
                continue;
            if (polled <= 0) {
                *timed_out = true;
                return false;
            }
        }
        ssize_t n = recv(fd, p, size, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        size -= (size_t)n;
    }
    return true;
}

struct source {
    int fd;
    int64_t deadline_us;
    bool *timed_out;
};

/* A string of size bytes, checked to be UTF-8 without NUL when `utf8`; NULL when the worker is gone or lies.
 */
static char *receive_string(struct source *in, size_t size, size_t cap, bool utf8)
{
    if (size > cap)
        return NULL;
    g_autofree char *s = g_malloc(size + 1);
    s[size] = '\0';
    if (!nd_protocol_read(in->fd, s, size, in->deadline_us, in->timed_out) || memchr(s, '\0', size))
        return NULL;
    if (utf8 && nd_utf8_valid_prefix((struct nd_bytes){(const uint8_t *)s, size}) != size)
        return NULL;
    return g_steal_pointer(&s);
}

static bool receive_blocks(struct source *in, struct nd_document *doc, size_t n)
{
    if (n > ND_CAP_BLOCKS)
        return false;
    g_array_set_size(doc->blocks, (guint)n);
    if (!nd_protocol_read(in->fd, doc->blocks->data, n * sizeof(struct nd_block), in->deadline_us,
                          in->timed_out))
        return false;
    uint32_t end = 0;
    for (guint i = 0; i < n; i++) {
        struct nd_block b = g_array_index(doc->blocks, struct nd_block, i);
        if (b.start < end || b.end < b.start || b.end > doc->size || b.kind >= ND_N_BLOCK_KINDS ||
            ((uint8_t)doc->text[b.start] & 0xc0) == 0x80 || ((uint8_t)doc->text[b.end] & 0xc0) == 0x80)
            return false;
        end = b.end;
    }
    return true;
}

static bool receive_diagnostics(struct source *in, struct nd_document *doc, size_t n)
{
    if (n > ND_PROTOCOL_DIAGNOSTICS)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct nd_diagnostic_header header;
        if (!nd_protocol_read(in->fd, &header, sizeof header, in->deadline_us, in->timed_out))
            return false;
        g_autofree char *code = receive_string(in, header.code_size, ND_PROTOCOL_WORD_BYTES, true);
        g_autofree char *message =
            code ? receive_string(in, header.message_size, ND_PROTOCOL_MESSAGE_BYTES, true) : NULL;
        if (!message)
            return false;
        nd_document_add_diagnostic(doc, code, header.offset, "%s", message);
    }
    return true;
}

struct nd_document *nd_protocol_receive_document(int fd, int64_t deadline_us, char **member_out,
                                                 bool *timed_out)
{
    struct source in = {fd, deadline_us, timed_out};
    struct nd_document_header header;
    nd_auto(nd_document) doc = nd_document_new();
    if (!nd_protocol_read(fd, &header, sizeof header, deadline_us, timed_out))
        return NULL;
    g_autofree char *member = receive_string(&in, header.member_size, ND_PROTOCOL_MEMBER_BYTES, false);
    if (!member || !(doc->mime_type = receive_string(&in, header.mime_size, ND_PROTOCOL_WORD_BYTES, true)) ||
        !(doc->encoding = receive_string(&in, header.encoding_size, ND_PROTOCOL_WORD_BYTES, true)) ||
        !(doc->text = receive_string(&in, header.text_size, ND_CAP_TEXT_BYTES, true)))
        return NULL;
    doc->size = header.text_size;
    doc->partial = header.partial != 0;
    if (!receive_blocks(&in, doc, header.n_blocks) || !receive_diagnostics(&in, doc, header.n_diagnostics))
        return NULL;
    *member_out = header.has_member ? g_steal_pointer(&member) : NULL;
    return g_steal_pointer(&doc);
}
