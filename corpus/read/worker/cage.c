#include "corpus/read/worker/cage.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ND_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ND_SANITIZED 1
#endif
#endif
#ifndef ND_SANITIZED
#define ND_SANITIZED 0
#endif

/* A limit that is tighter already stays: only root may raise it. */
static bool limit(int resource, rlim_t value, GError **error)
{
    struct rlimit limits;
    if (getrlimit((__rlimit_resource_t)resource, &limits) == 0) {
        limits.rlim_max = MIN(limits.rlim_max, value);
        limits.rlim_cur = limits.rlim_max;
        if (setrlimit((__rlimit_resource_t)resource, &limits) == 0)
            return true;
    }
    nd_error_set_errno(error, errno, "cannot set resource limit %d", resource);
    return false;
}

/* What libraries print of a damaged file is not for the user's terminal, and ends the process where it is a
 * file. Sanitizers report there. */
static void silence(void)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null < 0)
        return;
    dup2(null, STDERR_FILENO);
    close(null);
}

/* Denies every access to files by path. A kernel without Landlock is no failure: the filter denies them too.
 */
static void deny_paths(void)
{
    const struct landlock_ruleset_attr all = {
        .handled_access_fs =
            LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
            LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
            LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
            LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
            LANDLOCK_ACCESS_FS_MAKE_SYM};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (ruleset < 0)
        return;
    syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
}

static bool filter_calls(GError **error)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    int failed = filter ? 0 : -ENOMEM;
#define ND_SYSCALL(name)                                                                                     \
    if (failed == 0)                                                                                         \
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(name), 0);
#include "corpus/read/worker/syscalls.def"
#undef ND_SYSCALL
    static const int refused[] = {
        SCMP_SYS(open),   SCMP_SYS(openat), SCMP_SYS(access),    SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
        SCMP_SYS(stat),   SCMP_SYS(lstat),  SCMP_SYS(statx),     SCMP_SYS(readlink),  SCMP_SYS(readlinkat),
        SCMP_SYS(getcwd), SCMP_SYS(ioctl),  SCMP_SYS(prlimit64), SCMP_SYS(statfs),    SCMP_SYS(prctl)};
    for (size_t i = 0; failed == 0 && i < G_N_ELEMENTS(refused); i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
    /* memory may be mapped, but never as code */
    if (failed == 0)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (failed == 0)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (failed == 0)
        failed = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    if (failed == 0)
        return true;
    nd_error_set_errno(error, -failed, "cannot filter the extractor's system calls");
    return false;
}

bool nd_cage_enter(size_t memory_bytes, GError **error)
{
    /* the sanitizers reserve terabytes of address space */
    if (!ND_SANITIZED && !limit(RLIMIT_AS, memory_bytes, error))
        return false;
    if (!limit(RLIMIT_CORE, 0, error) || !limit(RLIMIT_FSIZE, 0, error) || !limit(RLIMIT_NOFILE, 32, error))
        return false;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        nd_error_set_errno(error, errno, "cannot give up privileges");
        return false;
    }
    if (!ND_SANITIZED)
        silence();
    signal(SIGXFSZ, SIG_IGN); /* a write that the limit forbids fails, that is enough */
    deny_paths();
    return filter_calls(error);
}
