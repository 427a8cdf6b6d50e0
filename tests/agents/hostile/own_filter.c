/* Replaces the handler that lends files, and forbids itself to be stopped. */
#define _GNU_SOURCE
#include "attack.h"

#include <fcntl.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

/* As if the call had been made. */
static void pretend(int number, siginfo_t *info, void *context) {
    (void)number, (void)info;
    ((ucontext_t *)context)->uc_mcontext.gregs[REG_RAX] = 77;
}

void attack(const nonpaper_host *host) {
    (void)host;
    char byte;
    struct sigaction mine = {.sa_sigaction = pretend, .sa_flags = SA_SIGINFO};
    sigaction(SIGSYS, &mine, NULL);
    int fd = open(SCENARIO, O_RDONLY);
    report(fd >= 0 && read(fd, &byte, 1) == 1, "pretend: descriptor %d", fd);
}
