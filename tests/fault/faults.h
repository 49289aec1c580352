#ifndef TESTS_FAULT_FAULTS_H
#define TESTS_FAULT_FAULTS_H

/*
 * Faults on order, in the process that links faults.c: the system calls that change files (write, pwrite,
 * fsync, fdatasync, ftruncate, rename, unlink, open for writing) are counted, and at one of them the process
 * dies as if by kill -9, or they begin to fail. Works on libraries too, because the program's definitions
 * come before the C library's.
 */

#include <stdbool.h>

enum fault_kind {
    FAULT_NONE, /* only count */
    FAULT_KILL, /* die before the call */
    FAULT_FULL, /* from this call on, calls that need space fail with ENOSPC */
    FAULT_IO,   /* this one call fails with EIO */
};

/* Begins to count from 0; the fault happens at call number `at` (from 1). */
void fault_arm(enum fault_kind kind, unsigned at);
/* The number of calls so far. Ends the counting. */
unsigned fault_disarm(void);

#endif
