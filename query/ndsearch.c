/* ndsearch: answers queries over an index. */

#include "base/caps.h"
#include "base/i18n.h"
#include "base/nearest.h"
#include "base/program.h"
#include "base/settings.h"
#include "query/complete.h"
#include "query/language.h"
#include "query/output.h"
#include "query/preferences.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct options {
    int count, offset, until, passages;
    char *sort, *format, *batch, *visible, *why, *complete;
    gboolean facets, explain, exact, nul, serve, every_file;
};

/* A count that was not given: no number that means anything. */
enum { NO_COUNT = G_MININT, COUNT = 10 };

static struct options options = {.count = NO_COUNT, .passages = 1};

static const GOptionEntry entries[] = {
    {"count", 'n', 0, G_OPTION_ARG_INT, &options.count, N_("show N results (10)"), "N"},
    {"offset", 0, 0, G_OPTION_ARG_INT, &options.offset, N_("leave out the first N results"), "N"},
    {"until", 0, 0, G_OPTION_ARG_INT, &options.until,
     N_("leave out what came after a first page (its \"until\")"), "N"},
    {"sort", 's', 0, G_OPTION_ARG_FILENAME, &options.sort,
     N_("relevance, date, -date (newest), title, citations"), N_("ORDER")},
    {"format", 'f', 0, G_OPTION_ARG_FILENAME, &options.format, N_("text, json, tsv, trec or paths"),
     N_("FORMAT")},
    {"null", '0', 0, G_OPTION_ARG_NONE, &options.nul, N_("end each path in NUL; implies --format paths"),
     NULL},
    {"passages", 'p', 0, G_OPTION_ARG_INT, &options.passages, N_("show N passages of each document (1)"),
     "N"},
    {"facets", 0, 0, G_OPTION_ARG_NONE, &options.facets,
     N_("count by type, issuer, level, place, year, relation"), NULL},
    {"exact", 0, 0, G_OPTION_ARG_NONE, &options.exact, N_("count all matches instead of estimating"), NULL},
    {"every-file", 0, 0, G_OPTION_ARG_NONE, &options.every_file,
     N_("show each file of one document by itself"), NULL},
    {"batch", 0, 0, G_OPTION_ARG_FILENAME, &options.batch,
     N_("answer each line of FILE: an id, a tab, a query"), N_("FILE")},
    {"visible", 0, 0, G_OPTION_ARG_FILENAME, &options.visible,
     N_("show up to none, secret, top-secret, most-secret"), N_("STAMP")},
    {"why", 0, 0, G_OPTION_ARG_FILENAME, &options.why, N_("say why QUERY does or does not find FILE"),
     N_("FILE")},
    {"explain", 0, 0, G_OPTION_ARG_NONE, &options.explain, N_("say how the query was understood"), NULL},
    {"serve", 0, 0, G_OPTION_ARG_NONE, &options.serve,
     N_("show the pages to a browser here; QUERY is a port"), NULL},
    {"complete", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options.complete,
     "what WORD may become, for the completion of shells", "WORD"},
    {0},
};

static const struct nd_program program = {
    .name = "ndsearch",
    .arguments = N_("QUERY…"),
    .summary = N_("Search an index of Vietnamese Party and state documents."),
    .description = N_("QUERY is words (accents optional), \"phrases\", AND OR NOT -, NEAR/n, prefix*,\n"
                      "fields (loại:KH tỉnh:\"Lai Châu\" năm:2018..2022), citations (21-NQ/TW), relations\n"
                      "(implements:21-NQ/TW): see ndsearch-query(7).\n"),
    .options = entries,
    .takes_index = true,
};

static bool usage_error(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool usage_error(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, ND_ERROR, ND_ERROR_USAGE, message);
    return false;
}

/* What all queries of this run have in common. */
struct run {
    struct nd_session *session;
    const struct nd_output_format *format;
    struct nd_output output;
    struct nd_search_request request;
};

static bool choose_format(struct run *run, GError **error)
{
    const char *const name = options.format ? options.format : options.nul ? "paths" : "text";
    run->format = nd_output_format_by_name(name);
    if (!run->format) {
        const char *names[8] = {0};
        for (size_t i = 0; nd_output_formats[i].name; i++)
            names[i] = nd_output_formats[i].name;
        const char *const meant = nd_nearest(name, names);
        return meant ? usage_error(error, _("unknown format \"%s\"; did you mean \"%s\"?"), name, meant)
                     : usage_error(error, _("unknown format \"%s\""), name);
    }
    return true;
}

