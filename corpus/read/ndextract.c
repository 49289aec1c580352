/* ndextract: the caged process that reads files for a reader; started by corpus/read/worker/worker.c, useless
 * by hand. Usage: ndextract MEMORY_BYTES [--ocr], with the socket of worker/protocol.h as descriptor 3. */

#include "base/error.h"
#include "corpus/read/charset/bytes.h"
#include "corpus/read/extract/extract.h"
#include "corpus/read/extract/ocr.h"
#include "corpus/read/extract/sniff.h"
#include "corpus/read/worker/cage.h"
#include "corpus/read/worker/protocol.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <gsf/gsf.h>
#include <libxml/parser.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* One request with its file; false when the reader has closed its end. */
static bool receive(struct nd_request *request, char name[ND_PROTOCOL_NAME_BYTES + 1], int *fd_out)
{
    struct iovec data = {request, sizeof *request};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr header;
    } control;
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t n;
    do
        n = recvmsg(ND_WORKER_SOCKET, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    while (n < 0 && errno == EINTR);
    struct cmsghdr *rights = n == (ssize_t)sizeof *request ? CMSG_FIRSTHDR(&message) : NULL;
    if (!rights || rights->cmsg_type != SCM_RIGHTS || request->name_size > ND_PROTOCOL_NAME_BYTES)
        return false;
    memcpy(fd_out, CMSG_DATA(rights), sizeof *fd_out);
    bool timed_out;
    name[request->name_size] = '\0';
    return nd_protocol_read(ND_WORKER_SOCKET, name, request->name_size, 0, &timed_out);
}

static bool send_document(struct nd_document *doc, const char *member, void *user_data)
{
    (void)user_data;
    bool sent = nd_protocol_send_document(ND_WORKER_SOCKET, doc, member);
    nd_document_free(doc);
    return sent;
}

static void read_file(int fd, const char *name)
{
    struct nd_extraction x = {.found = send_document};
    struct stat st;
    void *map = MAP_FAILED;
    if (fstat(fd, &st) == 0 && st.st_size > 0)
        map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED) {
        nd_extraction_refuse(&x, "application/octet-stream", "unreadable", "cannot map the file");
        return;
    }
    nd_extract(&x, (struct nd_bytes){map, (size_t)st.st_size}, name);
    munmap(map, (size_t)st.st_size);
}

/* What libraries have to say about a damaged file is not for the terminal, and GLib's own writer makes system
 * calls that the cage kills for. */
static GLogWriterOutput drop_message(GLogLevelFlags level, const GLogField *fields, gsize n,
                                     gpointer user_data)
{
    (void)level;
    (void)fields;
    (void)n;
    (void)user_data;
    return G_LOG_WRITER_HANDLED;
}

static int fail(const GError *error)
{
    const struct nd_frame frame = {ND_FRAME_FAILED, (uint32_t)strlen(error->message)};
    nd_protocol_write(ND_WORKER_SOCKET, &frame, sizeof frame);
    nd_protocol_write(ND_WORKER_SOCKET, error->message, frame.size);
    return ND_EXIT_INTERNAL;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct stat st;
    if (argc < 2 || fstat(ND_WORKER_SOCKET, &st) != 0 || !S_ISSOCK(st.st_mode)) {
        fputs("ndextract: started by ndindex, not by hand\n", stderr);
        return ND_EXIT_USAGE;
    }
    setlocale(LC_ALL, "C.UTF-8");
    g_log_set_writer_func(drop_message, NULL, NULL);
    g_log_set_always_fatal(G_LOG_LEVEL_ERROR);
    xmlInitParser();
    gsf_init();
    g_mime_init();
    nd_text_preload_converters();
    if (argc > 2 && strcmp(argv[2], "--ocr") == 0)
        nd_ocr_open();
    if (!nd_sniff_open(&error) || !nd_cage_enter((size_t)g_ascii_strtoull(argv[1], NULL, 10), &error))
        return fail(error);
    const struct nd_frame ready = {ND_FRAME_READY, 0}, end = {ND_FRAME_END, 0};
    struct nd_request request;
    static char name[ND_PROTOCOL_NAME_BYTES + 1];
    bool go_on = nd_protocol_write(ND_WORKER_SOCKET, &ready, sizeof ready);
    for (int fd; go_on && receive(&request, name, &fd);) {
        read_file(fd, name);
        close(fd);
        go_on = nd_protocol_write(ND_WORKER_SOCKET, &end, sizeof end);
    }
    _exit(0); /* nothing to tidy up, and exit handlers may not know the cage */
}
