/*
 * Ranking in isolation: questions through query/words and query/ranking, without snippets or look-ups.
 *
 * usage: retrieval INDEX QUERIES.tsv   TREC run on standard output, times on standard error
 *
 * QUERIES.tsv: query id, TAB, text. A document is called by its file's name, without what follows the first
 * dot.
 */

#include "analyzers/text/normalize.h"
#include "query/ranking.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void die(GError *error)
{
    fprintf(stderr, "retrieval: %s\n", error ? error->message : "failed");
    exit(2);
}

static int compare_times(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void run_query(struct nd_index *index, const char *id, const char *text, GString *run)
{
    g_autoptr(GError) error = NULL;
    struct xc_database *const database = nd_fulltext_database(nd_index_fulltext(index));
    struct nd_normalized normalized;
    nd_normalize(nd_str_from_c(text), &normalized);
    nd_auto(nd_words) words = nd_words_read(index, normalized.text, ND_WORDS_ANY, 0, "", &error);
    if (!words)
        die(error);
    struct xc_request request = {.query = words->query, .limit = ND_RANKING_DEPTH};
    request.weight = nd_words_weighting();
    xc_auto(xc_results) results = xc_search(database, &request, &error);
    nd_auto(nd_ranking) ranking = nd_ranking_new();
    nd_ranking_add(ranking, words);
    if (!results || !nd_ranking_apply(ranking, index, results, &error))
        die(error);
    for (size_t i = 0; i < MIN(results->n_hits, 100); i++) {
        nd_auto(nd_catalog_document) document =
            nd_catalog_document_by_id(nd_index_catalog(index, NULL), results->hits[i].id, &error);
        if (!document)
            die(error);
        g_autofree char *name = g_path_get_basename(document->path);
        *strchrnul(name, '.') = '\0';
        g_string_append_printf(run, "%s Q0 %s %zu %.6f retrieval\n", id, name, i + 1,
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
    nd_auto(nd_index) index = nd_index_open(path, &error);
    if (!index || !g_file_get_contents(queries, &contents, NULL, &error))
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
        run_query(index, *line, tab + 1, run);
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
    if (argc != 3)
        return fprintf(stderr, "usage: retrieval INDEX QUERIES.tsv\n"), 2;
    run_queries(argv[1], argv[2]);
    return 0;
}
