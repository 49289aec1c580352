#include "base/beside.h"

#include <sys/resource.h>
#include <unistd.h>

static gpointer add_one(gpointer number)
{
    ++*(int *)number;
    return number;
}

static void test_the_work_is_done_with_a_thread_and_without(void)
{
    for (int worth = 0; worth < 2; worth++) {
        int number = 1;
        struct nd_beside beside = nd_beside_start("test", worth, add_one, &number);
        g_assert_true((beside.thread != NULL) == (worth != 0));
        g_assert_true(nd_beside_wait(&beside) == &number);
        g_assert_cmpint(number, ==, 2);
    }
}

/* In a process of its own: the limit counts what its user runs already, and root has none. */
static void test_without_a_thread_to_be_had_it_is_done_at_once(void)
{
    enum { NOBODY = 65534 };
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        return;
    }
    int number = 1;
    const struct rlimit none = {0, 0};
    g_assert_cmpint(setrlimit(RLIMIT_NPROC, &none), ==, 0);
    if (geteuid() == 0)
        g_assert_cmpint(setuid(NOBODY), ==, 0);
    struct nd_beside beside = nd_beside_start("test", true, add_one, &number);
    g_assert_null(beside.thread);
    g_assert_cmpint(number, ==, 2);
    g_assert_true(nd_beside_wait(&beside) == &number);
    _exit(0); /* before the leak checker of a sanitizer build, which would need a process */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/beside/the-work-is-done-with-a-thread-and-without",
                    test_the_work_is_done_with_a_thread_and_without);
    g_test_add_func("/beside/without-a-thread-to-be-had-it-is-done-at-once",
                    test_without_a_thread_to_be_had_it_is_done_at_once);
    return g_test_run();
}
