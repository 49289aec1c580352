#include "web/site.h"
#include "web/pages/page.h"
#include "web/token.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/program.h"
#include "base/settings.h"

#include <string.h>

struct nd_site {
    char *index_dir;
    char **secret_readers, **reviewers;
    bool originals, trusted;
    struct nd_session *sessions[2]; /* one for the public, one for those who may see stamped documents */
};

enum match { MATCH_EXACT, MATCH_BELOW };

enum index_use { INDEX_OPEN, INDEX_NONE };

enum who { WHO_ALL, WHO_REVIEWERS };

static const struct page {
    const char *path;
    enum match match;
    enum index_use index;
    enum who who;
    bool (*answer)(struct nd_visit *visit, GError **error);
} pages[] = {
#define ND_PAGE(path, match, index, who, function)                                                           \
    {path, MATCH_##match, INDEX_##index, WHO_##who, nd_page_##function},
#include "web/pages.def"
#undef ND_PAGE
};

/* *out becomes the users named by a setting, an empty list when it is absent. */
static bool read_users(const char *setting, char ***out, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *value = nd_settings_get(setting, &failure);
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return false;
    }
    *out = g_strsplit_set(value ? value : "", " ,;", -1);
    return true;
}

struct nd_site *nd_site_new(const char *index_dir, GError **error)
{
    nd_auto(nd_site) site = g_new0(struct nd_site, 1);
    site->index_dir = nd_settings_index_dir(index_dir, error);
    if (!site->index_dir || !read_users("web-secret-readers", &site->secret_readers, error) ||
        !read_users("web-reviewers", &site->reviewers, error))
        return NULL;
    g_autofree char *originals = nd_settings_get("web-originals", NULL);
    site->originals = g_strcmp0(originals, "true") == 0;
    return g_steal_pointer(&site);
}

void nd_site_trust(struct nd_site *site)
{
    site->trusted = true;
}

static void close_sessions(struct nd_site *site)
{
    for (size_t i = 0; i < G_N_ELEMENTS(site->sessions); i++)
        g_clear_pointer(&site->sessions[i], nd_session_close);
}

void nd_site_free(struct nd_site *site)
{
    if (!site)
        return;
    close_sessions(site);
    g_strfreev(site->secret_readers);
    g_strfreev(site->reviewers);
    g_free(site->index_dir);
    g_free(site);
}

static bool is_listed(char **users, const char *user)
{
    return user && g_strv_contains((const char *const *)users, user);
}

static struct nd_session *session_for(struct nd_site *site, const char *user, GError **error)
{
    const bool insider = is_listed(site->secret_readers, user);
    if (!site->sessions[insider])
        site->sessions[insider] =
            nd_session_open(site->index_dir, insider ? ND_SECRECY_MOST_SECRET : ND_SECRECY_NONE, error);
    return site->sessions[insider];
}

bool nd_site_open(struct nd_site *site, GError **error)
{
    return session_for(site, NULL, error) != NULL;
}

static const struct page *find_page(const char *path, const char **rest_out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        const struct page *page = &pages[i];
        const size_t n = strlen(page->path);
        if (strncmp(path, page->path, n) != 0)
            continue;
        if (page->match == MATCH_EXACT ? path[n] == '\0' : path[n] != '\0') {
            *rest_out = path + n;
            return page;
        }
    }
    return NULL;
}

/* The message of a status: its heading, and what one can do about it. An index that cannot be used is no
 * matter of minutes. */
enum trouble { TROUBLE_ANY, TROUBLE_INDEX };

static const struct {
    int status;
    enum trouble trouble;
    enum nd_message heading, help;
} failures[] = {
    {400, TROUBLE_ANY, ND_MESSAGE_ERROR_400, ND_MESSAGE_ERROR_400_HELP},
    {403, TROUBLE_ANY, ND_MESSAGE_ERROR_403, ND_MESSAGE_ERROR_403_HELP},
    {404, TROUBLE_ANY, ND_MESSAGE_ERROR_404, ND_MESSAGE_ERROR_404_HELP},
    {405, TROUBLE_ANY, ND_MESSAGE_ERROR_405, ND_MESSAGE_ERROR_400_HELP},
    {413, TROUBLE_ANY, ND_MESSAGE_ERROR_413, ND_MESSAGE_ERROR_400_HELP},
    {503, TROUBLE_INDEX, ND_MESSAGE_ERROR_INDEX, ND_MESSAGE_ERROR_INDEX_HELP},
    {503, TROUBLE_ANY, ND_MESSAGE_ERROR_503, ND_MESSAGE_ERROR_500_HELP},
    {500, TROUBLE_ANY, ND_MESSAGE_ERROR_500,
     ND_MESSAGE_ERROR_500_HELP}, /* the last one stands for any other */
};

