/* Inside the nemesis: what it holds, and what its rooms do for each other. */
#ifndef TESTS_FAULTS_NEMESIS_STATE_H
#define TESTS_FAULTS_NEMESIS_STATE_H

#include "tests/faults/nemesis.h"

enum { LETTERS = 256 };

/* One arrival on its way to the broker. */
typedef struct Letter {
    ArrivalKind kind;
    SeatId seat;
    bool held; /* back until there is nothing else */
    bool lie;
    bool spoiled; /* not what its agent said, or not when */
    uint32_t answers;
    Answer *answer; /* its own, replies and all */
    const char *detail;
} Letter;

struct Nemesis {
    Channel channel; /* the broker's end; first */
    NemesisPlan plan;
    Channel *inner;
    Actor actor[NP_MAX_SEATS];
    Rng luck;
    Letter letter[LETTERS];
    uint32_t letters;
    Letter lent;
    SeatSet dead;    /* nothing reaches them and nothing comes from them */
    SeatSet revived; /* not the first agent of their seat */
    SeatSet away;    /* the next one does not come */
    bool break_next, stop;
    uint32_t waits_in_vain;
    uint64_t receives, heard;
    SimTime taken_until[NP_MAX_SEATS][ACTOR_MAX_RUNS]; /* answers of each seat's first agent */
    Damage damage;
};

/* letter.c: what is on its way */
void letter_burn(Letter *letter);
Letter letter_copy(const Arrival *arrival);
void letter_post(Nemesis *nemesis, Letter letter);
Letter letter_take(Nemesis *nemesis, uint32_t which);
void letter_burn_all_of(Nemesis *nemesis, SeatId seat);

/* blow.c: all that the players have said comes into the hands of the nemesis */
void blow_collect(Nemesis *nemesis);

#endif
