#define _GNU_SOURCE
#include <linux/audit.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "agents/sandbox_parts.h"

static const int harmless[] = {SYS_poll, SYS_epoll_wait, SYS_time, -1};

const Machine sandbox_machine = {AUDIT_ARCH_X86_64, harmless, SYS_open};

uint64_t sandbox_trapped_argument(const void *context, int index) {
    static const int registers[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
    const ucontext_t *stopped = context;
    return (uint64_t)stopped->uc_mcontext.gregs[registers[index]];
}

void sandbox_trapped_answer(void *context, int64_t answer) {
    ucontext_t *stopped = context;
    stopped->uc_mcontext.gregs[REG_RAX] = answer;
}
