/* Pulls a lever on a date, and otherwise negotiates as boulware does. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "agents/plan.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { LEVER, FROM, LEVEL, E, EVERY };

typedef struct Pressure {
    TimeDependent boulware;
    uint8_t lever;
    double level;
    SimTime from;
    bool pulled;
} Pressure;

static_assert(sizeof(Pressure) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    [LEVER] = {.name = "lever", .text = "", .summary = "the lever to pull, one of its own"},
    [FROM] = {.name = "from",
              .initial = 0,
              .least = 0,
              .most = 36500,
              .summary = "day on which it is pulled"},
    [LEVEL] = {.name = "level",
               .initial = 1,
               .least = -1000000,
               .most = 1000000,
               .summary = "level to which it is moved; bounded by what the lever allows"},
    [E] = {.name = "e",
           .initial = 0.2,
           .least = 0.01,
           .most = 100,
           .summary = "pace of concession, as in boulware"},
    [EVERY] = PARAMETER_EVERY,
    {.name = NULL},
};

static double within(double level, double least, double most) {
    return level < least ? least : level > most ? most : level;
}

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    Pressure *self = state;
    if (!plan_lever(host, "lever", arguments[LEVER].text, &self->lever, why, why_size))
        return false;
    const Lever *lever = &host->lever[self->lever];
    self->level = within(arguments[LEVEL].number, lever->least, lever->most);
    self->pulled = self->level == lever->start;
    if (arguments[FROM].number > 0) self->from = days_to_time(arguments[FROM].number);
    time_dependent_open(&self->boulware, host, arguments[E].number, 0, arguments[EVERY].number);
    return true;
}

static void observe(void *state, const Host *host, const Observation *seen) {
    Pressure *self = state;
    time_dependent_observe(&self->boulware, host, seen);
}

static void pull(Pressure *self, Reply *reply) {
    Action *action = reply_add(reply, NP_LEVER);
    if (action == NULL) return;
    action->lever = self->lever;
    action->level = self->level;
    self->pulled = true;
}

/* Pulling spends no turn, and a signature does not end it. */
static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    Pressure *self = state;
    if (!self->pulled && now >= self->from) pull(self, reply);
    time_dependent_act(&self->boulware, host, now, reply);
    if (!self->pulled && self->from < reply->wake_at) reply->wake_at = self->from;
}

const Strategy strategy_pressure = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "pressure",
    .summary = "pulls a lever on a date, otherwise holds out as boulware does",
    .parameter = parameters,
    .state_size = sizeof(Pressure),
    .open = open,
    .observe = observe,
    .act = act,
};
