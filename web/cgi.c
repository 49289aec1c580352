/*
 * ndsearch.cgi: one request by CGI/1.1, or as many as come by FastCGI. Which of the two is decided by what
 * standard input is, as the FastCGI specification has it: a listening socket means FastCGI. Then a supervisor
 * keeps a few workers, because each answers one request at a time and may end over one that takes too long.
 */

#include "web/limits.h"
#include "web/site.h"
#include "base/error.h"
#include "base/program.h"

#include <fcgiapp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_MAX 16

static const char *environment_variable(const char *name, G_GNUC_UNUSED void *user_data)
{
    return getenv(name);
}

static const char *fastcgi_variable(const char *name, void *user_data)
{
    const struct FCGX_Request *fastcgi = user_data;
    return FCGX_GetParam(name, fastcgi->envp);
}

/* The body of a POST, at most one byte more than allowed, so that nd_request_read sees that it is too large.
 */
static GString *read_body(nd_request_variable *variable, void *user_data, FCGX_Stream *stream)
{
    GString *body = g_string_new(NULL);
    const char *method = variable("REQUEST_METHOD", user_data);
    const char *length = variable("CONTENT_LENGTH", user_data);
    if (g_strcmp0(method, "POST") != 0 || !length)
        return body;
    size_t left = MIN((size_t)g_ascii_strtoull(length, NULL, 10), ND_CAP_WEB_BODY_BYTES + 1);
    char buffer[4096];
    while (left > 0) {
        const size_t want = MIN(left, sizeof buffer);
        const ssize_t n = stream ? FCGX_GetStr(buffer, (int)want, stream) : read(STDIN_FILENO, buffer, want);
        if (n <= 0)
            break;
        g_string_append_len(body, buffer, n);
        left -= (size_t)n;
    }
    return body;
}

/* Appends the whole answer, headers first, to out. */
static void answer(struct nd_site *site, nd_request_variable *variable, void *user_data, FCGX_Stream *stream,
                   GString *out)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) body = read_body(variable, user_data, stream);
    nd_auto(nd_response) response = nd_response_new();
    nd_auto(nd_request) request = nd_request_read(variable, user_data, body->str, body->len, &error);
    if (request)
        nd_site_handle(site, request, response);
    else
        nd_site_handle_unreadable(error, response);
    nd_response_write_cgi(response, request && request->head, out);
}

static int run_cgi(struct nd_site *site)
{
    g_autoptr(GString) out = g_string_new(NULL);
    nd_deadline_init_cgi();
    nd_deadline_start(STDOUT_FILENO, 0);
    answer(site, environment_variable, NULL, NULL, out);
    nd_deadline_sending();
    for (size_t sent = 0; sent < out->len;) {
        const ssize_t n = write(STDOUT_FILENO, out->str + sent, out->len - sent);
        if (n < 0)
            return ND_EXIT_IO;
        sent += (size_t)n;
    }
    return ND_EXIT_SUCCESS;
}

static int run_worker(struct nd_site *site)
{
    FCGX_Request fastcgi;
    g_autoptr(GString) out = g_string_new(NULL);
    nd_deadline_init_fastcgi();
    if (FCGX_Init() != 0 || FCGX_InitRequest(&fastcgi, 0, 0) != 0)
        return ND_EXIT_IO;
    while (FCGX_Accept_r(&fastcgi) == 0) {
        nd_deadline_start(fastcgi.ipcFd, fastcgi.requestId);
        g_string_truncate(out, 0);
        answer(site, fastcgi_variable, &fastcgi, fastcgi.in, out);
        nd_deadline_sending();
        FCGX_PutStr(out->str, (int)out->len, fastcgi.out);
        FCGX_Finish_r(&fastcgi);
        nd_deadline_stop();
    }
    return ND_EXIT_SUCCESS;
}

static volatile sig_atomic_t stopping;

static void stop(G_GNUC_UNUSED int signal_number)
{
    stopping = 1;
}

static int n_workers(void)
{
    const char *setting = getenv("ND_WORKERS");
    const long n = setting ? strtol(setting, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN);
    return (int)CLAMP(n, 1, WORKERS_MAX);
}

/* In the parent: the worker's process id. In the worker: 0. */
static pid_t start_worker(pid_t supervisor)
{
    const pid_t pid = fork();
    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != supervisor) /* it ended before the line above took effect */
            _exit(ND_EXIT_SUCCESS);
    }
    return pid;
}

static int supervise(struct nd_site *site)
{
    const pid_t self = getpid();
    const struct sigaction action = {.sa_handler = stop};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    pid_t workers[WORKERS_MAX] = {0};
    const int n = n_workers();
    for (int i = 0; i < n; i++) {
        if ((workers[i] = start_worker(self)) == 0)
            return run_worker(site);
    }
    gint64 started = g_get_monotonic_time();
    while (!stopping) {
        const pid_t ended = wait(NULL);
        for (int i = 0; i < n && ended > 0 && !stopping; i++) {
            if (workers[i] != ended)
                continue;
            if (g_get_monotonic_time() - started < G_USEC_PER_SEC)
                g_usleep(G_USEC_PER_SEC / 4); /* workers that end at once must not keep the machine busy */
            started = g_get_monotonic_time();
            if ((workers[i] = start_worker(self)) == 0)
                return run_worker(site);
        }
    }
    for (int i = 0; i < n; i++) {
        if (workers[i] > 0)
            kill(workers[i], SIGTERM);
    }
    while (wait(NULL) > 0)
        continue;
    return ND_EXIT_SUCCESS;
}

int main(void)
{
    nd_program_init("ndsearch.cgi");
    nd_limits_memory();
    g_autoptr(GError) error = NULL;
    nd_auto(nd_site) site = nd_site_new(NULL, &error);
    if (!site)
        return nd_program_fail(error);
    nd_program_leave(FCGX_IsCGI() ? run_cgi(site) : supervise(site));
}
