#include "web/address.h"
#include "base/error.h"
#include "web/request.h"

/* Variables as a NULL-terminated list of names and values. */
static const char *variable(const char *name, void *user_data)
{
    for (const char *const *pair = user_data; *pair; pair += 2) {
        if (strcmp(pair[0], name) == 0)
            return pair[1];
    }
    return NULL;
}

#define READ(...) read_request((const char *const[]){__VA_ARGS__, NULL}, NULL)

static struct nd_request *read_request(const char *const *pairs, GError **error)
{
    return nd_request_read(variable, (void *)pairs, "", 0, error);
}

static void test_path_and_mount_point_are_found_behind_every_server(void)
{
    static const struct {
        const char *script, *info, *uri, *base; /* as the server gives them */
        const char *want_base, *want_path;
    } cases[] = {
        /* CGI program in a folder of programs, alone and with a path behind it */
        {"/cgi-bin/ndsearch.cgi", "", "/cgi-bin/ndsearch.cgi?q=x", NULL, "/cgi-bin/ndsearch.cgi", "/"},
        {"/cgi-bin/ndsearch.cgi", "/work/1-NQ/TW", "/cgi-bin/ndsearch.cgi/work/1-NQ/TW", NULL,
         "/cgi-bin/ndsearch.cgi", "/work/1-NQ/TW"},
        /* the whole site is ours, the server rewrites to the program */
        {"/ndsearch.cgi", "/status", "/status", NULL, "", "/status"},
        {"/ndsearch.cgi", NULL, "/", NULL, "", "/"},
        /* FastCGI at the root: lighttpd (no script name), nginx (script name is the path) */
        {"", "/document/ab", "/document/ab", NULL, "", "/document/ab"},
        {"/document/ab", NULL, "/document/ab", NULL, "", "/document/ab"},
        {"/", NULL, "/?q=x", NULL, "", "/"},
        /* a mount point that the configuration names */
        {"/tra-cuu/status", NULL, "/tra-cuu/status", "/tra-cuu", "/tra-cuu", "/status"},
        {"/tra-cuu", NULL, "/tra-cuu", "/tra-cuu/", "/tra-cuu", "/tra-cuu"},
        {"/tra-cuu", "/status", "/tra-cuu/status", "/tra-cuu/", "/tra-cuu", "/status"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *pairs[9] = {0};
        size_t n = 0;
        const char *const given[][2] = {{"SCRIPT_NAME", cases[i].script},
                                        {"PATH_INFO", cases[i].info},
                                        {"REQUEST_URI", cases[i].uri},
                                        {"ND_BASE", cases[i].base}};
        for (size_t k = 0; k < G_N_ELEMENTS(given); k++) {
            if (given[k][1]) {
                pairs[n++] = given[k][0];
                pairs[n++] = given[k][1];
            }
        }
        g_autoptr(GError) error = NULL;
        nd_auto(nd_request) request = read_request(pairs, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(request->base, ==, cases[i].want_base);
        g_assert_cmpstr(request->path, ==, cases[i].want_path);
    }
}

static void test_parameters_out_of_bounds_are_refused(void)
{
    static const char *const refused[] = {
        "page=-1",         "page=1001",
        "page=1e3",        "page=0x10",
        "sort=size",       "sort=date%20title",
        "lang=fr",         "format=exe",
        "from=soon",       "from=2022-13-01",
        "q=%ff%fe",        "q=a%00b",
        "q=100%",          "q=%4",
        "steps=3",         "year=12345678901234567",
        "decision=delete",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        const char *const pairs[] = {"SCRIPT_NAME", "/", "QUERY_STRING", refused[i], NULL};
        nd_auto(nd_request) request = read_request(pairs, &error);
        g_assert_null(request);
        g_assert_error(error, ND_ERROR, ND_ERROR_USAGE);
    }
}

static void test_parameters_are_decoded_and_cleaned(void)
{
    nd_auto(nd_request) request =
        READ("SCRIPT_NAME", "/", "QUERY_STRING",
             "q=sinh+ho%E1%BA%A1t%0D%0Ach%C3%ADnh&type=K%0AH&page=2&page=9&x=y&sort=");
    g_assert_cmpstr(request->values[ND_PARAMETER_QUERY], ==, "sinh hoạt \nchính");
    g_assert_cmpstr(request->values[ND_PARAMETER_TYPE], ==, "K H");
    g_assert_cmpint(nd_request_number(request, ND_PARAMETER_PAGE, 1), ==, 2);
    g_assert_null(request->values[ND_PARAMETER_SORT]);
}

static void test_too_large_a_request_is_refused_as_such(void)
{
    g_autofree char *query = g_strnfill(ND_CAP_WEB_ADDRESS_BYTES + 1, 'x');
    g_autoptr(GError) error = NULL;
    const char *const pairs[] = {"SCRIPT_NAME", "/", "QUERY_STRING", query, NULL};
    nd_auto(nd_request) request = read_request(pairs, &error);
    g_assert_null(request);
    g_assert_error(error, ND_ERROR, ND_ERROR_LIMIT);
}

static void test_a_form_counts_only_when_it_comes_from_this_site(void)
{
    static const struct {
        const char *site, *origin;
        bool same;
    } cases[] = {
        {"same-origin", NULL, true},
        {"cross-site", "http://localhost:8080", false},
        {"same-site", NULL, false},
        {"none", NULL, false},
        {NULL, "http://localhost:8080", true},
        {NULL, "http://localhost:8080.evil.example", false},
        {NULL, "http://evil.example", false},
        {NULL, "null", false},
        {NULL, NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *pairs[10] = {"SCRIPT_NAME", "/", "HTTP_HOST", "localhost:8080"};
        size_t n = 4;
        if (cases[i].site) {
            pairs[n++] = "HTTP_SEC_FETCH_SITE";
            pairs[n++] = cases[i].site;
        }
        if (cases[i].origin) {
            pairs[n++] = "HTTP_ORIGIN";
            pairs[n++] = cases[i].origin;
        }
        nd_auto(nd_request) request = read_request(pairs, NULL);
        g_assert_cmpint(request->same_origin, ==, cases[i].same);
    }
}

static void test_the_language_is_the_chosen_one_or_the_browsers(void)
{
    static const struct {
        const char *header;
        enum nd_language language;
    } cases[] = {
        {NULL, ND_LANGUAGE_VI},
        {"", ND_LANGUAGE_VI},
        {"en", ND_LANGUAGE_EN},
        {"en-GB,en;q=0.9", ND_LANGUAGE_EN},
        {"vi-VN,vi;q=0.9,en;q=0.8", ND_LANGUAGE_VI},
        {"en;q=0.3, vi;q=0.7", ND_LANGUAGE_VI},
        {"fr, de;q=0.5", ND_LANGUAGE_VI},
        {",,;;q=,", ND_LANGUAGE_VI},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(nd_language_negotiate(cases[i].header), ==, cases[i].language);
    nd_auto(nd_request) request =
        READ("SCRIPT_NAME", "/", "QUERY_STRING", "lang=en", "HTTP_ACCEPT_LANGUAGE", "vi");
    g_assert_cmpint(request->language, ==, ND_LANGUAGE_EN);
}

static void test_an_address_changes_one_thing_and_starts_at_the_first_page(void)
{
    nd_auto(nd_request) request =
        READ("SCRIPT_NAME", "/", "QUERY_STRING", "sort=date&q=a%22b&page=3&until=4&at=5&lang=en");
    g_autoptr(GString) out = g_string_new(NULL);
    struct nd_html html = {.out = out, .base = request->base};
    nd_put_address(&html, request, "/", {ND_PARAMETER_TYPE, "KH&x"});
    g_assert_cmpstr(out->str, ==, "/?q=a%22b&amp;sort=date&amp;lang=en&amp;type=KH%26x");
    g_string_truncate(out, 0);
    nd_put_address(&html, request, "/", {ND_PARAMETER_LANGUAGE, NULL});
    g_assert_cmpstr(out->str, ==, "/?q=a%22b&amp;page=3&amp;until=4&amp;sort=date");
}

static void test_odd_hosts_and_mount_points_are_not_repeated(void)
{
    nd_auto(nd_request) request = READ("SCRIPT_NAME", "/", "HTTP_HOST", "x\"><script>");
    g_assert_null(request->host);
    nd_auto(nd_request) hostile =
        READ("SCRIPT_NAME", "/\"><script>.cgi", "PATH_INFO", "/", "REQUEST_URI", "/\"><script>.cgi/");
    g_assert_null(hostile);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/web/request/path and mount point are found behind every server",
                    test_path_and_mount_point_are_found_behind_every_server);
    g_test_add_func("/web/request/parameters out of bounds are refused",
                    test_parameters_out_of_bounds_are_refused);
    g_test_add_func("/web/request/parameters are decoded and cleaned",
                    test_parameters_are_decoded_and_cleaned);
    g_test_add_func("/web/request/too large a request is refused as such",
                    test_too_large_a_request_is_refused_as_such);
    g_test_add_func("/web/request/a form counts only when it comes from this site",
                    test_a_form_counts_only_when_it_comes_from_this_site);
    g_test_add_func("/web/request/the language is the chosen one or the browser's",
                    test_the_language_is_the_chosen_one_or_the_browsers);
    g_test_add_func("/web/address/an address changes one thing and starts at the first page",
                    test_an_address_changes_one_thing_and_starts_at_the_first_page);
    g_test_add_func("/web/request/odd hosts and mount points are not repeated",
                    test_odd_hosts_and_mount_points_are_not_repeated);
    return g_test_run();
}
