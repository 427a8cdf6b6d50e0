/* Opens the scenario, where everybody's profile is written. */
#include "attack.h"

#include <fcntl.h>

void attack(const nonpaper_host *host) {
    (void)host;
    report_call("open the scenario", open(SCENARIO, O_RDONLY));
}
