/* Review tables, authority tables and decision logs of any bytes, against an index without documents: every
 * row is answered, and nothing is recorded. */
#include "corpus/store/index.h"
#include "query/review.h"

#include <ftw.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void no_terms(const struct nd_document *doc, const struct nd_metadata *metadata,
                     const struct nd_mentions *mentions, struct nd_terms *out, void *user_data)
{
    (void)doc, (void)metadata, (void)mentions, (void)out, (void)user_data;
}

static struct nd_index_writer *writer;
static char *folder;

static int remove_entry(const char *path, const struct stat *info, int flag, struct FTW *walk)
{
    (void)info, (void)flag, (void)walk;
    return remove(path);
}

static void close_writer(void)
{
    g_clear_pointer(&writer, nd_index_writer_close);
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    g_free(folder);
}

static struct nd_catalog_writer *catalog(void)
{
    static const struct nd_index_analysis analysis = {.terms = no_terms};
    if (!writer) {
        folder = g_dir_make_tmp("fuzz-review-XXXXXX", NULL);
        g_assert_nonnull(folder);
        writer = nd_index_writer_open(folder, &analysis, NULL);
        g_assert_nonnull(writer);
        atexit(close_writer);
    }
    return nd_index_writer_catalog(writer);
}

static void count(const struct nd_review_report *report, void *user_data)
{
    size_t *last_line = user_data;
    g_assert_cmpuint(report->line, >, *last_line);
    g_assert_cmpint(report->result, !=, ND_REVIEW_TAKEN); /* there is no document to decide on */
    *last_line = report->line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t last_line = 0, n_added = 0;
    const struct nd_bytes bytes = {data, size};
    const struct nd_review_import options = {.author = "fuzz",
                                             .time = "2025-01-01T00:00:00Z",
                                             .dry_run = true,
                                             .report = count,
                                             .user_data = &last_line};
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(nd_review_import(catalog(), bytes, &options, &error), ==, error == NULL);
    g_autoptr(GError) unknown = NULL;
    const struct nd_review_import silent = {
        .author = "fuzz", .time = "2025-01-01T00:00:00Z", .dry_run = true};
    g_assert_cmpint(nd_authority_import(catalog(), bytes, &silent, &unknown), ==, unknown == NULL);
    g_autoptr(GError) refused = NULL;
    g_assert_cmpint(nd_review_restore(catalog(), bytes, &n_added, &refused), ==, refused == NULL);
    return 0;
}
