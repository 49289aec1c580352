#include "indexer/plan.h"

#include <string.h>

/* The state before and after, a file a line; what the plan makes of it follows from the two. */
struct file {
    const char *path;
    uint64_t inode;
    int64_t size;
    const char *skipped;
};

static struct nd_inputs *inputs_new(const struct file *files, size_t n)
{
    struct nd_inputs *inputs = g_new0(struct nd_inputs, 1);
    inputs->files = g_array_new(FALSE, FALSE, sizeof(struct nd_input));
    inputs->roots = g_ptr_array_new_with_free_func(g_free);
    inputs->unreadable = g_ptr_array_new_with_free_func(g_free);
    inputs->strings = g_string_chunk_new(64);
    for (size_t i = 0; i < n; i++) {
        const struct nd_input input = {.path = files[i].path,
                                       .device = 1,
                                       .inode = files[i].inode,
                                       .size = files[i].size,
                                       .mtime_ns = 5,
                                       .skipped = files[i].skipped};
        g_array_append_val(inputs->files, input);
    }
    return inputs;
}

/* The plan as words: "keep /r/a; move /r/b < /r/c; remove /r/d". */
static char *plan_to_text(const struct file *now, size_t n_now, const struct file *before, size_t n_before,
                          const char *unreadable, const struct nd_plan_rules *rules)
{
    static const char *const names[] = {"keep", "add", "update", "move", "skip", "remove"};
    struct nd_known_file known[8];
    for (size_t i = 0; i < n_before; i++)
        known[i] = (struct nd_known_file){.id = (int64_t)i,
                                          .path = before[i].path,
                                          .device = 1,
                                          .inode = before[i].inode,
                                          .size = before[i].size,
                                          .mtime_ns = 5,
                                          .reader_version = 1,
                                          .skipped = before[i].skipped};
    nd_auto(nd_inputs) inputs = inputs_new(now, n_now);
    g_ptr_array_add(inputs->roots, g_strdup("/r"));
    if (unreadable)
        g_ptr_array_add(inputs->unreadable, g_strdup(unreadable));
    g_autoptr(GArray) steps = nd_plan_make(inputs, known, n_before, rules);
    GString *text = g_string_new("");
    for (guint i = 0; i < steps->len; i++) {
        const struct nd_plan_step *step = &g_array_index(steps, struct nd_plan_step, i);
        g_string_append_printf(text, "%s%s %s", i ? "; " : "", names[step->action],
                               step->input ? step->input->path : step->known->path);
        if (step->input && step->known && strcmp(step->input->path, step->known->path) != 0)
            g_string_append_printf(text, " < %s", step->known->path);
    }
    return g_string_free(text, FALSE);
}

static void test_each_change_of_a_folder_gets_its_step(void)
{
    static const struct nd_plan_rules plain = {.reader_version = 1};
    static const struct nd_plan_rules newer = {.reader_version = 2};
    static const struct nd_plan_rules reread = {.reader_version = 1, .reread = true};
    static const struct {
        const char *what;
        struct file before[4], now[4];
        const char *unreadable;
        const struct nd_plan_rules *rules;
        const char *expected;
    } cases[] = {
        {"first run",
         {{0}},
         {{"/r/a", 1, 9, NULL}, {"/r/b", 2, 9, NULL}},
         NULL,
         &plain,
         "add /r/a; add /r/b"},
        {"nothing changed", {{"/r/a", 1, 9, NULL}}, {{"/r/a", 1, 9, NULL}}, NULL, &plain, "keep /r/a"},
        {"size", {{"/r/a", 1, 9, NULL}}, {{"/r/a", 1, 8, NULL}}, NULL, &plain, "update /r/a"},
        {"replaced", {{"/r/a", 1, 9, NULL}}, {{"/r/a", 7, 9, NULL}}, NULL, &plain, "update /r/a"},
        {"another reader", {{"/r/a", 1, 9, NULL}}, {{"/r/a", 1, 9, NULL}}, NULL, &newer, "update /r/a"},
        {"verify", {{"/r/a", 1, 9, NULL}}, {{"/r/a", 1, 9, NULL}}, NULL, &reread, "update /r/a"},
        {"renamed", {{"/r/a", 1, 9, NULL}}, {{"/r/b", 1, 9, NULL}}, NULL, &plain, "move /r/b < /r/a"},
        {"renamed backwards",
         {{"/r/b", 1, 9, NULL}},
         {{"/r/a", 1, 9, NULL}},
         NULL,
         &plain,
         "move /r/a < /r/b"},
        {"hard link",
         {{"/r/a", 1, 9, NULL}},
         {{"/r/a", 1, 9, NULL}, {"/r/b", 1, 9, NULL}},
         NULL,
         &plain,
         "keep /r/a; add /r/b"},
        {"gone",
         {{"/r/a", 1, 9, NULL}, {"/r/b", 2, 9, NULL}},
         {{"/r/b", 2, 9, NULL}},
         NULL,
         &plain,
         "keep /r/b; remove /r/a"},
        {"all gone",
         {{"/r/a", 1, 9, NULL}, {"/r/b", 2, 9, NULL}},
         {{0}},
         NULL,
         &plain,
         "remove /r/a; remove /r/b"},
        {"below an unreadable folder",
         {{"/r/x/a", 1, 9, NULL}},
         {{"/r/x", 3, 0, "unreadable"}},
         "/r/x",
         &plain,
         "skip /r/x"},
        {"another root", {{"/q/a", 1, 9, NULL}, {"/rest/b", 2, 9, NULL}}, {{0}}, NULL, &plain, ""},
        {"a document became a FIFO",
         {{"/r/a", 1, 9, NULL}},
         {{"/r/a", 4, 0, "not-a-file"}},
         NULL,
         &plain,
         "skip /r/a"},
        {"could not be read last time",
         {{"/r/a", 1, 9, "unreadable"}},
         {{"/r/a", 1, 9, NULL}},
         NULL,
         &plain,
         "update /r/a"},
        {"is not readable as text, as before",
         {{"/r/a", 1, 9, "unsupported"}},
         {{"/r/a", 1, 9, NULL}},
         NULL,
         &plain,
         "keep /r/a"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t n_before = 0, n_now = 0;
        while (n_before < 4 && cases[i].before[n_before].path)
            n_before++;
        while (n_now < 4 && cases[i].now[n_now].path)
            n_now++;
        g_autofree char *plan =
            plan_to_text(cases[i].now, n_now, cases[i].before, n_before, cases[i].unreadable, cases[i].rules);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(plan, ==, cases[i].expected);
    }
}

static const char *always_ca_mau(const char *path, const void *user_data)
{
    (void)path;
    (void)user_data;
    return "Cà Mau";
}

static void test_a_place_that_was_said_anew_has_the_document_read_again(void)
{
    static const struct nd_plan_rules rules = {.reader_version = 1, .place = always_ca_mau};
    static const struct file file = {"/r/a", 1, 9, NULL};
    g_autofree char *plan = plan_to_text(&file, 1, &file, 1, NULL, &rules);
    g_assert_cmpstr(plan, ==, "update /r/a");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/each-change-of-a-folder-gets-its-step",
                    test_each_change_of_a_folder_gets_its_step);
    g_test_add_func("/plan/a-place-that-was-said-anew-has-the-document-read-again",
                    test_a_place_that_was_said_anew_has_the_document_read_again);
    return g_test_run();
}
