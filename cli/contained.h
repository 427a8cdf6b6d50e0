/* A process of our own in which a stranger's strategy is opened, and what it says, line by line. */
#ifndef CLI_CONTAINED_H
#define CLI_CONTAINED_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "agents/repertoire.h"
#include "core/base/error.h"

/* --- outside --- */

enum { CONTAINED_FD = 3 }; /* where the process says it */

typedef struct Contained {
    const char *const *words; /* of its command line; NULL-ended */
    int silence_ms;           /* who says nothing for so long is ended */
    /* A line without its end, as it came: nothing in it is to be trusted. */
    void (*line)(void *context, pid_t process, const char *line);
    void *context;
} Contained;

typedef enum ContainedEnd {
    CONTAINED_DONE,   /* with exit code 0 */
    CONTAINED_FAILED, /* with another one; what it complained of went to standard error */
    CONTAINED_KILLED, /* by a signal */
    CONTAINED_SILENT  /* by us, for its silence */
} ContainedEnd;

/* Runs it to its end. `number` is its exit code, or the signal's. False when it could not be started, or when we were
 * asked to stop. */
bool contained_run(const Contained *contained, ContainedEnd *end, int *number, Error *error);

/* --- inside --- */

/* Loads what the specification names into a new repertoire, from within the sandbox unless trusted; `played` becomes the
 * specification with the file's hash. NULL with ERROR_CANT_TELL where a shared object cannot be contained. */
Repertoire *contained_open(const char *given, bool trusted, Text *played, Error *error);

#endif
