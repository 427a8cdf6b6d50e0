/* What a seat learns while the talks go on, beyond the moves at the table: its own numbers as they are
 * appraised, the world as it is told of it, its public commitments, and which types the others seem to
 * be. Only runs in which there is something to note have a notebook. */
#ifndef AGENTS_NOTEBOOK_H
#define AGENTS_NOTEBOOK_H

#include "core/negotiation/belief.h"
#include "core/referee/grant.h"

typedef struct Notebook {
    Profile profile; /* own, as of now */
    double seen[NP_MAX_VARIABLES];
    double level[NP_MAX_LEVERS];
    uint32_t ruled_out[NP_MAX_ISSUES]; /* by this seat: a bit per option */
    uint32_t broken[NP_MAX_ISSUES];    /* of those, offered or accepted since, at whatever table */
    uint32_t paid[NP_MAX_ISSUES];      /* of those, known to the audience */
    uint32_t said[NP_MAX_ISSUES];      /* named by its latest move, while nothing else was told */
    Belief belief[NP_MAX_SEATS];       /* no types: of one type only, or not public */
} Notebook;

/* Is there something to note from the first moment on? */
bool notebook_needed(const Brief *brief);
/* Does this have to be noted? */
bool notebook_notes(const Brief *brief, const Observation *seen);

/* Everything as at the opening. The brief is borrowed. */
Notebook *notebook_create(const Brief *brief);
void notebook_destroy(Notebook *notebook);

/* Notes it. Says whether the order in which the seat ranks packages has changed. */
bool notebook_note(Notebook *notebook, const Brief *brief, const Observation *seen);
/* What the seat would pay for offering or accepting the package at the public table: see session.h. */
Utility notebook_audience_cost(const Notebook *notebook, const Terms *terms,
                               const Outcome *package);

#endif
