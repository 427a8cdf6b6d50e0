/* Why talks ended as they did, from the events of one run alone: findings, each a sentence that names
 * the events it is read off. Neutral in tone; strings from files are printed safely. */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include "core/base/memory.h"
#include "core/base/text.h"
#include "report/reading.h"

typedef enum Topic {
    TOPIC_VERDICT,      /* how the run ended */
    TOPIC_CAUSES,       /* what brought that about, back to what nobody caused */
    TOPIC_CLOCK,        /* who moved last, and when time was up */
    TOPIC_OFFERS,       /* what each seat asked for at last */
    TOPIC_WORTH,        /* what the package that was signed was worth to each seat */
    TOPIC_NEAREST,      /* the package that nearly was, and who had not consented */
    TOPIC_RATIFICATION, /* how ratifiers voted */
    TOPIC_REFUSALS,     /* moves that the referee refused */
    TOPIC_WALK_AWAY,    /* how walk-away values moved, and because of what */
    TOPIC_COMMITMENTS,  /* made, and broken */
    TOPIC_LEAKS,        /* what became known from closed tables */
    TOPIC_PEACE,        /* why the peace held or broke */
    TOPICS
} Topic;

typedef struct Finding {
    Topic topic;
    SeatId seat;          /* whom it is about, or NP_NO_SEAT */
    const char *sentence; /* without a stop at its end */
    uint32_t events;      /* at least one */
    const uint64_t *event;
} Finding;

typedef struct Explanation {
    Reading reading;
    EventList chain;  /* causes of the last event, itself first */
    Finding *finding; /* [findings], in order of topics */
    uint32_t findings, capacity;
    Arena arena;
} Explanation;

/* Borrows both; finish it. A script without events gives no findings. */
void explain(Explanation *explanation, const Negotiation *negotiation, const Script *script);
void explanation_finish(Explanation *explanation);

const char *topic_name(Topic topic);  /* "walk_away" */
const char *topic_title(Topic topic); /* "How walk-away values moved" */

/* For people: a heading a topic, a line a finding, its events in brackets. */
void explanation_print(const Explanation *explanation, bool color, Text *out);

#endif
