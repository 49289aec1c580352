/* ndgraph: look-ups over the citation graph of an index. */

#include "query/ndgraph.h"

#include "base/i18n.h"
#include "base/nearest.h"
#include "base/program.h"
#include "base/settings.h"
#include "query/output.h"
#include "query/preferences.h"

#include <string.h>
#include <unistd.h>

static struct nd_graph_options options;

static const GOptionEntry entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_FILENAME, &options.format,
     N_("output format; each command names its own"), N_("FORMAT")},
    {"count", 'n', 0, G_OPTION_ARG_INT, &options.count, N_("show at most N"), "N"},
    {"all-places", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options.all_places,
     N_("gaps: every province, not only those with documents here"), NULL},
    {"date", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options.date,
     N_("gaps: provinces as they were on DATE"), N_("DATE")},
    {"column", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options.column,
     N_("resolve: read this column of a CSV file"), N_("NAME")},
    {"around", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options.around,
     N_("export: only the surroundings of this document"), N_("WORK")},
    {"steps", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &options.steps, N_("export: how far around it (1)"),
     "N"},
    {"dry-run", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options.dry_run,
     N_("review import: say what would be done"), NULL},
    {"visible", 0, 0, G_OPTION_ARG_FILENAME, &options.visible,
     N_("know up to none, secret, top-secret, most-secret"), N_("STAMP")},
    {"decided", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options.decided,
     N_("review export: what was decided already, to look it over again"), NULL},
    {"author", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options.author, N_("review: who decided"),
     N_("NAME")},
    {0},
};

static const struct nd_graph_command commands[] = {
#define TEXT_JSON "text json"
    {"show", "WORK", N_("what it is, rests on, and what rests on it"), TEXT_JSON, 1, 1, ND_GRAPH_READS_FEW,
     nd_graph_show},
    {"implementers", "WORK", N_("which documents implement it, by level and place"), TEXT_JSON, 1, 1,
     ND_GRAPH_READS_FEW, nd_graph_implementers},
    {"gaps", "WORK [--all-places] [--date=DATE]", N_("places that have none"), TEXT_JSON, 1, 1,
     ND_GRAPH_READS_FEW, nd_graph_gaps},
    {"timeline", "WORK", N_("what happened around it, by date"), TEXT_JSON, 1, 1, ND_GRAPH_READS,
     nd_graph_timeline},
    {"compare", "WORK WORK", N_("what two documents both rest on, and each alone"), TEXT_JSON, 2, 2,
     ND_GRAPH_READS, nd_graph_compare},
    {"path", "WORK WORK", N_("how two documents are connected"), TEXT_JSON, 2, 2, ND_GRAPH_READS,
     nd_graph_path},
    {"missing", "", N_("what others rest on and is not here"), TEXT_JSON, 0, 0, ND_GRAPH_READS,
     nd_graph_missing},
    {"resolve", "[FILE] [--column=NAME]", N_("what the citations of any text mean"), "text csv json", 0, 1,
     ND_GRAPH_READS, nd_graph_resolve},
    {"export", "[QUERY]", N_("the graph for other programs"),
     "csv nodes edges jsonl graphml gexf dot svg png turtle", 0, 1, ND_GRAPH_READS, nd_graph_export_command},
    {"review", "export|import|log|undo […]", N_("uncertain citations as a table, and back"), "csv", 1, 2,
     ND_GRAPH_WRITES, nd_graph_review},
    {"authority", "export|import [FILE]", N_("what you know of works yourself"), "csv", 1, 2, ND_GRAPH_WRITES,
     nd_graph_authority},
    {"dump", "[FILE]", N_("people's decisions as text: the file to back up"), "jsonl", 0, 1, ND_GRAPH_WRITES,
     nd_graph_dump},
    {"restore", "FILE", N_("decisions from such a file"), "jsonl", 1, 1, ND_GRAPH_WRITES, nd_graph_restore},
    {"stats", "", N_("what the index holds, in numbers"), TEXT_JSON, 0, 0, ND_GRAPH_READS, nd_graph_stats},
#undef TEXT_JSON
};

static const struct nd_program program = {
    .name = "ndgraph",
    .arguments = N_("COMMAND [WORK…]"),
    .summary = N_("Look up what documents cite, implement, amend and replace."),
    .description = NULL,
    .options = entries,
    .takes_index = true,
};

bool nd_graph_format_is(const struct nd_graph_run *run, const char *name)
{
    return strcmp(run->options->format, name) == 0;
}

