/* The private place where the processes of one launch meet: a 0700 directory with a lock that its owners
 * hold. A directory whose lock nobody holds is what a killed launch left behind, and is swept away. */
#ifndef CLI_RUNTIME_DIRECTORY_H
#define CLI_RUNTIME_DIRECTORY_H

#include "core/base/error.h"

typedef struct RuntimeDirectory {
    char path[80]; /* short enough for a socket's name in it */
    int lock;      /* descriptor; inherited by the broker, closed by agents */
} RuntimeDirectory;

/* Under $XDG_RUNTIME_DIR where that is usable, else under /tmp. Sweeps stale ones first. */
bool runtime_directory_create(RuntimeDirectory *directory, Error *error);
/* Removes a directory of ours and the sockets in it; a missing one is fine. */
void runtime_directory_remove(const char *path);
/* The base under which directories are made. */
const char *runtime_base(void);

#endif
