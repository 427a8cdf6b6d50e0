/* Processes that were started about when this one was: the broker, the other agents. */
#ifndef TESTS_AGENTS_HOSTILE_NEIGHBOURS_H
#define TESTS_AGENTS_HOSTILE_NEIGHBOURS_H

#include <stdbool.h>
#include <sys/types.h>
#include <unistd.h>

/* Tries one after the other until one succeeds. */
static inline bool any_neighbour(bool (*try_one)(pid_t pid)) {
    for (pid_t pid = getpid() - 30; pid < getpid() + 30; pid++)
        if (pid > 1 && pid != getpid() && try_one(pid)) return true;
    return false;
}

#endif