static bool choose(struct run *run, enum nd_secrecy *visible_out, GError **error)
{
    if (!options.nul && !nd_preference_format(&options.format, error))
        return false;
    if (!choose_format(run, error) || !nd_preference_visible(options.visible, visible_out, error) ||
        !nd_preference_terminal(STDOUT_FILENO, &run->output.layout.terminal, error))
        return false;
    if (options.count == NO_COUNT && !nd_preference_count(&options.count, error))
        return false;
    if (options.count == NO_COUNT)
        options.count = COUNT;
    if (options.count < 0 || options.offset < 0 || options.passages < 0)
        return usage_error(error, _("a number of results cannot be negative"));
    if (options.sort && !nd_sort_parse(options.sort, &run->request.sort))
        return usage_error(error, _("unknown order \"%s\": relevance, date, -date, title or citations"),
                           options.sort);
    run->request.limit = (uint32_t)options.count;
    run->request.offset = (uint32_t)options.offset;
    run->request.until = (uint32_t)MAX(options.until, 0);
    run->request.n_passages = run->format->bare ? 0 : (unsigned)MIN(options.passages, 20);
    run->request.facets = options.facets ? ND_FACETS_ALL : ND_FACETS_NONE;
    run->request.exact = options.exact;
    run->request.explain = options.explain;
    run->request.bare = run->format->bare;
    run->request.card = !run->format->bare;
    run->request.fold = run->format->folds && !options.every_file;
    run->output.layout.out = stdout;
    run->output.nul = options.nul;
    return true;
}

/* Errors of the query show where in it they are. */
static int fail_in_query(const struct nd_search_request *request, size_t position, const GError *error)
{
    const int status = nd_program_fail(error);
    if (g_error_matches(error, ND_ERROR, ND_ERROR_USAGE) ||
        g_error_matches(error, ND_ERROR, ND_ERROR_LIMIT)) {
        g_autofree char *caret = nd_syntax_caret(request->query, request->query_size, position);
        fprintf(stderr, "%s\n", caret);
    }
    return status;
}

static int answer(struct run *run, const char *query, size_t query_size, const char *query_id)
{
    g_autoptr(GError) error = NULL;
    size_t position = 0;
    run->request.query = query;
    run->request.query_size = query_size;
    nd_auto(nd_results) results = nd_search(run->session, &run->request, &position, &error);
    if (!results)
        return fail_in_query(&run->request, position, error);
    run->format->print(&run->output, query_id, &run->request, results);
    const bool empty =
        !results->card && (results->n_matches == 0 || (results->n_hits == 0 && options.count > 0));
    if (query_id)
        return empty ? ND_EXIT_NO_MATCH : ND_EXIT_SUCCESS;
    if (results->corrected)
        nd_program_note(_("read as: %s"), results->corrected);
    if (empty && results->n_matches == 0)
        nd_program_note("%s", _("no match"));
    else if (empty)
        nd_program_note("%s", _("no more results"));
    for (char **remark = results->remarks; remark && *remark; remark++)
        nd_program_note("%s", *remark);
    return empty ? ND_EXIT_NO_MATCH : ND_EXIT_SUCCESS;
}

/* One query a line: id, tab, query. The status is the worst of those that are no mere misses. */
static int answer_batch(struct run *run, const char *path)
{
    FILE *const file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!file) {
        g_autoptr(GError) error = NULL;
        nd_error_set_errno(&error, errno, "%s", path);
        return nd_program_fail(error);
    }
    int status = ND_EXIT_SUCCESS;
    char *buffer = NULL;
    size_t size = 0;
    for (ssize_t n; (n = getline(&buffer, &size, file)) > 0;) {
        while (n > 0 && (buffer[n - 1] == '\n' || buffer[n - 1] == '\r'))
            n--;
        char *const tab = memchr(buffer, '\t', (size_t)n);
        if (n == 0)
            continue;
        if (!tab) {
            g_autoptr(GError) error =
                g_error_new(ND_ERROR, ND_ERROR_USAGE, _("%s: a line without a tab"), path);
            status = nd_program_fail(error);
            break;
        }
        *tab = '\0';
        const int one = answer(run, tab + 1, (size_t)(buffer + n - tab - 1), buffer);
        if (one != ND_EXIT_NO_MATCH)
            status = MAX(status, one);
    }
    free(buffer);
    if (file != stdin)
        fclose(file);
    return status;
}

