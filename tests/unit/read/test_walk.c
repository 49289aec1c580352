#include "corpus/read/walk.h"

#include "base/error.h"
#include "corpus/read/diagnostics.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char *new_folder(void)
{
    char *path = g_dir_make_tmp("nd-walk-XXXXXX", NULL);
    g_assert_nonnull(path);
    return path;
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    if (dir && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
        for (const char *name; (name = g_dir_read_name(dir));) {
            g_autofree char *child = g_build_filename(path, name, NULL);
            remove_tree(child);
        }
    }
    g_remove(path);
}

static void put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

struct seen {
    const char *root;
    GString *lines; /* "path" or "path!code", relative, one a line */
    unsigned left;  /* visits before the walk is told to stop; 0: never */
};

static bool note(const struct nd_walk_entry *entry, void *user_data)
{
    struct seen *seen = user_data;
    g_string_append(seen->lines, entry->path + strlen(seen->root));
    if (entry->skipped) {
        g_string_append_printf(seen->lines, "!%s", entry->skipped);
        g_assert_nonnull(nd_diagnostic_remedy(entry->skipped));
    }
    g_string_append_c(seen->lines, '\n');
    return seen->left == 0 || --seen->left > 0;
}

static char *walk(const char *root, unsigned limit)
{
    struct seen seen = {.root = root, .lines = g_string_new(NULL), .left = limit};
    g_autoptr(GError) error = NULL;
    g_assert_true(nd_walk(root, note, &seen, &error));
    g_assert_no_error(error);
    return g_string_free(seen.lines, FALSE);
}

static void files_come_in_the_order_of_their_paths(void)
{
    g_autofree char *root = new_folder();
    put(root, "b/2.txt", "x");
    put(root, "b-a.txt", "x");
    put(root, "b/1.txt", "x");
    put(root, "a.txt", "x");
    put(root, "b0.txt", "x");
    g_autofree char *all = walk(root, 0);
    g_assert_cmpstr(all, ==, "/a.txt\n/b-a.txt\n/b/1.txt\n/b/2.txt\n/b0.txt\n");
    g_autofree char *two = walk(root, 2);
    g_assert_cmpstr(two, ==, "/a.txt\n/b-a.txt\n");
    remove_tree(root);
}

static void what_is_no_file_is_reported_and_not_opened(void)
{
    g_autofree char *root = new_folder();
    put(root, "real.txt", "x");
    put(root, ".hidden", "x");
    g_autofree char *fifo = g_build_filename(root, "fifo", NULL);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    g_autofree char *link = g_build_filename(root, "link", NULL);
    g_assert_cmpint(symlink(".", link), ==, 0);
    g_autofree char *socket_path = g_build_filename(root, "socket", NULL);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_strlcpy(address.sun_path, socket_path, sizeof address.sun_path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(bind(fd, (struct sockaddr *)&address, sizeof address), ==, 0);
    g_autofree char *all = walk(root, 0);
    g_assert_cmpstr(all, ==,
                    "/.hidden!hidden\n/fifo!not-a-file\n/link!symlink\n/real.txt\n/socket!not-a-file\n");
    close(fd);
    remove_tree(root);
}

static void names_are_bytes(void)
{
    g_autofree char *root = new_folder();
    put(root, "line\nbreak", "x");
    put(root, "latin1-\xe9", "x");
    g_autofree char *all = walk(root, 0);
    g_assert_cmpstr(all, ==, "/latin1-\xe9\n/line\nbreak\n");
    remove_tree(root);
}

static void a_root_may_be_a_file_or_a_link(void)
{
    g_autofree char *root = new_folder();
    put(root, "in/real.txt", "x");
    g_autofree char *file = g_build_filename(root, "in", "real.txt", NULL);
    g_autofree char *one = walk(file, 0);
    g_assert_cmpstr(one, ==, "\n");
    g_autofree char *link = g_build_filename(root, "link", NULL);
    g_assert_cmpint(symlink("in", link), ==, 0);
    g_autofree char *linked = walk(link, 0);
    g_assert_cmpstr(linked, ==, "/real.txt\n");
    remove_tree(root);
}

static void a_missing_root_is_an_error_and_visits_nothing(void)
{
    struct seen seen = {.root = "", .lines = g_string_new(NULL)};
    g_autoptr(GError) error = NULL;
    g_assert_false(nd_walk("/nonexistent/root", note, &seen, &error));
    g_assert_error(error, ND_ERROR, ND_ERROR_IO);
    g_assert_cmpuint(seen.lines->len, ==, 0);
    g_string_free(seen.lines, TRUE);
}

static void folders_nested_too_deep_are_reported(void)
{
    g_autofree char *root = new_folder();
    g_autoptr(GString) path = g_string_new("f");
    for (unsigned i = 0; i < 80; i++)
        g_string_append(path, "/f");
    put(root, path->str, "x");
    g_autofree char *all = walk(root, 0);
    g_assert_true(g_str_has_suffix(all, "f!too-deep\n"));
    remove_tree(root);
}

static void an_unreadable_folder_is_reported(void)
{
    if (geteuid() == 0) { /* root reads everything */
        g_test_skip("run by root");
        return;
    }
    g_autofree char *root = new_folder();
    put(root, "closed/x.txt", "x");
    g_autofree char *closed = g_build_filename(root, "closed", NULL);
    g_assert_cmpint(g_chmod(closed, 0), ==, 0);
    g_autofree char *all = walk(root, 0);
    g_assert_cmpstr(all, ==, "/closed!unreadable\n");
    g_chmod(closed, 0700);
    remove_tree(root);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/walk/files_come_in_the_order_of_their_paths", files_come_in_the_order_of_their_paths);
    g_test_add_func("/walk/what_is_no_file_is_reported_and_not_opened",
                    what_is_no_file_is_reported_and_not_opened);
    g_test_add_func("/walk/names_are_bytes", names_are_bytes);
    g_test_add_func("/walk/a_root_may_be_a_file_or_a_link", a_root_may_be_a_file_or_a_link);
    g_test_add_func("/walk/a_missing_root_is_an_error_and_visits_nothing",
                    a_missing_root_is_an_error_and_visits_nothing);
    g_test_add_func("/walk/folders_nested_too_deep_are_reported", folders_nested_too_deep_are_reported);
    g_test_add_func("/walk/an_unreadable_folder_is_reported", an_unreadable_folder_is_reported);
    return g_test_run();
}
