/* Pages of one query, while a writer adds documents between them. */

#include "tests/unit/query/query_sample.h"

#include <string.h>

enum { DOCUMENTS = 12, PAGE = 5 };

static char *folder;

/* Documents first to last of a collection in which all match, the higher the number the better. */
static void add(unsigned first, unsigned last)
{
    g_autoptr(GArray) files = g_array_new(TRUE, TRUE, sizeof(struct sample_file));
    g_autoptr(GStringChunk) strings = g_string_chunk_new(256);
    for (unsigned i = first; i <= last; i++) {
        g_autoptr(GString) text = g_string_new("Hồ sơ số ");
        g_autofree char *name = g_strdup_printf("%03u.txt", i);
        g_string_append_printf(text, "%u.\n", 1000 + i);
        for (unsigned k = 0; k < i; k++)
            g_string_append(text, "Lưu trữ. ");
        const struct sample_file file = {g_string_chunk_insert(strings, name),
                                         g_string_chunk_insert(strings, text->str)};
        g_array_append_val(files, file);
    }
    sample_index(folder, (const struct sample_file *)(const void *)files->data);
}

static struct nd_results *page(struct nd_session *session, enum nd_sort sort, uint32_t offset, uint32_t until)
{
    static const char query[] = "lưu trữ";
    const struct nd_search_request request = {.query = query,
                                              .query_size = strlen(query),
                                              .offset = offset,
                                              .until = until,
                                              .limit = PAGE,
                                              .sort = sort};
    g_autoptr(GError) error = NULL;
    struct nd_results *const results = nd_search(session, &request, NULL, &error);
    g_assert_no_error(error);
    return results;
}

static void test_pages_fit_together_while_a_writer_adds(void)
{
    nd_auto(nd_session) session = sample_open(folder, ND_SECRECY_MOST_SECRET);
    static const enum nd_sort sorts[] = {ND_SORT_RELEVANCE, ND_SORT_DATE_DOWN, ND_SORT_TITLE,
                                         ND_SORT_CITATIONS};
    unsigned newest = DOCUMENTS;
    for (size_t s = 0; s < G_N_ELEMENTS(sorts); s++) {
        g_autoptr(GHashTable) shown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        uint32_t until = 0;
        const unsigned there = newest;
        for (uint32_t offset = 0;; offset += PAGE) {
            nd_auto(nd_results) results = page(session, sorts[s], offset, until);
            if (results->n_hits == 0)
                break;
            g_assert_cmpuint(results->n_matches, ==, there);
            until = results->until;
            for (size_t i = 0; i < results->n_hits; i++)
                g_assert_true(g_hash_table_add(shown, g_strdup(results->hits[i].path)));
            add(newest + 1, newest + 3); /* better than all others */
            newest += 3;
        }
        g_assert_cmpuint(g_hash_table_size(shown), ==, there);
    }
    nd_auto(nd_results) all = page(session, ND_SORT_RELEVANCE, 0, 0);
    g_assert_cmpuint(all->n_matches, ==, newest);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = sample_folder();
    add(1, DOCUMENTS);
    g_test_add_func("/paging/pages-fit-together-while-a-writer-adds",
                    test_pages_fit_together_while_a_writer_adds);
    const int status = g_test_run();
    sample_remove(folder);
    g_free(folder);
    return status;
}
