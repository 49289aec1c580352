#include "base/program.h"

#include "base/i18n.h"
#include "base/nearest.h"
#include "base/sanitizer.h"
#include "base/settings.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* <prefix>/share/locale for a program in <prefix>/bin: right where it was installed, wherever that is, and in
 * the build tree. Caller frees. */
static char *locale_dir(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    if (!self)
        return g_strdup(ND_LOCALE_DIR);
    g_autofree char *bin = g_path_get_dirname(self);
    g_autofree char *prefix = g_path_get_dirname(bin);
    char *dir = g_build_filename(prefix, "share", "locale", NULL);
    if (access(dir, F_OK) == 0)
        return dir;
    g_free(dir);
    return g_strdup(ND_LOCALE_DIR);
}

/* The language of the configuration file, unless the caller asks for one in $LANGUAGE. A file that cannot be
 * understood is complained of where the rest of it is needed. */
static void use_configured_language(void)
{
    const char *const asked = g_getenv("LANGUAGE");
    g_autofree char *language = asked && *asked ? NULL : nd_settings_get("language", NULL);
    if (language)
        nd_translation_set_language(language);
}

/* What the C library and GLib take from the locale is the wording of their own errors: where nobody asks for
 * a language there is nothing to load. Everything else here is UTF-8, whatever the locale says. */
static void use_locale(void)
{
    if (!nd_locale_asks_for_a_language())
        return;
    if (!setlocale(LC_CTYPE, ""))
        setlocale(LC_CTYPE, "C.UTF-8"); /* of a locale that is not installed */
    setlocale(LC_MESSAGES, "");
}

/* A page of a mapped file that the disk does not give, or that somebody cut off. It comes at the load of that
 * page and at no other place, so that more than the functions safe in any signal may be called. */
static void fail_at_lost_page(int signal_number)
{
    (void)signal_number;
    nd_program_note("%s", _("a file that is in use cannot be read any more"));
    _exit(ND_EXIT_IO);
}

void nd_program_init(const char *name)
{
    g_set_prgname(name);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGBUS, fail_at_lost_page);
    use_locale();
    g_autofree char *dir = locale_dir();
    nd_translation_init(dir);
    use_configured_language();
}

/* Whether argument (with its dashes, maybe with "=value") is one of the long options. */
static bool is_long_option(const char *argument, const GOptionEntry *entries)
{
    const char *name = argument + 2;
    const size_t n = strcspn(name, "=");
    for (; entries && entries->long_name; entries++)
        if (strlen(entries->long_name) == n && strncmp(entries->long_name, name, n) == 0)
            return true;
    return false;
}

/* GLib's message for an unknown option, with the option it was probably meant to be. */
static void suggest_option(GError *error, char **argv, const GOptionEntry *own, const GOptionEntry *shared)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const GOptionEntry *const groups[] = {own, shared};
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++)
        for (const GOptionEntry *entry = groups[i]; entry && entry->long_name; entry++)
            if (*entry->long_name)
                g_ptr_array_add(names, (gpointer)entry->long_name);
    g_ptr_array_add(names, NULL);

    for (; *argv && strcmp(*argv, "--") != 0; argv++) {
        if (!g_str_has_prefix(*argv, "--") || is_long_option(*argv, own) || is_long_option(*argv, shared))
            continue;
        g_autofree char *written = g_strndup(*argv, strcspn(*argv, "="));
        const char *meant = nd_nearest(written + 2, (const char *const *)names->pdata);
        g_free(error->message);
        error->message = meant ? g_strdup_printf(_("unknown option %s (did you mean --%s?)"), written, meant)
                               : g_strdup_printf(_("unknown option %s"), written);
        return;
    }
}

static const char *translate(const char *english, gpointer unused)
{
    (void)unused;
    return nd_translate(english);
}

/* GLib's help without its empty lines and headings ("Usage:", "Options:"), so that it fits a screen of 24
 * lines. */
static void print_help(GOptionContext *context)
{
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    g_auto(GStrv) lines = g_strsplit(help, "\n", -1);
    unsigned n_headings = 0;
    for (size_t i = 0; lines[i]; i++) {
        const char *line = lines[i];
        const bool heading =
            *line != ' ' && g_str_has_suffix(line, ":") && lines[i + 1] && *lines[i + 1] == ' ';
        n_headings += heading;
        if (!*line || (heading && n_headings == 2))
            continue;
        if (heading && n_headings == 1)
            printf("%s ", line);
        else
            puts(i == 1 ? line + strspn(line, " ") : line);
    }
}

bool nd_program_parse(const struct nd_program *program, int *argc, char ***argv, char **index_option_out,
                      int *status_out)
{
    gboolean help = FALSE, version = FALSE;
    g_autofree char *index = NULL;
    const GOptionEntry shared[] = {
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("show this help"), NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &version, N_("show the version"), NULL},
        {program->takes_index ? "index" : NULL, 'd', 0, G_OPTION_ARG_FILENAME, &index,
         N_("index (else of $ND_INDEX, configuration, XDG folder)"), N_("DIR")},
        {0},
    };
    const char *arguments = program->arguments ? _(program->arguments) : NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(arguments);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_translate_func(context, translate, NULL, NULL);
    g_option_context_set_summary(context, program->summary);
    g_option_context_set_description(context, program->description);
    if (program->options)
        g_option_context_add_main_entries(context, program->options, NULL);
    g_option_context_add_main_entries(context, shared, NULL);
    g_option_group_set_translate_func(g_option_context_get_main_group(context), translate, NULL, NULL);

    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, argc, argv, &error)) {
        if (g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
            suggest_option(error, *argv + 1, program->options, shared);
        *status_out = nd_program_fail(error);
        return false;
    }
    /* "--" stays in the list when what follows looks like an option. */
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
        memmove(*argv + 1, *argv + 2, (size_t)(*argc - 1) * sizeof **argv);
        (*argc)--;
    }
    if (help)
        print_help(context);
    else if (version)
        printf("%s (ndsearch) %s\n", program->name, ND_VERSION);
    if (help || version) {
        *status_out = nd_program_finish(ND_EXIT_SUCCESS);
        return false;
    }
    if (index_option_out)
        *index_option_out = g_steal_pointer(&index);
    return true;
}

char *nd_program_printable(const char *bytes)
{
    GString *out = g_string_sized_new(strlen(bytes) + 1);
    while (*bytes) {
        const gunichar c = g_utf8_get_char_validated(bytes, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2 || g_unichar_iscntrl(c)) {
            g_string_append_printf(out, "\\x%02x", (unsigned char)*bytes);
            bytes++;
        } else {
            const char *next = g_utf8_next_char(bytes);
            g_string_append_len(out, bytes, next - bytes);
            bytes = next;
        }
    }
    return g_string_free(out, FALSE);
}

static void print_line(const char *message)
{
    g_autofree char *line = nd_program_printable(message);
    fflush(stdout);
    fprintf(stderr, "%s: %s\n", g_get_prgname(), line);
}

int nd_program_fail(const GError *error)
{
    print_line(error->message);
    return nd_error_exit_status(error);
}

void nd_program_note(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
    va_end(args);
    print_line(message);
}

int nd_program_finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno == EPIPE)
        return status;
    nd_program_note(_("cannot write the output: %s"), g_strerror(errno));
    return ND_EXIT_IO;
}

void nd_program_leave(int status)
{
    const int finished = nd_program_finish(status);
#ifdef ND_ADDRESS_SANITIZER
    exit(finished); /* its look for leaks runs there; what main still holds is none */
#else
    _exit(finished);
#endif
}
