/* The story: one sentence per event that a reader would care about, from events and terms alone. Every
 * string from a file or an agent is printed safely. */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include "core/base/text.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"
#include "core/referee/verdict.h"

/* An offer that was told of. */
typedef struct ToldOffer {
    uint32_t number; /* 0: the seat has tabled nothing there yet */
    uint8_t packages;
    Outcome menu[NP_MAX_MENU];
} ToldOffer;

typedef struct StoryTeller {
    const Negotiation *negotiation;
    const Terms *terms; /* the negotiation's */
    bool color;         /* ANSI emphasis */
    bool all; /* also what a reader rarely cares about (refusals, repeated offers, passes) */
    /* What was told so far: each seat's latest menu at every table, to say what changed; what is settled. */
    ToldOffer told[NP_MAX_TABLES][NP_MAX_SEATS];
    Outcome status_quo; /* present: partial accords, levers and shocks move it */
    Outcome in_force;   /* after an agreement */
} StoryTeller;

/* The negotiation is borrowed. */
void story_begin(StoryTeller *teller, const Negotiation *negotiation, bool color, bool all);
/* Adds a line, or nothing when the event is not worth one. */
void story_event(StoryTeller *teller, const Event *event, Text *out);
/* Adds the event's sentence alone, without date and final stop; false when it is not worth one. */
bool story_sentence(StoryTeller *teller, const Event *event, Text *out);
/* The end: the package, each seat's utility against its walk-away value, how far demands came together. */
void story_verdict(const StoryTeller *teller, const Verdict *verdict, Text *out);
/* "security israel, forces 600k"; with `except` (or NULL) only what differs from it, which is
 * "security nato_norway → israel", or nothing when they are equal. */
void story_package(const Domain *domain, const Outcome *outcome, const Outcome *except, Text *out);

#endif
