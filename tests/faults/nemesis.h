/* A channel that does its worst, seeded: between the broker and the players of the in-memory channel it loses,
 * holds back, doubles, shuffles and spoils what is said, cuts agents off and kills them, one or all, and
 * breaks down itself. No wall time passes. */
#ifndef TESTS_FAULTS_NEMESIS_H
#define TESTS_FAULTS_NEMESIS_H

#include "core/base/rng.h"
#include "tests/faults/actor.h"

typedef enum Blow {
    BLOW_DROP,         /* the answer is lost, the agent silent from then on */
    BLOW_DELAY,        /* everybody else's come first */
    BLOW_DUPLICATE,    /* comes again some time later */
    BLOW_CUT_OFF,      /* comes, and then the line is dead */
    BLOW_KILL,         /* the agent dies before it has answered */
    BLOW_KILL_ALL,     /* every agent does */
    BLOW_TOO_FEW,      /* replies */
    BLOW_WRONG_MOMENT, /* of a reply */
    BLOW_TOO_MANY,     /* moves in a reply */
    BLOW_WRONG_RUN,    /* one that nobody plays; the seat's own is silent from then on */
    BLOW_BREAK,        /* of the channel: the broker's end */
    BLOW_STOP,         /* the broker is asked to stop */
    BLOW_STAY_AWAY,    /* the agent dies, and its successor never comes */
    BLOWS
} Blow;

/* What was done to whom, to judge the end by. */
typedef struct Damage {
    uint64_t blows[BLOWS], restarts;
    uint32_t strikes[NP_MAX_SEATS]; /* each may cost the seat one agent */
    bool doomed[NP_MAX_SEATS];      /* something happened that no restart mends */
    uint64_t lied_in; /* runs whose past a seat's new agent told otherwise, a bit each */
    SeatSet liars;
    bool broken; /* the broker did not come to its end */
} Damage;

typedef struct NemesisPlan {
    const BrokerRun *runs;
    uint64_t count;
    bool improvise;   /* instead of the built-in strategies */
    uint32_t one_in;  /* answers that meet with a blow; 0: none does */
    bool one_at_once; /* a single live run: silence is found out by patience */
    bool patient;     /* with the broker itself: neither breaks nor stops */
    uint32_t restarts;
    uint64_t kill_at; /* kills seat 0 once, at this answer of anybody's; 0: does not */
    uint64_t seed;
} NemesisPlan;

typedef struct Nemesis Nemesis;

Nemesis *nemesis_create(const NemesisPlan *plan);
void nemesis_destroy(Nemesis *nemesis);
Channel *nemesis_channel(Nemesis *nemesis);
/* What a broker is to be created with. */
BrokerOptions nemesis_options(Nemesis *nemesis, uint32_t live);
const Damage *nemesis_damage(const Nemesis *nemesis);

/* A broker drives these runs of the plan, `live` at once. False when it did not come to its end, which is the
 * nemesis's doing: the test fails otherwise. */
bool nemesis_drive(const NemesisPlan *plan, uint32_t live, const BrokerRun *runs, uint64_t count,
                   BrokerSink sink, Damage *damage);

#endif
