/*
 * The index under kill -9, full disks, failing writes and readers that read meanwhile. A writer fills the
 * index in batches: batch n retires every document of batch n - 1 and adds its own, all marked with n.
 * Whatever happens to it, what a reader sees is all of one batch and nothing of another, the batch is never
 * older than the last one the writer said it had committed, and the next writer makes the index sound again.
 *
 * usage: test_store_faults [--every N]    N: try each Nth call as the place of a fault (default: about 40
 * places)
 */
#include "base/error.h"
#include "corpus/store/index.h"
#include "tests/fault/faults.h"
#include "tests/unit/store/store_sample.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH = 6, BATCHES = 3, EXIT_FAILED = 5 };

static char *scratch;
static unsigned every;

/* ---- the writing program ---- */

static bool add(struct nd_index_writer *writer, unsigned batch, unsigned i, GError **error)
{
    struct store_sample sample;
    char path[64], title[32];
    int64_t id;
    g_snprintf(path, sizeof path, "/tài liệu/%u-%u.txt", batch, i);
    g_snprintf(title, sizeof title, "lô %u", batch);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "lô %u tài liệu %u\n", batch, i);
    for (unsigned k = 0; k < 60; k++)
        g_string_append_printf(text, "chi bộ %u sinh hoạt chuyên đề %u ", k * batch, k + i);
    store_sample_init(&sample, title, text->str);
    const bool ok = store_sample_add(writer, &sample, path, &id, error);
    store_sample_clear(&sample);
    return ok;
}

static bool collect_file(const struct nd_catalog_file *file, void *user_data)
{
    g_array_append_val(user_data, file->id);
    return true;
}

/* Everything of earlier batches goes, batch `batch` comes. */
static bool write_batch(struct nd_index_writer *writer, unsigned batch, GError **error)
{
    struct nd_catalog_writer *catalog = nd_index_writer_catalog(writer);
    g_autoptr(GArray) files = g_array_new(false, false, sizeof(int64_t));
    if (!nd_catalog_each_file(nd_catalog_writer_reader(catalog), collect_file, files, error))
        return false;
    for (guint i = 0; i < files->len; i++) {
        int64_t file = g_array_index(files, int64_t, i);
        if (!nd_index_writer_retire_file(writer, file, error) ||
            !nd_catalog_writer_remove_file(catalog, file, error))
            return false;
    }
    for (unsigned i = 0; i < BATCH; i++)
        if (!add(writer, batch, i, error))
            return false;
    return nd_index_writer_commit(writer, error);
}

/* Writes batches first, first + 1, ...; tells each one that is committed on fd. */
static bool write_batches(const char *dir, unsigned first, unsigned n, int fd, GError **error)
{
    nd_auto(nd_index_writer) writer = nd_index_writer_open(dir, &store_sample_analysis, error);
    for (unsigned batch = first; writer && batch < first + n; batch++) {
        if (!write_batch(writer, batch, error))
            return false;
        if (fd >= 0 && write(fd, &batch, sizeof batch) != sizeof batch)
            return false;
    }
    return writer != NULL;
}

/* ---- looking at the index ---- */

/* The batch all documents of a list are of, 0 for none; the test fails when they are of several or not whole.
 */
struct view {
    unsigned batch, n;
};

static void view_add(struct view *view, const struct nd_catalog_document *document)
{
    unsigned batch = 0;
    g_assert_cmpint(sscanf(document->metadata.title, "lô %u", &batch), ==, 1);
    if (view->n++ == 0)
        view->batch = batch;
    g_assert_cmpuint(batch, ==, view->batch);
}

static bool see_document(const struct nd_catalog_document *document, void *user_data)
{
    view_add(user_data, document);
    return true;
}

static struct xc_results *all_hits(struct nd_index *index)
{
    g_autoptr(GError) error = NULL;
    xc_auto(xc_query) query = xc_query_new_term(xc_bytes_from_c("chuyên"), 1, 0, NULL);
    const struct xc_request request = {.query = query, .limit = 100, .weight = {.scheme = XC_WEIGHT_BOOL}};
    struct xc_results *results = nd_fulltext_search(nd_index_fulltext(index), &request, &error);
    g_assert_no_error(error);
    return results;
}

