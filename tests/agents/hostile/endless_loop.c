/* Never comes back. */
#include "attack.h"

void attack(const nonpaper_host *host) {
    (void)host;
    for (volatile int i = 0;; i++) continue;
}
