/* seccomp: which system calls are left. What is not in the table fails with EPERM, as if the process had no right to it:
 * libraries that try and do without go on. What nobody tries by accident ends the process with SIGSYS.
 *
 * Loading a shared object takes one openat(), which no filter can tell from any other: that it is the right file is
 * written in memory. So the kernel opens nothing, ever: the working thread is stopped at the call, and a handler in
 * this process gives it the descriptor on loan. Whoever replaces the handler gains nothing by it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agents/sandbox_parts.h"

/* --- the table --- */

static const int harmless[] = {
    /* what is open already */
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_lseek, SYS_close, SYS_fstat,
    SYS_ppoll, SYS_epoll_pwait, SYS_epoll_ctl, SYS_recvfrom, SYS_shutdown, SYS_getsockopt,
    SYS_getsockname, SYS_getpeername, SYS_eventfd2,
    /* memory */
    SYS_brk, SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise,
    /* threads that are there already */
    SYS_futex, SYS_sched_yield, SYS_set_robust_list, SYS_rseq, SYS_membarrier,
    SYS_sched_getaffinity, SYS_getpid, SYS_gettid, SYS_exit, SYS_exit_group,
    /* signals */
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
    /* time */
    SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_gettimeofday, SYS_nanosleep,
    /* the machine's size, for sorting in the C library */
    SYS_sysinfo, -1};

/* No library tries these on the way to something else. */
static const int hostile[] = {SYS_ptrace,
                              SYS_process_vm_readv,
                              SYS_process_vm_writev,
                              SYS_pidfd_open,
                              SYS_pidfd_getfd,
                              SYS_pidfd_send_signal,
                              SYS_tkill,
                              SYS_execve,
                              SYS_execveat,
                              SYS_unshare,
                              SYS_setns,
                              SYS_chroot,
                              SYS_pivot_root,
                              SYS_mount,
                              SYS_umount2,
                              SYS_bpf,
                              SYS_perf_event_open,
                              SYS_userfaultfd,
                              SYS_io_uring_setup,
                              SYS_init_module,
                              SYS_finit_module,
                              SYS_kexec_load,
                              SYS_keyctl,
                              SYS_add_key,
                              SYS_request_key,
                              SYS_open_by_handle_at,
                              SYS_reboot,
                              SYS_setuid,
                              SYS_setresuid,
                              SYS_capset,
                              -1};

/* --- the program --- */

enum { MAX_PROGRAM = 512 };

typedef struct Program {
    struct sock_filter step[MAX_PROGRAM];
    unsigned short steps;
} Program;

#define OF(field)         ((uint32_t)offsetof(struct seccomp_data, field))
#define LOW_OF(argument)  (OF(args) + 8 * (argument)) /* little-endian machines */
#define HIGH_OF(argument) (LOW_OF(argument) + 4)
#define DENY              (SECCOMP_RET_ERRNO | EPERM)
#define CLOSED            (SECCOMP_RET_ERRNO | EACCES)

static void add(Program *program, uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
    if (program->steps < MAX_PROGRAM)
        program->step[program->steps++] = (struct sock_filter){code, yes, no, value};
}

static void load(Program *program, uint32_t offset) {
    add(program, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void answer(Program *program, uint32_t action) {
    add(program, BPF_RET | BPF_K, action, 0, 0);
}

static void rule(Program *program, int call, uint32_t action) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
    answer(program, action);
}

static void rules(Program *program, const int *calls, uint32_t action) {
    for (; *calls >= 0; calls++) rule(program, *calls, action);
}

/* The call is allowed when the low half of an argument lies in a range, and gets `otherwise` when not. */
static void rule_range(Program *program, int call, int argument, const uint32_t range[2],
                       uint32_t otherwise) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
    load(program, LOW_OF(argument));
    add(program, BPF_JMP | BPF_JGE | BPF_K, range[0], 0, 2);
    add(program, BPF_JMP | BPF_JGT | BPF_K, range[1], 1, 0);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, otherwise);
}

/* The call is allowed when an argument, a pointer, is NULL. */
static void rule_null(Program *program, int call, int argument) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 6);
    load(program, LOW_OF(argument));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load(program, HIGH_OF(argument));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, DENY);
}

/* Limits may be looked at, its own only. */
static void rule_limits(Program *program) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 8);
    load(program, LOW_OF(0));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 5);
    load(program, LOW_OF(2));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load(program, HIGH_OF(2));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
    answer(program, SECCOMP_RET_ALLOW);
    answer(program, DENY);
}

static void begin(Program *program) {
    load(program, OF(arch));
    add(program, BPF_JMP | BPF_JEQ | BPF_K, sandbox_machine.architecture, 1, 0);
    answer(program, SECCOMP_RET_KILL_PROCESS);
    load(program, OF(nr));
}