char *nd_graph_argument(struct nd_graph_run *run, const char *text, GError **error)
{
    g_autoptr(GPtrArray) candidates = NULL;
    char *const key = nd_work_resolve(run->session, text, &candidates, error);
    if (key && candidates->len > 1)
        nd_program_note(nd_translate_n("%s is the newest; there is %u former one of this name",
                                       "%s is the newest; there are %u former ones of this name",
                                       candidates->len - 1),
                        key, candidates->len - 1);
    if (key || !candidates || candidates->len == 0)
        return key;
    if (nd_graph_format_is(run, "json")) {
        struct nd_json json = {.out = run->layout.out};
        nd_json_begin_object(&json, NULL);
        nd_json_string(&json, "schema", "ndgraph-candidates/1");
        nd_json_begin_array(&json, "candidates");
        for (guint i = 0; i < candidates->len; i++)
            nd_output_card_json(&json, NULL, g_ptr_array_index(candidates, i));
        nd_json_end_array(&json);
        nd_json_end_object(&json);
        nd_json_end_line(&json);
    } else {
        for (guint i = 0; i < candidates->len; i++)
            nd_output_card_text(&run->layout, g_ptr_array_index(candidates, i));
    }
    const struct nd_work_card *const first = g_ptr_array_index(candidates, 0);
    g_prefix_error(error, _("name one by its key, such as '%s': "), first->key);
    return NULL;
}

/* The commands, below the options of --help. */
static char *describe_commands(void)
{
    GString *const out = g_string_new(_("Commands:\n"));
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autofree char *usage = g_strjoin(" ", commands[i].name, commands[i].arguments, NULL);
        g_string_append_printf(out, "  %-26s %s\n", usage, _(commands[i].summary));
    }
    g_string_append(out,
                    _("WORK is a code (21-NQ/TW), a name (\"Điều lệ Đảng\") or a key (21-NQ/TW~XIII).\n"));
    return g_string_free(out, FALSE);
}

static int usage(const char *format, ...) G_GNUC_PRINTF(1, 2);
static int usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autoptr(GError) error = g_error_new_literal(ND_ERROR, ND_ERROR_USAGE, message);
    return nd_program_fail(error);
}

static int unknown_command(const char *name)
{
    const char *names[G_N_ELEMENTS(commands) + 1] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        names[i] = commands[i].name;
    const char *const meant = nd_nearest(name, names);
    if (meant)
        return usage(_("there is no command \"%s\"; did you mean \"%s\"?"), name, meant);
    return usage(_("there is no command \"%s\"; 'ndgraph --help' lists them"), name);
}

/* The command's format: the first of its own unless one was asked for. */
static bool choose_format(const struct nd_graph_command *command)
{
    g_auto(GStrv) known = g_strsplit(command->formats, " ", -1);
    if (!options.format)
        options.format = g_strdup(known[0]);
    return g_strv_contains((const char *const *)known, options.format);
}

static int run_command(const struct nd_graph_command *command, const char *index_option, int argc,
                       char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc - 1 < command->n_arguments || argc - 1 > command->n_arguments_max)
        return usage(_("usage: ndgraph %s %s"), command->name, command->arguments);
    if (!choose_format(command))
        return usage(_("%s has the formats %s"), command->name, command->formats);
    g_autofree char *index_dir = nd_settings_index_dir(index_option, &error);
    enum nd_secrecy visible;
    struct nd_terminal terminal;
    if (!index_dir || !nd_preference_visible(options.visible, &visible, &error) ||
        !nd_preference_terminal(STDOUT_FILENO, &terminal, &error))
        return nd_program_fail(error);
    const bool few = command->access == ND_GRAPH_READS_FEW;
    if (!few && command->access != ND_GRAPH_READS && visible < ND_SECRECY_MOST_SECRET)
        return usage(_("%s works on the whole index, stamped documents too: only with --visible most-secret"),
                     command->name);
    nd_auto(nd_session) session =
        command->access == ND_GRAPH_WRITES ? NULL : nd_session_open(index_dir, visible, &error);
    if (!session && command->access != ND_GRAPH_WRITES)
        return nd_program_fail(error);
    if (few)
        nd_session_expect_few(session);
    struct nd_graph_run run = {
        .index_dir = index_dir,
        .session = session,
        .layout = {stdout, terminal},
        .options = &options,
    };
    const int status = command->run(&run, argc, argv, &error);
    nd_program_leave(error ? nd_program_fail(error) : status);
}

int main(int argc, char **argv)
{
    int status;
    g_autofree char *index_option = NULL;
    nd_program_init(program.name);
    g_autofree char *description = describe_commands();
    struct nd_program described = program;
    described.description = description;
    if (!nd_program_parse(&described, &argc, &argv, &index_option, &status))
        nd_program_leave(status);
    if (argc < 2)
        return usage("%s", _("no command; 'ndgraph --help' lists them"));
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(argv[1], commands[i].name) == 0)
            return run_command(&commands[i], index_option, argc - 1, argv + 1);
    }
    return unknown_command(argv[1]);
}
