/* The single text as its mediator and its judges see it: the draft that is being judged, the text so far,
 * and what everybody has said of the draft. Outside mediated talks it stays empty. */
#ifndef AGENTS_TEXT_H
#define AGENTS_TEXT_H

#include "core/base/vocabulary.h"

typedef struct TextSeen {
    Outcome text, draft;
    uint32_t number; /* the draft's; 0: none is being judged */
    uint32_t drafts; /* put forward so far */
    SeatSet for_it, against_it;
    bool exists; /* there is a text */
    bool final;  /* the draft is the text: its final reading */
    bool said;   /* this seat has judged the draft, */
    bool yes;    /* ... and would have it */
} TextSeen;

/* Does this seat mediate? Does it judge? Neither outside mediated talks. */
bool text_mediates(const Host *host);
bool text_judges(const Host *host);

void text_observe(TextSeen *text, const Host *host, const Observation *seen);

/* Is there a draft that this seat has yet to judge? */
bool text_waits(const TextSeen *text);
/* May this seat say yes to the draft at all: feasible, across no hard red line of its own? */
bool text_acceptable(const TextSeen *text, const Host *host);
/* What the draft is worth to the seat above the text so far; all of it where there is no text. */
double text_gain(const TextSeen *text, const Host *host);
void text_say(TextSeen *text, bool yes, Reply *reply);

#endif
