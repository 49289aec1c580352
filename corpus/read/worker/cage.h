#ifndef ND_CORPUS_READ_WORKER_CAGE_H
#define ND_CORPUS_READ_WORKER_CAGE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Locks this process in for good: no files by path (Landlock where the kernel has it), no system call but
 * those of syscalls.def (seccomp; any other kills the process, opening files fails with EACCES), no core, no
 * child, no file growth, at most memory_bytes of address space. Everything that must be loaded has to be
 * loaded before. Fails with ND_ERROR_INTERNAL when the seccomp filter cannot be set up: no cage, no
 * extraction.
 */
bool nd_cage_enter(size_t memory_bytes, GError **error);

#endif
