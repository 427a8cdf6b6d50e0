#include "report/reading.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/world/appraise.h"
#include "report/peace.h"
#include "report/story.h"

bool reading_event(const Reading *reading, uint64_t id, Event *event) {
    return id > 0 && script_event(reading->script, id - 1, event);
}

/* --- a seat's own numbers --- */

static const Profile *profile_of(const Negotiation *negotiation, SeatId seat, uint8_t type) {
    bool typed = negotiation->type[seat] != NULL && type < negotiation->terms.seat[seat].types;
    return typed ? &negotiation->type[seat][type].profile : &negotiation->profile[seat];
}

static void take_profile(Reading *reading, SeatId seat, uint8_t type) {
    const Negotiation *negotiation = reading->negotiation;
    SeatReading *own = &reading->seat[seat];
    *own->profile = *profile_of(negotiation, seat, type);
    own->type = type;
    if (negotiation->world != NULL) {
        World *world = memory_new(1, sizeof *world);
        Outcome status_quo = domain_status_quo(&negotiation->terms.domain);
        world_open(world, negotiation->world, 0, 1, &status_quo);
        Profile *numbers = own->profile;
        world_appraise(world, seat,
                       &(OwnNumbers){&numbers->reservation, &numbers->aftermath, &numbers->eroded,
                                     &numbers->hazard});
        memory_free(world);
    }
    own->first_reservation = own->reservation = own->profile->reservation;
}

static void note_appraisal(Reading *reading, const Event *event) {
    SeatReading *own = &reading->seat[event->seat];
    switch (event->word) {
    case NP_ASPECT_TYPE:
        if (event->amount >= 0 && event->amount < NP_MAX_SEATS * UTILITY_ONE)
            take_profile(reading, event->seat, (uint8_t)(event->amount / UTILITY_ONE));
        break;
    case NP_ASPECT_RESERVATION:
        if (own->appraisals.count == 0) own->first_reservation = event->before;
        own->reservation = own->profile->reservation = event->amount;
        own->appraised = event->id;
        event_list_add(&own->appraisals, event->id);
        break;
    case NP_ASPECT_AFTERMATH: own->profile->aftermath = event->amount; break;
    case NP_ASPECT_EROSION: own->profile->eroded = event->amount; break;
    case NP_ASPECT_HAZARD: own->profile->hazard = event->amount; break;
    default: break;
    }
}

/* --- moves --- */

static void note_moved(SeatReading *own, const Event *event) {
    own->moved = event->id;
    own->moved_at = event->at;
}

static void note_offer(Reading *reading, const Event *event) {
    SeatReading *own = &reading->seat[event->seat];
    Utility epsilon = reading->negotiation->terms.stall_epsilon;
    event_list_add(&reading->offers, event->id);
    event_list_add(&reading->numbers, event->offer);
    if ((event->flags & EVENT_BREAKS_COMMITMENT) != 0)
        event_list_add(&reading->commitments, event->id);
    if (event->demand == UTILITY_NONE) return;
    if (own->first_offer == 0) {
        own->first_offer = event->id;
        own->first_demand = own->least_demand = event->demand;
        note_moved(own, event);
    } else if (event->demand < own->least_demand && own->least_demand - event->demand >= epsilon) {
        own->least_demand = event->demand;
        note_moved(own, event);
    }
    own->last_offer = *event;
    if (event->distance == UTILITY_NONE) return;
    if (reading->first_distance_event == 0) {
        reading->first_distance_event = event->id;
        reading->first_distance = event->distance;
    }
    reading->last_distance_event = event->id;
    reading->last_distance = event->distance;
}

static void note_move(Reading *reading, const Event *event) {
    if (event->seat >= reading->negotiation->terms.seats) return;
    SeatReading *own = &reading->seat[event->seat];
    switch (event->kind) {
    case NP_EVENT_OFFER: note_offer(reading, event); break;
    case NP_EVENT_ACCEPTANCE:
        note_moved(own, event);
        if ((event->flags & EVENT_BREAKS_COMMITMENT) != 0)
            event_list_add(&reading->commitments, event->id);
        break;
    case NP_EVENT_REFUSAL:
        event_list_add(event->ruling == NP_RULING_CROSSES_RED_LINE ? &own->red_lines
                                                                   : &own->refusals,
                       event->id);
        break;
    case NP_EVENT_RULE_OUT:
    case NP_EVENT_AUDIENCE_COST: event_list_add(&reading->commitments, event->id); break;
    case NP_EVENT_LEAK: event_list_add(&reading->leaks, event->id); break;
    case NP_EVENT_APPRAISAL: note_appraisal(reading, event); break;
    default: break;
    }
}

/* --- what follows from moves --- */

