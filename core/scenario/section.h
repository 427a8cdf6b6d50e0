/* The sections of a scenario file, one reader each; scenario.c has them in its table. */
#ifndef CORE_SCENARIO_SECTION_H
#define CORE_SCENARIO_SECTION_H

#include "core/scenario/field.h"

FieldReader section_time;
FieldReader section_mechanism;
FieldReader section_issues;
FieldReader section_infeasible;
FieldReader section_tables;
FieldReader section_audience_cost;
FieldReader section_world;
FieldReader section_seats;
FieldReader section_consent;
FieldReader section_ratification;
FieldReader section_enforcement;
FieldReader section_later_steps;

/* What may be written there. */
extern const Shape shape_time, shape_mechanism, shape_issues, shape_infeasible, shape_tables;
extern const Shape shape_audience_cost, shape_world, shape_seats_section, shape_consent;
extern const Shape shape_ratification, shape_enforcement, shape_later_steps;
extern const FieldTable scenario_fields; /* the top of a file */

/* Preferences as nodes, a seat's or a type's: values need their weights. NULL where absent. */
typedef struct ProfileDraft {
    const Node *weights, *values, *linkages, *red_lines;
    double loss_aversion, weights_sum;
} ProfileDraft;

extern const Shape shape_weights, shape_values, shape_linkages, shape_red_lines, shape_discount;
extern const Shape shape_types;

/* Rows of a table, laid out by hand. */
/* clang-format off */
#define PROFILE_FIELDS(type, member, presence)                                                     \
    {"weights", field_later, offsetof(type, member.weights), presence, 0, 1,                       \
     "the weight of every issue; they sum to weights_sum", NULL, "{place: 0.7, cost: 0.3}",        \
     &shape_weights},                                                                              \
    {"weights_sum", field_number, offsetof(type, member.weights_sum), OPTIONAL, 0, NP_MAX_ISSUES,  \
     "what the weights sum to, for preferences taken over from elsewhere as they are", "1",        \
     "1", NULL},                                                                                   \
    {"values", field_later, offsetof(type, member.values), presence, 0, 1,                         \
     "the value of every option of every issue", NULL,                                             \
     "{place: {mill: 1, market: 0.2}, cost: {upper: 0, shared: 0.6, lower: 1}}", &shape_values},   \
    {"linkages", field_later, offsetof(type, member.linkages), OPTIONAL, 0, 0,                     \
     "combinations that are worth more or less than their parts", "none",                          \
     "[{when: {place: mill, cost: shared}, bonus: 0.1}]", &shape_linkages},                        \
    {"red_lines", field_later, offsetof(type, member.red_lines), OPTIONAL, 0, 0,                   \
     "combinations that it never accepts (hard) or dislikes (soft)", "none",                       \
     "[{when: {place: market}, kind: hard}]", &shape_red_lines}
/* clang-format on */

void profile_read(Draft *draft, const ProfileDraft *read, Profile *profile);
void discount_read(Draft *draft, const Node *node, Profile *profile);

/* Who plays a seat: a specification, or a map of parts. */
void strategy_read(Draft *draft, SeatId seat, const Node *node);

/* What follows when the seat's agent fails: breakdown, skip, or who takes over. */
void on_fault_read(Draft *draft, SeatId seat, const Node *node);

/* Types of a seat; `own` is what the seat says for all of them. */
void types_read(Draft *draft, SeatId seat, const Node *node, const ProfileDraft *own);

/* A seat's numbers that the world may change: reservation, aftermath, erosion. NULL where absent. */
typedef struct AppraisalDraft {
    const Node *reservation, *aftermath, *eroded;
} AppraisalDraft;
void appraisal_read(Draft *draft, SeatId seat, const AppraisalDraft *read);
/* Their values when the talks open, once everything else is known. */
void appraisal_settle(Draft *draft);

/* Seats by name, before anything that names them is read. */
void seats_announce(Draft *draft, const Node *node);

void world_begin(Draft *draft);
void world_settle(Draft *draft);
void durability_attach(Draft *draft);

/* Can each later step ever be taken? */
void steps_check(Draft *draft);
/* Is authority required where something grants it, and the other way round? And so on. */
void standing_check(Draft *draft);

/* Time again, once mechanism and seats are known: the round limit, delays and the lookahead. */
void time_settle(Draft *draft);

#endif
