/* Findings on what the world did: to walk-away values, and to the peace. */
#include "core/negotiation/durability.h"
#include "report/findings.h"
#include "report/sentence.h"
#include "report/story.h"

/* --- walk-away values --- */

static void find_whole(Explanation *explanation, SeatId seat, Text *sentence) {
    const Reading *reading = &explanation->reading;
    const SeatReading *own = &reading->seat[seat];
    uint32_t count = own->appraisals.count;
    phrase_seat(sentence, &reading->negotiation->terms, seat);
    text_addf(sentence,
              " would have walked away with %.3f when the talks opened and with %.3f at last",
              utility_real(own->first_reservation), utility_real(own->reservation));
    find_two(explanation, TOPIC_WALK_AWAY, seat, sentence, own->appraisals.id[0],
             count > 1 ? own->appraisals.id[count - 1] : 0);
}

/* Changes that one event brought about, and what the world did by itself until the next such event. */
typedef struct Share {
    uint64_t cause;
    SimTime since;
    Utility change, at_once; /* at_once: at the cause's own moment */
    uint32_t later;          /* changes after that */
    EventList events;        /* the cause, then the appraisals */
} Share;

enum { MOST_SHARES = 64 };

/* Where there are more causes than that, the last place gathers the rest. */
static Share *share_of(const Reading *reading, Share *shares, uint32_t *count, uint64_t cause) {
    for (uint32_t i = 0; i < *count; i++)
        if (shares[i].cause == cause) return &shares[i];
    if (*count == MOST_SHARES) return &shares[MOST_SHARES - 1];
    Event *event = memory_new(1, sizeof *event);
    Share *share = &shares[(*count)++];
    *share = (Share){.cause = cause};
    if (reading_event(reading, cause, event)) share->since = event->at;
    event_list_add(&share->events, cause);
    memory_free(event);
    return share;
}

static void add_change(Share *share, const Event *appraisal) {
    Utility change = appraisal->amount - appraisal->before;
    share->change += change;
    if (appraisal->at == share->since)
        share->at_once += change;
    else
        share->later++;
    event_list_add(&share->events, appraisal->id);
}

static bool is_of_the_table(const Event *cause) {
    return cause->kind == NP_EVENT_LEVER || cause->kind == NP_EVENT_SHOCK ||
           cause->kind == NP_EVENT_ACCORD || cause->kind == NP_EVENT_STATUS_QUO;
}

static void find_share(Explanation *explanation, SeatId seat, const Share *share, Text *sentence) {
    const Reading *reading = &explanation->reading;
    Event *cause = memory_new(1, sizeof *cause);
    bool acted = reading_event(reading, share->cause, cause) && is_of_the_table(cause);
    text_addf(sentence, "Of that %+.3f ", utility_real(share->change));
    if (acted) {
        text_add(sentence, "since ");
        phrase_date(sentence, &reading->negotiation->terms, cause->at);
        text_add(sentence, ": ");
        reading_tell(reading, share->cause, sentence);
        if (share->at_once != 0 && share->later > 0)
            text_addf(sentence, "; %+.3f at that moment, the rest as the world went on",
                      utility_real(share->at_once));
    } else
        text_add(sentence, "because the world moved by itself, which nobody caused");
    find(explanation, TOPIC_WALK_AWAY, seat, sentence, &share->events);
    memory_free(cause);
}

static void find_changes(Explanation *explanation, SeatId seat, Text *sentence) {
    const Reading *reading = &explanation->reading;
    const EventList *appraisals = &reading->seat[seat].appraisals;
    Share *shares = memory_new(MOST_SHARES, sizeof *shares);
    Event *event = memory_new(1, sizeof *event);
    uint32_t count = 0;
    for (uint32_t i = 0; i < appraisals->count; i++) {
        if (!reading_event(reading, appraisals->id[i], event)) continue;
        add_change(share_of(reading, shares, &count, event->cause), event);
    }
    for (uint32_t i = 0; i < count; i++) {
        find_share(explanation, seat, &shares[i], sentence);
        event_list_finish(&shares[i].events);
    }
    memory_free(event);
    memory_free(shares);
}

void find_walk_away(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    Text sentence = {0};
    for (SeatId seat = 0; seat < reading->negotiation->terms.seats; seat++) {
        if (reading->seat[seat].appraisals.count == 0) continue;
        find_whole(explanation, seat, &sentence);
        find_changes(explanation, seat, &sentence);
    }
    text_finish(&sentence);
}

/* --- the peace --- */

static void find_prospect(Explanation *explanation, Text *sentence) {
    const Reading *reading = &explanation->reading;
    const Durability *durability = reading->negotiation->terms.durability;
    if (durability == NULL || reading->agreement == 0) return;
    Utility effect = durability_effect(durability, &reading->end.menu[0], 0);
    text_addf(
        sentence,
        "By its terms alone, whatever the world adds, its peace was expected to hold for %.0f %% "
        "of the time that counts",
        100 * durability_share(durability, effect));
    find_one(explanation, TOPIC_PEACE, NP_NO_SEAT, sentence, reading->agreement);
}

static void find_probes(Explanation *explanation, Text *sentence) {
    const EventList *probes = &explanation->reading.probes;
    if (probes->count == 0) return;
    text_addf(sentence, "It was tested and held: %u time%s", (unsigned)probes->count,
              probes->count == 1 ? "" : "s");
    find(explanation, TOPIC_PEACE, NP_NO_SEAT, sentence, probes);
}

/* What lies behind a war that somebody chose, or that befell the package in force. */
static void find_war_cause(Explanation *explanation, const Event *war, Text *sentence) {
    const Reading *reading = &explanation->reading;
    bool chosen = war->seat < reading->negotiation->terms.seats;
    Event *cause = memory_new(1, sizeof *cause);
    bool changed =
        reading_event(reading, war->cause, cause) && cause->kind != NP_EVENT_IMPLEMENTATION;
    if (chosen || changed) {
        text_add(sentence, chosen ? "What had last moved the worth of an attack: "
                                  : "It broke by chance, under terms that had changed: ");
        reading_tell(reading, war->cause, sentence);
    } else
        text_add(sentence, "It broke by chance, under the terms that were agreed");
    find_two(explanation, TOPIC_PEACE, war->seat, sentence, war->cause, war->id);
    memory_free(cause);
}

void find_peace(Explanation *explanation) {
    const Reading *reading = &explanation->reading;
    if (reading->after.count == 0) return;
    Text sentence = {0};
    Event *event = memory_new(1, sizeof *event);
    find_prospect(explanation, &sentence);
    find_probes(explanation, &sentence);
    find_each(explanation, TOPIC_PEACE, &reading->after);
    for (uint32_t i = 0; i < reading->after.count; i++)
        if (reading_event(reading, reading->after.id[i], event) &&
            event->kind == NP_EVENT_RENEWED_WAR)
            find_war_cause(explanation, event, &sentence);
    memory_free(event);
    text_finish(&sentence);
}
