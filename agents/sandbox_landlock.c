/* Landlock: the file system is gone for this process; files on loan are open already. The numbers are the kernel's; the C
 * library of Debian 12 knows only the first of them. */
#define _GNU_SOURCE
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agents/sandbox_parts.h"

/* As of version 6: later ones append. */
typedef struct Ruleset {
    uint64_t files, network, scope;
} Ruleset;

enum {
    FILES_V1 = (1 << 13) - 1, /* read, write, execute, list, make and remove of every kind */
    FILES_V2 = 1 << 13,       /* move between folders */
    FILES_V3 = 1 << 14,       /* truncate */
    FILES_V5 = 1 << 15,       /* control devices */
    BIND_V4 = 1 << 0,
    CONNECT_V4 = 1 << 1,
    SCOPES_V6 = 3 /* abstract sockets of others; signals to others */
};

int sandbox_landlock_version(void) {
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}

/* What is named here is denied. */
static Ruleset everything(int version, bool network) {
    Ruleset rules = {.files = FILES_V1};
    if (version >= 2) rules.files |= FILES_V2;
    if (version >= 3) rules.files |= FILES_V3;
    if (version >= 5) rules.files |= FILES_V5;
    if (version >= 4) rules.network = network ? BIND_V4 : BIND_V4 | CONNECT_V4;
    if (version >= 6) rules.scope = SCOPES_V6;
    return rules;
}

/* Older kernels take the beginning of the table only. */
static size_t size_for(int version) {
    size_t words = version >= 6 ? 3 : version >= 4 ? 2 : 1;
    return words * sizeof(uint64_t);
}

bool sandbox_lock_files(const SandboxPlan *plan) {
    int version = plan->without_landlock ? 0 : sandbox_landlock_version();
    if (version == 0) return false;
    Ruleset denied = everything(version, plan->network);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &denied, size_for(version), 0);
    if (rules < 0) return false;
    bool locked = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return locked;
}
