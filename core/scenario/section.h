/* The sections of a scenario file, one reader each; scenario.c has them in its table. */
#ifndef CORE_SCENARIO_SECTION_H
#define CORE_SCENARIO_SECTION_H

#include "core/scenario/field.h"

FieldReader section_time;
FieldReader section_mechanism;
FieldReader section_issues;
FieldReader section_infeasible;
FieldReader section_seats;
FieldReader section_consent;
FieldReader section_ratification;

/* A seat's preferences as nodes, to be read once they all are known: values need their weights. */
typedef struct ProfileDraft {
    SeatId seat;
    Utility reservation;
    const Node *discount, *weights, *values, *linkages, *red_lines;
} ProfileDraft;

#define PROFILE_FIELDS(type, member)                                                               \
    {"reservation",                                                                                \
     field_utility,                                                                                \
     offsetof(type, member.reservation),                                                           \
     MANDATORY,                                                                                    \
     -10,                                                                                          \
     10,                                                                                           \
     "its utility of walking away"},                                                               \
        {"discount", field_later, offsetof(type, member.discount),      OPTIONAL,                  \
         0,          0,           "what waiting costs: {factor, every}"},                          \
        {"weights",                                                                                \
         field_later,                                                                              \
         offsetof(type, member.weights),                                                           \
         MANDATORY,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         "the weight of every issue; they sum to 1"},                                              \
        {"values",                                                                                 \
         field_later,                                                                              \
         offsetof(type, member.values),                                                            \
         MANDATORY,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         "the value of every option of every issue"},                                              \
        {"linkages",                                                                               \
         field_later,                                                                              \
         offsetof(type, member.linkages),                                                          \
         OPTIONAL,                                                                                 \
         0,                                                                                        \
         0,                                                                                        \
         "combinations that are worth more or less than their parts"},                             \
    {                                                                                              \
        "red_lines", field_later, offsetof(type, member.red_lines), OPTIONAL, 0, 0,                \
            "combinations that it never accepts (hard) or dislikes (soft)"                         \
    }

void profile_settle(Draft *draft, const ProfileDraft *read);

/* Time again, once mechanism and seats are known: the round limit, delays and the lookahead. */
void time_settle(Draft *draft);

#endif
