/* A scenario while it is being read: what the sections share until the last check. */
#ifndef CORE_SCENARIO_DRAFT_H
#define CORE_SCENARIO_DRAFT_H

#include "core/base/scalar.h"
#include "core/negotiation/mechanism.h"
#include "core/scenario/scenario.h"
#include "core/scenario/yaml_tree.h"

/* No provision has spoken of the option yet. */
#define NEEDS_UNSAID UINT32_MAX

typedef struct Draft {
    Scenario *scenario;
    Complaints *complaints;
    StrategyCatalogue catalogue;
    Arena *arena; /* the scenario's */
    const char *name, *title, *about;
    SimTime delay, turn;
    uint32_t rounds;                       /* 0: no limit */
    const Node *consent_node, *seats_node; /* where to point; NULL when absent */
    const Node *option_node[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    const Node *exclusion_node[DOMAIN_MAX_EXCLUSIONS];
    const Node *step_node[NEGOTIATION_MAX_STEPS];
    struct WorldModel *world; /* always there; the negotiation's once anything needs it */
    bool world_needed;
    Variable *variable; /* the world's, while they are read */
    Lever *lever;
    uint8_t variables_usable; /* a derived variable may use those above it only */
    Durability *durability;
    /* A seat's numbers that are forms, and where they stand; NULL for numbers. */
    const Node *reservation_node[NP_MAX_SEATS], *aftermath_node[NP_MAX_SEATS];
    const Node *eroded_node[NP_MAX_SEATS];
    const Node *authority_node[NP_MAX_SEATS]; /* where it is required, or NULL */
    const Node *grant_node[NP_MAX_SEATS];     /* ... and where something grants it */
} Draft;

static inline Negotiation *draft_negotiation(Draft *draft) {
    return &draft->scenario->negotiation;
}

static inline Terms *draft_terms(Draft *draft) {
    return &draft->scenario->negotiation.terms;
}

/* Names of the draft by which words are found; the nearest is named when one is unknown. -1 and a
 * complaint when there is none; -1 in silence while the list itself could not be read. */
int draft_find_issue(Draft *draft, const Node *word);
int draft_find_option(Draft *draft, uint8_t issue, const Node *word);
int draft_find_seat(Draft *draft, const Node *word);
int draft_find_variable(Draft *draft, const Node *word);
/* As draft_find_issue, for any node. */
int issue_read(Draft *draft, const Node *node);

/* Sections that more than one other section uses. */
struct Field;
void condition_read(Draft *draft, const Node *node, const struct Field *field, void *into);
bool seats_read(Draft *draft, const Node *node, SeatSet *seats); /* a list of seats */
bool options_read(Draft *draft, uint8_t issue, const Node *node,
                  uint32_t *options); /* one or a list */

/* A map of options of the issue to numbers within the shape's range; the others are left alone. */
struct Shape;
void option_numbers_read(Draft *draft, const Node *node, const struct Shape *number, uint8_t issue,
                         double *value);

/* Everything that only the whole can tell: run when no section complained. */
void draft_check(Draft *draft);

#endif
