/* Processes that the bench starts and that end with it, whatever becomes of it. */
#ifndef CLI_BENCH_CREW_H
#define CLI_BENCH_CREW_H

#include <sys/types.h>

#include "core/base/error.h"
#include "core/base/vocabulary.h"

typedef struct Crew {
    pid_t process[NP_MAX_SEATS];
    unsigned count;
} Crew;

/* Starts `count` processes that each do `work` with their number, and end. */
bool crew_start(Crew *crew, unsigned count, void (*work)(const void *context, unsigned number),
                const void *context, Error *error);
/* Starts one process. */
pid_t crew_fork(void (*work)(const void *context, unsigned number), const void *context,
                unsigned number, Error *error);
/* Waits for their ends; at once when `gently` is not given. */
void crew_end(Crew *crew, bool gently);

#endif
