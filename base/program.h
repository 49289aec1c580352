#ifndef ND_BASE_PROGRAM_H
#define ND_BASE_PROGRAM_H

/*
 * What every front end shares: the user's language, options with --help and --version, errors printed once
 * and turned into an exit status. A program's main is:
 *
 *     static const struct nd_program program = {.name = "ndsearch", .options = entries, ...};
 *     int main(int argc, char **argv)
 *     {
 *         int status;
 *         g_autofree char *index_option = NULL;
 *         nd_program_init(program.name);
 *         if (!nd_program_parse(&program, &argc, &argv, &index_option, &status))
 *             return status;
 *         g_autoptr(GError) error = NULL;
 *         g_autofree char *index_dir = nd_settings_index_dir(index_option, &error);   (base/settings.h)
 *         if (!index_dir || !run(index_dir, &error))
 *             return nd_program_fail(error);
 *         return nd_program_finish(ND_EXIT_SUCCESS);
 *     }
 */

#include "base/error.h"

#include <stdbool.h>

struct nd_program {
    const char *name;        /* "ndindex" */
    const char *arguments;   /* N_("PATH..."), shown after the options; NULL when there are none */
    const char *summary;     /* N_(one sentence): what it does */
    const char *description; /* N_(paragraphs) shown below the options; NULL for none */
    /* Closed by {0}; may be NULL. Strings the user gives are bytes: use G_OPTION_ARG_FILENAME, which does not
     * refuse Vietnamese in the C locale as G_OPTION_ARG_STRING does. */
    const GOptionEntry *options;
    bool takes_index; /* adds -d, --index=DIR */
};

/* Sets locale, message catalogue and the name in front of messages; numbers stay in the form of the C locale,
 * because output is data. Messages are found beside the program (../share/locale), in the build tree too. A
 * locale that is not installed still gives its language, and `language` of the configuration file goes before
 * it. A reader that closes our output ends the program quietly. Call it first, before any thread. */
void nd_program_init(const char *name);

/* Parses options in place; what remains are argv[1..]. Returns false when the program is done, with the
 * status to exit with in *status_out: --help and --version were printed (0), or the options are wrong (2) and
 * a line says so, naming the option that was probably meant. *index_option_out is what -d gave, NULL without;
 * caller frees with g_free. */
bool nd_program_parse(const struct nd_program *program, int *argc, char ***argv, char **index_option_out,
                      int *status_out);

/* Prints "<program>: <message>" to standard error, one line whatever the message holds. Returns the exit
 * status of the error, so that main can end with it. */
int nd_program_fail(const GError *error);

/* Prints "<program>: <text>" in the same way: a remark, not a failure. */
void nd_program_note(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Flushes standard output. Returns status, or ND_EXIT_IO after saying so when something written was lost
 * (full disk). */
int nd_program_finish(int status);

/* Ends the process with nd_program_finish(status) without giving anything back first: the system takes
 * memory, files and locks faster than their destructors. For the last line of a program that reads. */
void nd_program_leave(int status) G_GNUC_NORETURN;

/* A copy of bytes from outside that prints as one harmless line: control characters and bytes that are not
 * UTF-8 as \xNN. Caller frees with g_free. */
char *nd_program_printable(const char *bytes);

#endif
