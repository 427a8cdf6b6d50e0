/* Becomes another program. */
#include "attack.h"

#include <unistd.h>

void attack(const nonpaper_host *host) {
    (void)host;
    execl("/bin/sh", "sh", "-c", "echo BROKE OUT: a shell >&2", (char *)NULL);
    report(false, "run a program: %s", strerror(errno));
}
