#include "corpus/read/walk.h"

#include "base/caps.h"
#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A folder that is open above the one being read: a folder met again below itself is a loop (bind mounts can
 * make one without any symbolic link). */
struct ancestor {
    dev_t device;
    ino_t inode;
};

struct child {
    char *name; /* a folder's name ends in '/', so that names sort as the whole paths do */
    struct stat stat;
    int errnum; /* why stat failed, or 0 */
};

struct walk {
    GString *path;
    GArray *ancestors; /* of struct ancestor */
    bool (*visit)(const struct nd_walk_entry *entry, void *user_data);
    void *user_data;
};

static void child_clear(gpointer data)
{
    g_free(((struct child *)data)->name);
}

static int compare_children(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct child *)a)->name, ((const struct child *)b)->name);
}

/* The folder's entries with their stat, sorted. */
static GArray *list_children(DIR *dir)
{
    GArray *children = g_array_new(FALSE, FALSE, sizeof(struct child));
    g_array_set_clear_func(children, child_clear);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        struct child child = {0};
        if (fstatat(dirfd(dir), entry->d_name, &child.stat, AT_SYMLINK_NOFOLLOW) != 0)
            child.errnum = errno;
        child.name =
            S_ISDIR(child.stat.st_mode) ? g_strconcat(entry->d_name, "/", NULL) : g_strdup(entry->d_name);
        g_array_append_val(children, child);
    }
    g_array_sort(children, compare_children);
    return children;
}

static bool report(struct walk *walk, const struct stat *st, const char *skipped)
{
    struct nd_walk_entry entry = {.path = walk->path->str, .stat = *st, .skipped = skipped};
    return walk->visit(&entry, walk->user_data);
}

static bool is_ancestor(const struct walk *walk, const struct stat *st)
{
    for (guint i = 0; i < walk->ancestors->len; i++) {
        struct ancestor a = g_array_index(walk->ancestors, struct ancestor, i);
        if (a.device == st->st_dev && a.inode == st->st_ino)
            return true;
    }
    return false;
}

static bool walk_folder(struct walk *walk, DIR *dir, const struct stat *st);

/* Opens and walks the folder `name` in parent; walk->path is its path. */
static bool enter_folder(struct walk *walk, DIR *parent, const char *name, const struct stat *st)
{
    if (is_ancestor(walk, st))
        return report(walk, st, "loop");
    if (walk->ancestors->len > ND_CAP_WALK_DEPTH)
        return report(walk, st, "too-deep");
    int fd = openat(dirfd(parent), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return report(walk, st, "unreadable");
    }
    bool go_on = walk_folder(walk, dir, st);
    closedir(dir);
    return go_on;
}

static bool visit_child(struct walk *walk, DIR *dir, const struct child *child)
{
    if (child->errnum == ENOENT) /* gone between listing and looking: as if it had never been listed */
        return true;
    if (child->errnum != 0)
        return report(walk, &child->stat, "unreadable");
    if (child->name[0] == '.')
        return report(walk, &child->stat, "hidden");
    switch (child->stat.st_mode & S_IFMT) {
    case S_IFREG:
        return report(walk, &child->stat, NULL);
    case S_IFDIR:
        return enter_folder(walk, dir, child->name, &child->stat);
    case S_IFLNK:
        return report(walk, &child->stat, "symlink");
    default:
        return report(walk, &child->stat, "not-a-file");
    }
}

static bool walk_folder(struct walk *walk, DIR *dir, const struct stat *st)
{
    g_array_append_val(walk->ancestors, ((struct ancestor){.device = st->st_dev, .inode = st->st_ino}));
    g_autoptr(GArray) children = list_children(dir);
    gsize length = walk->path->len;
    bool go_on = true;
    for (guint i = 0; i < children->len && go_on; i++) {
        const struct child *child = &g_array_index(children, struct child, i);
        if (length == 0 || walk->path->str[length - 1] != '/')
            g_string_append_c(walk->path, '/');
        g_string_append(walk->path, child->name);
        if (walk->path->str[walk->path->len - 1] == '/')
            g_string_truncate(walk->path, walk->path->len - 1);
        go_on = visit_child(walk, dir, child);
        g_string_truncate(walk->path, length);
    }
    g_array_set_size(walk->ancestors, walk->ancestors->len - 1);
    return go_on;
}

bool nd_walk(const char *root, bool (*visit)(const struct nd_walk_entry *entry, void *user_data),
             void *user_data, GError **error)
{
    struct stat st;
    if (stat(root, &st) != 0) {
        nd_error_set_errno(error, errno, "cannot read '%s'", root);
        return false;
    }
    g_autoptr(GString) path = g_string_new(root);
    g_autoptr(GArray) ancestors = g_array_new(FALSE, FALSE, sizeof(struct ancestor));
    struct walk walk = {.path = path, .ancestors = ancestors, .visit = visit, .user_data = user_data};
    if (!S_ISDIR(st.st_mode)) {
        bool readable = access(root, R_OK) == 0;
        if (S_ISREG(st.st_mode) && !readable) {
            nd_error_set_errno(error, errno, "cannot read '%s'", root);
            return false;
        }
        report(&walk, &st, S_ISREG(st.st_mode) ? NULL : "not-a-file");
        return true;
    }
    DIR *dir = opendir(root);
    if (!dir) {
        nd_error_set_errno(error, errno, "cannot read '%s'", root);
        return false;
    }
    walk_folder(&walk, dir, &st);
    closedir(dir);
    return true;
}
