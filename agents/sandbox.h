/* The sandbox of an agent's process: what runs in it afterwards has memory, the descriptors it had, a share of the
 * processor, and nothing else: no file, no socket, no process, no look into another one.
 *
 * Two steps, because the channel to the broker has to be opened in between: sandbox_prepare before there are any
 * threads, sandbox_enter before anything foreign is executed. There is no way back.
 *
 * Landlock (kernel 5.13 and later) takes the file system away, seccomp the system calls. Where one is missing the other
 * holds alone, and the level says so. docs/strategies.md, "Containment", says what each prevents. */
#ifndef AGENTS_SANDBOX_H
#define AGENTS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

typedef enum SandboxLevel {
    SANDBOX_NONE,    /* limits, empty environment, closed descriptors only */
    SANDBOX_PARTIAL, /* seccomp without Landlock */
    SANDBOX_FULL     /* both */
} SandboxLevel;

/* A file that may be opened though nothing else may: once, for reading, by exactly this path. */
typedef struct SandboxLoan {
    const char *path;
    int descriptor; /* open for reading; goes to whoever opens the path */
} SandboxLoan;

enum { SANDBOX_MAX_LOANS = 8 };

typedef struct SandboxPlan {
    bool without_landlock; /* as on an older kernel: for tests */
    bool network;          /* the channel goes over tcp */
    SandboxLoan loan[SANDBOX_MAX_LOANS];
    size_t loans;
} SandboxPlan;

/* First thing in the process: closes inherited descriptors but the three standard streams. */
void sandbox_close_descriptors(void);
/* Files for loan are open by now; nothing else of the file system is needed any more. Wipes the environment, detaches
 * standard input and output, denies the file system where the kernel can. */
void sandbox_prepare(const SandboxPlan *plan);
/* Sets the limits and denies the system calls, for all threads. Call it from the thread that will do the work. Returns
 * what holds now. */
SandboxLevel sandbox_enter(const SandboxPlan *plan);

const char *sandbox_level_name(SandboxLevel level); /* "full", "partial", "none" */

/* Which level this machine has, tried out in a process of its own. */
SandboxLevel sandbox_probe(void);
/* The kernel's version of Landlock; 0 for none. */
int sandbox_landlock_version(void);

#endif
