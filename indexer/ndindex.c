/* ndindex: builds and refreshes an index; see man/ndindex.1. */

#include "base/i18n.h"
#include "base/program.h"
#include "base/settings.h"
#include "corpus/read/diagnostics.h"
#include "corpus/store/index.h"
#include "graph/update.h"
#include "indexer/diagnostics.h"
#include "indexer/extract.h"
#include "indexer/hints.h"
#include "indexer/pipeline.h"
#include "indexer/status.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

struct options {
    gboolean status, check, rebuild_graph, verify, json;
    int jobs;
    char *extract, *why, *place, *manifest;
};

static void options_clear(struct options *options)
{
    g_free(options->extract);
    g_free(options->why);
    g_free(options->place);
    g_free(options->manifest);
}

static bool usage_error(GError **error, const char *message)
{
    g_set_error_literal(error, ND_ERROR, ND_ERROR_USAGE, message);
    return false;
}

/* What a run does is one thing; the options that go with it are checked here once. */
static bool check_options(const struct options *options, int n_paths, GError **error)
{
    const int modes = options->status + options->check + options->rebuild_graph + (options->extract != NULL) +
                      (options->why != NULL) + (n_paths > 0);
    if (modes == 0)
        return usage_error(error, _("name the files or folders to index (or see ndindex --help)"));
    if (modes > 1)
        return usage_error(error,
                           _("PATH, --status, --check, --rebuild-graph, --extract and --why exclude each "
                             "other"));
    if (options->json && !options->extract && !options->status)
        return usage_error(error, _("--json goes with --extract or --status"));
    if (n_paths == 0 && (options->verify || options->place || options->manifest))
        return usage_error(error, _("--verify, --place and --manifest go with the folders to index"));
    if (options->jobs < 0 || options->jobs > 64)
        return usage_error(error, _("--jobs takes a number from 1 to 64"));
    return true;
}

static bool extract(const struct options *options, int *status_out, GError **error)
{
    bool partial;
    if (!nd_extract_print(options->extract, options->json, &partial, error))
        return false;
    *status_out = partial ? ND_EXIT_PARTIAL : ND_EXIT_SUCCESS;
    return true;
}

static void print_check_line(const char *line, void *user_data)
{
    (void)user_data;
    nd_program_note("%s", line);
}

static bool check(const char *index_dir, GError **error)
{
    size_t n_wrong;
    if (!nd_index_check(index_dir, print_check_line, NULL, &n_wrong, error))
        return false;
    if (n_wrong > 0)
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, _("index '%s': %zu things are wrong"), index_dir,
                    n_wrong);
    else
        puts(_("the index is sound"));
    return n_wrong == 0;
}

static bool rebuild_graph(const char *index_dir, GError **error)
{
    struct nd_graph_stats stats;
    /* Opened for reading first: what is no index must not become one. */
    nd_auto(nd_index) index = nd_index_open(index_dir, error);
    nd_auto(nd_index_writer) writer = index ? nd_update_open_writer(index_dir, error) : NULL;
    if (!writer || !nd_graph_rebuild(nd_index_writer_catalog(writer), &stats, error) ||
        !nd_index_writer_commit(writer, error))
        return false;
    printf(_("%zu citations of %zu documents resolved\n"), stats.mentions, stats.documents);
    return true;
}

/* ---- updating ---- */

static volatile sig_atomic_t interrupted;

/* The first signal asks for a committed state and an orderly end; a second one ends the program there and
 * then. */
static void interrupt(int signal_number)
{
    interrupted = signal_number;
    signal(signal_number, SIG_DFL);
}

static bool was_interrupted(void)
{
    return interrupted != 0;
}

#define PROBLEMS_SHOWN 20

struct problems {
    unsigned n;
};

static void print_problem(const char *path, const char *member, const struct nd_diagnostic *diagnostic,
                          void *user_data)
{
    struct problems *problems = user_data;
    if (nd_diagnostic_severity(diagnostic->code) == ND_SEVERITY_NOTE || problems->n++ >= PROBLEMS_SHOWN)
        return;
    g_autofree char *line = nd_diagnostic_line(path, member, diagnostic);
    nd_program_note("%s", line);
}