static void answer_failure(const struct nd_request *request, struct nd_response *response, int status,
                           enum trouble trouble)
{
    size_t i = 0;
    while ((failures[i].status != status || failures[i].trouble > trouble) && i + 1 < G_N_ELEMENTS(failures))
        i++;
    nd_response_reset(response, status);
    if (nd_request_is(request, ND_PARAMETER_FORMAT, "json")) {
        response->type = "application/json";
        g_string_append_printf(response->body, "{\"error\":{\"status\":%d,\"message\":\"%s\"}}\n", status,
                               nd_message(failures[i].heading, ND_LANGUAGE_EN));
        return;
    }
    const char *heading = nd_message(failures[i].heading, request->language);
    struct nd_html html =
        nd_frame_begin(request, response, &(struct nd_frame){.title = heading, .status = status});
    nd_put(&html, HTML("<h1>"), TEXT(heading), HTML("</h1><p>"), MESSAGE(failures[i].help),
           HTML("</p><p><a href=\""), BASE, HTML("/"), WITH_LANGUAGE, HTML("\">"), MSG(BACK_TO_SEARCH),
           HTML("</a></p>"));
    nd_frame_end(&html, request);
}

/* The reader gets a status and a sentence; what happened goes to the server's log, as one harmless line. */
static void log_failure(const char *path, const GError *error)
{
    g_autofree char *printable = nd_program_printable(path);
    nd_program_note("%s: %s", printable, error->message);
}

/* What the query library says (remarks, errors in a query) comes in the reader's language. */
static void speak(enum nd_language language)
{
    static enum nd_language spoken = ND_N_LANGUAGES;
    if (language != spoken)
        nd_translation_set_language(nd_language_code(language));
    spoken = language;
}

/* 0, or the status that refuses the request: a page for some asked for by others, a form to a page that takes
 * none, or one that a page of this site did not make for this user. */
static int refusal(const struct nd_site *site, const struct page *page, const struct nd_request *request)
{
    if (page->who == WHO_REVIEWERS && !request->may_review)
        return 403;
    if (request->method != ND_METHOD_POST)
        return 0;
    if (page->who != WHO_REVIEWERS)
        return 405;
    return request->same_origin &&
                   nd_token_is_for(request->values[ND_PARAMETER_TOKEN], site->index_dir, request->user)
               ? 0
               : 403;
}

void nd_site_handle(struct nd_site *site, struct nd_request *request, struct nd_response *response)
{
    request->may_review = is_listed(site->reviewers, request->user);
    struct nd_visit visit = {
        .request = request,
        .response = response,
        .index_dir = site->index_dir,
        .may_download = site->originals,
        .is_trusted = site->trusted || request->may_review || is_listed(site->secret_readers, request->user),
    };
    const struct page *page = find_page(request->path, &visit.rest);
    speak(request->language);
    const int refused = page ? refusal(site, page, request) : 404;
    if (refused) {
        answer_failure(request, response, refused, TROUBLE_ANY);
        return;
    }
    g_autoptr(GError) error = NULL;
    if (page->index == INDEX_OPEN)
        visit.session = session_for(site, request->user, &error);
    if (!error && page->answer(&visit, &error))
        return;
    const int status = nd_error_http_status(error);
    if (status >= 500) {
        log_failure(request->path, error);
        close_sessions(site); /* the index may have been made anew: the next request looks again */
    }
    answer_failure(request, response, g_error_matches(error, ND_ERROR, ND_ERROR_NOT_FOUND) ? 404 : status,
                   g_error_matches(error, ND_ERROR, ND_ERROR_INDEX) ? TROUBLE_INDEX : TROUBLE_ANY);
}

void nd_site_handle_unreadable(const GError *error, struct nd_response *response)
{
    static const struct nd_request plain = {.path = (char *)"/", .base = (char *)""};
    answer_failure(&plain, response, nd_error_http_status(error), TROUBLE_ANY);
}

char *nd_visit_origin(const struct nd_visit *visit)
{
    const struct nd_request *request = visit->request;
    return g_strconcat(request->https ? "https://" : "http://", request->host ? request->host : "localhost",
                       request->base, NULL);
}
