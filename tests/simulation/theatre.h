/* Whole negotiations in memory: scenarios and generated negotiations played by built-in strategies through
 * the broker, with somebody looking over every shoulder. */
#ifndef TESTS_SIMULATION_THEATRE_H
#define TESTS_SIMULATION_THEATRE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "broker/broker.h"
#include "core/scenario/scenario.h"

/* Looks over shoulders, and may meddle. Every slot is optional. */
typedef struct Watcher {
    void *context;
    void (*happened)(void *context, uint64_t run, const Event *event);
    void (*briefed)(void *context, const Brief *brief);
    void (*asked)(void *context, const Grant *grant);
    /* After the seat's player answered: may change the answer, or fail. */
    bool (*answered)(void *context, const Grant *grant, Answer *answer, Error *error);
    /* [runs]: the events of each, for those who take over a seat, and for the caller to finish. */
    Script *script;
} Watcher;

/* Plays the runs, `live` at once; verdict[i] is that of runs[i], whose ids are 1, 2, 3, … */
void theatre_play(const BrokerRun *runs, uint64_t count, uint32_t live, const Watcher *watcher,
                  Verdict *verdict);
/* One run of a scenario. */
Verdict theatre_play_scenario(const Scenario *scenario, uint64_t seed, const Watcher *watcher);

/* "tests/scenarios/deadline.yaml", from the sources; destroy with scenario_destroy. */
Scenario *theatre_scenario(const char *path);

/* A generated negotiation and a strategy for each of its seats, the same ones for the same seed. */
typedef struct Generated {
    Negotiation *negotiation;
    const char *strategy[NP_MAX_SEATS];
} Generated;
Generated theatre_generate(uint64_t seed);
/* The same with a world around it, and everything that goes with one. */
Generated theatre_generate_world(uint64_t seed);
void theatre_discard(Generated *generated);

#endif
