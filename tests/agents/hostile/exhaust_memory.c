/* Takes all memory that there is. */
#include "attack.h"

#include <stdlib.h>
#include <sys/mman.h>

void attack(const nonpaper_host *host) {
    (void)host;
    enum { BLOCK = 64 << 20, ENOUGH = 128 };
    int blocks = 0;
    while (blocks < ENOUGH &&
           mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                -1, 0) != MAP_FAILED)
        blocks++;
    report(blocks == ENOUGH, "%d MiB", blocks * 64);
}
