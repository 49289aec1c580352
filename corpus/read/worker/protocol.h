#ifndef ND_CORPUS_READ_WORKER_PROTOCOL_H
#define ND_CORPUS_READ_WORKER_PROTOCOL_H

/*
 * What goes over the socket between a reader and its worker, which are built together: native byte order,
 * fixed headers. The worker has read hostile files, so the reader trusts nothing in what it receives.
 *
 * worker -> reader, once:        struct nd_frame READY, or FAILED with a text
 * reader -> worker, each file:   struct nd_request with the file's descriptor beside it, then its name
 * worker -> reader, each file:   struct nd_frame DOCUMENT with a struct nd_document_header and its parts, any
 * number; then struct nd_frame END
 */

#include "base/document.h"

enum { ND_WORKER_SOCKET = 3 }; /* the descriptor a worker finds its end of the socket at */

enum nd_frame_kind { ND_FRAME_READY = 1, ND_FRAME_FAILED, ND_FRAME_DOCUMENT, ND_FRAME_END };

struct nd_frame {
    uint32_t kind;
    uint32_t size; /* bytes of text behind FAILED, else 0 */
};

struct nd_request {
    uint32_t name_size; /* the file's name, for its extension only */
};

/* Followed by member, mime type, encoding, text, blocks, and for each diagnostic its header, code and
 * message. */
struct nd_document_header {
    uint32_t has_member, partial;
    uint32_t member_size, mime_size, encoding_size, text_size;
    uint32_t n_blocks, n_diagnostics;
};

struct nd_diagnostic_header {
    uint32_t code_size, message_size;
    uint64_t offset;
};

enum {
    ND_PROTOCOL_NAME_BYTES = 4096,
    ND_PROTOCOL_MEMBER_BYTES = 65536,
    ND_PROTOCOL_WORD_BYTES = 1024, /* mime type, encoding, code */
    ND_PROTOCOL_MESSAGE_BYTES = 8192,
    ND_PROTOCOL_DIAGNOSTICS = 1000
};

/* Writes all of it; false when the other side is gone. */
bool nd_protocol_write(int fd, const void *data, size_t size);

/* The worker's side: sends one document. */
bool nd_protocol_send_document(int fd, const struct nd_document *doc, const char *member);

/* Reads exactly size bytes before deadline_us of the monotonic clock (0: no deadline). *timed_out tells a
 * deadline from an end of file. */
bool nd_protocol_read(int fd, void *data, size_t size, int64_t deadline_us, bool *timed_out);

/* The reader's side, after a DOCUMENT frame: NULL when the worker's word cannot be taken. *member_out is NULL
 * or freed by the caller with g_free. */
struct nd_document *nd_protocol_receive_document(int fd, int64_t deadline_us, char **member_out,
                                                 bool *timed_out);

#endif
