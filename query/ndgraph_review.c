/* Commands of ndgraph by which people decide: review, authority, and the log of both: dump, restore. */

#include "query/ndgraph.h"

#include "base/i18n.h"
#include "graph/decisions.h"
#include "query/review.h"
#include "query/review_queue.h"
#include "query/session.h"

#include <errno.h>
#include <string.h>

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

/* ---- rows as they are taken ---- */

struct tally {
    size_t counts[ND_N_REVIEW_RESULTS];
};

static const char *const result_names[ND_N_REVIEW_RESULTS] = {
    [ND_REVIEW_SKIPPED] = N_("skipped"),   [ND_REVIEW_TAKEN] = N_("taken"),
    [ND_REVIEW_REPEATED] = N_("repeated"), [ND_REVIEW_REFUSED] = N_("refused"),
    [ND_REVIEW_AFFECTED] = N_("affected"),
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

/* Runs one change of the index, committed unless it is a dry run. */
static int change(struct nd_graph_run *run,
                  bool (*apply)(struct nd_catalog_writer *, const struct nd_review_import *, void *,
                                GError **),
                  void *input, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *time = g_date_time_format(now, ND_DECISION_TIME);
    struct tally tally = {0};
    const struct nd_review_import options = {.author = run->options->author ?: g_get_user_name(),
                                             .time = time,
                                             .visible = ND_SECRECY_MOST_SECRET,
                                             .dry_run = run->options->dry_run,
                                             .report = print_line,
                                             .user_data = &tally};
    nd_auto(nd_index_writer) writer = nd_review_writer_open(run->index_dir, error);
    if (!writer || !apply(nd_index_writer_catalog(writer), &options, input, error) ||
        (!options.dry_run && !nd_index_writer_commit(writer, error)))
        return 0;
    return tally.counts[ND_REVIEW_REFUSED] ? ND_EXIT_PARTIAL : ND_EXIT_SUCCESS;
}

static bool apply_review(struct nd_catalog_writer *writer, const struct nd_review_import *options,
                         void *table, GError **error)
{
    return nd_review_import(writer, bytes_of(table), options, error);
}

static bool apply_authority(struct nd_catalog_writer *writer, const struct nd_review_import *options,
                            void *table, GError **error)
{
    return nd_authority_import(writer, bytes_of(table), options, error);
}

static bool apply_undo(struct nd_catalog_writer *writer, const struct nd_review_import *options, void *id,
                       GError **error)
{
    return nd_review_undo(writer, id, options, error);
}

static bool apply_restore(struct nd_catalog_writer *writer, const struct nd_review_import *options,
                          void *text, GError **error)
{
    size_t n = 0;
    (void)options;
    if (!nd_review_restore(writer, bytes_of(text), &n, error))
        return false;
    printf(nd_translate_n("%zu decision restored\n", "%zu decisions restored\n", n), n);
    return true;
}

/* ---- what is written out ---- */

static bool write_review(struct nd_graph_run *run, struct nd_session *session, FILE *out, size_t *n_out,
                         GError **error)
{
    const struct nd_review_filter filter = {.max_rows = (size_t)MAX(run->options->count, 0),
                                            .decided = run->options->decided};
    return nd_review_export(session, &filter, out, n_out, error);
}

static bool write_authority(struct nd_graph_run *run, struct nd_session *session, FILE *out, size_t *n_out,
                            GError **error)
{
    (void)run;
    *n_out = 1;
    return nd_authority_export(session, out, error);
}

static bool write_dump(struct nd_graph_run *run, struct nd_session *session, FILE *out, size_t *n_out,
                       GError **error)
{
    (void)run;
    *n_out = 1;
    return nd_review_dump(session, out, error);
}

/* A table: id, time, who, whether it stands, the document, the words, what was decided. */
static bool write_log(struct nd_graph_run *run, struct nd_session *session, FILE *out, size_t *n_out,
                      GError **error)
{
    g_autoptr(GPtrArray) log = nd_review_log(session, (size_t)MAX(run->options->count, 0), error);
    for (guint i = 0; log && i < log->len; i++) {
        const struct nd_review_entry *entry = log->pdata[i];
        g_autofree char *value = g_strdelimit(g_strdup(entry->value ? entry->value : ""), "\n", ' ');
        fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s%s%s\n", entry->id, entry->time, entry->author,
                entry->stands ? _("stands") : "-", entry->document, entry->quote, entry->verdict,
                *value ? " " : "", value);
    }
    *n_out = log ? log->len : 0;
    return log != NULL;
}

static int write_out(struct nd_graph_run *run, const char *path,
                     bool (*write)(struct nd_graph_run *, struct nd_session *, FILE *, size_t *, GError **),
                     GError **error)
{
    size_t n = 0;
    nd_auto(nd_session) session = nd_session_open(run->index_dir, ND_SECRECY_MOST_SECRET, error);
    FILE *out = session ? output_of(path, error) : NULL;
    if (!out)
        return 0;
    const bool done = write(run, session, out, &n, error);
    if (!close_output(out, done ? error : NULL) || !done)
        return 0;
    return n ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

/* ---- commands ---- */

static int read_in(struct nd_graph_run *run, const char *path,
                   bool (*apply)(struct nd_catalog_writer *, const struct nd_review_import *, void *,
                                 GError **),
                   GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    return read_file(path, &bytes, error) ? change(run, apply, bytes, error) : 0;
}

int nd_graph_review(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    if (strcmp(argv[1], "export") == 0)
        return write_out(run, argc > 2 ? argv[2] : NULL, write_review, error);
    if (strcmp(argv[1], "log") == 0 && argc == 2)
        return write_out(run, NULL, write_log, error);
    if (strcmp(argv[1], "import") == 0 && argc > 2)
        return read_in(run, argv[2], apply_review, error);
    if (strcmp(argv[1], "undo") == 0 && argc > 2)
        return change(run, apply_undo, argv[2], error);
    g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "%s",
                _("usage: ndgraph review export [FILE] | import FILE | log | undo ID"));
    return 0;
}

int nd_graph_authority(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    if (strcmp(argv[1], "export") == 0)
        return write_out(run, argc > 2 ? argv[2] : NULL, write_authority, error);
    if (strcmp(argv[1], "import") == 0 && argc > 2)
        return read_in(run, argv[2], apply_authority, error);
    g_set_error(error, ND_ERROR, ND_ERROR_USAGE, "%s",
                _("usage: ndgraph authority export [FILE] | import FILE"));
    return 0;
}

int nd_graph_dump(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    return write_out(run, argc > 1 ? argv[1] : NULL, write_dump, error);
}

int nd_graph_restore(struct nd_graph_run *run, int argc, char **argv, GError **error)
{
    (void)argc;
    return read_in(run, argv[1], apply_restore, error);
}
