#include "tests/fault/faults.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static enum fault_kind armed_kind;
static unsigned armed_at, n_calls;
static bool armed;

void fault_arm(enum fault_kind kind, unsigned at)
{
    armed_kind = kind;
    armed_at = at;
    n_calls = 0;
    armed = true;
}

unsigned fault_disarm(void)
{
    armed = false;
    return n_calls;
}

/* Counts a call; true when it has to fail, with errno set. */
static bool strikes(bool needs_space)
{
    if (!armed)
        return false;
    n_calls++;
    if (armed_kind == FAULT_KILL && n_calls == armed_at)
        raise(SIGKILL);
    if (armed_kind == FAULT_IO && n_calls == armed_at) {
        errno = EIO;
        return true;
    }
    if (armed_kind == FAULT_FULL && n_calls >= armed_at && needs_space) {
        errno = ENOSPC;
        return true;
    }
    return false;
}

/* ---- the calls, in place of the C library's ---- */

ssize_t write(int fd, const void *data, size_t n)
{
    /* what goes to a terminal or a pipe is no change of a file */
    if (lseek(fd, 0, SEEK_CUR) >= 0 && strikes(true))
        return -1;
    return syscall(SYS_write, fd, data, n);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t offset)
{
    return strikes(true) ? -1 : syscall(SYS_pwrite64, fd, data, n, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t offset)
{
    return strikes(true) ? -1 : syscall(SYS_pwrite64, fd, data, n, offset);
}

int fsync(int fd)
{
    return strikes(false) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return strikes(false) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate(int fd, off_t size)
{
    return strikes(false) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return strikes(false) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int rename(const char *from, const char *to)
{
    return strikes(true) ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    return strikes(true) ? -1 : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int unlink(const char *path)
{
    return strikes(false) ? -1 : (int)syscall(SYS_unlink, path);
}
