#include "indexer/inputs.h"

#include "base/error.h"
#include "corpus/read/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool add(const struct nd_walk_entry *entry, void *user_data)
{
    struct nd_inputs *inputs = user_data;
    const struct nd_input file = {
        .path = g_string_chunk_insert(inputs->strings, entry->path),
        .device = entry->stat.st_dev,
        .inode = entry->stat.st_ino,
        .size = entry->stat.st_size,
        .mtime_ns = (int64_t)entry->stat.st_mtim.tv_sec * 1000000000 + entry->stat.st_mtim.tv_nsec,
        .skipped = entry->skipped ? g_intern_string(entry->skipped) : NULL,
    };
    if (entry->skipped && S_ISDIR(entry->stat.st_mode))
        g_ptr_array_add(inputs->unreadable, g_strdup(entry->path));
    g_array_append_val(inputs->files, file);
    return true;
}

static int compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct nd_input *)a)->path, ((const struct nd_input *)b)->path);
}

/* Sorts, and drops what overlapping roots gave twice. */
static void settle(struct nd_inputs *inputs)
{
    struct nd_input *files = (struct nd_input *)(void *)inputs->files->data;
    guint n = 0;
    g_array_sort(inputs->files, compare_paths);
    for (guint i = 0; i < inputs->files->len; i++) {
        if (n > 0 && strcmp(files[i].path, files[n - 1].path) == 0)
            continue;
        inputs->n_bytes += files[i].skipped ? 0 : files[i].size;
        files[n++] = files[i];
    }
    g_array_set_size(inputs->files, n);
}

struct nd_inputs *nd_inputs_list(char *const *paths, GError **error)
{
    nd_auto(nd_inputs) inputs = g_new0(struct nd_inputs, 1);
    inputs->files = g_array_new(FALSE, FALSE, sizeof(struct nd_input));
    inputs->roots = g_ptr_array_new_with_free_func(g_free);
    inputs->unreadable = g_ptr_array_new_with_free_func(g_free);
    inputs->strings = g_string_chunk_new(1 << 16);
    for (; *paths; paths++) {
        char *root = realpath(*paths, NULL);
        if (!root) {
            nd_error_set_errno(error, errno, "'%s'", *paths);
            return NULL;
        }
        g_ptr_array_add(inputs->roots, g_strdup(root));
        free(root);
        if (!nd_walk(g_ptr_array_index(inputs->roots, inputs->roots->len - 1), add, inputs, error))
            return NULL;
    }
    settle(inputs);
    return g_steal_pointer(&inputs);
}

void nd_inputs_free(struct nd_inputs *inputs)
{
    if (!inputs)
        return;
    g_array_unref(inputs->files);
    g_ptr_array_unref(inputs->roots);
    g_ptr_array_unref(inputs->unreadable);
    g_string_chunk_free(inputs->strings);
    g_free(inputs);
}

/* Whether path is one of the folders (or files) or lies below one. */
static bool lies_below(const GPtrArray *folders, const char *path)
{
    for (guint i = 0; i < folders->len; i++) {
        const char *folder = folders->pdata[i];
        const size_t n = strlen(folder);
        if (strncmp(path, folder, n) == 0 &&
            (path[n] == '\0' || path[n] == '/' || (n > 0 && folder[n - 1] == '/')))
            return true;
    }
    return false;
}

bool nd_inputs_cover(const struct nd_inputs *inputs, const char *path)
{
    return lies_below(inputs->roots, path) && !lies_below(inputs->unreadable, path);
}
