/* Makes sockets of every kind. */
#include "attack.h"

#include <sys/socket.h>

void attack(const nonpaper_host *host) {
    (void)host;
    static const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    int two[2];
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (socket(families[i], SOCK_DGRAM, 0) >= 0) {
            report(true, "a socket of family %d", families[i]);
            return;
        }
    report_call("make sockets", socketpair(AF_UNIX, SOCK_STREAM, 0, two));
}