/* What the full text answers. False when a writer overtook the reader between the two stores: try again. */
static bool view_of_search(struct nd_index *index, struct view *out)
{
    xc_auto(xc_results) hits = all_hits(index);
    struct view view = {0, 0};
    for (size_t i = 0; i < hits->n_hits; i++) {
        g_autoptr(GError) error = NULL;
        int64_t id;
        struct nd_catalog *catalog = nd_index_locate(index, hits->hits[i].id, &id);
        nd_auto(nd_catalog_document) document = nd_catalog_document_by_id(catalog, id, &error);
        if (g_error_matches(error, ND_ERROR, ND_ERROR_NOT_FOUND))
            return false;
        g_assert_no_error(error);
        nd_auto(nd_document) text = nd_catalog_text(catalog, id, &error);
        if (g_error_matches(error, ND_ERROR, ND_ERROR_NOT_FOUND))
            return false;
        g_assert_no_error(error);
        view_add(&view, document);
    }
    g_assert_true(view.n == 0 || view.n == BATCH);
    *out = view;
    return true;
}

static struct view view_of_catalog(struct nd_index *index)
{
    g_autoptr(GError) error = NULL;
    struct view view = {0, 0};
    g_assert_true(nd_catalog_each_document(nd_index_catalog(index, NULL), see_document, &view, &error));
    g_assert_no_error(error);
    g_assert_true(view.n == 0 || view.n == BATCH);
    return view;
}

static void say(const char *line, void *user_data)
{
    g_test_message("%s: %s", (const char *)user_data, line);
}

