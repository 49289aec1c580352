#include "corpus/store/index_private.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* The version of what lies in an index directory, and of how text becomes terms, mentions and metadata: an
 * index made by another analysis would answer wrongly. Either goes up with a change that old indexes do not
 * have. */
#define FORMAT_VERSION   5
#define ANALYSIS_VERSION 1

static char *format_line(void)
{
    return g_strdup_printf("ndsearch index, format %d, analysis %d\n", FORMAT_VERSION, ANALYSIS_VERSION);
}

bool nd_index_check_format(const char *index_dir, GError **error)
{
    g_autofree char *name = g_build_filename(index_dir, ND_INDEX_FORMAT_FILE, NULL);
    g_autofree char *contents = NULL, *expected = format_line();
    if (!g_file_get_contents(name, &contents, NULL, NULL)) {
        const bool exists = g_file_test(index_dir, G_FILE_TEST_EXISTS);
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, exists ? "%s is not an index" : "no index at %s",
                    index_dir);
        return false;
    }
    if (strcmp(contents, expected) == 0)
        return true;
    if (g_str_has_prefix(contents, "ndsearch index"))
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "%s is an index of another version; build it again",
                    index_dir);
    else
        g_set_error(error, ND_ERROR, ND_ERROR_INDEX, "%s is not an index", index_dir);
    return false;
}

bool nd_index_write_format(const char *index_dir, GError **error)
{
    g_autofree char *name = g_build_filename(index_dir, ND_INDEX_FORMAT_FILE, NULL);
    g_autofree char *contents = format_line();
    g_autoptr(GError) file_error = NULL;
    if (g_file_set_contents_full(name, contents, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                 &file_error))
        return true;
    g_set_error(error, ND_ERROR, ND_ERROR_IO, "%s", file_error->message);
    return false;
}

int nd_index_lock(const char *index_dir, GError **error)
{
    g_autofree char *name = g_build_filename(index_dir, ND_INDEX_LOCK_FILE, NULL);
    const int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        nd_error_set_errno(error, errno, "cannot open %s", name);
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    if (errno == EWOULDBLOCK)
        g_set_error(error, ND_ERROR, ND_ERROR_LOCKED, "%s is being written by another process", index_dir);
    else
        nd_error_set_errno(error, errno, "cannot lock %s", name);
    close(fd);
    return -1;
}
