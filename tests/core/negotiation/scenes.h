/* A table at which scenes are played, move by move, a day apart. */
#ifndef TESTS_CORE_NEGOTIATION_SCENES_H
#define TESTS_CORE_NEGOTIATION_SCENES_H

#include "core/negotiation/session.h"
#include "tests/core/base/suite.h"
#include "tests/fixtures/negotiations.h"

enum { ANN = 0, BOB = 1, CAT = 2 };

typedef struct Play {
    Negotiation *negotiation;
    Session session;
    Effect effect;
    SimTime now;
} Play;

/* Three seats, two issues of three options. Change what `terms` points to, then open. */
static inline Terms *play_prepare(Play *play, const Mechanism *mechanism) {
    play->negotiation = fixture_plain(mechanism, 3, 2, 3);
    play->now = 0;
    return &play->negotiation->terms;
}

static inline void play_open(Play *play) {
    session_open(&play->session, play->negotiation);
}

/* The ruling of a move at this moment. */
static inline Ruling play_now(Play *play, SeatId seat, Action action) {
    session_apply(&play->session, seat, &action, play->now, &play->effect);
    return play->effect.ruling;
}

static inline Ruling play_move(Play *play, SeatId seat, Action action) {
    play->now += DAYS(1);
    return play_now(play, seat, action);
}

static inline void play_close(Play *play) {
    fixture_finish(play->negotiation);
}

#endif
