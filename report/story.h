/* The story: one sentence per event that a reader would care about, from events and terms alone. Every
 * string from a file or an agent is printed safely. */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include "core/base/text.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"
#include "core/referee/verdict.h"

typedef struct StoryTeller {
    const Terms *terms;
    bool color; /* ANSI emphasis */
    bool all;   /* also what a reader rarely cares about (refusals, repeated offers, passes) */
    /* What was told so far: each seat's latest menu, to say what changed, and what is settled. */
    Outcome last[NP_MAX_SEATS][NP_MAX_MENU];
    uint8_t packages[NP_MAX_SEATS];
    uint32_t offer[NP_MAX_SEATS]; /* its number; 0: the seat has tabled nothing yet */
    Outcome status_quo;           /* present: partial accords move it */
} StoryTeller;

void story_begin(StoryTeller *teller, const Terms *terms, bool color, bool all);
/* Adds a line, or nothing when the event is not worth one. */
void story_event(StoryTeller *teller, const Event *event, Text *out);
/* The end: the package, each seat's utility against its walk-away value, how far demands came together. */
void story_verdict(const StoryTeller *teller, const Verdict *verdict, Text *out);
/* "security israel, forces 600k"; with `except` (or NULL) only what differs from it, which is
 * "security nato_norway → israel", or nothing when they are equal. */
void story_package(const Domain *domain, const Outcome *outcome, const Outcome *except, Text *out);

#endif
