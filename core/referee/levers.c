/* Levers: moved by their actors, or by the scenario; what that costs, and what it brings about. */
#include "core/base/sim_time.h"
#include "core/referee/run_state.h"

/* A pull is known by its place in the scenario that prescribes it: that of how many settings ago. */
enum { PULL_INDEX_BITS = 16 };

static void schedule_pulls(Referee *referee, SimTime from) {
    const WorldModel *model = world_events_model(referee);
    for (uint32_t i = 0; model != NULL && i < model->pulls; i++)
        if (model->pull[i].at >= from)
            due_schedule(referee, RANK_PULL, model->pull[i].at,
                         referee->changed << PULL_INDEX_BITS | i);
}

void levers_open(Referee *referee) {
    for (uint8_t lever = 0; lever < referee->negotiation->terms.levers; lever++)
        referee->upkeep_since[lever] = 0;
    schedule_pulls(referee, 0);
}

void levers_switch(Referee *referee, SimTime at) {
    schedule_pulls(referee, at);
}

/* --- costs --- */

/* Beyond all utilities, and far from the end of 64 bits: hostile levers may be pulled as often as one likes. */
static Utility bounded_cost(Utility cost) {
    const Utility most = 1000000 * UTILITY_ONE;
    return cost > most ? most : cost < -most ? -most : cost;
}

void levers_charge(Referee *referee, SeatId seat, Utility cost) {
    Utility *costs = &referee->verdict.seat_result[seat].costs;
    *costs = bounded_cost(*costs + bounded_cost(cost));
}

static void charge_upkeep(Referee *referee, uint8_t number, double level, SimTime until) {
    const Lever *lever = &referee->negotiation->terms.lever[number];
    double years = (double)(until - referee->upkeep_since[number]) / SIM_YEAR;
    referee->upkeep_since[number] = until;
    if (lever->upkeep == 0) return;
    levers_charge(referee, lever->seat, event_amount(lever->upkeep * level * years));
}

void levers_charge_upkeep(Referee *referee, SimTime until) {
    for (uint8_t number = 0; number < referee->negotiation->terms.levers; number++)
        charge_upkeep(referee, number, referee->session.level[number], until);
}

/* --- moving --- */

void levers_describe(Referee *referee, uint8_t number, double before, double level, Event *event) {
    const Lever *lever = &referee->negotiation->terms.lever[number];
    double change = level > before ? level - before : before - level;
    event->subject = (uint8_t)(1 + number);
    event->amount = event_amount(level);
    event->before = event_amount(before);
    event->demand = event_amount(lever->cost * change);
    if (referee->aftermath.on) return;
    charge_upkeep(referee, number, before, event->at);
    levers_charge(referee, lever->seat, event->demand);
}

static void follow(Referee *referee, uint8_t number, double change, SimTime at, uint64_t cause) {
    const WorldModel *model = world_events_model(referee);
    if (model == NULL || number >= model->levers) return;
    const LeverModel *lever = &model->effect[number];
    consequences_follow(
        referee,
        &(Consequences){lever->consequence, lever->consequences, model->lever[number].seat, change},
        at, cause);
}

void levers_moved(Referee *referee, uint8_t number, double change, SimTime at, uint64_t cause) {
    SimTime delay = referee->negotiation->terms.lever[number].delay;
    if (world_events_model(referee) != NULL)
        referee->world.level[number] = referee->session.level[number];
    if (delay == 0)
        follow(referee, number, change, at, cause);
    else
        due_schedule(referee, RANK_EFFECT, at + delay, due_add(referee, number, change, cause));
}

void levers_rule_effect(Referee *referee, AgendaEntry entry) {
    Due due = due_take(referee, entry.payload);
    follow(referee, due.number, due.amount, entry.at, due.cause);
}

static double bounded(double level, const Lever *lever) {
    if (level < lever->least) return lever->least;
    return level > lever->most ? lever->most : level;
}

/* The same event as if the actor had moved it, but that nobody has decided anything. */
void levers_rule_pull(Referee *referee, AgendaEntry entry) {
    if (entry.payload >> PULL_INDEX_BITS != referee->changed) return;
    const WorldModel *model = world_events_model(referee);
    const Pull *pull = &model->pull[entry.payload & ((1u << PULL_INDEX_BITS) - 1)];
    const Lever *lever = &referee->negotiation->terms.lever[pull->lever];
    double before = session_set_level(&referee->session, pull->lever, bounded(pull->level, lever));
    double level = referee->session.level[pull->lever];
    if (level == before) return;
    Event *event = event_begin(referee, NP_EVENT_LEVER, entry.at, 1);
    event->seat = lever->seat;
    levers_describe(referee, pull->lever, before, level, event);
    uint64_t id = event_tell(referee, event);
    levers_moved(referee, pull->lever, level - before, entry.at, id);
}
