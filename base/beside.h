#ifndef ND_BASE_BESIDE_H
#define ND_BASE_BESIDE_H

/* Work that one function does beside its caller, on a thread. Where the system grants none (a limit of
 * processes), it is done at once instead: the result is the same, only later. */

#include <glib.h>
#include <stdbool.h>

struct nd_beside {
    GThread *thread; /* NULL when the work is done already */
    gpointer result;
};

/* Starts run(user_data), which waits for nothing that its caller does. worth_a_thread: whether it is long
 * enough to pay for one. What user_data points to stays until nd_beside_wait(). */
struct nd_beside nd_beside_start(const char *name, bool worth_a_thread, GThreadFunc run, gpointer user_data);

/* What run returned. To be called once, always. */
gpointer nd_beside_wait(struct nd_beside *beside);

#endif
