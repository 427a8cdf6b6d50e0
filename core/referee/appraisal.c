/* Appraisals: what the world does to a seat's own numbers, and which type a seat is. A profile of the run's
 * own holds what the seat was last told, so that seat and referee always reckon with the same. */
#include <stddef.h>

#include "core/base/memory.h"
#include "core/referee/run_state.h"
#include "core/world/appraise.h"

/* --- types --- */

static bool has_types(const Negotiation *negotiation, SeatId seat) {
    return negotiation->terms.seat[seat].types > 1 && negotiation->type[seat] != NULL;
}

static uint8_t draw_type(const Referee *referee, SeatId seat) {
    const SeatTerms *terms = &referee->negotiation->terms.seat[seat];
    const SeatType *type = referee->negotiation->type[seat];
    if (!has_types(referee->negotiation, seat)) return 0;
    Rng luck = referee_stream(referee, "type", terms->id);
    double left = rng_unit(&luck);
    for (uint8_t number = 0; number + 1 < terms->types; number++) {
        left -= type[number].prior;
        if (left < 0) return number;
    }
    return (uint8_t)(terms->types - 1);
}

void appraisal_tell_types(Referee *referee) {
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        if (!has_types(referee->negotiation, seat)) continue;
        Event *event = event_begin(referee, NP_EVENT_APPRAISAL, 0, 1);
        event->seat = seat;
        event->word = NP_ASPECT_TYPE;
        event->amount = referee->type[seat] * UTILITY_ONE;
        event_tell(referee, event);
    }
}

/* --- aspects --- */

/* Where an aspect stands in a profile, and the form that appraises it; NULL for none. */
typedef struct Aspects {
    uint8_t word;
    const Form *form;
    Utility *number;
} Aspects;

enum { ASPECTS = 4 };

static void list_aspects(const WorldModel *model, SeatId seat, Profile *profile,
                         Aspects list[ASPECTS]) {
    const Appraisal *own = &model->appraisal[seat];
    bool hazard = model->uses_hazard && profile->durability != NULL;
    list[0] = (Aspects){NP_ASPECT_RESERVATION, own->uses_reservation ? &own->reservation : NULL,
                        &profile->reservation};
    list[1] = (Aspects){NP_ASPECT_AFTERMATH, own->uses_aftermath ? &own->aftermath : NULL,
                        &profile->aftermath};
    list[2] =
        (Aspects){NP_ASPECT_EROSION, own->uses_eroded ? &own->eroded : NULL, &profile->eroded};
    list[3] = (Aspects){NP_ASPECT_HAZARD, hazard ? &model->hazard : NULL, &profile->hazard};
}

Utility appraisal_hazard(const Referee *referee) {
    const WorldModel *model = world_events_model(referee);
    if (model == NULL || !model->uses_hazard) return 0;
    return world_appraised(&referee->world, NP_ASPECT_HAZARD, &model->hazard);
}

/* The reservation is told of when it has gone further than a step, the rest when its rounding changes. */
static bool is_news(const WorldModel *model, const Aspects *aspect, Utility now) {
    Utility change = now > *aspect->number ? now - *aspect->number : *aspect->number - now;
    if (aspect->word != NP_ASPECT_RESERVATION) return change != 0;
    return change > event_amount(model->reservation_step);
}

static void tell(Referee *referee, SeatId seat, const Aspects *aspect, Utility now, SimTime at) {
    uint64_t cause = world_cause(&referee->world, aspect->form);
    Event *event = event_begin(referee, NP_EVENT_APPRAISAL, at, cause == 0 ? 1 : cause);
    event->seat = seat;
    event->word = aspect->word;
    event->amount = now;
    event->before = *aspect->number;
    event_tell(referee, event);
    *aspect->number = now;
}

