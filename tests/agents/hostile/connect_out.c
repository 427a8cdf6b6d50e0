/* Takes the descriptors that it has and connects them elsewhere, or writes elsewhere through them. */
#include "attack.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

void attack(const nonpaper_host *host) {
    (void)host;
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9)};
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int fd = 0; fd < 64; fd++) {
        bool connected = connect(fd, (struct sockaddr *)&there, sizeof there) == 0;
        bool sent = sendto(fd, "x", 1, 0, (struct sockaddr *)&there, sizeof there) >= 0;
        bool listens = listen(fd, 1) == 0;
        if (!connected && !sent && !listens) continue;
        report(true, "descriptor %d goes elsewhere", fd);
        return;
    }
    report(false, "connect: %s", strerror(errno));
}
