/* Known theory on the stage: short scenarios as text, with settings, played by the built-in strategies. */
#ifndef TESTS_REFEREE_STAGE_H
#define TESTS_REFEREE_STAGE_H

#include "tests/simulation/theatre.h"

/* Reads a scenario with settings "PATH=VALUE"; a NULL ends them. Fails the test with the complaints. */
Scenario *stage_scenario(const char *yaml, const char *const *settings);

#define STAGE(yaml, ...) stage_scenario(yaml, (const char *const[]){__VA_ARGS__, NULL})

/* The same from a file of the sources, "configs/textbook/split-the-pie.yaml". */
Scenario *stage_file(const char *path, const char *const *settings);

#define STAGE_FILE(path, ...) stage_file(path, (const char *const[]){__VA_ARGS__, NULL})

/* "path=0.25" in one of a few buffers that take turns. */
const char *stage_setting(const char *path, double value);

/* All events of a run, in order. */
typedef struct Recording {
    Event *event;
    uint64_t count, capacity;
    Verdict verdict;
} Recording;

void stage_play(const Scenario *scenario, uint64_t seed, Recording *recording);
void recording_finish(Recording *recording);
/* The next event of that kind after the `after`-th; NULL when there is none. */
const Event *recording_find(const Recording *recording, EventKind kind, uint64_t after);

/* "  pie: {…}" lines for values that rise or fall evenly over `options` options "s0", "s1", … */
void stage_pie(Text *yaml, uint32_t options);

#endif
