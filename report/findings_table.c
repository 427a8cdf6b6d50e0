/* Findings on what happened at the table: the nearest miss, votes, refusals, commitments, leaks. */
#include <string.h>

#include "report/findings.h"
#include "report/sentence.h"
#include "report/story.h"
#include "report/telling.h"

/* --- the nearest miss --- */

static void say_miss(const Reading *reading, Text *sentence) {
    const Terms *terms = &reading->negotiation->terms;
    const NearMiss *miss = &reading->search.best;
    SeatSet missing = miss->needed & ~miss->accepted;
    text_addf(sentence, "The package that came nearest stood in #%u on ", (unsigned)miss->offer);
    phrase_date(sentence, terms, miss->at);
    if (miss->table != 0 && miss->table <= terms->closed_tables) {
        text_add(sentence, ", at ");
        text_add_safe(sentence, terms->table[miss->table].id);
    }
    text_add(sentence, " (");
    story_package(&terms->domain, &miss->package, NULL, sentence);
    text_add(sentence, "); it had the consent of ");
    phrase_seats(sentence, terms, miss->accepted);
    text_add(sentence, " and lacked ");
    if (missing != 0) {
        text_add(sentence, "that of ");
        phrase_seats(sentence, terms, missing);
    } else {
        text_add(sentence, miss->unauthorised != 0 ? "the authority to sign of " : "nothing");
        if (miss->unauthorised != 0) phrase_seats(sentence, terms, miss->unauthorised);
    }
}

/* What it was worth to a seat, and what walking away was, as appraised at that moment. */
static void find_worth(Explanation *explanation, Topic topic, SeatId seat, Text *sentence) {
    const Reading *reading = &explanation->reading;
    const Domain *domain = &reading->negotiation->terms.domain;
    const SeatReading *own = &reading->seat[seat];
    const NearMiss *miss = &reading->search.best;
    const RedLine *red_line = profile_crosses(own->profile, &miss->package);
    text_add(sentence, "To ");
    phrase_seat(sentence, &reading->negotiation->terms, seat);
    text_addf(sentence, " it was worth %.3f then, and walking away %.3f",
              utility_real(profile_utility(own->profile, domain, &miss->package)),
              utility_real(own->missed_reservation));
    if (red_line != NULL) {
        text_add(sentence, "; it crossed a hard red line of its own: ");
        phrase_condition(sentence, domain, &red_line->when);
    }
    uint64_t appraised = 0;
    for (uint32_t i = 0; i < own->appraisals.count && own->appraisals.id[i] <= miss->event; i++)
        appraised = own->appraisals.id[i];
    find_two(explanation, topic, seat, sentence, miss->event, appraised);
}

/* What was signed is the package that lacked nothing. */
void find_worths(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    const NearMiss *miss = &reading->search.best;
    if (reading->agreement == 0 && reading->signature == 0) return;
    if (miss->event == 0 || (miss->needed & ~miss->accepted) != 0) return;
    Text sentence = {0};
    for (SeatId seat = 0; seat < reading->negotiation->terms.seats; seat++)
        find_worth(explanation, TOPIC_WORTH, seat, &sentence);
    text_finish(&sentence);
}

void find_nearest(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    const NearMiss *miss = &reading->search.best;
    if (reading->agreement != 0 || reading->signature != 0) return;
    Text sentence = {0};
    if (miss->event == 0) {
        text_add(&sentence, "No complete package was tabled");
        find_one(explanation, TOPIC_NEAREST, NP_NO_SEAT, &sentence, reading->last.id);
    } else {
        say_miss(reading, &sentence);
        find_one(explanation, TOPIC_NEAREST, NP_NO_SEAT, &sentence, miss->event);
        for (SeatId seat = 0; seat < reading->negotiation->terms.seats; seat++)
            if (seat_in(miss->needed & ~miss->accepted, seat))
                find_worth(explanation, TOPIC_NEAREST, seat, &sentence);
    }
    text_finish(&sentence);
}

/* --- votes --- */

static const Ratifier *find_ratifier(const Negotiation *negotiation, const Event *event) {
    for (uint32_t i = 0; i < negotiation->ratifiers; i++) {
        const char *id = negotiation->ratifier[i].id;
        if (strlen(id) == event->text_length && memcmp(id, event->text, event->text_length) == 0)
            return &negotiation->ratifier[i];
    }
    return NULL;
}

