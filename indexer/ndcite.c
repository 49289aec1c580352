/* ndcite: prints the citations of documents as JSON lines; see man/ndcite.1. */

#include "analyzers/citation/mention_json.h"
#include "base/i18n.h"
#include "base/program.h"
#include "base/settings.h"
#include "corpus/read/diagnostics.h"
#include "corpus/read/reader.h"
#include "corpus/store/index.h"
#include "graph/resolver.h"
#include "indexer/analysis.h"
#include "indexer/diagnostics.h"
#include "indexer/hints.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A document given on the command line, analysed. */
struct cited {
    char *name; /* as it was given, or "archive!member" */
    struct nd_document *doc;
    struct nd_metadata *metadata;
    struct nd_mentions *mentions;
};

struct run {
    const struct nd_hints *hints;
    struct nd_reader *reader;
    const char *name; /* of the file being read */
    GPtrArray *cited; /* of struct cited * */
    bool partial;     /* some text could not be read */
};

static void cited_free(gpointer data)
{
    struct cited *cited = data;
    g_free(cited->name);
    nd_document_free(cited->doc);
    nd_metadata_free(cited->metadata);
    nd_mentions_free(cited->mentions);
    g_free(cited);
}

/* ---- reading ---- */

static bool take_document(struct nd_document *doc, const char *member, void *user_data)
{
    struct run *run = user_data;
    struct cited *cited = g_new0(struct cited, 1);
    cited->name = member ? g_strconcat(run->name, "!", member, NULL) : g_strdup(run->name);
    cited->doc = doc;
    g_ptr_array_add(run->cited, cited);
    for (guint i = 0; i < doc->diagnostics->len; i++) {
        const struct nd_diagnostic *diagnostic = doc->diagnostics->pdata[i];
        g_autofree char *line = nd_diagnostic_line(run->name, member, diagnostic);
        nd_program_note("%s", line);
        run->partial |= nd_diagnostic_severity(diagnostic->code) != ND_SEVERITY_NOTE;
    }
    g_autofree char *path = g_canonicalize_filename(cited->name, NULL);
    const struct nd_metadata_hints hints = {.path = strcmp(run->name, "-") == 0 ? NULL : path,
                                            .place = nd_hints_place(run->hints, path)};
    struct nd_analysis analysis;
    nd_analysis_init(&analysis, doc, &hints, NULL);
    cited->metadata = g_steal_pointer(&analysis.metadata);
    cited->mentions = g_steal_pointer(&analysis.mentions);
    nd_analysis_clear(&analysis);
    return true;
}

