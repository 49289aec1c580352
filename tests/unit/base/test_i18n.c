#include "base/i18n.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>

#define ONE  "searched %u document"
#define MANY "searched %u documents"

static void test_a_locale_that_is_not_installed_gives_its_language(void)
{
    static const struct {
        const char *language;
        bool vietnamese;
    } cases[] = {{"vi", true},           {"vi_VN", true}, {"vi_VN.UTF-8", true}, {"en", false},
                 {"en_GB.UTF-8", false}, {"C", false},    {"fr", false},         {"", false},
                 {"../locale/vi", false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        nd_translation_set_language(cases[i].language);
        g_assert_cmpstr(nd_translate("no match"), ==, cases[i].vietnamese ? "không có kết quả" : "no match");
    }
}

static void test_who_asks_for_no_language_is_asked_for_none(void)
{
    static const struct {
        const char *all, *messages, *lang, *language;
        bool asks;
    } cases[] = {
        {"", "", "", "", false},
        {"", "", "C.UTF-8", "", false},
        {"", "", "POSIX", "", false},
        {"C", "", "vi_VN.UTF-8", "vi", false}, /* scripts */
        {"C.utf8", "", "vi_VN.UTF-8", "", false},
        {"", "C", "vi_VN.UTF-8", "", false},
        {"", "", "vi_VN.UTF-8", "", true},
        {"", "", "C.UTF-8", "vi", true}, /* a small system without locales */
        {"C.UTF-8", "", "", "vi", true},
        {"", "vi_VN", "C", "", true},
        {"", "", "en_GB.UTF-8", "", true},
        {"", "", "Co", "", true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_setenv("LC_ALL", cases[i].all, TRUE);
        g_setenv("LC_MESSAGES", cases[i].messages, TRUE);
        g_setenv("LANG", cases[i].lang, TRUE);
        g_setenv("LANGUAGE", cases[i].language, TRUE);
        g_assert_cmpint(nd_locale_asks_for_a_language(), ==, cases[i].asks);
    }
}

static void test_each_language_has_its_forms_for_a_number(void)
{
    nd_translation_set_language("vi");
    g_assert_cmpstr(nd_translate_n(ONE, MANY, 1), ==, nd_translate_n(ONE, MANY, 2));
    g_assert_cmpstr(nd_translate_n(ONE, MANY, 1), !=, ONE);
    nd_translation_set_language("en");
    g_assert_cmpstr(nd_translate_n(ONE, MANY, 1), ==, ONE);
    g_assert_cmpstr(nd_translate_n(ONE, MANY, 0), ==, MANY);
}

static void test_what_has_no_translation_stays_as_it_is(void)
{
    nd_translation_set_language("vi");
    g_assert_cmpstr(nd_translate("no such message"), ==, "no such message");
    g_assert_cmpstr(nd_translate(""), ==, "");
}

/* A catalogue cut off anywhere, or with a wild place in a table, gives English or what is left of it. */
static void test_a_damaged_catalogue_is_no_catalogue(void)
{
    g_autofree char *whole = NULL;
    gsize n;
    g_assert_true(
        g_file_get_contents(ND_BINARY_DIR "/share/locale/vi/LC_MESSAGES/ndsearch.mo", &whole, &n, NULL));
    g_autofree char *root = g_dir_make_tmp("ndsearch-test-XXXXXX", NULL);
    nd_translation_init(root);
    for (gsize damage = 0; damage < 64; damage++) {
        g_autofree char *bytes = g_memdup2(whole, n);
        gsize length = n * damage / 64;
        if (damage >= 32) { /* the second half: whole, but with a place far outside */
            length = n;
            memset(bytes + 28 + 4 * (damage - 32), 0x7f, 4);
        }
        g_autofree char *language = g_strdup_printf("v%02u", (unsigned)damage); /* each is loaded once */
        g_autofree char *language_folder = g_build_filename(root, language, "LC_MESSAGES", NULL);
        g_autofree char *file = g_build_filename(language_folder, "ndsearch.mo", NULL);
        g_assert_cmpint(g_mkdir_with_parents(language_folder, 0700), ==, 0);
        g_assert_true(g_file_set_contents(file, bytes, (gssize)length, NULL));
        nd_translation_set_language(language);
        const char *message = nd_translate("no match");
        g_assert_true(strcmp(message, "no match") == 0 || strcmp(message, "không có kết quả") == 0);
        g_assert_cmpint(g_unlink(file), ==, 0);
        g_rmdir(language_folder);
        g_autofree char *parent = g_path_get_dirname(language_folder);
        g_rmdir(parent);
    }
    g_rmdir(root);
    nd_translation_init(ND_BINARY_DIR "/share/locale");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    nd_translation_init(ND_BINARY_DIR "/share/locale");
    g_test_add_func("/i18n/uninstalled-locale", test_a_locale_that_is_not_installed_gives_its_language);
    g_test_add_func("/i18n/asked", test_who_asks_for_no_language_is_asked_for_none);
    g_test_add_func("/i18n/plural", test_each_language_has_its_forms_for_a_number);
    g_test_add_func("/i18n/untranslated", test_what_has_no_translation_stays_as_it_is);
    g_test_add_func("/i18n/damaged", test_a_damaged_catalogue_is_no_catalogue);
    return g_test_run();
}