static void write_program(Program *program) {
    const uint32_t self[2] = {(uint32_t)getpid(), (uint32_t)getpid()};
    const uint32_t flags_only[2] = {F_GETFD, F_SETFL};
    begin(program);
    rules(program, harmless, SECCOMP_RET_ALLOW);
    rules(program, sandbox_machine.harmless, SECCOMP_RET_ALLOW);
    rules(program, hostile, SECCOMP_RET_KILL_PROCESS);
    rule(program, SYS_openat, CLOSED);
    rule(program, SYS_newfstatat, CLOSED);
    if (sandbox_machine.open >= 0) rule(program, sandbox_machine.open, CLOSED);
    rule_range(program, SYS_tgkill, 0, self, SECCOMP_RET_KILL_PROCESS);
    rule_range(program, SYS_kill, 0, self, SECCOMP_RET_KILL_PROCESS);
    rule_range(program, SYS_fcntl, 1, flags_only, DENY);
    /* For the second program; all that a thread can do with it is to take more from itself. */
    rule_range(program, SYS_seccomp, 1, (const uint32_t[]){0, 0}, DENY);
    rule_null(program, SYS_sendto, 4); /* to whom it is connected, and nobody else */
    rule_limits(program);
    answer(program, DENY);
}

/* On top of the other one, and for the working thread alone: ZeroMQ's threads block every signal. */
static void write_loans(Program *program) {
    begin(program);
    rule(program, SYS_seccomp, DENY);
    rule(program, SYS_openat, SECCOMP_RET_TRAP);
    rule(program, SYS_newfstatat, SECCOMP_RET_TRAP);
    if (sandbox_machine.open >= 0) rule(program, sandbox_machine.open, SECCOMP_RET_TRAP);
    answer(program, SECCOMP_RET_ALLOW);
}

static bool install(Program *program, unsigned flags) {
    struct sock_fprog code = {program->steps, program->step};
    return program->steps < MAX_PROGRAM &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &code) == 0;
}

/* --- loans --- */

static struct {
    char path[2048];
    int descriptor; /* -1: taken */
} lent[SANDBOX_MAX_LOANS];

static int64_t take_loan(const char *path, uint64_t flags) {
    if (path == NULL || (flags & O_ACCMODE) != O_RDONLY) return -EACCES;
    for (size_t i = 0; i < SANDBOX_MAX_LOANS; i++) {
        if (lent[i].path[0] == '\0' || strcmp(lent[i].path, path) != 0) continue;
        int descriptor = lent[i].descriptor;
        lent[i].descriptor = -1;
        if (descriptor >= 0) return descriptor;
    }
    return -EACCES;
}

/* The C library asks of open files in the words of a call that can ask of any. */
static int64_t look_at(int descriptor, const char *path, void *status) {
    if (path == NULL || path[0] != '\0') return -EACCES;
    return syscall(SYS_fstat, descriptor, status) == 0 ? 0 : -errno;
}

static void trapped(int number, siginfo_t *info, void *context) {
    (void)number;
    int before = errno;
    uint64_t a[4];
    for (int i = 0; i < 4; i++) a[i] = sandbox_trapped_argument(context, i);
    int64_t result = -EPERM;
    if (info->si_syscall == SYS_openat)
        result = take_loan((const char *)(uintptr_t)a[1], a[2]);
    else if (info->si_syscall == sandbox_machine.open)
        result = take_loan((const char *)(uintptr_t)a[0], a[1]);
    else if (info->si_syscall == SYS_newfstatat)
        result = look_at((int)a[0], (const char *)(uintptr_t)a[1], (void *)(uintptr_t)a[2]);
    sandbox_trapped_answer(context, result);
    errno = before;
}

/* The dynamic linker is given paths with a slash in them. */
static void lend(const SandboxPlan *plan) {
    for (size_t i = 0; i < plan->loans; i++) {
        const char *path = plan->loan[i].path;
        size_t length = strlen(path), dot = strchr(path, '/') == NULL ? 2 : 0;
        if (length + dot >= sizeof lent[i].path) continue;
        memcpy(lent[i].path, "./", dot);
        memcpy(lent[i].path + dot, path, length + 1);
        lent[i].descriptor = plan->loan[i].descriptor;
    }
    struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigaction(SIGSYS, &action, NULL);
}

/* --- the whole --- */

bool sandbox_lock_calls(const SandboxPlan *plan) {
    Program program = {.steps = 0}, loans = {.steps = 0};
    if (sandbox_machine.architecture == 0) return false;
    write_program(&program);
    write_loans(&loans);
    lend(plan);
    /* In this order: what this thread has is what the first shares out to all. */
    return install(&program, SECCOMP_FILTER_FLAG_TSYNC) && install(&loans, 0);
}
