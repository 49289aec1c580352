#include "base/terminal.h"

#include <glib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_COLUMNS 80

static bool is_set(const char *variable)
{
    const char *value = g_getenv(variable);
    return value && *value;
}

static unsigned columns_of(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *text = g_getenv("COLUMNS");
    guint64 columns;
    if (text && g_ascii_string_to_unsigned(text, 10, 20, 10000, &columns, NULL))
        return (unsigned)columns;
    return DEFAULT_COLUMNS;
}

struct nd_terminal nd_terminal_detect(int fd)
{
    struct nd_terminal terminal = {.is_terminal = isatty(fd) == 1, .columns = columns_of(fd)};
    const char *term = g_getenv("TERM"), *force = g_getenv("CLICOLOR_FORCE");
    const bool dumb = !term || strcmp(term, "dumb") == 0;
    if (is_set("NO_COLOR"))
        terminal.colour = false;
    else if (force && *force && strcmp(force, "0") != 0)
        terminal.colour = true;
    else
        terminal.colour = terminal.is_terminal && !dumb;
    return terminal;
}
