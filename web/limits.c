#include "web/limits.h"
#include "web/message.h"
#include "web/response.h"
#include "base/sanitizer.h"

#include <fastcgi.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

/* Used by the signal handler: written before the timer is armed. */
static GString *prepared;
static int answer_fd = -1;
static size_t id_offsets[3]; /* of the request id in each FastCGI record */
static size_t n_ids;

void nd_limits_memory(void)
{
#ifndef ND_ADDRESS_SANITIZER
    const struct rlimit limit = {ND_WEB_MEMORY_BYTES, ND_WEB_MEMORY_BYTES};
    setrlimit(RLIMIT_DATA, &limit); /* not RLIMIT_AS: the index is mapped, and may be larger */
#endif
}

static void send_prepared(G_GNUC_UNUSED int signal_number)
{
    const char *p = prepared->str;
    size_t left = answer_fd >= 0 ? prepared->len : 0;
    while (left > 0) {
        const ssize_t n = write(answer_fd, p, left);
        if (n <= 0)
            break;
        p += n;
        left -= (size_t)n;
    }
    _exit(0);
}

static void prepare(GString *answer)
{
    prepared = answer;
    struct sigaction action = {.sa_handler = send_prepared};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
}

static GString *timeout_answer(void)
{
    nd_auto(nd_response) response = nd_response_new();
    nd_response_reset(response, 503);
    nd_response_header(response, "Retry-After", "60");
    g_string_append_printf(
        response->body,
        "<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><title>503</title><p>%s.</p>"
        "<p lang=\"en\">%s.</p></html>\n",
        nd_message(ND_MESSAGE_ERROR_SLOW, ND_LANGUAGE_VI), nd_message(ND_MESSAGE_ERROR_SLOW, ND_LANGUAGE_EN));
    GString *out = g_string_new(NULL);
    nd_response_write_cgi(response, false, out);
    return out;
}

void nd_deadline_init_cgi(void)
{
    prepare(timeout_answer());
}

/* Source: FastCGI Specification 1.0, sections 3.3 (records) and 5.5 (end of request). */
static void append_record(GString *out, uint8_t type, const char *content, size_t size)
{
    id_offsets[n_ids++] = out->len + 2;
    const uint8_t header[FCGI_HEADER_LEN] = {FCGI_VERSION_1,       type,          0, 0,
                                             (uint8_t)(size >> 8), (uint8_t)size, 0, 0};
    g_string_append_len(out, (const char *)header, sizeof header);
    g_string_append_len(out, content, (gssize)size);
}

void nd_deadline_init_fastcgi(void)
{
    GString *answer = timeout_answer();
    GString *records = g_string_new(NULL);
    append_record(records, FCGI_STDOUT, answer->str, answer->len);
    append_record(records, FCGI_STDOUT, "", 0);
    append_record(records, FCGI_END_REQUEST, "\0\0\0\0\0\0\0\0", 8);
    g_string_free(answer, TRUE);
    prepare(records);
}

static void arm(time_t seconds)
{
    const struct itimerval timer = {.it_value.tv_sec = seconds};
    setitimer(ITIMER_REAL, &timer, NULL);
}

void nd_deadline_start(int fd, int request_id)
{
    for (size_t i = 0; i < n_ids; i++) {
        prepared->str[id_offsets[i]] = (char)(request_id >> 8);
        prepared->str[id_offsets[i] + 1] = (char)request_id;
    }
    answer_fd = fd;
    arm(ND_WEB_SECONDS);
}

void nd_deadline_sending(void)
{
    arm(0);
    answer_fd = -1;
    arm(ND_WEB_SEND_SECONDS);
}

void nd_deadline_stop(void)
{
    arm(0);
}