static void find_vote(Explanation *explanation, const Event *event, Text *sentence) {
    const Negotiation *negotiation = explanation->reading.negotiation;
    const Ratifier *ratifier = find_ratifier(negotiation, event);
    bool passed = (event->flags & EVENT_PASSED) != 0, named = ratifier != NULL && ratifier->name;
    if (named)
        text_add_safe(sentence, ratifier->name);
    else
        telling_words(event, sentence);
    text_add(sentence, ", for ");
    phrase_seat(sentence, &negotiation->terms, event->seat);
    text_add(sentence, passed ? ", voted yes on " : ", voted no on ");
    phrase_date(sentence, &negotiation->terms, event->at);
    if (event->demand != UTILITY_NONE)
        text_addf(sentence, ": to it the package was worth %.3f", utility_real(event->demand));
    if (event->demand != UTILITY_NONE && ratifier != NULL)
        text_addf(sentence, ", and it passes from %.3f", utility_real(ratifier->threshold));
    find_two(explanation, TOPIC_RATIFICATION, event->seat, sentence, event->id, event->cause);
}

void find_votes(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    Event *event = memory_new(1, sizeof *event);
    Text sentence = {0};
    for (uint32_t i = 0; i < reading->votes.count; i++)
        if (reading_event(reading, reading->votes.id[i], event))
            find_vote(explanation, event, &sentence);
    if (reading->signature != 0 && reading->end.id == 0) {
        text_add(&sentence, "What was signed still awaits its ratifiers");
        find_one(explanation, TOPIC_RATIFICATION, NP_NO_SEAT, &sentence, reading->signature);
    }
    text_finish(&sentence);
    memory_free(event);
}

/* --- refusals --- */

enum { RULINGS = 32 };

/* Of a seat's refused moves those with one ruling, in a sentence. */
static void find_ruling(Explanation *explanation, SeatId seat, const EventList *refusals,
                        uint8_t ruling, Text *sentence) {
    const Reading *reading = &explanation->reading;
    EventList same = {0};
    Event *event = memory_new(1, sizeof *event);
    for (uint32_t i = 0; i < refusals->count; i++)
        if (reading_event(reading, refusals->id[i], event) && event->ruling == ruling)
            event_list_add(&same, event->id);
    const char *why = telling_refusal(ruling);
    if (same.count > 0) {
        phrase_seat(sentence, &reading->negotiation->terms, seat);
        text_addf(sentence, " had %u move%s refused: %s", (unsigned)same.count,
                  same.count == 1 ? "" : "s", why != NULL ? why : "for a reason unknown here");
        find(explanation, TOPIC_REFUSALS, seat, sentence, &same);
    }
    event_list_finish(&same);
    memory_free(event);
}

/* A bit for each ruling that there is among them: refusals may be many. */
static uint32_t rulings_of(const Reading *reading, const EventList *refusals) {
    uint32_t rulings = 0;
    Event *event = memory_new(1, sizeof *event);
    for (uint32_t i = 0; i < refusals->count; i++)
        if (reading_event(reading, refusals->id[i], event) && event->ruling < RULINGS)
            rulings |= 1u << event->ruling;
    memory_free(event);
    return rulings;
}

/* Red lines first: they say most of why there was no agreement. */
void find_refusals(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    uint8_t seats = reading->negotiation->terms.seats;
    Text sentence = {0};
    for (SeatId seat = 0; seat < seats; seat++)
        find_ruling(explanation, seat, &reading->seat[seat].red_lines, NP_RULING_CROSSES_RED_LINE,
                    &sentence);
    for (SeatId seat = 0; seat < seats; seat++) {
        const EventList *refusals = &reading->seat[seat].refusals;
        uint32_t rulings = rulings_of(reading, refusals);
        for (uint8_t ruling = 0; ruling < RULINGS; ruling++)
            if ((rulings >> ruling & 1u) != 0)
                find_ruling(explanation, seat, refusals, ruling, &sentence);
    }
    text_finish(&sentence);
}

/* --- commitments, leaks --- */

void find_commitments(Explanation *explanation) {
    find_each(explanation, TOPIC_COMMITMENTS, &explanation->reading.commitments);
}

void find_leaks(Explanation *explanation) {
    find_each(explanation, TOPIC_LEAKS, &explanation->reading.leaks);
}