/* The index as a reader finds it after a fault, and after the next writer has opened it. */
static void assert_sound(const char *dir, unsigned committed)
{
    g_autoptr(GError) error = NULL;
    struct view search;
    {
        nd_auto(nd_index) index = nd_index_open(dir, &error);
        g_assert_no_error(error);
        g_assert_true(view_of_search(index, &search));
        g_assert_cmpuint(search.batch, >=, committed);
        g_assert_cmpuint(view_of_catalog(index).batch, >=, committed);
    }
    nd_index_writer_close(nd_index_writer_open(dir, &store_sample_analysis, &error));
    g_assert_no_error(error);

    size_t n_wrong = 99;
    g_assert_true(nd_index_check(dir, say, (void *)(uintptr_t)dir, &n_wrong, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n_wrong, ==, 0);
    nd_auto(nd_index) index = nd_index_open(dir, &error);
    g_assert_no_error(error);
    g_assert_true(view_of_search(index, &search));
    g_assert_cmpuint(search.batch, >=, committed);
    g_assert_cmpuint(view_of_catalog(index).batch, ==, search.batch);
}

/* ---- running writers ---- */

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static void remove_tree(const char *path)
{
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static char *fresh_index(const char *name)
{
    g_autoptr(GError) error = NULL;
    char *dir = g_build_filename(scratch, name, NULL);
    remove_tree(dir);
    g_assert_true(write_batches(dir, 1, 1, -1, &error));
    g_assert_no_error(error);
    return dir;
}

struct outcome {
    unsigned committed; /* the last batch the writer told of */
    unsigned n_calls;   /* when it was left to finish */
    int status;         /* of wait */
};

/* A process that writes batches 2, 3, 4 into dir, struck by the fault. */
static struct outcome run_writer(const char *dir, enum fault_kind kind, unsigned at)
{
    int pipe_fds[2];
    g_assert_cmpint(pipe(pipe_fds), ==, 0);
    const pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        g_autoptr(GError) error = NULL;
        close(pipe_fds[0]);
        fault_arm(kind, at);
        const bool ok = write_batches(dir, 2, BATCHES, pipe_fds[1], &error);
        const unsigned n_calls = fault_disarm();
        const unsigned report[2] = {0, n_calls};
        if (ok && write(pipe_fds[1], report, sizeof report) != sizeof report)
            _exit(1);
        _exit(ok ? 0 : EXIT_FAILED);
    }
    close(pipe_fds[1]);
    struct outcome outcome = {.committed = 1};
    for (unsigned word; read(pipe_fds[0], &word, sizeof word) == sizeof word;) {
        if (word != 0)
            outcome.committed = word;
        else if (read(pipe_fds[0], &outcome.n_calls, sizeof outcome.n_calls) != sizeof outcome.n_calls)
            break;
    }
    close(pipe_fds[0]);
    g_assert_cmpint(waitpid(child, &outcome.status, 0), ==, child);
    return outcome;
}

static unsigned count_calls(void)
{
    g_autofree char *dir = fresh_index("count");
    const struct outcome outcome = run_writer(dir, FAULT_NONE, 0);
    g_assert_true(WIFEXITED(outcome.status) && WEXITSTATUS(outcome.status) == 0);
    g_assert_cmpuint(outcome.committed, ==, 1 + BATCHES);
    g_assert_cmpuint(outcome.n_calls, >, 50);
    assert_sound(dir, outcome.committed);
    return outcome.n_calls;
}

static void strike_everywhere(const char *name, enum fault_kind kind, unsigned n_places)
{
    const unsigned n_calls = count_calls();
    const unsigned step = every ? every : MAX(1, n_calls / n_places);
    for (unsigned at = 1; at <= n_calls; at += step) {
        g_autofree char *dir = fresh_index(name);
        const struct outcome outcome = run_writer(dir, kind, at);
        g_test_message("fault at call %u of %u: status %d, committed %u", at, n_calls, outcome.status,
                       outcome.committed);
        if (kind == FAULT_KILL)
            g_assert_true(WIFSIGNALED(outcome.status) && WTERMSIG(outcome.status) == SIGKILL);
        else
            g_assert_true(WIFEXITED(outcome.status) &&
                          (WEXITSTATUS(outcome.status) == EXIT_FAILED || WEXITSTATUS(outcome.status) == 0));
        assert_sound(dir, outcome.committed);
    }
}

/* ---- the tests ---- */

static void test_kill(void)
{
    strike_everywhere("kill", FAULT_KILL, 40);
}

static void test_full_disk(void)
{
    strike_everywhere("full", FAULT_FULL, 20);
}

static void test_failed_call(void)
{
    strike_everywhere("io", FAULT_IO, 20);
}

static void test_second_writer(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = fresh_index("locked");
    nd_auto(nd_index_writer) writer = nd_index_writer_open(dir, &store_sample_analysis, &error);
    g_assert_no_error(error);
    g_assert_null(nd_index_writer_open(dir, &store_sample_analysis, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_LOCKED);
    g_clear_error(&error);
    size_t n_wrong;
    g_assert_false(nd_index_check(dir, say, dir, &n_wrong, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_LOCKED);
}

static void test_readers(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *dir = fresh_index("readers");
    const pid_t child = fork();
    if (child == 0)
        _exit(write_batches(dir, 2, 40, -1, &error) ? 0 : EXIT_FAILED);
    nd_auto(nd_index) index = nd_index_open(dir, &error);
    g_assert_no_error(error);
    unsigned n_reads = 0, n_overtaken = 0, last = 0, n_seen = 0;
    int status = 0;
    do {
        struct view view;
        g_assert_true(nd_fulltext_refresh(nd_index_fulltext(index), &error));
        if (view_of_search(index, &view)) {
            n_seen += view.batch != last;
            g_assert_cmpuint(view.batch, >=, last);
            last = view.batch;
        } else {
            n_overtaken++;
        }
        view_of_catalog(index);
        n_reads++;
    } while (waitpid(child, &status, WNOHANG) == 0);
    g_test_message("%u reads saw %u batches, overtaken %u times", n_reads, n_seen, n_overtaken);
    g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    g_assert_cmpuint(n_seen, >, 1);
    g_assert_cmpuint(n_overtaken, <, n_reads);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (argc == 3 && strcmp(argv[1], "--every") == 0)
        every = (unsigned)strtoul(argv[2], NULL, 10);
    /* In memory where that is possible: a kill takes nothing from the system's cache, and waiting for a disk
     * shows nothing. */
    scratch = g_strdup("/dev/shm/ndsearch-fault-XXXXXX");
    if (!g_mkdtemp(scratch)) {
        g_free(scratch);
        scratch = g_dir_make_tmp("ndsearch-fault-XXXXXX", NULL);
    }
    g_assert_nonnull(scratch);
    g_test_add_func("/faults/a killed writer leaves the last committed batch or the next one", test_kill);
    g_test_add_func("/faults/a full disk ends the writer and harms nothing", test_full_disk);
    g_test_add_func("/faults/a failed call ends the writer and harms nothing", test_failed_call);
    g_test_add_func("/faults/a second writer and a check are told of the lock", test_second_writer);
    g_test_add_func("/faults/readers see one batch whole while others are written", test_readers);
    const int failed = g_test_run();
    remove_tree(scratch);
    g_free(scratch);
    return failed;
}
