#include "tests/faults/actor.h"

#include <string.h>

#include "core/base/memory.h"

static const Answer nothing;

static bool open_run(void *context, const Brief *brief, Error *error) {
    Actor *actor = context;
    (void)error;
    if (!actor->improvises) return player_open_run(actor->player, brief, &actor->refusal) || true;
    const BrokerRun *run = &actor->runs[brief->run - 1];
    Anybody *anybody = &actor->anybody[brief->run - 1];
    anybody->negotiation = run->negotiation;
    anybody->seed = run->seed;
    memset(anybody->latest_offer, 0, sizeof anybody->latest_offer);
    return true;
}

/* One move more than it would make, which cannot but be told, or one less. */
static void tell_a_lie(Actor *actor, Answer *answer) {
    actor->lie = memory_grow(actor->lie, answer->replies, sizeof(Reply));
    memcpy(actor->lie, answer->reply, answer->replies * sizeof(Reply));
    Reply *reply = &actor->lie[0];
    if (reply->moves < NP_MAX_MOVES)
        reply->move[reply->moves++] = (Action){.kind = NP_REJECT, .offer = 9999};
    else
        reply->moves--;
    actor->lied = true;
    answer->reply = actor->lie;
}

/* Never false: what an agent cannot do is told by whoever watches it. */
static bool obey(void *context, const Grant *grant, Answer *answer, Error *error) {
    Actor *actor = context;
    (void)error;
    *answer = nothing;
    if (actor->improvises)
        *answer = anybody_answer(&actor->anybody[grant->run - 1], grant);
    else if (!player_obey(actor->player, grant, answer, &actor->refusal))
        return true;
    bool past = actor->lies_in > 0 && grant->occasion[0].at <= actor->lie_until[grant->run - 1];
    if (past && --actor->lies_in == 0) tell_a_lie(actor, answer);
    return true;
}

static void close_run(void *context, uint64_t run) {
    Actor *actor = context;
    if (!actor->improvises) player_close_run(actor->player, run);
}

void actor_begin(Actor *actor, const BrokerRun *runs, uint64_t count, bool improvises) {
    *actor = (Actor){.runs = runs, .count = count, .improvises = improvises};
    if (!improvises) actor->player = player_create(NULL);
}

void actor_end(Actor *actor) {
    if (actor->player != NULL) player_destroy(actor->player);
    for (uint64_t i = 0; i < ACTOR_MAX_RUNS; i++) anybody_finish(&actor->anybody[i]);
    memory_free(actor->lie);
}

void actor_die(Actor *actor) {
    Actor old = *actor;
    actor_end(actor);
    actor_begin(actor, old.runs, old.count, old.improvises);
}

void actor_lie(Actor *actor, uint32_t in, const SimTime *until) {
    actor->lies_in = in;
    actor->lie_until = until;
}

MemoryPlayer actor_player(Actor *actor) {
    return (MemoryPlayer){
        .player = actor, .open_run = open_run, .obey = obey, .close_run = close_run};
}
