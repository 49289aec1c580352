#include "corpus/store/xapian_c/xc_writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const char *what, const char *path, GError **error)
{
    g_set_error(error, XC_ERROR, XC_ERROR_SYSTEM, "cannot %s %s: %s", what, path, g_strerror(errno));
    return false;
}

/* Syncs one entry of the directory when it is a regular file. One that vanished meanwhile needs no sync. */
static bool sync_entry(int directory, const char *name, GError **error)
{
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT || errno == ELOOP ? true : fail("open", name, error);
    struct stat st;
    bool done = true;
    if (fstat(fd, &st) != 0)
        done = fail("examine", name, error);
    else if (S_ISREG(st.st_mode) && fsync(fd) != 0)
        done = fail("sync", name, error);
    close(fd);
    return done;
}

bool xc_sync_directory(const char *path, GError **error)
{
    DIR *entries = opendir(path);
    if (!entries)
        return fail("open", path, error);
    int directory = dirfd(entries);
    bool done = true;
    for (struct dirent *entry; done && (entry = readdir(entries));)
        if (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN)
            done = sync_entry(directory, entry->d_name, error);
    if (done && fsync(directory) != 0)
        done = fail("sync", path, error);
    closedir(entries);
    return done;
}