static void print_report(const struct nd_update_report *report, const struct problems *problems)
{
    printf(_("%" PRIu64 " files: %" PRIu64 " new, %" PRIu64 " changed, %" PRIu64 " moved, %" PRIu64
             " unchanged, %" PRIu64 " removed\n"),
           report->files, report->added, report->changed, report->moved, report->unchanged, report->removed);
    printf(_("the index holds %" PRId64 " documents and %" PRId64 " citations\n"), report->counts.documents,
           report->counts.mentions);
    fflush(stdout);
    if (report->files == 0)
        nd_program_note("%s", _("there are no documents below what was named"));
    if (problems->n > PROBLEMS_SHOWN)
        nd_program_note(_("%u more files have remarks: see ndindex --status"), problems->n - PROBLEMS_SHOWN);
    if (report->stopped)
        nd_program_note(_("interrupted after %" PRIu64 " of %" PRIu64
                          " files; what was read is in the index, run again to go on"),
                        report->done, report->todo);
}

static bool update(const struct options *options, char **paths, const char *index_dir, int *status_out,
                   GError **error)
{
    signal(SIGINT, interrupt);
    signal(SIGTERM, interrupt);
    signal(SIGPIPE, SIG_IGN); /* nobody reading our summary must not end a run half way */
    nd_auto(nd_hints) hints = nd_hints_new();
    if ((options->place && !nd_hints_set_place(hints, options->place, error)) ||
        (options->manifest && !nd_hints_load_manifest(hints, options->manifest, error)))
        return false;
    const struct nd_update_options update_options = {
        .index_dir = index_dir,
        .paths = paths,
        .hints = hints,
        .jobs = (unsigned)options->jobs,
        .verify = options->verify,
        .stopped = was_interrupted,
    };
    struct nd_update_report report;
    struct problems problems = {0};
    if (!nd_update_run(&update_options, print_problem, &problems, &report, error))
        return false;
    print_report(&report, &problems);
    *status_out = report.stopped ? 128 + interrupted : problems.n > 0 ? ND_EXIT_PARTIAL : ND_EXIT_SUCCESS;
    return true;
}

static bool run(const struct options *options, char **paths, const char *index_dir, int *status_out,
                GError **error)
{
    if (options->extract)
        return extract(options, status_out, error);
    if (options->status)
        return nd_status_print(index_dir, options->json, error);
    if (options->why)
        return nd_status_why(index_dir, options->why, error);
    if (options->check)
        return check(index_dir, error);
    if (options->rebuild_graph)
        return rebuild_graph(index_dir, error);
    return update(options, paths, index_dir, status_out, error);
}

int main(int argc, char **argv)
{
    __attribute__((cleanup(options_clear))) struct options options = {0};
    const GOptionEntry entries[] = {
        {"status", 0, 0, G_OPTION_ARG_NONE, &options.status,
         N_("show what the index holds and what was not read, and why"), NULL},
        {"why", 0, 0, G_OPTION_ARG_FILENAME, &options.why, N_("show what the index knows of one file"),
         N_("FILE")},
        {"check", 0, 0, G_OPTION_ARG_NONE, &options.check, N_("verify both stores of the index"), NULL},
        {"rebuild-graph", 0, 0, G_OPTION_ARG_NONE, &options.rebuild_graph, N_("resolve every citation again"),
         NULL},
        {"verify", 0, 0, G_OPTION_ARG_NONE, &options.verify,
         N_("compare contents, not only size, time and inode"), NULL},
        {"place", 0, 0, G_OPTION_ARG_FILENAME, &options.place,
         N_("the province of documents that do not name theirs"), N_("NAME")},
        {"manifest", 0, 0, G_OPTION_ARG_FILENAME, &options.manifest,
         N_("a list of folders and their provinces"), N_("FILE")},
        {"jobs", 'j', 0, G_OPTION_ARG_INT, &options.jobs,
         N_("threads that read documents (as many as processors)"), N_("N")},
        {"extract", 0, 0, G_OPTION_ARG_FILENAME, &options.extract,
         N_("print what is read from one file, and index nothing"), N_("FILE")},
        {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("print --extract and --status as JSON"), NULL},
        {0},
    };
    const struct nd_program program = {
        .name = "ndindex",
        .arguments = N_("PATH…"),
        .summary = N_("Builds or refreshes the index of the documents in files and folders."),
        .options = entries,
        .takes_index = true,
    };
    int status = ND_EXIT_SUCCESS;
    g_autofree char *index_option = NULL;
    g_autoptr(GError) error = NULL;
    nd_program_init(program.name);
    if (!nd_program_parse(&program, &argc, &argv, &index_option, &status))
        return status;
    g_autofree char *index_dir = nd_settings_index_dir(index_option, &error);
    if (!index_dir || !check_options(&options, argc - 1, &error) ||
        !run(&options, argv + 1, index_dir, &status, &error))
        return nd_program_fail(error);
    return nd_program_finish(status);
}
