/* Reads the memory of the broker and of the other agents without opening anything. */
#define _GNU_SOURCE
#include "attack.h"

#include <sys/uio.h>

#include "neighbours.h"

static bool read_memory(pid_t pid) {
    char here[16];
    struct iovec mine = {here, sizeof here}, theirs = {(void *)&hostile, sizeof here};
    /* A bad address is an answer, too: the process may be read. */
    return process_vm_readv(pid, &mine, 1, &theirs, 1, 0) >= 0 || errno == EFAULT;
}

void attack(const nonpaper_host *host) {
    (void)host;
    report(any_neighbour(read_memory), "read the memory of others: %s", strerror(errno));
}