/* What standard input holds as a file, because the reader wants one it can look at twice. */
static int spool_input(GError **error)
{
    char buffer[1 << 16];
    const int fd = memfd_create("ndcite", MFD_CLOEXEC);
    ssize_t n = 0;
    while (fd >= 0 && (n = read(STDIN_FILENO, buffer, sizeof buffer)) > 0)
        if (write(fd, buffer, (size_t)n) != n)
            break;
    if (fd >= 0 && n == 0 && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    nd_error_set_errno(error, errno, _("cannot read standard input"));
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool read_file(struct run *run, const char *name, GError **error)
{
    const bool standard_input = strcmp(name, "-") == 0;
    const int fd =
        standard_input ? spool_input(error) : open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && !standard_input)
        nd_error_set_errno(error, errno, _("cannot read '%s'"), name);
    if (fd < 0)
        return false;
    run->name = name;
    const bool ok = nd_reader_read(run->reader, fd, name, take_document, run, error);
    close(fd);
    return ok;
}

/* ---- resolving ---- */

/* The resolver's id of a file given. */
static int64_t id_of(guint i)
{
    return i;
}

/* ---- printing ---- */

/* What is printed for the work when the text does not say which one it is: its key as far as it is told, with
 * a question mark; equal for equal citations of one document. A province that is not told is the one of the
 * document, by its number among the files: no two documents are taken for one province's. Caller frees. */
static char *told_key(const struct nd_resolution *resolution, guint document)
{
    if (!resolution || resolution->work || !resolution->told)
        return resolution ? g_strdup(resolution->work) : NULL;
    const char *place = strstr(resolution->told, "@?");
    if (place)
        return g_strdup_printf("%.*s@?%u%s", (int)(place - resolution->told), resolution->told, document + 1,
                               place + strlen("@?"));
    return g_strconcat(resolution->told, strchr(resolution->told, '?') ? "" : "?", NULL);
}

static void print_citations(const struct run *run, const struct nd_resolver *resolver, bool all)
{
    for (guint i = 0; i < run->cited->len; i++) {
        const struct cited *cited = run->cited->pdata[i];
        for (size_t m = 0; m < nd_mentions_count(cited->mentions); m++) {
            const struct nd_mention *mention = nd_mentions_get(cited->mentions, m);
            const struct nd_resolution *resolution = nd_resolver_mention(resolver, id_of(i), m);
            g_autofree char *work = told_key(resolution, i);
            if (mention->kind != ND_MENTION_NOT_UNDERSTOOD || all)
                nd_mention_write_json(stdout, mention, cited->name, nd_document_text(cited->doc), work);
        }
    }
}

static bool resolve_and_print(const struct run *run, const char *index_dir, bool all, GError **error)
{
    nd_auto(nd_index) index = index_dir ? nd_index_open(index_dir, error) : NULL;
    struct nd_catalog *catalog = index ? nd_index_catalog(index, error) : NULL;
    nd_auto(nd_resolver) resolver = nd_resolver_new();
    if (index_dir && !catalog)
        return false;
    for (guint i = 0; i < run->cited->len; i++) {
        const struct cited *cited = run->cited->pdata[i];
        nd_resolver_add(resolver, id_of(i), cited->metadata, cited->mentions);
    }
    if ((catalog && !nd_resolver_learn(resolver, catalog, error)) || !nd_resolver_run(resolver, error))
        return false;
    print_citations(run, resolver, all);
    return true;
}

static void print_headers(const struct run *run)
{
    for (guint i = 0; i < run->cited->len; i++) {
        const struct cited *cited = run->cited->pdata[i];
        nd_metadata_write_json(stdout, cited->metadata, cited->name);
    }
}

struct options {
    gboolean header, all;
    char *place, *index;
};

static bool execute(const struct options *options, char **names, int *status_out, GError **error)
{
    nd_auto(nd_hints) hints = nd_hints_new();
    g_autoptr(GPtrArray) cited = g_ptr_array_new_with_free_func(cited_free);
    nd_auto(nd_reader) reader = nd_reader_new(NULL, error);
    if (!reader || (options->place && !nd_hints_set_place(hints, options->place, error)))
        return false;
    struct run run = {.hints = hints, .reader = reader, .cited = cited};
    for (; *names; names++) {
        g_autoptr(GError) problem = NULL;
        if (!read_file(&run, *names, &problem))
            *status_out = nd_program_fail(problem); /* the other files count all the same */
    }
    if (*status_out == ND_EXIT_SUCCESS && run.partial)
        *status_out = ND_EXIT_PARTIAL;
    if (options->header)
        print_headers(&run);
    return options->header || resolve_and_print(&run, options->index, options->all, error);
}

int main(int argc, char **argv)
{
    struct options options = {0};
    const GOptionEntry entries[] = {
        {"index", 'd', 0, G_OPTION_ARG_FILENAME, &options.index,
         N_("resolve against this index, not only these files"), N_("DIR")},
        {"header", 0, 0, G_OPTION_ARG_NONE, &options.header,
         N_("print what each document says of itself instead"), NULL},
        {"all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_("print also what was not understood"), NULL},
        {"place", 0, 0, G_OPTION_ARG_FILENAME, &options.place,
         N_("the province of documents that do not name theirs"), N_("NAME")},
        {0},
    };
    const struct nd_program program = {
        .name = "ndcite",
        .arguments = N_("FILE…|-"),
        .summary = N_("Prints the citations of documents, one JSON object a line."),
        .options = entries,
    };
    int status = ND_EXIT_SUCCESS;
    g_autoptr(GError) error = NULL;
    nd_program_init(program.name);
    if (!nd_program_parse(&program, &argc, &argv, NULL, &status))
        return status;
    if (argc < 2)
        g_set_error(&error, ND_ERROR, ND_ERROR_USAGE, _("name the files to read, or - (see ndcite --help)"));
    const bool ok = !error && execute(&options, argv + 1, &status, &error);
    g_free(options.place);
    g_free(options.index);
    return ok ? nd_program_finish(status) : nd_program_fail(error);
}
