/* The scenarios of one run in the order in which they held. A run from a file has one; a branch that
 * changed settings has the ones of its past as well, each from some simulated time on. */
#ifndef CLI_STAGING_H
#define CLI_STAGING_H

#include "broker/broker.h"
#include "core/record/record.h"
#include "core/scenario/scenario.h"

enum { STAGING_MAX = REFEREE_MAX_SWITCHES };

typedef struct Staging {
    Text source; /* the scenario file's bytes, the same for all */
    uint32_t stages;
    struct Staged {
        SimTime from;
        uint64_t seed;
        Text settings; /* JSON array of "PATH=VALUE" */
        Scenario *scenario;
    } stage[STAGING_MAX];
} Staging;

/* Of a recorded run; `until` leaves out what came at or after that simulated time (NP_NEVER: nothing). */
bool staging_read(Staging *staging, Record *record, const RunRow *row, SimTime until, Error *error);
/* One more stage, read from the source under these settings. Equal settings and seed make no new stage. */
bool staging_add(Staging *staging, SimTime from, uint64_t seed, const char *settings, Error *error);
/* From then on chance is that of this seed, under the settings that hold in the end. */
bool staging_reseed(Staging *staging, SimTime from, uint64_t seed, Error *error);
void staging_finish(Staging *staging);

/* What holds first, and what holds in the end. */
const Scenario *staging_first(const Staging *staging);
uint64_t staging_seed(const Staging *staging); /* at first */
const Scenario *staging_last(const Staging *staging);
/* Fills the prefix's stages: all but the first. */
void staging_prefix(const Staging *staging, Prefix *prefix);
/* All but the last as the record stores it: [{"from":seconds,"settings":[…]},…], with the "seed" after "from"
 * where it is not the last one's. */
void staging_past(const Staging *staging, Text *out);

#endif
