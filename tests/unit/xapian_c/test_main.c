#include "tests/unit/xapian_c/test_xapian_c.h"

#include <ftw.h>
#include <stdio.h>

static char *scratch;

char *scratch_path(const char *name)
{
    return g_build_filename(scratch, name, NULL);
}

bool gather(struct xc_bytes item, void *user_data)
{
    GString *list = user_data;
    if (list->len)
        g_string_append_c(list, ' ');
    g_string_append_len(list, item.p, (gssize)item.n);
    return true;
}

void make_sample(const char *path)
{
    static const struct {
        const char *words, *kind, *year;
    } rows[] = {
        {"lúa gạo trên sông", "a", "2011"},
        {"sông lúa", "b", "2012"},
        {"gạo gạo gạo", "a", "2013"},
        {"sông dài", "", ""},
    };
    g_autoptr(GError) error = NULL;
    xc_auto(xc_writer) writer = xc_writer_open(path, XC_WRITER_CREATE, XC_WRITER_NO_SYNC, 0, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        xc_auto(xc_document) document = xc_document_new(&error);
        g_auto(GStrv) words = g_strsplit(rows[i].words, " ", 0);
        for (uint32_t k = 0; words[k]; k++)
            xc_document_add_posting(document, xc_bytes_from_c(words[k]), k + 1, 1, &error);
        xc_document_set_value(document, 1, xc_bytes_from_c(rows[i].kind), &error);
        xc_document_set_value(document, 2, xc_bytes_from_c(rows[i].year), &error);
        xc_document_set_data(document, xc_bytes_from_c(rows[i].words), &error);
        xc_writer_add(writer, document, NULL, &error);
        g_assert_no_error(error);
    }
    xc_writer_commit(writer, &error);
    g_assert_no_error(error);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    scratch = g_dir_make_tmp("xapian-c-XXXXXX", NULL);
    g_assert_nonnull(scratch);
    add_error_tests();
    add_write_tests();
    add_search_tests();
    add_block_tests();
    add_database_tests();
    add_invert_tests();
    int failed = g_test_run();
    nftw(scratch, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    g_free(scratch);
    return failed;
}
