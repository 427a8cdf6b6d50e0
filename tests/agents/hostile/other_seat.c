/* Says hello once more, over the line that it has, as the partner that is not there yet. If that worked, the
 * partner's profile would come over the same line. */
#include "attack.h"

#include <sys/socket.h>
#include <unistd.h>

/* ZMTP 3: a short message; then Frame { hello { lowest: 1, highest: 9, seat: "lower" } }. */
static const unsigned char hello[] = {0x00, 13, 0x0a, 11,  0x08, 1,   0x10, 9,
                                      0x1a, 5,  'l',  'o', 'w',  'e', 'r'};

__attribute__((constructor)) static void claim(void) {
    for (int fd = 3; fd < 64; fd++) {
        struct sockaddr_storage there;
        socklen_t length = sizeof there;
        if (getpeername(fd, (struct sockaddr *)&there, &length) != 0) continue;
        if (write(fd, hello, sizeof hello) < 0) continue;
    }
}

/* Reached only when the run opens, with both seats taken. */
void attack(const nonpaper_host *host) {
    report(true, "the run was opened for seat %s", host->seat_id[host->seat]);
}
