/* Shocks: at a moment that the scenario states, by chance, or when a variable has come so far. */
#include "core/referee/run_state.h"

static bool befalls_at_ticks(const Shock *shock) {
    return shock->conditional && shock->at == NP_NEVER && shock->every == 0;
}

static void schedule(Referee *referee, uint8_t number, SimTime at) {
    referee->shock_at[number] = at;
    if (at == NP_NEVER) return;
    agenda_add(&referee->agenda, (AgendaEntry){.at = at,
                                               .rank = RANK_SHOCK,
                                               .seat = NP_NO_SEAT,
                                               .sequence = number,
                                               .payload = number});
}

/* The next time at or after `from`; by chance it is after it. */
static SimTime next_time(Referee *referee, uint8_t number, SimTime from) {
    const Shock *shock = &referee->world.model->shock[number];
    if (shock->every > 0) return world_next_shock(&referee->world, number, from);
    return shock->at >= from ? shock->at : NP_NEVER;
}

void shocks_open(Referee *referee) {
    for (uint8_t i = 0; i < referee->world.model->shocks; i++)
        schedule(referee, i, next_time(referee, i, 0));
}

/* What is the same as before comes when it would have come. */
void shocks_switch(Referee *referee, const WorldModel *before, SimTime at) {
    const WorldModel *model = referee->world.model;
    for (uint8_t i = 0; i < model->shocks; i++)
        if (model->shock[i].at != before->shock[i].at ||
            model->shock[i].every != before->shock[i].every)
            schedule(referee, i, next_time(referee, i, at));
}

/* By chance they come as that chance has it: a Poisson process forgets how long it has waited. */
void shocks_reseed(Referee *referee, SimTime at) {
    for (uint8_t i = 0; i < referee->world.model->shocks; i++)
        if (referee->world.model->shock[i].every > 0)
            schedule(referee, i, next_time(referee, i, at));
}

/* The one that a condition waited for is brought about by what moved its variable. */
static void befall(Referee *referee, uint8_t number, SimTime at) {
    const Shock *shock = &referee->world.model->shock[number];
    uint64_t cause = shock->conditional ? referee->world.cause[shock->variable] : 1;
    referee->world.befallen[number]++;
    Event *event = event_begin(referee, NP_EVENT_SHOCK, at, cause == 0 ? 1 : cause);
    event->subject = (uint8_t)(1 + number);
    event_name(event, shock->id);
    uint64_t id = event_tell(referee, event);
    consequences_follow(
        referee, &(Consequences){shock->consequence, shock->consequences, NP_NO_SEAT, 1}, at, id);
}

void shocks_rule(Referee *referee, AgendaEntry entry) {
    uint8_t number = (uint8_t)entry.payload;
    /* Other settings may have moved it. */
    if (referee->shock_at[number] != entry.at) return;
    referee->shock_at[number] = NP_NEVER;
    if (world_shock_is_due(&referee->world, number)) befall(referee, number, entry.at);
    if (!referee->over && referee->world.model->shock[number].every > 0)
        schedule(referee, number, next_time(referee, number, entry.at));
}

void shocks_rule_conditional(Referee *referee, SimTime at) {
    const WorldModel *model = referee->world.model;
    for (uint8_t i = 0; i < model->shocks && !referee->over; i++)
        if (befalls_at_ticks(&model->shock[i]) && world_shock_is_due(&referee->world, i))
            befall(referee, i, at);
}
