/* What moves lead to: partial accords, signatures, the end; and what lapses on the way. */
#include <assert.h>
#include <string.h>

#include "core/referee/run_state.h"

/* --- the end --- */

static void fill_results(Referee *referee, const Outcome *agreement) {
    const Negotiation *negotiation = referee->negotiation;
    Verdict *verdict = &referee->verdict;
    levers_charge_upkeep(referee, verdict->ended_at);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        const Profile *profile = referee->profile[seat];
        SeatResult *result = &verdict->seat_result[seat];
        result->type = referee->type[seat];
        result->reservation = result->utility = profile->reservation;
        if (agreement != NULL)
            result->utility = utility_from(profile_value_at(profile, &negotiation->terms.domain,
                                                            agreement, verdict->ended_at));
        result->utility -= result->costs;
    }
}

void conclusion_close(Referee *referee) {
    referee->over = true;
    referee->verdict.events = referee->last_event;
    referee->verdict.digest = digest_end(&referee->digest);
}

void conclusion_end(Referee *referee, VerdictKind kind, Reason reason, SeatId seat,
                    uint64_t cause) {
    Verdict *verdict = &referee->verdict;
    bool agreed = kind == VERDICT_AGREEMENT;
    Event *event =
        event_begin(referee, agreed ? NP_EVENT_AGREEMENT : NP_EVENT_BREAKDOWN, referee->now, cause);
    event->seat = seat;
    event->reason = (uint8_t)reason;
    if (agreed) {
        event->seats = referee->signatories;
        event->packages = 1;
        event->menu[0] = referee->signed_package;
    }
    event_tell(referee, event);
    verdict->kind = kind;
    verdict->reason = reason;
    verdict->seat = seat;
    verdict->ended_at = event->at;
    verdict->agreement = agreed ? referee->signed_package : outcome_empty();
    verdict->signatories = agreed ? referee->signatories : 0;
    verdict->in_force = agreed ? 1 : reason == REASON_RATIFICATION_FAILED ? 0 : -1;
    fill_results(referee, agreed ? &referee->signed_package : NULL);
    if (agreed && referee->negotiation->observe > 0)
        peace_begin(referee, event->id);
    else
        conclusion_close(referee);
}

/* --- on the way --- */

void conclusion_tell_lapse(Referee *referee, const OfferPlace *place, uint64_t cause) {
    Event *event = event_begin(referee, NP_EVENT_LAPSE, referee->now, cause);
    event->seat = place->seat;
    event->table = place->table;
    event->offer = place->number;
    event_tell(referee, event);
}

void conclusion_lapse(Referee *referee, SimTime at, uint64_t cause) {
    OfferPlace lapsed[SESSION_MAX_STANDING];
    uint32_t count = session_lapse(&referee->session, lapsed);
    if (count != 0) referee->now = at;
    for (uint32_t i = 0; i < count; i++)
        conclusion_tell_lapse(referee, &lapsed[i],
                              cause != 0 ? cause
                                         : referee->offer_event[lapsed[i].table][lapsed[i].seat]);
}

static void sign(Referee *referee, const Effect *effect, uint64_t cause) {
    referee->signed_package = effect->conclusion;
    referee->signatories = effect->signatories;
    if (!ratification_call(referee)) {
        conclusion_end(referee, VERDICT_AGREEMENT, REASON_NONE, NP_NO_SEAT, cause);
        return;
    }
    Event *event = event_begin(referee, NP_EVENT_SIGNATURE, referee->now, cause);
    event->seats = effect->signatories;
    event->packages = 1;
    event->menu[0] = effect->conclusion;
    referee->signature = event_tell(referee, event);
}

static void accord(Referee *referee, const Effect *effect, uint64_t cause) {
    Event *event = event_begin(referee, NP_EVENT_ACCORD, referee->now, cause);
    event->seats = effect->signatories;
    event->packages = 1;
    event->menu[0] = effect->conclusion;
    uint64_t id = event_tell(referee, event);
    Verdict *verdict = &referee->verdict;
    assert(verdict->accords < VERDICT_MAX_ACCORDS);
    verdict->accord[verdict->accords++] = effect->conclusion;
    world_events_moved(referee, referee->now, id);
    conclusion_lapse(referee, referee->now, id);
    conclusion_settle(referee, id);
}

void conclusion_rule(Referee *referee, const Effect *effect, uint64_t cause) {
    moves_expose(referee, effect->signatories, &effect->conclusion, cause);
    (effect->partial ? accord : sign)(referee, effect, cause);
}

/* --- what stands concludes --- */

static uint32_t which_of(Referee *referee) {
    if (!referee->negotiation->terms.mechanism->rounds) return 0;
    uint32_t ready = session_ready(&referee->session);
    return ready > 1 ? rng_below(&referee->crossed, ready) : 0;
}

/* The event that put the offer on the table. */
static uint64_t tabled(Referee *referee, uint32_t offer) {
    OfferPlace place;
    if (session_find_offer(&referee->session, offer, &place) == NULL) return 1;
    return referee->offer_event[place.table][place.seat];
}

void conclusion_settle(Referee *referee, uint64_t cause) {
    if (referee->session.closed) return;
    Effect effect;
    session_conclude(&referee->session, which_of(referee), &effect);
    if (!effect.concluded) return;
    conclusion_rule(referee, &effect, cause != 0 ? cause : tabled(referee, effect.offer));
}

/* The latest event of this moment by which somebody stood behind the package: what came before may belong to
 * another window, and where windows begin is nobody's reason. */
static uint64_t who_concluded(const Referee *referee, const Outcome *package) {
    for (uint32_t i = referee->events; i-- > 0;) {
        const Event *event = &referee->event[i];
        if (event->at != referee->now) break;
        if (event->kind != NP_EVENT_OFFER && event->kind != NP_EVENT_ACCEPTANCE) continue;
        for (uint8_t k = 0; k < event->packages; k++)
            if (outcome_equal(&event->menu[k], package)) return event->id;
    }
    return referee->last_event;
}

/* With rounds, once all that was to be said at this moment was said: crossed acceptances favour nobody. */
void conclusion_rule_round(Referee *referee, AgendaEntry entry) {
    if (session_ready(&referee->session) == 0) return;
    Effect effect;
    referee->now = entry.at;
    session_conclude(&referee->session, which_of(referee), &effect);
    conclusion_rule(referee, &effect, who_concluded(referee, &effect.conclusion));
}
