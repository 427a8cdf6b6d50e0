/* Findings on how the talks ended, on the clock, and on what was asked for. */
#include "core/base/sim_time.h"
#include "report/findings.h"
#include "report/sentence.h"
#include "report/story.h"

/* --- the verdict --- */

static void say_agreement(const Reading *reading, Text *sentence) {
    const Terms *terms = &reading->negotiation->terms;
    text_add(sentence, "Agreement on ");
    phrase_date(sentence, terms, reading->end.at);
    text_add(sentence, ", by ");
    phrase_seats(sentence, terms, reading->end.seats & terms->consent.all);
    text_add(sentence, ": ");
    story_package(&terms->domain, &reading->end.menu[0], NULL, sentence);
}

static void say_breakdown(const Reading *reading, Text *sentence) {
    const Terms *terms = &reading->negotiation->terms;
    text_add(sentence, "No agreement, on ");
    phrase_date(sentence, terms, reading->end.at);
    text_add(sentence, ": ");
    phrase_reason(sentence, terms, reading->end.reason, reading->end.seat, reading->end.at);
}

static void say_unfinished(const Reading *reading, Text *sentence) {
    text_add(sentence,
             reading->end.id == 0
                 ? "The talks are not over; what is recorded of them ends on "
                 : "What became of the agreement is not recorded to its end; it ends on ");
    phrase_date(sentence, &reading->negotiation->terms, reading->last.at);
}

void find_verdict(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    Text sentence = {0};
    if (reading->end.id != 0) {
        bool agreed = reading->end.kind == NP_EVENT_AGREEMENT;
        (agreed ? say_agreement : say_breakdown)(reading, &sentence);
        find_one(explanation, TOPIC_VERDICT, NP_NO_SEAT, &sentence, reading->end.id);
    }
    if (!reading->over) {
        say_unfinished(reading, &sentence);
        find_one(explanation, TOPIC_VERDICT, NP_NO_SEAT, &sentence, reading->last.id);
    }
    text_finish(&sentence);
}

/* --- its causes --- */

static void find_link(Explanation *explanation, uint32_t index) {
    find_each(explanation, TOPIC_CAUSES,
              &(EventList){.id = &explanation->chain.id[index], .count = 1});
}

/* The links nearest to the end and the first one; a long chain's middle in one sentence. */
void find_causes(Explanation *explanation) {
    const EventList *chain = &explanation->chain;
    uint32_t told = chain->count <= FINDINGS_OF_A_KIND + 2 ? chain->count : FINDINGS_OF_A_KIND;
    for (uint32_t i = 0; i < told; i++) find_link(explanation, i);
    if (told == chain->count) return;
    Text sentence = {0};
    uint32_t middle = chain->count - told - 1;
    text_addf(&sentence, "before that %u events, each because of the one before it",
              (unsigned)middle);
    find(explanation, TOPIC_CAUSES, NP_NO_SEAT, &sentence,
         &(EventList){.id = chain->id + told, .count = middle});
    find_link(explanation, chain->count - 1);
    text_finish(&sentence);
}

/* --- the clock --- */

static void find_moved(Explanation *explanation, SeatId seat, Text *sentence) {
    const Reading *reading = &explanation->reading;
    const Terms *terms = &reading->negotiation->terms;
    const SeatReading *own = &reading->seat[seat];
    phrase_seat(sentence, terms, seat);
    if (own->moved == 0) {
        text_add(sentence, " neither asked for less nor accepted anything");
        find_one(explanation, TOPIC_CLOCK, seat, sentence, reading->last.id);
        return;
    }
    text_add(sentence, own->moved == own->first_offer
                           ? " made its first offer, and moved no more, on "
                           : " last asked for less, or accepted, on ");
    phrase_date(sentence, terms, own->moved_at);
    find_one(explanation, TOPIC_CLOCK, seat, sentence, own->moved);
}

