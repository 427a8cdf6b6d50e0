/* States of affairs around a package in force, what each seat can bring about alone from each, and what they are
 * worth: the conflict behind stability.h, which says what counts as a state, a move and a payoff. */
#ifndef CORE_ANALYSIS_CONFLICT_STATES_H
#define CORE_ANALYSIS_CONFLICT_STATES_H

#include "core/analysis/stability.h"

enum { LEVEL_AS_IS, LEVEL_LEAST, LEVEL_MOST, LEVELS };

typedef struct Affairs {
    bool broken;
    Outcome package;              /* in force; silent once broken */
    uint8_t level[NP_MAX_LEVERS]; /* LEVEL_... */
} Affairs;

typedef struct ConflictStates ConflictStates;

/* All that moves lead to from the package in force, state 0, nearest first, as far as the question wants. Borrows
 * the question. */
ConflictStates *conflict_states_create(const StabilityQuestion *question);
void conflict_states_destroy(ConflictStates *states);

const ConflictGraph *conflict_states_graph(const ConflictStates *states);
uint32_t conflict_states_count(const ConflictStates *states);
bool conflict_states_complete(const ConflictStates *states); /* no move leads out of them */
/* All states that so many moves lead to are there. */
uint32_t conflict_states_within(const ConflictStates *states);
SeatSet conflict_states_signatories(const ConflictStates *states);
/* The move of the seat that leads from one to the other. */
UnilateralMove conflict_states_move(const ConflictStates *states, SeatId seat, uint32_t from,
                                    uint32_t to);
/* Of everybody's levers as they are, and the package broken. */
void conflict_states_broken(const ConflictStates *states, Utility payoff[NP_MAX_SEATS]);

#endif
