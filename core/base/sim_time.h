/* Simulated time: seconds since the scenario's start, read and shown as dates and durations.
 * Calendar: proleptic Gregorian, UTC. No wall clock here. */
#ifndef CORE_BASE_SIM_TIME_H
#define CORE_BASE_SIM_TIME_H

#include <stdbool.h>

#include "core/base/vocabulary.h"

enum {
    SIM_DAY = 86400,
    SIM_YEAR = 31557600 /* 365.25 days, for rates a year */
};

/* "2025-02-24" or "2025-02-24T12:30:00" (also with a space or a final Z) to seconds since
 * 1970-01-01; years 1900 to 2999. */
bool date_parse(const char *text, int64_t *unix_seconds);
/* "2025-02-24", with "T12:30:00" when it is not midnight; out holds 32. */
char *date_format(char out[32], int64_t unix_seconds);
/* "24 February 2025", or "24 February 2025, 12:30"; out holds 48. For people. */
char *date_say(char out[48], int64_t unix_seconds);

/* "90s", "30m", "12h", "2d", "3w", and sums such as "1d12h", to seconds; at most 100,000 days. */
bool duration_parse(const char *text, SimTime *seconds);
/* Well formed, but longer than that? */
bool duration_too_long(const char *text);
/* The shortest such text in which each unit carries into the next ("36h", not "1d61s"); out holds
 * 32. */
char *duration_format(char out[32], SimTime seconds);

#endif
