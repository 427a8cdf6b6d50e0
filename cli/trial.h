/* Inside nonpaper strategy test: a strategy played in many domains against all sorts of partners, within one process,
 * which says line by line what came of it. Not for other commands.
 *
 *     run DOMAIN/PARTNER/SEAT/SEED        before each run
 *     refused DOMAIN SENTENCE             the strategy does not take its seat there
 *     illegal WHERE SENTENCE              a move that could not have been legal
 *     late WHERE SENTENCE                 a move after the end was known
 *     fault WHERE SENTENCE                it failed
 *     differs WHERE SENTENCE              the same again was not the same
 *     round N                             the same run has been repeated so often: how much memory is there now?
 *     total RUNS MOVES OVERTAKEN SLOWEST_US DIGEST */
#ifndef CLI_TRIAL_H
#define CLI_TRIAL_H

#include "cli/sitting.h"
#include "core/base/rng.h"
#include "core/scenario/scenario.h"

/* --- domains --- */

typedef struct TrialDomain {
    const char *name;
    const char *yaml;         /* without its issues where it is to have many */
    uint32_t issues, options; /* 0: they are in the YAML */
} TrialDomain;

extern const TrialDomain trial_domains[]; /* ends with a NULL name */
Scenario *trial_scenario(const TrialDomain *domain, Error *error);

/* --- the strategy under trial --- */

typedef struct Subject {
    const Repertoire *repertoire;
    Player *player;
    Brief brief;
    uint64_t
        restart_at; /* before the grant of this number it is started again and told its past; 0: never */
    Arena past;
    Grant *told; /* [grants] */
    uint64_t grants;
    bool closed; /* it has seen a signature */
    uint64_t moves, late;
    int64_t slowest_ns; /* of a call, in this run */
} Subject;

MemoryPlayer subject_slots(Subject *subject);
/* Before each run. `player` goes on playing, or a new one is made when it is NULL. */
void subject_begin(Subject *subject, uint64_t restart_at);
void subject_finish(Subject *subject);

/* --- partners that no strategy is --- */

typedef struct Noise {
    bool silent;
    Rng rng;
    const Terms *terms;
    SeatId seat;
    uint32_t latest; /* the latest offer heard of */
    Reply *reply;
    uint32_t room;
} Noise;

MemoryPlayer noise_slots(Noise *noise);
void noise_finish(Noise *noise);

#endif
