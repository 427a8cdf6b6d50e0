/* Opens devices through which a machine can be read. */
#include "attack.h"

#include <fcntl.h>

void attack(const nonpaper_host *host) {
    (void)host;
    static const char *const devices[] = {"/dev/mem",    "/dev/kmem", "/dev/port", "/dev/tty",
                                          "/proc/kcore", "/dev/kmsg", "/dev/zero"};
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++)
        if (open(devices[i], O_RDWR) >= 0 || open(devices[i], O_RDONLY) >= 0) {
            report(true, "%s is open", devices[i]);
            return;
        }
    report(false, "open devices: %s", strerror(errno));
}
