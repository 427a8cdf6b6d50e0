/* Looks around: what lies here, who else is running? */
#include "attack.h"

#include <dirent.h>
#include <sys/stat.h>

void attack(const nonpaper_host *host) {
    (void)host;
    struct stat status;
    DIR *here = opendir("."), *processes = opendir("/proc");
    int known = stat("/proc/1/status", &status);
    report(here != NULL || processes != NULL || known == 0, "list folders: %s", strerror(errno));
}
