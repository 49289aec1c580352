#include "base/helper.h"

#include "base/error.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool write_all(int fd, struct nd_bytes bytes)
{
    for (size_t done = 0; done < bytes.n;) {
        const ssize_t n = write(fd, bytes.p + done, bytes.n - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return lseek(fd, 0, SEEK_SET) == 0;
}

static bool read_all(int fd, GByteArray **out)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return false;
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, (guint)info.st_size);
    for (guint done = 0; done < bytes->len;) {
        const ssize_t n = pread(fd, bytes->data + done, bytes->len - done, done);
        if (n <= 0 && errno != EINTR) {
            g_byte_array_unref(bytes);
            return false;
        }
        done += n > 0 ? (guint)n : 0;
    }
    *out = bytes;
    return true;
}

static int spawn(const char *const argv[], int in, int out, pid_t *pid_out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, standard;
    sigemptyset(&none);
    sigfillset(&standard);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    const int failed =
        posix_spawnp(pid_out, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

/* The limits come into force after the start, before any input of ours has cost much. */
static void bound(pid_t pid, const struct nd_helper_limits *limits)
{
    const struct {
        __rlimit_resource_t resource;
        rlim_t value;
    } bounds[] = {{RLIMIT_CPU, limits->cpu_s},
                  {RLIMIT_AS, limits->memory_bytes},
                  {RLIMIT_FSIZE, limits->output_bytes},
                  {RLIMIT_CORE, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(bounds); i++)
        prlimit(pid, bounds[i].resource, &(struct rlimit){bounds[i].value, bounds[i].value}, NULL);
}

/* Waits until the program ends or its time is over; *status_out as waitpid. */
static bool wait_for(pid_t pid, unsigned wall_s, int *status_out)
{
    const int fd = pidfd_open(pid, 0);
    const gint64 deadline = g_get_monotonic_time() + (gint64)wall_s * G_USEC_PER_SEC;
    int ready = 0;
    for (gint64 left; fd >= 0 && (left = deadline - g_get_monotonic_time()) > 0;) {
        ready = poll(&(struct pollfd){fd, POLLIN, 0}, 1, (int)(left / 1000) + 1);
        if (ready > 0 || (ready < 0 && errno != EINTR))
            break;
    }
    if (ready <= 0)
        kill(pid, SIGKILL);
    while (waitpid(pid, status_out, 0) < 0 && errno == EINTR)
        continue;
    if (fd >= 0)
        close(fd);
    return ready > 0;
}

/* A quick program may have written its output before the limit came into force. */
static bool is_too_large(int out, size_t output_bytes)
{
    struct stat info;
    return fstat(out, &info) == 0 && (size_t)info.st_size > output_bytes;
}

static bool run(const char *const argv[], int in, int out, const struct nd_helper_limits *limits,
                GError **error)
{
    pid_t pid;
    const int failed = spawn(argv, in, out, &pid);
    if (failed) {
        nd_error_set_errno(error, failed, _("cannot run %s"), argv[0]);
        return false;
    }
    bound(pid, limits);
    int status = 0;
    const bool in_time = wait_for(pid, limits->wall_s, &status);
    const bool too_large = is_too_large(out, limits->output_bytes);
    if (in_time && !too_large && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    const int signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (!in_time || too_large || signal_number == SIGXCPU || signal_number == SIGXFSZ ||
        signal_number == SIGKILL)
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT, _("%s took too long, or its output is too large"),
                    argv[0]);
    else
        g_set_error(error, ND_ERROR, ND_ERROR_IO, _("%s could not do its work"), argv[0]);
    return false;
}

bool nd_helper_run(const char *const argv[], struct nd_bytes input, const struct nd_helper_limits *limits,
                   GByteArray **output_out, GError **error)
{
    const int in = memfd_create("input", MFD_CLOEXEC), out = memfd_create("output", MFD_CLOEXEC);
    bool good = in >= 0 && out >= 0 && write_all(in, input);
    if (!good)
        nd_error_set_errno(error, errno, _("cannot run %s"), argv[0]);
    good = good && run(argv, in, out, limits, error);
    if (good && !read_all(out, output_out)) {
        nd_error_set_errno(error, errno, _("cannot run %s"), argv[0]);
        good = false;
    }
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return good;
}
