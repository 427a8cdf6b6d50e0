/* Writes, moves and removes files where the program was started. */
#include "attack.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void attack(const nonpaper_host *host) {
    (void)host;
    bool made = open("left-behind", O_CREAT | O_WRONLY, 0600) >= 0 || mkdir("left", 0700) == 0 ||
                symlink("hostile.db", "left-link") == 0;
    bool changed = rename("precious", "moved") == 0 || unlink("precious") == 0 ||
                   truncate("precious", 0) == 0 || chmod("precious", 0) == 0;
    report(made || changed, "write files: %s", strerror(errno));
}
