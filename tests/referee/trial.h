/* Many runs of one scenario, seeds 1, 2, 3, …, and how a page prints what they say together. */
#ifndef TESTS_REFEREE_TRIAL_H
#define TESTS_REFEREE_TRIAL_H

#include "core/study/interval.h"
#include "core/study/proportion.h"
#include "tests/referee/stage.h"

typedef struct Trial {
    Scenario *scenario;
    uint64_t runs;
    Verdict *verdict; /* [runs]; the run's id, as a watcher is told, is its index + 1 */
} Trial;

/* Takes the scenario. */
Trial trial_play(Scenario *scenario, uint64_t runs, const Watcher *watcher);
void trial_finish(Trial *trial);
uint64_t trial_deals(const Trial *trial);
/* The seat, or the issue, of that name; the page stops where there is none. */
SeatId trial_seat(const Trial *trial, const char *id);
uint8_t trial_issue(const Trial *trial, const char *id);

/* Cells, without the bars: "42.0 % (38.9 – 45.1)", and a mean with its bootstrap interval. */
void say_share(uint64_t hits, uint64_t of);
void say_mean(const double *sample, size_t count, const char *name);
/* Of what theory expects to be the larger share and the smaller one: "support" or "contradiction" where the
 * intervals do not meet, otherwise "neither". */
const char *say_whether(Interval larger, Interval smaller);
/* A setting from a format, in one of a few buffers that take turns. */
const char *setting(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The pages' parts, each with its heading. */
void page_deadline(void);
void page_leverage(void);
void page_staller(void);
void page_humanitarian(void);
void page_levers(void);
void page_end_states(uint64_t seeds);
void page_partials(uint64_t seeds);

#endif
