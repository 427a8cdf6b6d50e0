/* Opens the memory of the broker and of the other agents, as a debugger would. */
#include "attack.h"

#include <fcntl.h>

#include "neighbours.h"

static bool open_memory(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    return open(path, O_RDONLY) >= 0;
}

void attack(const nonpaper_host *host) {
    (void)host;
    report(any_neighbour(open_memory), "open the memory of others: %s", strerror(errno));
}
