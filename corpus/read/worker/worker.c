#include "corpus/read/worker/worker.h"

#include "base/error.h"
#include "corpus/read/worker/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum {
    START_TIMEOUT_S = 30,
    FILES_PER_PROCESS = 2000 /* what libraries leak or fragment ends with the process */
};

struct nd_worker {
    struct nd_worker_options options;
    pid_t pid; /* 0 when no process runs */
    int socket;
    unsigned files;
};

struct nd_worker *nd_worker_new(const struct nd_worker_options *options)
{
    struct nd_worker *self = g_new0(struct nd_worker, 1);
    self->options = *options;
    self->socket = -1;
    return self;
}

/* Ends the process; returns its wait status. One that is to die by itself gets a second for it. */
static int stop(struct nd_worker *self, bool kill_it)
{
    int status = 0;
    if (self->pid == 0)
        return 0;
    close(self->socket);
    for (unsigned i = 0; !kill_it && i < 100; i++) {
        if (waitpid(self->pid, &status, WNOHANG) == self->pid) {
            self->pid = 0;
            return status;
        }
        g_usleep(10000);
    }
    kill(self->pid, SIGKILL);
    while (waitpid(self->pid, &status, 0) < 0 && errno == EINTR)
        ;
    self->pid = 0;
    self->socket = -1;
    return status;
}

void nd_worker_free(struct nd_worker *self)
{
    if (!self)
        return;
    stop(self, true);
    g_free(self);
}

/* $ND_EXTRACT, else beside this program, else where it was installed. Caller frees. */
static char *find_program(void)
{
    const char *named = g_getenv("ND_EXTRACT");
    if (named)
        return g_strdup(named);
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    if (self) {
        g_autofree char *folder = g_path_get_dirname(self);
        g_autofree char *beside = g_build_filename(folder, "ndextract", NULL);
        if (g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
            return g_steal_pointer(&beside);
    }
    return g_strdup(ND_EXTRACT_PATH);
}

static bool spawn(struct nd_worker *self, int theirs, GError **error)
{
    g_autofree char *program = find_program();
    char memory[32], ocr[] = "--ocr";
    g_snprintf(memory, sizeof memory, "%zu", self->options.memory_bytes);
    char *argv[] = {program, memory, self->options.ocr ? ocr : NULL, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, standard;
    sigemptyset(&none);
    sigfillset(&standard);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    /* Ctrl-C is for the indexer to handle, which then ends the worker */
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, theirs, ND_WORKER_SOCKET);
    posix_spawn_file_actions_addclosefrom_np(&actions, ND_WORKER_SOCKET + 1);
    int failed = posix_spawn(&self->pid, program, &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (failed == 0)
        return true;
    self->pid = 0;
    nd_error_set_errno(error, failed, "cannot run the extractor '%s'", program);
    return false;
}

static bool start(struct nd_worker *self, GError **error)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        nd_error_set_errno(error, errno, "cannot make a socket for the extractor");
        return false;
    }
    self->socket = ends[0];
    self->files = 0;
    bool spawned = spawn(self, ends[1], error);
    close(ends[1]);
    if (!spawned) {
        close(ends[0]);
        self->socket = -1;
        return false;
    }
    struct nd_frame frame = {0};
    bool timed_out = false;
    int64_t deadline = g_get_monotonic_time() + (int64_t)START_TIMEOUT_S * G_USEC_PER_SEC;
    if (nd_protocol_read(self->socket, &frame, sizeof frame, deadline, &timed_out) &&
        frame.kind == ND_FRAME_READY)
        return true;
    char why[256] = "it ended at once";
    if (frame.kind == ND_FRAME_FAILED && frame.size < sizeof why &&
        nd_protocol_read(self->socket, why, frame.size, deadline, &timed_out))
        why[frame.size] = '\0';
    stop(self, true);
    g_set_error(error, ND_ERROR, ND_ERROR_INTERNAL, "the extractor did not start: %s",
                g_utf8_validate(why, -1, NULL) ? why : "it wrote nonsense");
    return false;
}

static bool send_request(struct nd_worker *self, int fd, const char *name)
{
    size_t name_size = strlen(name);
    if (name_size > ND_PROTOCOL_NAME_BYTES) { /* the extension is at the end */
        name += name_size - ND_PROTOCOL_NAME_BYTES;
        name_size = ND_PROTOCOL_NAME_BYTES;
    }
    struct nd_request request = {.name_size = (uint32_t)name_size};
    struct iovec data = {&request, sizeof request};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr header;
    } control = {{0}};
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    ssize_t n;
    do
        n = sendmsg(self->socket, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof request && nd_protocol_write(self->socket, name, name_size);
}

static struct nd_document *failed_document(const char *code, const char *message)
{
    struct nd_document *doc = nd_document_new();
    doc->text = g_strdup("");
    nd_document_add_diagnostic(doc, code, 0, "%s", message);
    return doc;
}

static struct nd_document *died_document(int status, bool timed_out, unsigned timeout_s)
{
    g_autofree char *message = NULL;
    if (timed_out) {
        message = g_strdup_printf("not read after %u seconds", timeout_s);
        return failed_document("timeout", message);
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        message = g_strdup("the extractor tried a forbidden system call");
    else if (WIFSIGNALED(status))
        message = g_strdup_printf("the extractor ended by signal %d", WTERMSIG(status));
    else
        message = g_strdup_printf("the extractor ended with status %d", WEXITSTATUS(status));
    return failed_document("crashed", message);
}

void nd_worker_read(struct nd_worker *self, int fd, const char *name,
                    bool (*found)(struct nd_document *doc, const char *member, void *user_data),
                    void *user_data)
{
    g_autoptr(GError) error = NULL;
    if (self->pid != 0 && self->files++ >= FILES_PER_PROCESS)
        stop(self, true);
    if (self->pid == 0 && !start(self, &error)) {
        found(failed_document("no-extractor", error->message), NULL, user_data);
        return;
    }
    int64_t deadline = g_get_monotonic_time() + (int64_t)self->options.timeout_s * G_USEC_PER_SEC;
    bool timed_out = false, wanted = true;
    bool alive = send_request(self, fd, name);
    while (alive && wanted) {
        struct nd_frame frame;
        alive = nd_protocol_read(self->socket, &frame, sizeof frame, deadline, &timed_out);
        if (alive && frame.kind == ND_FRAME_END)
            return;
        g_autofree char *member = NULL;
        struct nd_document *doc =
            alive && frame.kind == ND_FRAME_DOCUMENT
                ? nd_protocol_receive_document(self->socket, deadline, &member, &timed_out)
                : NULL;
        alive = doc != NULL;
        if (doc)
            wanted = found(doc, member, user_data);
    }
    /* crashed, hung, talked nonsense, or is in the middle of what nobody wants any more */
    int status = stop(self, alive || timed_out);
    if (!alive)
        found(died_document(status, timed_out, self->options.timeout_s), NULL, user_data);
}
