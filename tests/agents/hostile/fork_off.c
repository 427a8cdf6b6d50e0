/* Leaves a process behind. */
#include "attack.h"

#include <sys/wait.h>
#include <unistd.h>

void attack(const nonpaper_host *host) {
    (void)host;
    pid_t child = fork();
    if (child == 0) _exit(0);
    int error = errno;
    if (child > 0) waitpid(child, NULL, 0);
    errno = error;
    report_call("start a process", child);
}
