/* An observation against the terms: what it names must be there before anybody looks it up. */
#include "proto/codec.h"

static bool issue_fits(const Terms *terms, const Observation *seen) {
    return seen->issue < terms->domain.issues &&
           seen->option < terms->domain.issue[seen->issue].options;
}

static bool menu_fits(const Terms *terms, const Observation *seen) {
    for (uint8_t i = 0; i < seen->packages; i++)
        if (!domain_contains(&terms->domain, &seen->menu[i])) return false;
    return true;
}

/* A statement may be about an issue, about a lever, or about neither. */
static bool statement_fits(const Terms *terms, const Observation *seen) {
    bool issue = seen->option == NP_NO_OPTION
                     ? seen->issue < terms->domain.issues || seen->issue == NP_NO_OPTION
                     : issue_fits(terms, seen);
    bool lever = seen->subject == NP_NO_LEVER || seen->subject < terms->levers;
    return issue && lever && seen->word >= NP_SAY_DEMAND && seen->word <= NP_SAY_DENY;
}

static bool appraisal_fits(const Terms *terms, SeatId own, const Observation *seen) {
    if (seen->word < NP_ASPECT_TYPE) return true;
    return seen->word == NP_ASPECT_TYPE && seen->amount >= 0 &&
           seen->amount < terms->seat[own].types;
}

static bool subject_fits(const Terms *terms, SeatId own, const Observation *seen) {
    switch (seen->kind) {
    case NP_EVENT_RULE_OUT:
    case NP_EVENT_STATUS_QUO: return issue_fits(terms, seen);
    case NP_EVENT_LEVER: return seen->subject < terms->levers;
    case NP_EVENT_WORLD: return seen->subject < terms->variables;
    case NP_EVENT_STATEMENT: return statement_fits(terms, seen);
    case NP_EVENT_APPRAISAL: return appraisal_fits(terms, own, seen);
    default: return true;
    }
}

bool observation_fits(const Terms *terms, SeatId own, const Observation *seen) {
    bool seated = seen->seat < terms->seats || seen->seat == NP_NO_SEAT;
    /* A refusal tells of the move as it was made: at no such table, perhaps. */
    bool placed = seen->table <= terms->closed_tables || seen->kind == NP_EVENT_REFUSAL;
    return seated && placed && menu_fits(terms, seen) && subject_fits(terms, own, seen);
}
