/* Inside the sandbox: its two locks, and what differs between processors. */
#ifndef AGENTS_SANDBOX_PARTS_H
#define AGENTS_SANDBOX_PARTS_H

#include <stdint.h>

#include "agents/sandbox.h"

/* --- sandbox_landlock.c --- */

/* For this thread and those that it will start. */
bool sandbox_lock_files(const SandboxPlan *plan);

/* --- sandbox_filter.c --- */

/* For all threads. */
bool sandbox_lock_calls(const SandboxPlan *plan);

/* --- sandbox_x86_64.c, or sandbox_elsewhere.c: chosen by CMake --- */

/* System calls that only this kind of processor has, or that are numbered otherwise. */
typedef struct Machine {
    uint32_t architecture; /* AUDIT_ARCH_…; 0: there is no filter for this machine */
    const int *harmless;   /* ends with -1 */
    int open;              /* the old call without a folder; -1 for none */
} Machine;
extern const Machine sandbox_machine;

/* Arguments of the system call at which a thread was stopped, and its answer to it. */
uint64_t sandbox_trapped_argument(const void *context, int index);
void sandbox_trapped_answer(void *context, int64_t answer);

#endif
