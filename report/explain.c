#include "report/explain.h"

#include <string.h>

#include "report/findings.h"
#include "report/sentence.h"

static const struct TopicWords {
    const char *name, *title;
    void (*find)(Explanation *);
} topics[TOPICS] = {
    [TOPIC_VERDICT] = {"verdict", "How it ended", find_verdict},
    [TOPIC_CAUSES] = {"causes",
                      "What led there, each move traced to the last thing that its seat had heard",
                      find_causes},
    [TOPIC_CLOCK] = {"clock", "Who moved last", find_clock},
    [TOPIC_OFFERS] = {"offers", "What was asked for at last", find_offers},
    [TOPIC_WORTH] = {"worth", "What the package was worth", find_worths},
    [TOPIC_NEAREST] = {"nearest", "The package that came nearest", find_nearest},
    [TOPIC_RATIFICATION] = {"ratification", "How the ratifiers voted", find_votes},
    [TOPIC_REFUSALS] = {"refusals", "Moves that were refused", find_refusals},
    [TOPIC_WALK_AWAY] = {"walk_away", "How walk-away values moved", find_walk_away},
    [TOPIC_COMMITMENTS] = {"commitments", "Public commitments", find_commitments},
    [TOPIC_LEAKS] = {"leaks", "What leaked", find_leaks},
    [TOPIC_PEACE] = {"peace", "What became of the peace", find_peace},
};

const char *topic_name(Topic topic) {
    return (unsigned)topic < TOPICS ? topics[topic].name : NULL;
}

const char *topic_title(Topic topic) {
    return (unsigned)topic < TOPICS ? topics[topic].title : NULL;
}

/* --- making findings --- */

static Finding *next_finding(Explanation *explanation) {
    if (explanation->findings == explanation->capacity) {
        explanation->capacity = explanation->capacity == 0 ? 64 : 2 * explanation->capacity;
        explanation->finding =
            memory_grow(explanation->finding, explanation->capacity, sizeof *explanation->finding);
    }
    return &explanation->finding[explanation->findings++];
}

void find(Explanation *explanation, Topic topic, SeatId seat, Text *sentence,
          const EventList *events) {
    uint64_t *event = arena_new(&explanation->arena, events->count * sizeof *event);
    memcpy(event, events->id, events->count * sizeof *event);
    *next_finding(explanation) =
        (Finding){.topic = topic,
                  .seat = seat,
                  .sentence = arena_text(&explanation->arena, text_get(sentence), sentence->length),
                  .events = events->count,
                  .event = event};
    text_clear(sentence);
}

void find_two(Explanation *explanation, Topic topic, SeatId seat, Text *sentence, uint64_t first,
              uint64_t second) {
    uint64_t ids[2] = {first, second};
    find(explanation, topic, seat, sentence, &(EventList){.id = ids, .count = second != 0 ? 2 : 1});
}

void find_one(Explanation *explanation, Topic topic, SeatId seat, Text *sentence, uint64_t event) {
    find_two(explanation, topic, seat, sentence, event, 0);
}

static void find_told(Explanation *explanation, Topic topic, uint64_t id, Text *sentence) {
    const Reading *reading = &explanation->reading;
    Event *event = memory_new(1, sizeof *event);
    SeatId seat = NP_NO_SEAT;
    if (reading_event(reading, id, event)) {
        phrase_date(sentence, &reading->negotiation->terms, event->at);
        text_add(sentence, ": ");
        seat = event->seat < reading->negotiation->terms.seats ? event->seat : NP_NO_SEAT;
    }
    reading_tell(reading, id, sentence);
    find_one(explanation, topic, seat, sentence, id);
    memory_free(event);
}

void find_each(Explanation *explanation, Topic topic, const EventList *events) {
    Text sentence = {0};
    uint32_t told = events->count <= FINDINGS_OF_A_KIND ? events->count : FINDINGS_OF_A_KIND;
    for (uint32_t i = 0; i < told; i++) find_told(explanation, topic, events->id[i], &sentence);
    if (told < events->count) {
        text_addf(&sentence, "and %u more events of that kind", (unsigned)(events->count - told));
        find(explanation, topic, NP_NO_SEAT, &sentence,
             &(EventList){.id = events->id + told, .count = events->count - told});
    }
    text_finish(&sentence);
}

void explain(Explanation *explanation, const Negotiation *negotiation, const Script *script) {
    memset(explanation, 0, sizeof *explanation);
    arena_init(&explanation->arena);
    reading_begin(&explanation->reading, negotiation, script);
    if (explanation->reading.last.id == 0) return;
    reading_causes(&explanation->reading, explanation->reading.last.id, &explanation->chain);
    for (unsigned topic = 0; topic < TOPICS; topic++) topics[topic].find(explanation);
}

void explanation_finish(Explanation *explanation) {
    reading_finish(&explanation->reading);
    event_list_finish(&explanation->chain);
    memory_free(explanation->finding);
    arena_finish(&explanation->arena);
}

/* --- for people --- */

enum { INDENT = 2, DEEPER = 4, NUMBERS_SHOWN = 6 };

static void add_numbers(const Finding *finding, Text *out) {
    uint32_t shown = finding->events <= NUMBERS_SHOWN + 1 ? finding->events : NUMBERS_SHOWN;
    text_add(out, finding->events == 1 ? " (event" : " (events");
    for (uint32_t i = 0; i < shown; i++)
        text_addf(out, "%s%llu", i == 0 ? " " : ", ", (unsigned long long)finding->event[i]);
    if (shown < finding->events)
        text_addf(out, " … %llu, %u of them",
                  (unsigned long long)finding->event[finding->events - 1],
                  (unsigned)finding->events);
    text_add(out, ").");
}

void explanation_print(const Explanation *explanation, bool color, Text *out) {
    Text line = {0};
    for (uint32_t i = 0; i < explanation->findings; i++) {
        const Finding *finding = &explanation->finding[i];
        if (i == 0 || finding->topic != explanation->finding[i - 1].topic) {
            text_add(out, i == 0 ? "" : "\n");
            phrase_emphasis(out, color, EMPHASIS_STRONG, topic_title(finding->topic));
            text_add(out, "\n");
        }
        text_add(&line, finding->sentence);
        add_numbers(finding, &line);
        sentence_pad(out, 0, INDENT);
        sentence_fold(out, text_get(&line), INDENT, DEEPER);
        text_clear(&line);
    }
    text_finish(&line);
}
