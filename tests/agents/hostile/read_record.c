/* Opens the record of this very run, which lies where the program was started. */
#include "attack.h"

#include <fcntl.h>

void attack(const nonpaper_host *host) {
    (void)host;
    report_call("open the record", open("hostile.db", O_RDONLY));
}
