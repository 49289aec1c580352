#include "base/beside.h"

struct nd_beside nd_beside_start(const char *name, bool worth_a_thread, GThreadFunc run, gpointer user_data)
{
    struct nd_beside beside = {0};
    if (worth_a_thread)
        beside.thread = g_thread_try_new(name, run, user_data, NULL);
    if (!beside.thread)
        beside.result = run(user_data);
    return beside;
}

gpointer nd_beside_wait(struct nd_beside *beside)
{
    if (beside->thread)
        beside->result = g_thread_join(beside->thread);
    beside->thread = NULL;
    return beside->result;
}
