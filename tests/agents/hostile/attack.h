/* What hostile plug-ins have in common: a strategy that attacks when a run opens and refuses with what came of it.
 * "contained: …" and "BROKE OUT: …" are told to the broker, which records them with the seat's name. */
#ifndef TESTS_AGENTS_HOSTILE_ATTACK_H
#define TESTS_AGENTS_HOSTILE_ATTACK_H

#include <nonpaper/strategy.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The attack of the file that includes this. Calls `report` and returns; or does not return. */
void attack(const nonpaper_host *host);

static char reported[256];

static inline void report(bool broke_out, const char *format, ...) {
    size_t used = (size_t)snprintf(reported, sizeof reported, "%s",
                                   broke_out ? "BROKE OUT: " : "contained: ");
    va_list list;
    va_start(list, format);
    vsnprintf(reported + used, sizeof reported - used, format, list);
    va_end(list);
}

/* For calls that give -1 when they fail. */
static inline void report_call(const char *what, long result) {
    report(result >= 0, "%s: %s", what, result >= 0 ? "it works" : strerror(errno));
}

static bool open_run(void *state, const nonpaper_host *host, const nonpaper_argument *arguments,
                     char *why, size_t why_size) {
    (void)state, (void)arguments;
    if (reported[0] == '\0') attack(host);
    snprintf(why, why_size, "%s", reported);
    return false;
}

static void act(void *state, const nonpaper_host *host, nonpaper_time now, nonpaper_reply *reply) {
    (void)state, (void)host, (void)now, (void)reply;
}

static const nonpaper_strategy hostile = {.abi = NP_STRATEGY_ABI,
                                          .size = sizeof(nonpaper_strategy),
                                          .name = "hostile",
                                          .summary = "attacks",
                                          .open = open_run,
                                          .act = act};

const nonpaper_strategy *nonpaper_strategy_table(void);
const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &hostile;
}

#endif
