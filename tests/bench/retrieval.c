/*
 * Ranking in isolation: an index of nothing but analyzers/text terms, and queries through query/words.
 *
 * usage: retrieval index FOLDER DATABASE        every *.txt below FOLDER; the first line is the title
 *        retrieval query DATABASE QUERIES.tsv   TREC run on standard output, times on standard error
 *
 * QUERIES.tsv: query id, TAB, text.
 */

#include "analyzers/text/terms.h"
#include "base/utf8.h"
#include "corpus/store/xapian_c/xapian_c.h"
#include "query/ranking.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void die(GError *error)
{
    fprintf(stderr, "retrieval: %s\n", error ? error->message : "failed");
    exit(2);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_files(const char *folder, GPtrArray *paths)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, &error);
    if (!dir)
        die(error);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            list_files(path, paths);
        else if (g_str_has_suffix(name, ".txt"))
            g_ptr_array_add(paths, g_steal_pointer(&path));
    }
}

static void add_synonym(struct nd_str key, struct nd_str synonym, void *writer)
{
    g_autoptr(GError) error = NULL;
    if (!xc_writer_add_synonym(writer, (struct xc_bytes){key.p, key.n},
                               (struct xc_bytes){synonym.p, synonym.n}, &error))
        die(error);
}

static void add_file(struct xc_writer *writer, struct xc_document *document, struct nd_terms *terms,
                     const char *path)
{
    g_autoptr(GError) error = NULL;
    nd_auto(nd_document) doc = nd_document_new();
    if (!g_file_get_contents(path, &doc->text, &doc->size, &error))
        die(error);
    const struct nd_str text = nd_document_text(doc);
    const char *line_end = memchr(text.p, '\n', text.n);
    struct nd_normalized normalized;
    nd_normalize(text, &normalized);
    const struct nd_str title = nd_str_slice(text, 0, line_end ? (size_t)(line_end - text.p) : text.n);
    nd_terms_build(terms, doc, &normalized, title, NULL, 0);
    size_t n;
    uint32_t length;
    const struct nd_term *list = nd_terms_list(terms, &n, &length);
    g_autoptr(GArray) given = g_array_sized_new(FALSE, FALSE, sizeof(struct xc_term), (guint)n);
    for (size_t i = 0; i < n; i++) {
        const struct xc_term term = {.term = {(const char *)list[i].text.p, list[i].text.n},
                                     .wdf = list[i].wdf};
        g_array_append_val(given, term);
    }
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *title_line = nd_str_dup(title);
    g_autoptr(GString) data = g_string_new(NULL);
    g_string_append_printf(data, "%s\t%s\t%s", name, name, title_line);
    const struct nd_bytes stream = nd_terms_stream(terms);
    g_string_append_c(data, '\0');
    g_string_append_len(data, (const char *)stream.p, (gssize)stream.n);
    if (!xc_document_clear(document, &error) ||
        !xc_document_add_terms(document, (const struct xc_term *)(const void *)given->data, n, &error) ||
        !xc_document_set_data(document, (struct xc_bytes){data->str, data->len}, &error) ||
        !xc_writer_add(writer, document, NULL, &error))
        die(error);
    nd_normalized_clear(&normalized);
}

static void index_folder(const char *folder, const char *database)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    list_files(folder, paths);
    qsort(paths->pdata, paths->len, sizeof(char *), compare_paths);
    xc_auto(xc_writer) writer =
        xc_writer_open(database, XC_WRITER_CREATE_OR_OVERWRITE, XC_WRITER_NO_SYNC, 0, &error);
    xc_auto(xc_document) document = writer ? xc_document_new(&error) : NULL;
    if (!document)
        die(error);
    nd_auto(nd_terms) terms = nd_terms_new();
    const int64_t start = g_get_monotonic_time();
    for (guint i = 0; i < paths->len; i++) {
        add_file(writer, document, terms, paths->pdata[i]);
        if (i % 250 == 249 && !xc_writer_commit(writer, &error))
            die(error);
    }
    nd_terms_take_synonyms(terms, add_synonym, writer);
    if (!xc_writer_commit(writer, &error))
        die(error);
    fprintf(stderr, "%u documents in %.2f s\n", paths->len, (double)(g_get_monotonic_time() - start) / 1e6);
}

static int compare_times(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void run_query(struct xc_database *database, const char *id, const char *text, GString *run)
{
    g_autoptr(GError) error = NULL;
    struct nd_normalized normalized;
    nd_normalize(nd_str_from_c(text), &normalized);
    nd_auto(nd_words) words = nd_words_read(database, normalized.text, ND_WORDS_ANY, 0, "", &error);
    if (!words)
        die(error);
    struct xc_request request = {.query = words->query, .limit = ND_RANKING_DEPTH};
    request.weight = nd_words_weighting();
    xc_auto(xc_results) results = xc_search(database, &request, &error);
    nd_auto(nd_ranking) ranking = nd_ranking_new();
    nd_ranking_add(ranking, words);
    if (!results || !nd_ranking_apply(ranking, database, results, &error))
        die(error);
    for (size_t i = 0; i < MIN(results->n_hits, 100); i++) {
        g_autoptr(GString) name = g_string_new(NULL);
        if (!xc_database_document_data(database, results->hits[i].id, name, &error))
            die(error);
        *strchrnul(name->str, '\t') = '\0';
        g_string_append_printf(run, "%s Q0 %s %zu %.6f retrieval\n", id, name->str, i + 1,
                               results->hits[i].weight);
    }
    nd_normalized_clear(&normalized);
}

/* Of this thread alone, so that other work on the machine does not count. */
static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void run_queries(const char *path, const char *queries)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *contents = NULL;
    xc_auto(xc_database) database = xc_database_open(path, &error);
    if (!database || !g_file_get_contents(queries, &contents, NULL, &error))
        die(error);
    g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GString) run = g_string_new(NULL);
    for (char **line = lines; *line; line++) {
        char *const tab = strchr(*line, '\t');
        if (!tab)
            continue;
        *tab = '\0';
        const double start = cpu_ms();
        run_query(database, *line, tab + 1, run);
        const double ms = cpu_ms() - start;
        g_array_append_val(times, ms);
    }
    fwrite(run->str, 1, run->len, stdout);
    g_array_sort(times, compare_times);
    if (times->len > 0)
        fprintf(stderr, "%u queries, processor time median %.2f ms, p95 %.2f ms\n", times->len,
                g_array_index(times, double, times->len / 2),
                g_array_index(times, double, times->len * 95 / 100));
}

int main(int argc, char **argv)
{
    if (argc == 4 && g_str_equal(argv[1], "index"))
        index_folder(argv[2], argv[3]);
    else if (argc == 4 && g_str_equal(argv[1], "query"))
        run_queries(argv[2], argv[3]);
    else
        return fprintf(stderr, "usage: retrieval index FOLDER DATABASE | query DATABASE QUERIES.tsv\n"), 2;
    return 0;
}