static void note_course(Reading *reading, const Event *event) {
    switch (event->kind) {
    case NP_EVENT_ACCORD:
    case NP_EVENT_STATUS_QUO: event_list_add(&reading->settled, event->id); break;
    case NP_EVENT_SIGNATURE: reading->signature = event->id; break;
    case NP_EVENT_RATIFICATION: event_list_add(&reading->votes, event->id); break;
    case NP_EVENT_AGREEMENT:
    case NP_EVENT_BREAKDOWN:
        if (event->kind == NP_EVENT_AGREEMENT) reading->agreement = event->id;
        reading->end = *event;
        break;
    case NP_EVENT_PROBE: event_list_add(&reading->probes, event->id); break;
    case NP_EVENT_IMPLEMENTATION:
    case NP_EVENT_STEP:
    case NP_EVENT_RENEWED_WAR:
    case NP_EVENT_HORIZON: event_list_add(&reading->after, event->id); break;
    default: break;
    }
}

/* What the seats held when the package was nearest, for as long as no other comes nearer. */
static void note_miss(Reading *reading, Profile *profile, uint64_t before) {
    if (reading->search.best.event == before) return;
    for (SeatId seat = 0; seat < reading->negotiation->terms.seats; seat++) {
        profile[seat] = *reading->seat[seat].profile;
        reading->seat[seat].missed_reservation = reading->seat[seat].reservation;
    }
}

static void note(Reading *reading, const Event *event, Profile *missed) {
    uint64_t before = reading->search.best.event;
    near_miss_note(&reading->search, event);
    note_move(reading, event);
    note_course(reading, event);
    note_miss(reading, missed, before);
    peace_note(&reading->peace, event);
    reading->last = *event;
}

void reading_begin(Reading *reading, const Negotiation *negotiation, const Script *script) {
    const Terms *terms = &negotiation->terms;
    Profile *missed = memory_new(terms->seats, sizeof *missed);
    Event *event = memory_new(1, sizeof *event);
    memset(reading, 0, sizeof *reading);
    reading->negotiation = negotiation;
    reading->script = script;
    near_miss_begin(&reading->search, terms);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        reading->seat[seat].profile = memory_new(1, sizeof(Profile));
        take_profile(reading, seat, 0);
    }
    for (uint64_t i = 0; script_event(script, i, event); i++) note(reading, event, missed);
    for (SeatId seat = 0; seat < terms->seats; seat++) *reading->seat[seat].profile = missed[seat];
    /* A run that is looked at after its agreement is over at its horizon. */
    bool looked = reading->last.kind == NP_EVENT_HORIZON;
    reading->over = reading->end.id != 0 && (looked || reading->last.id == reading->end.id);
    memory_free(event);
    memory_free(missed);
}

void reading_finish(Reading *reading) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        SeatReading *own = &reading->seat[seat];
        event_list_finish(&own->appraisals);
        event_list_finish(&own->red_lines);
        event_list_finish(&own->refusals);
        memory_free(own->profile);
    }
    EventList *const lists[] = {&reading->offers,      &reading->numbers, &reading->settled,
                                &reading->commitments, &reading->leaks,   &reading->votes,
                                &reading->after,       &reading->probes};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) event_list_finish(lists[i]);
}

/* --- telling --- */

/* What is said before an event only so that the teller knows it. */
static void prepare(const Reading *reading, StoryTeller *teller, uint64_t id, Event *event) {
    Text unheard = {0};
    for (uint32_t i = 0; i < reading->settled.count && reading->settled.id[i] < id; i++)
        if (reading_event(reading, reading->settled.id[i], event))
            story_sentence(teller, event, &unheard);
    if (reading->agreement != 0 && reading->agreement < id &&
        reading_event(reading, reading->agreement, event))
        story_sentence(teller, event, &unheard);
    for (uint32_t i = 0; i < reading->after.count && reading->after.id[i] < id; i++)
        if (reading_event(reading, reading->after.id[i], event))
            story_sentence(teller, event, &unheard);
    text_finish(&unheard);
}

/* The event of the offer of that number; 0 for none. */
static uint64_t offer_event(const Reading *reading, uint32_t number) {
    for (uint32_t i = 0; i < reading->offers.count; i++)
        if (reading->numbers.id[i] == number) return reading->offers.id[i];
    return 0;
}

static void prepare_offer(const Reading *reading, StoryTeller *teller, const Event *about,
                          Event *event) {
    Text unheard = {0};
    if (about->kind != NP_EVENT_OFFER && about->offer > 0 &&
        reading_event(reading, offer_event(reading, about->offer), event))
        story_sentence(teller, event, &unheard);
    text_finish(&unheard);
}

void reading_tell(const Reading *reading, uint64_t id, Text *out) {
    StoryTeller *teller = memory_new(1, sizeof *teller);
    Event *event = memory_new(2, sizeof *event);
    story_begin(teller, reading->negotiation, false, true);
    if (reading_event(reading, id, &event[0])) {
        prepare(reading, teller, id, &event[1]);
        prepare_offer(reading, teller, &event[0], &event[1]);
        story_sentence(teller, &event[0], out);
    } else
        text_add(out, "an event that is not in the record");
    memory_free(event);
    memory_free(teller);
}

void reading_causes(const Reading *reading, uint64_t id, EventList *causes) {
    Event *event = memory_new(1, sizeof *event);
    uint64_t before = UINT64_MAX;
    /* A cause comes before what it brings about; a record that says otherwise ends the chain. */
    while (id < before && reading_event(reading, id, event)) {
        event_list_add(causes, id);
        before = id;
        id = event->cause;
    }
    memory_free(event);
}