static void say_stalled(const Reading *reading, Text *sentence) {
    const Terms *terms = &reading->negotiation->terms;
    char epsilon[32];
    Event *cause = memory_new(1, sizeof *cause);
    SimTime since = reading_event(reading, reading->end.cause, cause) ? cause->at : 0;
    memory_free(cause);
    text_add(sentence, "The last concession or new acceptance was on ");
    phrase_date(sentence, terms, since);
    text_add(sentence, "; in the ");
    phrase_span(sentence, reading->end.at - since);
    text_addf(
        sentence,
        " after that nobody asked for %s less or accepted anything new, and the talks stalled on ",
        text_double(epsilon, utility_real(terms->stall_epsilon)));
    phrase_date(sentence, terms, reading->end.at);
}

static void say_deadline(const Reading *reading, Text *sentence) {
    const Terms *terms = &reading->negotiation->terms;
    SimTime last = 0;
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (reading->seat[seat].moved_at > last) last = reading->seat[seat].moved_at;
    bool early = reading->end.at < terms->deadline;
    text_add(sentence,
             early ? "The talks broke off before their deadline, on " : "The deadline was ");
    phrase_date(sentence, terms, reading->end.at);
    if (early && reading->end.cause <= 1) text_add(sentence, ", by chance as the scenario has it");
    if (early && reading->end.cause > 1) {
        text_addf(sentence, ", since event %llu", (unsigned long long)reading->end.cause);
    }
    text_add(sentence, "; by then nobody had moved for ");
    phrase_span(sentence, reading->end.at - last);
}

void find_clock(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    Text sentence = {0};
    if (reading->end.reason == REASON_STALLED) {
        say_stalled(reading, &sentence);
        find_two(explanation, TOPIC_CLOCK, NP_NO_SEAT, &sentence, reading->end.cause,
                 reading->end.id);
    } else if (reading->end.reason == REASON_DEADLINE) {
        say_deadline(reading, &sentence);
        find_two(explanation, TOPIC_CLOCK, NP_NO_SEAT, &sentence, reading->end.cause,
                 reading->end.id);
    }
    if (reading->agreement == 0)
        for (SeatId seat = 0; seat < reading->negotiation->terms.seats; seat++)
            find_moved(explanation, seat, &sentence);
    text_finish(&sentence);
}

/* --- offers --- */

static void find_offer(Explanation *explanation, SeatId seat, Text *sentence) {
    const Reading *reading = &explanation->reading;
    const Terms *terms = &reading->negotiation->terms;
    const SeatReading *own = &reading->seat[seat];
    phrase_seat(sentence, terms, seat);
    if (own->first_offer == 0) {
        text_add(sentence, " tabled no complete package");
        find_one(explanation, TOPIC_OFFERS, seat, sentence, reading->last.id);
        return;
    }
    bool once = own->first_offer == own->last_offer.id;
    text_addf(sentence, " asked for %.3f of its own utility%s, with #%u (",
              utility_real(own->last_offer.demand), once ? "" : " at last",
              (unsigned)own->last_offer.offer);
    story_package(&terms->domain, &own->last_offer.menu[0], NULL, sentence);
    text_add(sentence, own->last_offer.packages > 1 ? ", or another of its menu)" : ")");
    if (once)
        text_add(sentence, ", and never for less");
    else
        text_addf(sentence, ", and for %.3f at first", utility_real(own->first_demand));
    find_two(explanation, TOPIC_OFFERS, seat, sentence, own->first_offer,
             once ? 0 : own->last_offer.id);
}

void find_offers(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    Text sentence = {0};
    for (SeatId seat = 0; seat < reading->negotiation->terms.seats; seat++)
        find_offer(explanation, seat, &sentence);
    if (reading->first_distance_event != 0) {
        bool once = reading->first_distance_event == reading->last_distance_event;
        text_addf(&sentence, "The demands were %.3f apart at first and %.3f at last (0: equal)",
                  utility_real(reading->first_distance), utility_real(reading->last_distance));
        find_two(explanation, TOPIC_OFFERS, NP_NO_SEAT, &sentence, reading->first_distance_event,
                 once ? 0 : reading->last_distance_event);
    }
    text_finish(&sentence);
}
