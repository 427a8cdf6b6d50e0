#define _GNU_SOURCE
#include "agents/sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agents/sandbox_parts.h"

enum {
    MEMORY_BYTES = 0x7fffffff, /* more than it has at the beginning */
    PROCESSOR_SECONDS =
        86400, /* the broker's patience ends sooner; this is for those without a broker */
    MOST_DESCRIPTORS = 64,    /* ZeroMQ polls a few of them */
    MOST_COMPLAINTS = 1 << 20 /* bytes on a standard error that is a file */
};

/* --- before --- */

void sandbox_close_descriptors(void) {
    syscall(SYS_close_range, (unsigned)STDERR_FILENO + 1, ~0u, 0);
}

/* The words themselves, too: they lie on the stack for whoever looks. */
static void wipe_environment(void) {
    for (char **word = environ; word != NULL && *word != NULL; word++)
        memset(*word, 0, strlen(*word));
    clearenv();
}

/* A terminal is open in both directions, whatever it is called. */
static void detach_streams(void) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) return;
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    if (isatty(STDERR_FILENO)) {
        int mute = open("/proc/self/fd/2", O_WRONLY | O_NOCTTY | O_CLOEXEC);
        dup2(mute >= 0 ? mute : null, STDERR_FILENO);
        if (mute > STDERR_FILENO) close(mute);
    }
    if (null > STDERR_FILENO) close(null);
}

/* Its address space in bytes; sanitizers reserve terabytes of it. */
static rlim_t address_space(void) {
    char pages[64] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    bool known = read(file, pages, sizeof pages - 1) > 0;
    close(file);
    return known ? strtoull(pages, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) : 0;
}

/* What the second step needs to know of the first. */
static struct {
    bool files_locked;
    rlim_t memory; /* 0: unknown */
} prepared;

void sandbox_prepare(const SandboxPlan *plan) {
    prepared.memory = address_space();
    wipe_environment();
    detach_streams();
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prepared.files_locked = sandbox_lock_files(plan);
}

/* --- limits --- */

static void set_limit(int resource, rlim_t value) {
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) != 0) return;
    if (value > now.rlim_max) value = now.rlim_max;
    setrlimit((__rlimit_resource_t)resource, &(struct rlimit){value, value});
}

/* What may still be written to a file: complaints, if that is where they go. */
static rlim_t file_bytes(void) {
    struct stat status;
    bool file = fstat(STDERR_FILENO, &status) == 0 && S_ISREG(status.st_mode);
    return file ? (rlim_t)status.st_size + MOST_COMPLAINTS : 0;
}

static void set_limits(void) {
    if (prepared.memory > 0) set_limit(RLIMIT_AS, prepared.memory + MEMORY_BYTES);
    set_limit(RLIMIT_CPU, PROCESSOR_SECONDS);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_NPROC, 0);
    set_limit(RLIMIT_NOFILE, MOST_DESCRIPTORS);
    set_limit(RLIMIT_FSIZE, file_bytes());
    signal(SIGXFSZ, SIG_IGN);
}

SandboxLevel sandbox_enter(const SandboxPlan *plan) {
    set_limits();
    if (!sandbox_lock_calls(plan)) return SANDBOX_NONE;
    return prepared.files_locked ? SANDBOX_FULL : SANDBOX_PARTIAL;
}

/* --- trying it out --- */

const char *sandbox_level_name(SandboxLevel level) {
    static const char *const names[] = {"none", "partial", "full"};
    return names[level];
}

/* It must not only say that it is closed in. */
static bool is_contained(void) {
    return open("/", O_RDONLY | O_CLOEXEC) < 0 && socket(AF_UNIX, SOCK_STREAM, 0) < 0 &&
           syscall(SYS_getppid) < 0;
}

SandboxLevel sandbox_probe(void) {
    int status;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        const SandboxPlan plan = {.loans = 0};
        sandbox_prepare(&plan);
        SandboxLevel level = sandbox_enter(&plan);
        _exit(level == SANDBOX_NONE || is_contained() ? (int)level : SANDBOX_NONE);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) return SANDBOX_NONE;
    int level = WEXITSTATUS(status);
    return level <= SANDBOX_FULL ? (SandboxLevel)level : SANDBOX_NONE;
}
