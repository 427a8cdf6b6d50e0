/* Attaches to the broker and to the other agents. */
#include "attack.h"

#include <sys/ptrace.h>

#include "neighbours.h"

static bool seize(pid_t pid) {
    if (ptrace(PTRACE_SEIZE, pid, 0, 0) != 0) return false;
    ptrace(PTRACE_DETACH, pid, 0, 0);
    return true;
}

void attack(const nonpaper_host *host) {
    (void)host;
    report(any_neighbour(seize), "trace others: %s", strerror(errno));
}
