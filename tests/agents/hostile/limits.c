/* Raises its limits, and makes itself visible to debuggers again. */
#define _GNU_SOURCE
#include "attack.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void attack(const nonpaper_host *host) {
    (void)host;
    const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    bool raised = setrlimit(RLIMIT_AS, &more) == 0 || setrlimit(RLIMIT_FSIZE, &more) == 0;
    bool shown = prctl(PR_SET_DUMPABLE, 1) == 0;
    report(raised || shown, "raise limits: %s", strerror(errno));
}
