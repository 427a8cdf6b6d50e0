/* What becomes of an agreement: carried out, tested, changed by later steps, broken or not. The seats have
 * gone home; the world goes on with the agreement in force. */
#include "core/base/real.h"
#include "core/base/sim_time.h"
#include "core/referee/run_state.h"

static double years_since(const Aftermath *aftermath, SimTime at) {
    return (double)(at - aftermath->since) / SIM_YEAR;
}

static Event *begin(Referee *referee, EventKind kind, SimTime at, uint64_t cause) {
    Event *event = event_begin(referee, kind, at, cause);
    event->amount = event_amount(years_since(&referee->aftermath, at));
    return event;
}

/* What the peace is worth to who might break it: as long as it holds. */
static void weigh(Referee *referee) {
    const WorldModel *model = world_events_model(referee);
    Aftermath *aftermath = &referee->aftermath;
    aftermath->worth = 0;
    if (model == NULL || !model->deterrence.on) return;
    Profile bare = *referee->profile[model->deterrence.attacker];
    bare.durability = NULL;
    aftermath->worth = utility_real(
        profile_utility(&bare, &referee->negotiation->terms.domain, &aftermath->in_force));
}

static void enter_force(Referee *referee, const Outcome *package, uint64_t event) {
    referee->aftermath.in_force = referee->verdict.peace.in_force = *package;
    referee->aftermath.terms_event = event;
    if (world_events_model(referee) != NULL)
        world_refresh(&referee->world, world_events_in_force(referee), event);
    weigh(referee);
}

static void schedule(Referee *referee, Rank rank, SimTime at, uint32_t payload) {
    agenda_add(&referee->agenda, (AgendaEntry){.at = at,
                                               .rank = (uint8_t)rank,
                                               .seat = NP_NO_SEAT,
                                               .sequence = payload,
                                               .payload = payload});
}

void peace_begin(Referee *referee, uint64_t agreement) {
    const Negotiation *negotiation = referee->negotiation;
    Aftermath *aftermath = &referee->aftermath;
    *aftermath = (Aftermath){.on = true, .since = referee->now, .checked_at = referee->now};
    aftermath->luck = rng_stream(rng_key(referee->seed, "peace"));
    aftermath->probes = rng_stream(rng_key(referee->seed, "probe"));
    Event *event = begin(referee, NP_EVENT_IMPLEMENTATION, referee->now, agreement);
    aftermath->latest_event = event_tell(referee, event);
    referee->verdict.peace = (Peace){.observed = true, .broken_at = NP_NEVER};
    enter_force(referee, &referee->signed_package, aftermath->latest_event);
    for (uint32_t i = 0; i < negotiation->steps; i++)
        schedule(referee, RANK_STEP, aftermath->since + negotiation->step[i].after, i);
    schedule(referee, RANK_HORIZON, aftermath->since + negotiation->observe, 0);
    if (negotiation->world == NULL) schedule(referee, RANK_TICK, aftermath->since + SIM_DAY, 0);
}

static void end(Referee *referee, SimTime at) {
    Peace *peace = &referee->verdict.peace;
    Event *event = begin(referee, NP_EVENT_HORIZON, at, referee->aftermath.latest_event);
    if (peace->broken_at == NP_NEVER) event->flags |= EVENT_PASSED;
    event_tell(referee, event);
    peace->until = at;
    conclusion_close(referee);
}

void peace_rule_horizon(Referee *referee, AgendaEntry entry) {
    end(referee, entry.at);
}

/* --- does it hold? --- */

static void break_peace(Referee *referee, SeatId seat, SimTime at, uint64_t cause) {
    Event *event = begin(referee, NP_EVENT_RENEWED_WAR, at, cause);
    event->seat = seat;
    referee->aftermath.latest_event = event_tell(referee, event);
    referee->verdict.peace.broken_at = at;
    end(referee, at);
}

static bool is_attacked(const Referee *referee) {
    const WorldModel *model = world_events_model(referee);
    const Aftermath *aftermath = &referee->aftermath;
    return model != NULL && model->deterrence.on &&
           world_attack_pays(&referee->world, &aftermath->in_force, aftermath->worth);
}

/* What tipped the scales, unless they were tipped when the terms came into force. */
static uint64_t cause_of_attack(const Referee *referee) {
    uint64_t moved = world_cause(&referee->world, &referee->world.model->deterrence.attack);
    uint64_t terms = referee->aftermath.terms_event;
    return moved > terms ? moved : terms;
}

