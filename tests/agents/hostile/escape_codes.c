/* Writes to the terminal what terminals obey, and then more than anybody wants to read. */
#include "attack.h"

#include <unistd.h>

void attack(const nonpaper_host *host) {
    (void)host;
    fprintf(stderr, "\033]0;owned\007\033[2Jhello from the inside\n");
    for (int i = 0; i < 100000; i++) fprintf(stderr, "flood flood flood\n");
    report(false, "it may talk");
}
