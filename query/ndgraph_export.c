/* Commands of ndgraph that carry the graph out and people's decisions in: export, review, dump, restore. */

#include "query/ndgraph.h"

#include "base/caps.h"
#include "base/i18n.h"
#include "query/graph_export.h"
#include "query/graph_figures.h"
#include "query/review.h"
#include "query/review_queue.h"
#include "query/session.h"

#include <errno.h>
#include <string.h>

/* ---- export ---- */

/* The ids of the documents a query finds. */
static GArray *documents_of(struct nd_session *session, const char *query, GError **error)
{
    const struct nd_search_request request = {.query = query,
                                              .query_size = strlen(query),
                                              .limit = ND_CAP_RESULT_WINDOW,
                                              .bare = true,
                                              .exact = true};
    nd_auto(nd_results) results = nd_search(session, &request, NULL, error);
    if (!results)
        return NULL;
    if (results->n_matches > ND_CAP_RESULT_WINDOW) {
        g_set_error(error, ND_ERROR, ND_ERROR_LIMIT,
                    _("the query finds more than %d documents; narrow it, or export without one"),
                    ND_CAP_RESULT_WINDOW);
        return NULL;
    }
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    for (size_t i = 0; i < results->n_hits; i++)
        g_array_append_val(ids, results->hits[i].id);
    return ids;
}

int nd_graph_export_command(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    struct nd_graph_filter filter = {.figures = nd_graph_figures_compute};
    g_autoptr(GArray) ids = NULL;
    if (argc > 1 && !(ids = documents_of(run->session, argv[1], error)))
        return 0;
    if (ids) {
        filter.documents = (const int64_t *)(void *)ids->data;
        filter.n_documents = ids->len;
        filter.by_documents = true;
    }
    nd_graph_export(run->session, nd_graph_format_by_name(run->options->format), &filter, stdout, error);
    return ND_EXIT_SUCCESS;
}

/* ---- files ---- */

static bool read_file(const char *path, GBytes **out, GError **error)
{
    g_autofree char *text = NULL;
    size_t size = 0;
    GError *cause = NULL;
    if (!g_file_get_contents(path, &text, &size, &cause)) {
        g_set_error(error, ND_ERROR, ND_ERROR_IO, "%s", cause->message);
        g_error_free(cause);
        return false;
    }
    *out = g_bytes_new_take(g_steal_pointer(&text), size);
    return true;
}

static struct nd_bytes bytes_of(GBytes *bytes)
{
    size_t size;
    const uint8_t *data = g_bytes_get_data(bytes, &size);
    return (struct nd_bytes){data, size};
}

/* FILE of an argument, standard output for "-" or none. */
static FILE *output_of(const char *path, GError **error)
{
    FILE *file = !path || strcmp(path, "-") == 0 ? stdout : fopen(path, "we");
    if (!file)
        nd_error_set_errno(error, errno, "%s", path);
    return file;
}

static bool close_output(FILE *file, GError **error)
{
    bool failed = fflush(file) != 0 || ferror(file);
    if (file != stdout)
        failed |= fclose(file) != 0;
    if (failed)
        nd_error_set_errno(error, errno, "%s", _("cannot write"));
    return !failed;
}

/* ---- review ---- */

static int review_export(struct nd_graph_run *run, const char *path, GError **error)
{
    const struct nd_review_filter filter = {.max_rows = (size_t)MAX(run->options->count, 0)};
    nd_auto(nd_index) index = nd_index_open(run->index_dir, error);
    FILE *out = index ? output_of(path, error) : NULL;
    if (!out)
        return 0;
    size_t n = 0;
    bool done = nd_review_export(nd_index_catalog(index), &filter, out, &n, error);
    if (!close_output(out, done ? error : NULL) || !done)
        return 0;
    return n ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

struct tally {
    size_t counts[ND_REVIEW_REFUSED + 1];
};

static const char *const result_names[] = {
    [ND_REVIEW_SKIPPED] = N_("skipped"),
    [ND_REVIEW_TAKEN] = N_("taken"),
    [ND_REVIEW_REPEATED] = N_("repeated"),
    [ND_REVIEW_REFUSED] = N_("refused"),
};

static void print_line(const struct nd_review_report *report, void *user_data)
{
    struct tally *tally = user_data;
    tally->counts[report->result]++;
    if (report->result == ND_REVIEW_SKIPPED)
        return;
    printf("%zu\t%s\t%zu\t%s\n", report->line, _(result_names[report->result]), report->n_citations,
           report->message);
}

static int review_import(struct nd_graph_run *run, const char *path, GError **error)
{
    g_autoptr(GBytes) table = NULL;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    struct tally tally = {0};
    const struct nd_review_import options = {.author = run->options->author ?: g_get_user_name(),
                                             .time = time,
                                             .dry_run = run->options->dry_run,
                                             .report = print_line,
                                             .user_data = &tally};
    if (!read_file(path, &table, error))
        return 0;
    nd_auto(nd_index_writer) writer = nd_review_writer_open(run->index_dir, error);
    if (!writer || !nd_review_import(nd_index_writer_catalog(writer), bytes_of(table), &options, error) ||
        (!options.dry_run && !nd_index_writer_commit(writer, error)))
        return 0;
    return tally.counts[ND_REVIEW_REFUSED] ? ND_EXIT_PARTIAL : ND_EXIT_SUCCESS;
}

int nd_graph_review(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    if (strcmp(argv[1], "export") == 0)
        return review_export(run, argc > 2 ? argv[2] : NULL, error);
    if (strcmp(argv[1], "import") == 0 && argc > 2)
        return review_import(run, argv[2], error);
    g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "%s",
                _("usage: ndgraph review export [FILE] | import FILE"));
    return 0;
}

int nd_graph_dump(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    FILE *out = output_of(argc > 1 ? argv[1] : NULL, error);
    if (!out || !nd_session_enter(run->session, error))
        return 0;
    bool done = nd_review_dump(run->session->catalog, out, error);
    nd_session_leave(run->session);
    close_output(out, done ? error : NULL);
    return ND_EXIT_SUCCESS;
}

int nd_graph_restore(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    g_autoptr(GBytes) text = NULL;
    size_t n = 0;
    if (!read_file(argv[1], &text, error))
        return 0;
    nd_auto(nd_index_writer) writer = nd_review_writer_open(run->index_dir, error);
    if (!writer || !nd_review_restore(nd_index_writer_catalog(writer), bytes_of(text), &n, error) ||
        !nd_index_writer_commit(writer, error))
        return 0;
    printf(ngettext("%zu decision restored\n", "%zu decisions restored\n", n), n);
    return ND_EXIT_SUCCESS;
}
