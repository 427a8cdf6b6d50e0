/* A negotiation that changes on the way: another one takes over between the same seats, over the same
 * issues, in the same world. */
#include <assert.h>
#include <string.h>

#include "core/referee/run_state.h"

static bool same_issues(const Domain *a, const Domain *b) {
    if (a->issues != b->issues) return false;
    for (uint8_t issue = 0; issue < a->issues; issue++) {
        if (a->issue[issue].options != b->issue[issue].options ||
            strcmp(a->issue[issue].id, b->issue[issue].id) != 0)
            return false;
        for (uint8_t option = 0; option < a->issue[issue].options; option++)
            if (strcmp(a->issue[issue].option[option], b->issue[issue].option[option]) != 0)
                return false;
    }
    return true;
}

static bool same_seats(const Terms *a, const Terms *b) {
    if (a->seats != b->seats) return false;
    for (SeatId seat = 0; seat < a->seats; seat++)
        if (strcmp(a->seat[seat].id, b->seat[seat].id) != 0) return false;
    return true;
}

static bool same_tables(const Terms *a, const Terms *b) {
    if (a->closed_tables != b->closed_tables) return false;
    for (uint8_t table = 1; table <= a->closed_tables; table++)
        if (strcmp(a->table[table].id, b->table[table].id) != 0) return false;
    return true;
}

static bool same_levers(const Terms *a, const Terms *b) {
    if (a->levers != b->levers || a->variables != b->variables) return false;
    for (uint8_t lever = 0; lever < a->levers; lever++)
        if (strcmp(a->lever[lever].id, b->lever[lever].id) != 0 ||
            a->lever[lever].seat != b->lever[lever].seat)
            return false;
    for (uint8_t variable = 0; variable < a->variables; variable++)
        if (strcmp(a->variable[variable].id, b->variable[variable].id) != 0) return false;
    return true;
}

static bool same_types(const Terms *a, const Terms *b) {
    for (SeatId seat = 0; seat < a->seats; seat++)
        if (a->seat[seat].types != b->seat[seat].types) return false;
    return true;
}

static bool same_world(const WorldModel *a, const WorldModel *b) {
    if (a == NULL || b == NULL) return a == b;
    if (a->tick != b->tick || a->shocks != b->shocks) return false;
    for (uint8_t shock = 0; shock < a->shocks; shock++)
        if (strcmp(a->shock[shock].id, b->shock[shock].id) != 0) return false;
    return true;
}

bool referee_fits(const Negotiation *before, const Negotiation *after, Error *error) {
    const Terms *now = &before->terms, *then = &after->terms;
    if (!same_seats(now, then) || !same_issues(&now->domain, &then->domain))
        return error_set(error, ERROR_SCENARIO,
                         "seats, issues and options cannot change while the talks go on");
    if (now->mechanism != then->mechanism || now->epoch != then->epoch)
        return error_set(error, ERROR_SCENARIO,
                         "the mechanism and the start cannot change while the talks go on");
    if (now->mechanism->mediated && now->mediator != then->mediator)
        return error_set(error, ERROR_SCENARIO,
                         "the mediator cannot change while the talks go on: its draft stands");
    if (!same_tables(now, then) || !same_types(now, then))
        return error_set(error, ERROR_SCENARIO,
                         "tables and types cannot change while the talks go on");
    if (!same_levers(now, then) || !same_world(before->world, after->world))
        return error_set(error, ERROR_SCENARIO,
                         "the world's variables, levers, shocks and tick cannot change while the "
                         "talks go on");
    return true;
}

bool referee_switch(Referee *referee, const Negotiation *next, SimTime at, Error *error) {
    const Terms *then = &next->terms;
    if (!referee_fits(referee->negotiation, next, error)) return false;
    if (referee->changes == REFEREE_MAX_SWITCHES)
        return error_set(error, ERROR_SCENARIO, "a run may change its settings at most %d times",
                         REFEREE_MAX_SWITCHES);
    assert(referee->changes == 0 || referee->change[referee->changes - 1].at <= at);
    uint64_t seed =
        referee->changes > 0 ? referee->change[referee->changes - 1].seed : referee->seed;
    referee->change[referee->changes++] = (struct Switch){next, at, seed};
    appraisal_brief(referee, next);
    /* A window begins there at the latest; what stands may not fit any more. */
    agenda_add(&referee->agenda, (AgendaEntry){.at = at, .rank = RANK_CHANGE, .seat = NP_NO_SEAT});
    /* The deadline may come sooner than it did. */
    agenda_add(&referee->agenda, (AgendaEntry){.at = then->deadline > at ? then->deadline : at,
                                               .rank = RANK_DEADLINE,
                                               .seat = NP_NO_SEAT});
    return true;
}

void referee_reseed(Referee *referee, uint64_t seed) {
    assert(referee->changes > 0);
    referee->change[referee->changes - 1].seed = seed;
}

/* What was drawn already stands, but for moments that are still to come. */
static void change_luck(Referee *referee, uint64_t seed, SimTime at) {
    if (seed == referee->seed) return;
    referee->seed = seed;
    table_open_luck(referee);
    table_draw_break(referee, at);
    if (world_events_model(referee) == NULL) return;
    world_reseed(&referee->world, seed);
    shocks_reseed(referee, at);
}

static void adopt_status_quo(Session *session, const Domain *domain) {
    Outcome status_quo = domain_status_quo(domain);
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if ((session->settled >> issue & 1u) == 0)
            session->status_quo.option[issue] = status_quo.option[issue];
}

SimTime prefix_next_switch(const Referee *referee) {
    if (referee->aftermath.on)
        return NP_NEVER; /* what was agreed was agreed under these settings */
    return referee->changed < referee->changes ? referee->change[referee->changed].at : NP_NEVER;
}

/* What was to run out after the deadline is on no agenda; the deadline may be later now. */
static void schedule_expiries(Referee *referee) {
    const Terms *terms = &referee->negotiation->terms;
    for (uint32_t i = 0; i < (terms->closed_tables + 1u) * terms->seats; i++) {
        SeatId seat = (SeatId)(i % terms->seats);
        const StandingOffer *offer = &referee->session.standing[i / terms->seats][seat];
        if (offer->number == 0 || offer->expires_at == NP_NEVER) continue;
        agenda_add(&referee->agenda, (AgendaEntry){.at = offer->expires_at,
                                                   .rank = RANK_EXPIRY,
                                                   .seat = seat,
                                                   .sequence = offer->number});
    }
}

void prefix_switch(Referee *referee) {
    assert(referee->changed < referee->changes);
    SimTime at = referee->change[referee->changed].at;
    SimTime breaks_off = referee->negotiation->terms.breaks_off;
    levers_charge_upkeep(referee, at);
    appraisal_switch(referee, referee->change[referee->changed].next);
    referee->negotiation = referee->change[referee->changed++].next;
    referee->session.negotiation = referee->negotiation;
    const Terms *terms = &referee->negotiation->terms;
    adopt_status_quo(&referee->session, &terms->domain);
    world_events_switch(referee, at);
    levers_switch(referee, at);
    appraisal_switched(referee);
    schedule_expiries(referee);
    if (terms->breaks_off != breaks_off) table_draw_break(referee, at);
    change_luck(referee, referee->change[referee->changed - 1].seed, at);
    SimTime stalled = referee->convergence.progress_at + terms->stall_window;
    if (terms->stall_window > 0)
        agenda_add(&referee->agenda, (AgendaEntry){.at = stalled > at ? stalled : at,
                                                   .rank = RANK_STALL,
                                                   .seat = NP_NO_SEAT});
}