static bool breaks_by_chance(Referee *referee, SimTime at) {
    Aftermath *aftermath = &referee->aftermath;
    const Durability *durability = referee->negotiation->terms.durability;
    if (durability == NULL) return false;
    Utility effect = durability_effect(durability, &aftermath->in_force, appraisal_hazard(referee));
    double chance =
        durability_break(durability, effect, years_since(aftermath, aftermath->checked_at),
                         years_since(aftermath, at));
    return rng_unit(&aftermath->luck) < chance;
}

/* The credibility of who would intervene; nobody without deterrence. */
static double credibility(const Referee *referee) {
    const Deterrence *deterrence = &world_events_model(referee)->deterrence;
    if (!deterrence->on || deterrence->issue >= NP_MAX_ISSUES) return 0;
    uint8_t option = referee->aftermath.in_force.option[deterrence->issue];
    return option < NP_MAX_OPTIONS ? deterrence->credibility[option] : 0;
}

static void probe(Referee *referee, SimTime at) {
    const WorldModel *model = world_events_model(referee);
    Aftermath *aftermath = &referee->aftermath;
    if (model == NULL || model->probes <= 0) return;
    double years = (double)(at - aftermath->checked_at) / SIM_YEAR;
    double chance = 1 - real_exp(-model->probes * (1 - credibility(referee)) * years);
    if (rng_unit(&aftermath->probes) >= chance) return;
    Event *event = begin(referee, NP_EVENT_PROBE, at, aftermath->terms_event);
    aftermath->latest_event = event_tell(referee, event);
    referee->verdict.peace.probes++;
}

void peace_rule_tick(Referee *referee, AgendaEntry entry) {
    Aftermath *aftermath = &referee->aftermath;
    if (is_attacked(referee))
        break_peace(referee, world_events_model(referee)->deterrence.attacker, entry.at,
                    cause_of_attack(referee));
    else if (breaks_by_chance(referee, entry.at))
        break_peace(referee, NP_NO_SEAT, entry.at, aftermath->terms_event);
    else
        probe(referee, entry.at);
    aftermath->checked_at = entry.at;
}

/* --- later steps --- */

static bool is_put_forward(const Referee *referee, const LaterStep *step, const Outcome *changed) {
    const Outcome *in_force = &referee->aftermath.in_force;
    Rng luck = referee_stream(referee, "step", step->id);
    bool comes = rng_unit(&luck) < step->chance;
    return comes && condition_holds(&step->when, in_force) && !outcome_equal(changed, in_force) &&
           domain_excludes(&referee->negotiation->terms.domain, changed) == NULL;
}

/* Who, of those whose consent the change needs, does not lose by it. */
static SeatSet who_agrees(const Referee *referee, SeatSet needed, const Outcome *changed) {
    const Terms *terms = &referee->negotiation->terms;
    SeatSet agrees = 0;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const Profile *profile = referee->profile[seat];
        if (seat_in(needed, seat) &&
            profile_utility(profile, &terms->domain, changed) >=
                profile_utility(profile, &terms->domain, &referee->aftermath.in_force))
            agrees |= seat_bit(seat);
    }
    return agrees;
}

void peace_rule_step(Referee *referee, AgendaEntry entry) {
    const Terms *terms = &referee->negotiation->terms;
    const LaterStep *step = &referee->negotiation->step[entry.payload];
    Aftermath *aftermath = &referee->aftermath;
    Outcome changed = domain_fill(&terms->domain, &step->to, &aftermath->in_force);
    if (!is_put_forward(referee, step, &changed)) return;
    SeatSet needed =
        consent_needed(&terms->consent, &terms->domain, &aftermath->in_force, &changed);
    Event *event = begin(referee, NP_EVENT_STEP, entry.at, aftermath->terms_event);
    event_name(event, step->id);
    event->seats = who_agrees(referee, needed, &changed);
    event->packages = 1;
    event->menu[0] = changed;
    bool passed = event->seats == needed;
    if (passed) event->flags |= EVENT_PASSED;
    uint64_t id = aftermath->latest_event = event_tell(referee, event);
    if (!passed) return;
    referee->verdict.peace.steps++;
    enter_force(referee, &changed, id);
}
