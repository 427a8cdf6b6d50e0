/* Attacks while it is being loaded, before anybody has asked it for anything. */
#include "attack.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

void attack(const nonpaper_host *host) {
    (void)host;
    report(true, "the constructor did not run");
}

__attribute__((constructor)) static void at_loading(void) {
    int opened = open(SCENARIO, O_RDONLY), made = socket(AF_UNIX, SOCK_STREAM, 0);
    pid_t child = fork();
    if (child == 0) _exit(0);
    report(opened >= 0 || made >= 0 || child > 0, "at loading: %s", strerror(errno));
}
