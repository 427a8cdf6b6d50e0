/* The graph model for conflict resolution (Kilgour, Hipel and Fang 1987; Fang, Hipel and Kilgour 1993):
 * states, what each decision maker can move to alone, and what each prefers. With i the mover, N - i the
 * others, S_i(s) the states that i can reach from s in one move, S+_i(s) those of them that it prefers to s
 * (unilateral improvements), and S_H(s), S+_H(s) what a coalition H can reach in legal sequences of moves, or
 * of improvements, in which nobody moves twice in a row, a state s is stable for i under
 *
 *   Nash   (Nash 1951)                if S+_i(s) is empty;
 *   GMR    (Howard 1971)              if for every s1 in S+_i(s) there is an s2 in S_{N-i}(s1) that i does not
 *                                     prefer to s;
 *   SMR    (Howard 1971)              if besides i prefers no s3 in S_i(s2) to s either;
 *   SEQ    (Fraser and Hipel 1979)    as GMR, but that s2 is in S+_{N-i}(s1): others do not hurt themselves.
 *
 * An equilibrium is stable for all. Nash implies SMR and SEQ, and each of these GMR. An improvement in a
 * sequence is one for its mover over the state that it moves from. */
#ifndef CORE_ANALYSIS_CONFLICT_GRAPH_H
#define CORE_ANALYSIS_CONFLICT_GRAPH_H

#include <stddef.h>

#include "core/base/vocabulary.h"
#include "core/negotiation/utility.h"

typedef enum Stability {
    STABILITY_NASH,
    STABILITY_GMR,
    STABILITY_SMR,
    STABILITY_SEQ,
    STABILITIES
} Stability;

enum { CONFLICT_MAX_STATES = 1 << 14 };

typedef struct ConflictGraph ConflictGraph;

/* Seats 1 .. NP_MAX_SEATS, states 1 .. CONFLICT_MAX_STATES. No moves yet; every payoff 0. */
ConflictGraph *conflict_create(uint8_t seats, uint32_t states);
void conflict_destroy(ConflictGraph *graph);
/* Only their order counts; equal: indifferent. */
void conflict_set_payoff(ConflictGraph *graph, SeatId seat, uint32_t state, Utility payoff);
Utility conflict_payoff(const ConflictGraph *graph, SeatId seat, uint32_t state);
/* Once each (again changes nothing); not from a state to itself. Moves need not be reversible, nor transitive. */
void conflict_add_move(ConflictGraph *graph, SeatId seat, uint32_t from, uint32_t to);

/* S_i(s), in the order in which moves were added; returns how many. */
uint32_t conflict_moves(const ConflictGraph *graph, SeatId seat, uint32_t from,
                        const uint32_t **to);
/* S_H(s), or S+_H(s): a byte a state, 1 where it can be reached. `reached` holds `states` bytes. */
void conflict_reach(const ConflictGraph *graph, SeatSet coalition, uint32_t from, bool improvements,
                    uint8_t *reached);

bool conflict_is_stable(const ConflictGraph *graph, SeatId seat, uint32_t state, Stability notion);
bool conflict_is_equilibrium(const ConflictGraph *graph, uint32_t state, Stability notion);

enum { SANCTION_PATH = 8 };

/* What deters a seat from one improvement. Of several: one by the fewest moves, of these the worst for the seat. */
typedef struct Sanction {
    bool found;
    uint32_t state;             /* s2, */
    uint32_t steps;             /* ... which so many moves of others lead to: */
    SeatId by[SANCTION_PATH];   /* who makes the first ones, */
    uint32_t to[SANCTION_PATH]; /* and where they lead */
} Sanction;

/* `improvement` is a unilateral improvement of the seat from `state`. Nothing sanctions under Nash. */
Sanction conflict_sanction(const ConflictGraph *graph, SeatId seat, uint32_t state,
                           uint32_t improvement, Stability notion);

#endif
