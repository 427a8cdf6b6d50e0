/* What could have been agreed, to hold against what was: the Pareto frontier and the bargaining solutions of a
 * negotiation as its seats value packages when the talks open. */
#ifndef CLI_YARDSTICK_H
#define CLI_YARDSTICK_H

#include "core/analysis/distance.h"
#include "core/analysis/outside_option.h"
#include "core/analysis/survey.h"
#include "core/analysis/zone.h"
#include "core/base/json.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/verdict.h"

/* What the seats have without agreement: the point from which solutions measure gains. */
typedef enum DisagreementKind {
    DISAGREEMENT_MINIMUM,     /* the least that any feasible package gives each */
    DISAGREEMENT_RESERVATION, /* walk-away values as the talks open */
    DISAGREEMENT_OUTSIDE      /* outside options at a date, as the world is expected to go */
} DisagreementKind;

typedef struct YardstickRequest {
    const Negotiation *negotiation; /* borrowed */
    const uint8_t *type;            /* which of its types each seat is; NULL: the first */
    Scope scope;
    DisagreementKind kind;
    SimTime at;      /* OUTSIDE */
    uint64_t budget; /* candidate states at most; 0: QUESTION_BUDGET */
    bool count_zone;
    bool brief; /* the frontier and the Nash solution are enough: no bounds, no other solutions */
} YardstickRequest;

typedef struct Yardstick {
    YardstickRequest request;
    Profile *profile; /* [seats]; NULL with OUTSIDE */
    Outlook *outlook; /* OUTSIDE */
    Question question;
    Survey survey;
    ZoneCount
        zone; /* of whatever scope; walking away is worth the reservation values, or the outside options */
} Yardstick;

void yardstick_make(Yardstick *yardstick, const YardstickRequest *request);
void yardstick_finish(Yardstick *yardstick);

/* "minimum", "reservation", "outside" */
const char *disagreement_word(DisagreementKind kind);

/* Where a complete package, or what the seats have without one, lies. */
typedef struct PackagePlace {
    Utility utility[NP_MAX_SEATS];
    bool known; /* is there a frontier? */
    Distance distance;
    bool solved; /* is there a Nash solution? */
    double to_nash;
} PackagePlace;
PackagePlace yardstick_place(const Yardstick *yardstick,
                             const Outcome *package); /* NULL: walking away */

/* --- the end of a run --- */

/* Held against walk-away values, within a budget so small that no run waits for its yardstick. False
 * where no package is feasible. */
bool yardstick_place_end(const Negotiation *negotiation, const Verdict *verdict,
                         PackagePlace *place);
/* "The agreement lies on the Pareto frontier, 0.031 from the Nash solution over walk-away values." */
void yardstick_tell(const PackagePlace *place, DisagreementKind over, bool agreed, Text *out);
/* {"frontier_distance", "nash_distance", "dominated", "exact"} */
void yardstick_json(const PackagePlace *place, Json *json, const char *key);

#endif
