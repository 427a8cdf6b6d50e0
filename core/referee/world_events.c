/* The world as it goes on: ticks, and what seats come to know of it, each late and wrong in its own way. */
#include <string.h>

#include "core/base/sim_time.h"
#include "core/referee/run_state.h"

const WorldModel *world_events_model(const Referee *referee) {
    return referee->negotiation->world;
}

const Outcome *world_events_in_force(const Referee *referee) {
    return referee->aftermath.on ? &referee->aftermath.in_force : &referee->session.status_quo;
}

static void schedule_tick(Referee *referee, SimTime at) {
    agenda_add(&referee->agenda, (AgendaEntry){.at = at, .rank = RANK_TICK, .seat = NP_NO_SEAT});
}

void world_events_open(Referee *referee) {
    const WorldModel *model = world_events_model(referee);
    if (model == NULL) return;
    world_open(&referee->world, model, referee->seed, 1, world_events_in_force(referee));
    schedule_tick(referee, model->tick);
    shocks_open(referee);
}

void world_events_switch(Referee *referee, SimTime at) {
    if (world_events_model(referee) == NULL) return;
    const WorldModel *before = referee->world.model;
    referee->world.model = world_events_model(referee);
    world_refresh(&referee->world, world_events_in_force(referee), 1);
    shocks_switch(referee, before, at);
}

void world_events_moved(Referee *referee, SimTime at, uint64_t cause) {
    if (world_events_model(referee) == NULL) return;
    world_refresh(&referee->world, world_events_in_force(referee), cause);
    appraisal_rule(referee, at);
}

/* --- sights --- */

static void see(Referee *referee, SeatId seat, const Due *sight, SimTime at) {
    Observation seen;
    memset(&seen, 0, sizeof seen);
    seen.at = at;
    seen.kind = NP_EVENT_WORLD;
    seen.seat = NP_NO_SEAT;
    seen.subject = sight->number;
    seen.amount = sight->amount;
    inbox_add(&referee->inbox[seat], &seen, sight->cause);
    if (referee_tells_at_once(referee)) inbox_ask(&referee->inbox[seat], at, false, 1);
}

void world_events_rule_sight(Referee *referee, AgendaEntry entry) {
    Due sight = due_take(referee, entry.payload);
    see(referee, entry.seat, &sight, entry.at);
}

static void tell_sights(Referee *referee, const Event *event, uint8_t variable) {
    const WorldModel *model = referee->world.model;
    const Terms *terms = &referee->negotiation->terms;
    SimTime lag = model->dynamics[variable].lag;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        if (!seat_in(model->variable[variable].seen_by, seat)) continue;
        double amount = world_sight(&referee->world, referee->seed, variable, seat,
                                    terms->seat[seat].id, referee->world.value[variable]);
        Due sight = {.number = variable, .amount = amount, .cause = event->id};
        if (lag == 0)
            see(referee, seat, &sight, event->at);
        else
            agenda_add(&referee->agenda,
                       (AgendaEntry){.at = event->at + lag,
                                     .rank = RANK_SIGHT,
                                     .seat = seat,
                                     .sequence = referee->inbox[seat].sequence++,
                                     .payload = due_add(referee, variable, amount, event->id)});
    }
}

static void tell_notices(Referee *referee, SimTime at) {
    World *world = &referee->world;
    double told[NP_MAX_VARIABLES];
    memcpy(told, world->told, sizeof told);
    uint64_t notices = world_notices(world);
    for (uint8_t variable = 0; variable < world->model->variables; variable++) {
        if ((notices >> variable & 1u) == 0) continue;
        uint64_t cause = world->cause[variable];
        Event *event = event_begin(referee, NP_EVENT_WORLD, at, cause == 0 ? 1 : cause);
        event->subject = (uint8_t)(1 + variable);
        event->amount = event_amount(world->value[variable]);
        event->before = event_amount(told[variable]);
        event_tell(referee, event);
        if (!referee->aftermath.on) tell_sights(referee, event, variable);
    }
}

/* --- ticks --- */

/* A peace is looked at once a day where nothing else moves. */
void world_events_rule_tick(Referee *referee, AgendaEntry entry) {
    const WorldModel *model = world_events_model(referee);
    schedule_tick(referee, entry.at + (model != NULL ? model->tick : SIM_DAY));
    if (model != NULL) {
        world_tick(&referee->world, world_events_in_force(referee));
        tell_notices(referee, entry.at);
        appraisal_rule(referee, entry.at);
        shocks_rule_conditional(referee, entry.at);
    }
    if (referee->aftermath.on && !referee->over) peace_rule_tick(referee, entry);
}