/* Why the query finds a file or does not. */
static int explain_why(struct run *run, const char *query)
{
    const struct nd_layout *const layout = &run->output.layout;
    g_autoptr(GError) error = NULL;
    size_t position = 0;
    char *const real = realpath(options.why, NULL);
    g_autofree char *path = real ? g_strdup(real) : g_canonicalize_filename(options.why, NULL);
    free(real);
    nd_auto(nd_why) why = nd_why_find(run->session, path, query, &position, &error);
    run->request.query = query;
    run->request.query_size = strlen(query);
    if (!why)
        return fail_in_query(&run->request, position, error);
    if (why->shown_as)
        fprintf(layout->out, _("has the same text as %s, which is shown in its place\n"), why->shown_as);
    for (size_t i = 0; i < why->n_parts; i++) {
        const struct nd_why_part *const part = &why->parts[i];
        const bool good = part->matches != part->excluded;
        nd_layout_cell(layout, good ? ND_STYLE_GOOD : ND_STYLE_WARN, good ? _("yes") : _("no"), 8);
        nd_layout_text(layout, ND_STYLE_TITLE, part->text);
        if (part->advice) {
            fputs("  ", layout->out);
            nd_layout_text(layout, ND_STYLE_PLAIN, part->advice);
        }
        fputc('\n', layout->out);
    }
    if (why->rank > 0)
        fprintf(layout->out, _("found, at place %u\n"), why->rank);
    else
        fprintf(layout->out, "%s\n", why->matches ? _("found, far behind") : _("not found"));
    return why->matches ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

static int complete(struct nd_session *session)
{
    enum { WORDS_SHOWN = 200 };
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) words = nd_complete(session, options.complete, WORDS_SHOWN, &error);
    if (!words)
        return nd_program_fail(error);
    for (char **word = words; *word; word++)
        puts(*word);
    return words[0] ? ND_EXIT_SUCCESS : ND_EXIT_NO_MATCH;
}

/* Becomes ndserve, which stands beside this program: searching must not load what serving needs. */
static bool serve(const char *index_option, const char *port, GError **error)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", error);
    if (!self)
        return false;
    g_autofree char *folder = g_path_get_dirname(self);
    g_autofree char *program_path = g_build_filename(folder, "ndserve", NULL);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, program_path);
    if (index_option) {
        g_ptr_array_add(arguments, (gpointer) "--index");
        g_ptr_array_add(arguments, (gpointer)index_option);
    }
    if (port)
        g_ptr_array_add(arguments, (gpointer)port);
    g_ptr_array_add(arguments, NULL);
    execv(program_path, (char **)arguments->pdata);
    nd_error_set_errno(error, errno, "%s", program_path);
    return false;
}

/* What a question takes of memory is asked of the system at once, and given back with the process. */
static void grow_at_once(void)
{
#ifdef M_TOP_PAD
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

int main(int argc, char **argv)
{
    int status;
    g_autofree char *index_option = NULL;
    nd_program_init(program.name);
    if (!nd_program_parse(&program, &argc, &argv, &index_option, &status))
        nd_program_leave(status);
    g_autoptr(GError) error = NULL;
    if (options.serve && !serve(index_option, argv[1], &error))
        return nd_program_fail(error);
    struct run run = {0};
    enum nd_secrecy visible;
    if (!choose(&run, &visible, &error))
        return nd_program_fail(error);
    if (argc < 2 && !options.batch && !options.complete) {
        usage_error(&error, "%s", _("nothing to search for; 'ndsearch --help' shows how"));
        return nd_program_fail(error);
    }
    grow_at_once();
    g_autofree char *index_dir = nd_settings_index_dir(index_option, &error);
    nd_auto(nd_session) session = index_dir ? nd_session_open_joined(index_dir, visible, &error) : NULL;
    if (!session)
        return nd_program_fail(error);
    run.session = session;
    if (!options.batch && run.request.sort != ND_SORT_CITATIONS)
        nd_session_expect_few(session);
    if (options.complete)
        nd_program_leave(complete(session));
    if (options.batch)
        nd_program_leave(answer_batch(&run, options.batch));
    g_autofree char *query = g_strjoinv(" ", argv + 1);
    if (options.why)
        nd_program_leave(explain_why(&run, query));
    nd_program_leave(answer(&run, query, strlen(query), NULL));
}
