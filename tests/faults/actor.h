/* An agent that can die: a built-in strategy's player, or one that improvises. Born again it remembers nothing,
 * and answers as before once it was told all again; unless it lies. */
#ifndef TESTS_FAULTS_ACTOR_H
#define TESTS_FAULTS_ACTOR_H

#include "agents/player.h"
#include "broker/broker.h"
#include "proto/channel_memory.h"
#include "tests/fixtures/anybody.h"

enum { ACTOR_MAX_RUNS = 8 };

typedef struct Actor {
    const BrokerRun *runs; /* ids are 1, 2, 3, … */
    uint64_t count;
    bool improvises;
    Player *player;
    Anybody anybody[ACTOR_MAX_RUNS];
    uint32_t lies_in; /* grants until it answers otherwise than it would; 0: it never does */
    const SimTime *lie_until; /* [count]: it does so up to this moment of each run, and not later */
    bool lied;
    Reply *lie;
    Error refusal; /* why it could not open a run or answer */
} Actor;

void actor_begin(Actor *actor, const BrokerRun *runs, uint64_t count, bool improvises);
void actor_end(Actor *actor);
/* Another process takes its place. */
void actor_die(Actor *actor);
/* It will answer one of its next grants, the given one, otherwise than its predecessor did; `until` is when
 * that one's last word was. */
void actor_lie(Actor *actor, uint32_t in, const SimTime *until);
MemoryPlayer actor_player(Actor *actor);

#endif
