/* Signals the broker and the other agents; the signal that does nothing shows that it could. */
#include "attack.h"

#include <signal.h>

#include "neighbours.h"

static bool reach(pid_t pid) {
    return kill(pid, 0) == 0;
}

void attack(const nonpaper_host *host) {
    (void)host;
    report(any_neighbour(reach), "signal others: %s", strerror(errno));
}
