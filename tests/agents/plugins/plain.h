/* Plug-ins that differ from a good one in one thing each; see test_plugin.c. */
#ifndef TESTS_AGENTS_PLUGINS_PLAIN_H
#define TESTS_AGENTS_PLUGINS_PLAIN_H

#include <nonpaper/strategy.h>

static inline bool plain_open(void *state, const nonpaper_host *host,
                              const nonpaper_argument *arguments, char *why, size_t why_size) {
    (void)state, (void)host, (void)arguments, (void)why, (void)why_size;
    return true;
}

static inline void plain_act(void *state, const nonpaper_host *host, nonpaper_time now,
                             nonpaper_reply *reply) {
    (void)state, (void)host, (void)now, (void)reply;
}

#define PLAIN                                                                                      \
    .abi = NP_STRATEGY_ABI, .size = sizeof(nonpaper_strategy), .name = "plain",                    \
    .summary = "does nothing", .open = plain_open, .act = plain_act

const nonpaper_strategy *nonpaper_strategy_table(void);

#endif
