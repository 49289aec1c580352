/* What rests on a work: each once, by the clearest it says. */

#include "tests/unit/query/query_sample.h"

#include <stdlib.h>
#include <string.h>

#define HEAD(province, place, number, title)                                                                 \
    "TỈNH ỦY " province "\nSố " number "\n" place ", ngày 02 tháng 5 năm 2023\n\nKẾ HOẠCH\n" title "\n\n"
#define RESOLUTION "Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng khóa XIII"

static const struct sample_file files[] = {
    /* implements it by its title, and cites it twice more below */
    {"title.txt", HEAD("LAI CHÂU", "Lai Châu", "11-KH/TU",
                       "thực hiện " RESOLUTION) "I. NỘI DUNG\nTheo " RESOLUTION ", tỉnh ủy yêu cầu.\n"},
    /* only far below its opening */
    {"body.txt", HEAD("HÀ GIANG", "Hà Giang", "12-KH/TU",
                      "về sinh hoạt chi bộ") "I. MỤC ĐÍCH\nNắm tình hình.\nII. NỘI DUNG\n"
                                             "Tiếp tục thực hiện " RESOLUTION ".\n"},
    /* cites it and does nothing else */
    {"cites.txt",
     HEAD("SƠN LA", "Sơn La", "13-KH/TU", "về họp dân") "I. MỤC ĐÍCH\nTài liệu gồm: " RESOLUTION ".\n"},
    {0}};

static struct nd_session *session;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "11-KH/TU 12-KH/TU": the sources in byte order. */
static char *codes(const GPtrArray *sources)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < sources->len; i++)
        g_ptr_array_add(list, ((const struct nd_evidence *)sources->pdata[i])->source_code);
    qsort(list->pdata, list->len, sizeof *list->pdata, by_text);
    g_ptr_array_add(list, NULL);
    return g_strjoinv(" ", (char **)list->pdata);
}

static void test_each_source_comes_once_and_where_it_says_most(void)
{
    const unsigned implements = 1U << ND_RELATION_IMPLEMENTS;
    static const struct {
        bool implements, others;
        size_t cap;
        const char *expected;
    } cases[] = {
        {true, true, 0, "11-KH/TU 12-KH/TU 13-KH/TU"},
        {true, false, 0, "11-KH/TU 12-KH/TU"},
        {false, true, 0, "13-KH/TU"},
        {true, true, 1, "11-KH/TU"}, /* the clearest */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        const unsigned relations =
            (cases[i].implements ? implements : 0) | (cases[i].others ? ~implements : 0);
        g_autoptr(GPtrArray) sources =
            nd_work_sources(session, "21-NQ/TW~XIII", relations, relations & implements ? 0 : implements,
                            cases[i].cap, 0, &error);
        g_assert_no_error(error);
        g_autofree char *got = codes(sources);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static void test_places_are_those_that_implement_it(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) places =
        nd_work_places(session, "21-NQ/TW~XIII", 1U << ND_RELATION_IMPLEMENTS, ND_LEVEL_PROVINCIAL, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(GPOINTER_TO_UINT(g_hash_table_lookup(places, "Lai Châu")), ==, ND_STRENGTH_TITLE + 1);
    g_assert_cmpuint(GPOINTER_TO_UINT(g_hash_table_lookup(places, "Hà Giang")), ==, ND_STRENGTH_BODY + 1);
    g_assert_false(g_hash_table_contains(places, "Sơn La"));
    g_autoptr(GHashTable) districts =
        nd_work_places(session, "21-NQ/TW~XIII", 1U << ND_RELATION_IMPLEMENTS, ND_LEVEL_DISTRICT, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(g_hash_table_size(districts), ==, 0);
}

static void test_of_a_work_nobody_knows_there_is_nothing(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) sources = nd_work_sources(session, "99-NQ/TW~XIII", ~0U, 0, 0, 0, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(sources->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *folder = sample_folder();
    sample_index(folder, files);
    session = sample_open(folder, ND_SECRECY_NONE);
    g_test_add_func("/sources/each-source-comes-once-and-where-it-says-most",
                    test_each_source_comes_once_and_where_it_says_most);
    g_test_add_func("/sources/places-are-those-that-implement-it", test_places_are_those_that_implement_it);
    g_test_add_func("/sources/of-a-work-nobody-knows-there-is-nothing",
                    test_of_a_work_nobody_knows_there_is_nothing);
    const int status = g_test_run();
    nd_session_close(session);
    sample_remove(folder);
    return status;
}
