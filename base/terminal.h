#ifndef ND_BASE_TERMINAL_H
#define ND_BASE_TERMINAL_H

#include <stdbool.h>

/* What a stream of ours ends in. */
struct nd_terminal {
    bool is_terminal;
    bool colour;      /* a terminal that can, and the user did not say no */
    unsigned columns; /* of the terminal, else of $COLUMNS, else 80 */
};

/* Looks at file descriptor fd. $NO_COLOR (any value but the empty one) and TERM=dumb switch colour off;
 * $CLICOLOR_FORCE (other than empty or 0) switches it on where fd is no terminal.
 * Source: https://no-color.org, https://bixense.com/clicolors/ */
struct nd_terminal nd_terminal_detect(int fd);

#endif
