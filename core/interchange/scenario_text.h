/* A foreign domain as a scenario of our own: YAML for people, with what was changed on the way. */
#ifndef CORE_INTERCHANGE_SCENARIO_TEXT_H
#define CORE_INTERCHANGE_SCENARIO_TEXT_H

#include "core/interchange/foreign.h"

/* What a domain does not say. Talks are alternating offers. */
typedef struct TalksPlan {
    const char *tool;        /* where the files come from: "GENIUS" */
    const char *const *file; /* their names, for people */
    uint32_t files;
    const char *seat[NP_MAX_SEATS]; /* names of the first seats; NULL: the profile's */
    const char *strategy;           /* of every seat */
    uint32_t rounds;                /* 1 .. 1,000,000 */
    SimTime length; /* of the talks; 0: a day a turn, or less where that is too long */
} TalksPlan;

/* Appends the scenario. It passes `check` if the strategy does. Notes what it changes. */
void scenario_text_add(Foreign *foreign, const TalksPlan *plan, Text *out);

#endif
