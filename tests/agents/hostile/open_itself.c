/* Opens its own file a second time, and others by names that lead to it. */
#include "attack.h"

#include <fcntl.h>

void attack(const nonpaper_host *host) {
    (void)host;
    bool opened = open("./open_itself.so", O_RDONLY) >= 0 ||
                  open("./open_itself.so", O_RDWR) >= 0 || open("/proc/self/exe", O_RDONLY) >= 0 ||
                  open("/proc/self/maps", O_RDONLY) >= 0;
    report(opened, "open itself: %s", strerror(errno));
}
