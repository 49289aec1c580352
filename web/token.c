#include "web/token.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define KEY_BYTES 32

static bool read_key(const char *path, guint8 key[KEY_BYTES])
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const bool whole = fd >= 0 && read(fd, key, KEY_BYTES) == KEY_BYTES;
    if (fd >= 0)
        close(fd);
    return whole;
}

/* Two processes may do so at once: the file comes into being whole, and the first one counts. */
static bool make_key(const char *path, GError **error)
{
    guint8 key[KEY_BYTES];
    g_autofree char *unfinished = g_strdup_printf("%s.%d", path, (int)getpid());
    const int fd = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && getrandom(key, sizeof key, 0) == KEY_BYTES &&
                write(fd, key, sizeof key) == KEY_BYTES && fsync(fd) == 0 &&
                (link(unfinished, path) == 0 || errno == EEXIST);
    if (!good)
        nd_error_set_errno(error, errno, "cannot make %s", path);
    if (fd >= 0) {
        close(fd);
        unlink(unfinished);
    }
    return good;
}

static char *token_of(const guint8 key[KEY_BYTES], const char *user, gint64 day)
{
    g_autofree char *text = g_strdup_printf("review\n%s\n%" G_GINT64_FORMAT, user, day);
    return g_compute_hmac_for_string(G_CHECKSUM_SHA256, key, KEY_BYTES, text, -1);
}

static gint64 today(void)
{
    return g_get_real_time() / G_USEC_PER_SEC / (24 * 60 * 60);
}

char *nd_token_new(const char *index_dir, const char *user, GError **error)
{
    guint8 key[KEY_BYTES];
    g_autofree char *path = g_build_filename(index_dir, "web-key", NULL);
    if (!read_key(path, key) && (!make_key(path, error) || !read_key(path, key))) {
        if (error && !*error)
            g_set_error(error, ND_ERROR, ND_ERROR_IO, "cannot read %s", path);
        return NULL;
    }
    return token_of(key, user, today());
}

/* In a time that does not depend on where they differ. */
static bool is_equal(const char *a, const char *b)
{
    const size_t n = strlen(a);
    if (strlen(b) != n)
        return false;
    int difference = 0;
    for (size_t i = 0; i < n; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

bool nd_token_is_for(const char *token, const char *index_dir, const char *user)
{
    guint8 key[KEY_BYTES];
    g_autofree char *path = g_build_filename(index_dir, "web-key", NULL);
    if (!token || !user || !read_key(path, key))
        return false;
    bool found = false;
    for (gint64 day = today() - 1; day <= today(); day++) {
        g_autofree char *good = token_of(key, user, day);
        found |= is_equal(token, good);
    }
    return found;
}
