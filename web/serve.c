/*
 * ndserve: the pages on one's own machine, without a web server to set up. Loopback only, one thread,
 * read-only: nobody logs in here. `ndsearch --serve` starts it. Everything else is the handlers that
 * ndsearch.cgi has.
 */

#include "web/site.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/program.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define PORT_DEFAULT        8017
#define CONNECTIONS_MAX     32
#define CONNECTION_IDLE_S   30
#define CONNECTION_MEMORY_B ((size_t)64 << 10) /* request line and headers of one connection */

/* What nd_request_read asks for by the names of CGI. */
struct arrival {
    struct MHD_Connection *connection;
    const char *method, *path, *query;
};

static const char *arrival_variable(const char *name, void *user_data)
{
    const struct arrival *arrival = user_data;
    static const struct {
        const char *variable, *header;
    } headers[] = {
        {"HTTP_HOST", "Host"},
        {"HTTP_ACCEPT_LANGUAGE", "Accept-Language"},
        {"HTTP_ORIGIN", "Origin"},
        {"HTTP_SEC_FETCH_SITE", "Sec-Fetch-Site"},
        {"HTTP_IF_NONE_MATCH", "If-None-Match"},
    };
    if (strcmp(name, "REQUEST_METHOD") == 0)
        return arrival->method;
    if (strcmp(name, "QUERY_STRING") == 0)
        return arrival->query;
    if (strcmp(name, "PATH_INFO") == 0)
        return arrival->path;
    if (strcmp(name, "ND_BASE") == 0)
        return "";
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
        if (strcmp(name, headers[i].variable) == 0)
            return MHD_lookup_connection_value(arrival->connection, MHD_HEADER_KIND, headers[i].header);
    }
    return NULL;
}

/* A page elsewhere whose name was pointed at this machine must not read from here: the browser then sends
 * that other name. */
static bool is_loopback_name(const char *host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; host && i < G_N_ELEMENTS(names); i++) {
        const size_t n = strlen(names[i]);
        if (strncmp(host, names[i], n) == 0 && (host[n] == '\0' || host[n] == ':'))
            return true;
    }
    return false;
}

static enum MHD_Result send_response(struct MHD_Connection *connection, const struct nd_response *response)
{
    struct MHD_Response *out =
        MHD_create_response_from_buffer(response->body->len, response->body->str, MHD_RESPMEM_MUST_COPY);
    for (const char *const *header = nd_response_fixed_headers(); *header; header += 2)
        MHD_add_response_header(out, header[0], header[1]);
    MHD_add_response_header(out, "Content-Type", response->type);
    MHD_add_response_header(out, "Cache-Control", response->caching);
    g_auto(GStrv) lines = g_strsplit(response->headers->str, "\r\n", -1);
    for (char **line = lines; *line && **line; line++) {
        char *colon = strstr(*line, ": ");
        *colon = '\0';
        MHD_add_response_header(out, *line, colon + 2);
    }
    const enum MHD_Result queued = MHD_queue_response(connection, (unsigned)response->status, out);
    MHD_destroy_response(out);
    return queued;
}

/* The raw query string, kept because the library offers only decoded parameters; *state holds it. */
static void *keep_query(G_GNUC_UNUSED void *user_data, const char *uri,
                        G_GNUC_UNUSED struct MHD_Connection *connection)
{
    const char *query = strchr(uri, '?');
    return g_strdup(query ? query + 1 : "");
}

static void drop_query(G_GNUC_UNUSED void *user_data, G_GNUC_UNUSED struct MHD_Connection *connection,
                       void **state, G_GNUC_UNUSED enum MHD_RequestTerminationCode how)
{
    g_free(*state);
    *state = NULL;
}

static enum MHD_Result answer(void *user_data, struct MHD_Connection *connection, const char *path,
                              const char *method, G_GNUC_UNUSED const char *version,
                              G_GNUC_UNUSED const char *upload, size_t *upload_size, void **state)
{
    struct nd_site *site = user_data;
    if (*upload_size > 0) { /* no page here takes a form */
        *upload_size = 0;
        return MHD_YES;
    }
    struct arrival arrival = {connection, method, path, *state};
    g_autoptr(GError) error = NULL;
    nd_auto(nd_response) response = nd_response_new();
    nd_auto(nd_request) request = nd_request_read(arrival_variable, &arrival, "", 0, &error);
    if (request && !is_loopback_name(request->host)) {
        nd_request_free(g_steal_pointer(&request));
        g_set_error(&error, ND_ERROR, ND_ERROR_USAGE, "not a name of this machine");
    }
    if (request)
        nd_site_handle(site, request, response);
    else
        nd_site_handle_unreadable(error, response);
    return send_response(connection, response);
}

static bool serve(struct nd_site *site, uint16_t port, GError **error)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sigprocmask(SIG_BLOCK, &ending, NULL);
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, port, NULL, NULL, answer, site, MHD_OPTION_SOCK_ADDR,
        (struct sockaddr *)&address, MHD_OPTION_URI_LOG_CALLBACK, keep_query, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, drop_query, NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        CONNECTION_MEMORY_B, MHD_OPTION_END);
    if (!daemon) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO,
                    _("cannot listen on port %u of this machine: is it in use?"), port);
        return false;
    }
    printf("http://localhost:%u/\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    int number;
    sigwait(&ending, &number);
    MHD_stop_daemon(daemon);
    return true;
}

int main(int argc, char **argv)
{
    static const struct nd_program program = {
        .name = "ndserve",
        .arguments = N_("[PORT]"),
        .summary = N_("Show the search pages on this machine only, at http://localhost:PORT/ (8017)."),
        .takes_index = true,
    };
    int status;
    g_autofree char *index_option = NULL;
    nd_program_init(program.name);
    signal(SIGPIPE, SIG_IGN); /* a browser that goes away is no reason to end */
    if (!nd_program_parse(&program, &argc, &argv, &index_option, &status))
        return status;
    g_autoptr(GError) error = NULL;
    guint64 port = PORT_DEFAULT;
    if (argc > 2 || (argc == 2 && !g_ascii_string_to_unsigned(argv[1], 10, 0, UINT16_MAX, &port, NULL))) {
        g_set_error(&error, ND_ERROR, ND_ERROR_USAGE, _("expected one port number"));
        return nd_program_fail(error);
    }
    nd_auto(nd_site) site = nd_site_new(index_option, &error);
    if (site)
        nd_site_trust(site);
    if (!site || !nd_site_open(site, &error) || !serve(site, (uint16_t)port, &error))
        return nd_program_fail(error);
    return nd_program_finish(ND_EXIT_SUCCESS);
}