/* Seats are told nothing after an agreement. */
void appraisal_rule(Referee *referee, SimTime at) {
    const WorldModel *model = world_events_model(referee);
    if (referee->aftermath.on || referee->over) return;
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        Aspects list[ASPECTS];
        list_aspects(model, seat, &referee->own[seat], list);
        for (int i = 0; i < ASPECTS; i++) {
            if (list[i].form == NULL) continue;
            Utility now = world_appraised(&referee->world, list[i].word, list[i].form);
            if (is_news(model, &list[i], now)) tell(referee, seat, &list[i], now, at);
        }
    }
}

/* --- profiles --- */

/* What a negotiation itself says of the seat. */
static const Profile *given(const Referee *referee, const Negotiation *negotiation, SeatId seat) {
    if (!has_types(negotiation, seat)) return &negotiation->profile[seat];
    uint8_t last = (uint8_t)(negotiation->terms.seat[seat].types - 1);
    uint8_t type = referee->type[seat] < last ? referee->type[seat] : last;
    return &negotiation->type[seat][type].profile;
}

static void point_to_profiles(Referee *referee) {
    bool world = world_events_model(referee) != NULL;
    for (SeatId seat = 0; seat < referee->negotiation->terms.seats; seat++) {
        referee->profile[seat] =
            world ? &referee->own[seat] : given(referee, referee->negotiation, seat);
        referee->session.profile[seat] = referee->profile[seat];
    }
}

static void make_room(Referee *referee) {
    uint32_t wanted = 2u * referee->negotiation->terms.seats;
    if (wanted <= referee->own_capacity) return;
    referee->own = memory_grow(referee->own, wanted, sizeof *referee->own);
    referee->own_capacity = wanted;
}

void appraisal_open(Referee *referee) {
    const WorldModel *model = world_events_model(referee);
    uint8_t seats = referee->negotiation->terms.seats;
    for (SeatId seat = 0; seat < seats; seat++) referee->type[seat] = draw_type(referee, seat);
    if (model != NULL) make_room(referee);
    for (SeatId seat = 0; seat < seats && model != NULL; seat++) {
        Profile *own = &referee->own[seat];
        *own = *given(referee, referee->negotiation, seat);
        world_appraise(
            &referee->world, seat,
            &(OwnNumbers){&own->reservation, &own->aftermath, &own->eroded, &own->hazard});
        referee->own[seats + seat] = *own;
    }
    point_to_profiles(referee);
}

/* The profile of a seat in another negotiation, but that it goes on from what it was told of its numbers. */
static void take_over(const Referee *referee, const Negotiation *next, SeatId seat, Profile *out) {
    Aspects now[ASPECTS], then[ASPECTS];
    Profile told = referee->own[seat];
    *out = *given(referee, next, seat);
    list_aspects(world_events_model(referee), seat, &told, then);
    list_aspects(next->world, seat, out, now);
    for (int i = 0; i < ASPECTS; i++)
        if (now[i].form != NULL && then[i].form != NULL) *now[i].number = *then[i].number;
}

void appraisal_switch(Referee *referee, const Negotiation *next) {
    uint8_t seats = next->terms.seats;
    for (SeatId seat = 0; seat < seats && next->world != NULL; seat++)
        take_over(referee, next, seat, &referee->own[seat]);
}

void appraisal_switched(Referee *referee) {
    point_to_profiles(referee);
}

/* Who plays a run that changes on the way is told at its beginning what it will be in the end. */
void appraisal_brief(Referee *referee, const Negotiation *next) {
    uint8_t seats = next->terms.seats;
    for (SeatId seat = 0; seat < seats && next->world != NULL; seat++)
        take_over(referee, next, seat, &referee->own[seats + seat]);
}

/* It does not change while the run goes on: those who play learn of changes as observations. */
const Profile *appraisal_briefed(const Referee *referee, const Negotiation *negotiation,
                                 SeatId seat) {
    if (negotiation->world == NULL) return given(referee, negotiation, seat);
    return &referee->own[negotiation->terms.seats + seat];
}
