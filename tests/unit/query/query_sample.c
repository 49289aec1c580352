#include "tests/unit/query/query_sample.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

char *sample_folder(void)
{
    char *const folder = g_dir_make_tmp("ndsearch-query-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

void sample_remove(const char *folder)
{
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

void sample_index(const char *folder, const struct sample_file *files)
{
    g_autofree char *in = g_build_filename(folder, "in", NULL);
    g_autofree char *index = g_build_filename(folder, "index", NULL);
    g_assert_cmpint(g_mkdir_with_parents(in, 0700), ==, 0);
    for (; files->name; files++) {
        g_autofree char *path = g_build_filename(in, files->name, NULL);
        g_assert_true(g_file_set_contents(path, files->text, -1, NULL));
    }
    char *command[] = {(char *)ND_BINARY_DIR "/bin/ndindex", (char *)"-d", index, in, NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *printed = NULL;
    int status;
    g_spawn_sync(NULL, command, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &printed, &status,
                 &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
}

struct nd_session *sample_open(const char *folder, enum nd_secrecy visible)
{
    g_autofree char *index = g_build_filename(folder, "index", NULL);
    g_autoptr(GError) error = NULL;
    struct nd_session *const session = nd_session_open(index, visible, &error);
    g_assert_no_error(error);
    return session;
}

struct nd_results *sample_search(struct nd_session *session, const char *query)
{
    const struct nd_search_request request = {.query = query, .query_size = strlen(query), .limit = 20};
    g_autoptr(GError) error = NULL;
    struct nd_results *const results = nd_search(session, &request, NULL, &error);
    g_assert_no_error(error);
    return results;
}

char *sample_names(const struct nd_results *results)
{
    GString *const names = g_string_new(NULL);
    for (size_t i = 0; i < results->n_hits; i++) {
        g_autofree char *name = g_path_get_basename(results->hits[i].path);
        g_string_append_printf(names, "%s%s", i > 0 ? " " : "", name);
    }
    return g_string_free(names, FALSE);
}
