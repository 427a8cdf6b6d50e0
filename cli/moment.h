/* DATE|EVENT on the command line: "17" is an event's number, "2025-06-01" a whole day. */
#ifndef CLI_MOMENT_H
#define CLI_MOMENT_H

#include "core/base/error.h"
#include "core/base/vocabulary.h"

/* Both hold at once; what was not said does not bind. */
typedef struct Moment {
    uint64_t event;
    SimTime at;
} Moment;

/* What "--OPTION WORD" bounds from below: the event itself or the day's first second. NULL: nothing. */
bool moment_from(Moment *moment, const char *option, const char *word, int64_t epoch, Error *error);
/* From above: the event itself or the day's last second. */
bool moment_to(Moment *moment, const char *option, const char *word, int64_t epoch, Error *error);

#endif
