#include "base/nearest.h"
#include "base/program.h"
#include "base/settings.h"
#include "base/terminal.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void test_a_slip_finds_the_name_that_was_meant(void)
{
    static const char *const names[] = {"status", "check", "jobs", "place", "manifest", "json", "n", NULL};
    static const struct {
        const char *word, *meant;
    } cases[] = {
        {"stauts", "status"}, {"statuss", "status"}, {"chek", "check"},
        {"stat", "status"},   {"job", "jobs"},       {"mainfest", "manifest"},
        {"jsn", "json"},      {"colour", NULL},      {"xyzzy", NULL},
        {"", NULL},           {"place", "place"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpstr(nd_nearest(cases[i].word, names), ==, cases[i].meant);
}

static void test_whatever_a_name_holds_it_prints_on_one_line(void)
{
    static const struct {
        const char *bytes, *printed;
    } cases[] = {
        {"kế hoạch.txt", "kế hoạch.txt"},     {"a\nb", "a\\x0ab"}, {"\x1b[31mred", "\\x1b[31mred"},
        {"half \xe1\xba", "half \\xe1\\xba"}, {"\xff", "\\xff"},   {"c1 \xc2\x9b", "c1 \\xc2\\x9b"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *printed = nd_program_printable(cases[i].bytes);
        g_assert_cmpstr(printed, ==, cases[i].printed);
    }
}

/* The index folder with the configuration file `config` (NULL for none), the option and $ND_INDEX given. */
static char *resolve(const char *config, const char *option, const char *variable, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_user_config_dir(), "ndsearch", "config", NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_mkdir_with_parents(folder, 0700);
    g_unlink(path);
    if (config)
        g_assert_true(g_file_set_contents(path, config, -1, NULL));
    if (variable)
        g_setenv("ND_INDEX", variable, TRUE);
    else
        g_unsetenv("ND_INDEX");
    return nd_settings_index_dir(option, error);
}

static void test_the_index_is_looked_for_in_its_order_of_places(void)
{
    g_autofree char *data = g_build_filename(g_get_user_data_dir(), "ndsearch", NULL);
    g_autofree char *beside = g_build_filename(g_get_user_config_dir(), "ndsearch", "mine", NULL);
    g_autofree char *home = g_build_filename(g_get_home_dir(), "mine", NULL);
    const struct {
        const char *config, *option, *variable, *expected;
    } cases[] = {
        {NULL, NULL, NULL, data},
        {"[ndsearch]\nindex=/c\n", NULL, NULL, "/c"},
        {"[ndsearch]\nindex=mine\n", NULL, NULL, beside},
        {"[ndsearch]\nindex=~/mine\n", NULL, NULL, home},
        {"[ndsearch]\ncount=5\n", NULL, NULL, data},
        {"[ndsearch]\nindex=/c\n", NULL, "/v", "/v"},
        {"[ndsearch]\nindex=/c\n", NULL, "", "/c"},
        {"[ndsearch]\nindex=/c\n", "o", "/v", "o"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *dir = resolve(cases[i].config, cases[i].option, cases[i].variable, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(dir, ==, cases[i].expected);
    }
}

static void test_a_broken_configuration_file_and_an_empty_name_are_usage_errors(void)
{
    static const struct {
        const char *config, *option;
    } cases[] = {{"no group\n", NULL}, {NULL, ""}, {"[ndsearch]\nvisble=none\n", NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(resolve(cases[i].config, cases[i].option, NULL, &error));
        g_assert_error(error, ND_ERROR, ND_ERROR_USAGE);
    }
}

static void test_colour_is_the_users_choice(void)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    static const struct {
        const char *no_color, *force;
        bool colour;
    } cases[] = {{"", "", false}, {"", "1", true}, {"", "0", false}, {"1", "1", false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_setenv("NO_COLOR", cases[i].no_color, TRUE);
        g_setenv("CLICOLOR_FORCE", cases[i].force, TRUE);
        g_setenv("COLUMNS", "100", TRUE);
        const struct nd_terminal terminal = nd_terminal_detect(ends[1]);
        g_assert_false(terminal.is_terminal);
        g_assert_cmpint(terminal.colour, ==, cases[i].colour);
        g_assert_cmpuint(terminal.columns, ==, 100);
    }
    close(ends[0]);
    close(ends[1]);
}

static void test_a_page_that_is_lost_ends_the_program_as_a_failure_to_read(void)
{
    if (g_test_subprocess()) {
        nd_program_init("ndsearch");
        FILE *const file = tmpfile();
        g_assert_nonnull(file);
        g_assert_cmpint(ftruncate(fileno(file), 1 << 16), ==, 0);
        const volatile char *const page = mmap(NULL, 1 << 16, PROT_READ, MAP_SHARED, fileno(file), 0);
        g_assert_true(page != MAP_FAILED);
        g_assert_cmpint(ftruncate(fileno(file), 0), ==, 0);
        exit(page[1 << 15]);
    }
    g_test_trap_subprocess(NULL, 0, 0);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("ndsearch: * cannot be read any more\n");
}

int main(int argc, char **argv)
{
    /* a home of the test's own; GLib's own isolation of folders leaks, which the sanitizers would report */
    static const char home[] = ND_BINARY_DIR "/test-home";
    g_setenv("HOME", home, TRUE);
    g_setenv("XDG_CONFIG_HOME", home, TRUE);
    g_setenv("XDG_DATA_HOME", home, TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/program/a-slip-finds-the-name-that-was-meant",
                    test_a_slip_finds_the_name_that_was_meant);
    g_test_add_func("/program/whatever-a-name-holds-it-prints-on-one-line",
                    test_whatever_a_name_holds_it_prints_on_one_line);
    g_test_add_func("/program/the-index-is-looked-for-in-its-order-of-places",
                    test_the_index_is_looked_for_in_its_order_of_places);
    g_test_add_func("/program/a-broken-configuration-file-and-an-empty-name-are-usage-errors",
                    test_a_broken_configuration_file_and_an_empty_name_are_usage_errors);
    g_test_add_func("/program/a-page-that-is-lost-ends-the-program-as-a-failure-to-read",
                    test_a_page_that_is_lost_ends_the_program_as_a_failure_to_read);
    g_test_add_func("/program/colour-is-the-users-choice", test_colour_is_the_users_choice);
    return g_test_run();
}
