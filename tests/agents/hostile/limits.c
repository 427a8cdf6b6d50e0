/* Raises its limits, asks for those of a process by its number, and makes itself visible to debuggers again. */
#define _GNU_SOURCE
#include "attack.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

void attack(const nonpaper_host *host) {
    (void)host;
    const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    bool raised = setrlimit(RLIMIT_AS, &more) == 0 || setrlimit(RLIMIT_FSIZE, &more) == 0;
    bool shown = prctl(PR_SET_DUMPABLE, 1) == 0;
    struct rlimit seen;
    bool asked = prlimit(getpid(), RLIMIT_NOFILE, NULL, &seen) == 0;
    report(raised || shown || asked, "raise limits: %s", strerror(errno));
}
