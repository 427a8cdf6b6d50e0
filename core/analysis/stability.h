/* Is a package stable once it is in force? Who would leave, by which move, deterred by what: the graph
 * model for conflict resolution (conflict_graph.h) over these states and moves.
 *
 * A state says: which package is in force, or that it is broken; and where every lever stands. From a
 * state with a package in force, a seat can alone
 *   leave    if it is a signatory (its consent was needed for the package). The package is then broken, for
 *            good, and the status quo is in force;
 *   change   an issue to an option that needs its consent and nobody else's, if the result is feasible and
 *            crosses no hard red line of the seat. The consent that complete packages need `always` is
 *            about signing and does not count; where consent is unanimous nobody can;
 * and from any state it can
 *   pull     one of its levers to its least or its most level, or back to where it begins.
 * One move is one of these. What nobody does alone (a new accord) is no move.
 *
 * Payoffs, `look` seconds after the date: with a package in force its utility to the seat, of the world then
 * (erosion, hazard and aftermath as the levers have made them); broken, its aftermath where the model
 * of durability gives one, else its outside option, likewise. Less, for levers of its own, the cost of having
 * moved them and their upkeep for that time. Where there is no world, levers change nothing but these costs.
 *
 * What it cannot say: mixed or secret moves, timing (a move is as good early as late), retaliation by those
 * who are not at the table; that a sanction would be carried out is assumed under GMR and SMR. */
#ifndef CORE_ANALYSIS_STABILITY_H
#define CORE_ANALYSIS_STABILITY_H

#include "core/analysis/conflict_graph.h"
#include "core/analysis/packages.h"

enum { STABILITY_STATES = 2048, STABILITY_MOVES = 64, STABILITY_RESPONSES = 8 };

typedef enum MoveKind { MOVE_LEAVE, MOVE_CHANGE, MOVE_PULL } MoveKind;

typedef struct UnilateralMove {
    SeatId seat;
    uint8_t kind;          /* MoveKind */
    uint8_t issue, option; /* CHANGE */
    uint8_t lever;         /* PULL */
    double level;          /* PULL */
} UnilateralMove;

/* A tempting move and what it meets. */
typedef struct Temptation {
    UnilateralMove move;
    Utility gain;               /* > 0, if nobody responds */
    bool deterred[STABILITIES]; /* never under Nash */
    /* A shortest sequence of moves by others that deters it, under the most credible notion that does: SEQ,
     * else SMR, else GMR; 0 where none does. What they leave it with, less what it has now (<= 0). */
    uint8_t responses; /* the first STABILITY_RESPONSES of them */
    UnilateralMove response[STABILITY_RESPONSES];
    Utility loss;
} Temptation;

typedef struct SeatStability {
    bool signatory;
    bool stable[STABILITIES];
    Utility payoff;       /* of the package in force, levers as they stand */
    Utility broken;       /* of leaving, or of another's leaving, if nobody responds */
    uint32_t temptations; /* by falling gain; ties in the order leave, change, pull */
    Temptation temptation[STABILITY_MOVES];
} SeatStability;

typedef struct StabilityReport {
    uint32_t states;
    /* Were all states and moves looked at? Otherwise those nearest to the package, all that `within` moves lead to
     * among them; moves that lead further are left out. */
    bool complete;
    uint32_t within;
    uint8_t seats;
    SeatStability seat[NP_MAX_SEATS];
    bool equilibrium[STABILITIES]; /* stable for all */
} StabilityReport;

typedef struct StabilityQuestion {
    const Negotiation *negotiation;
    Outcome package; /* complete, feasible, not the status quo */
    SimTime at;      /* the date of it */
    SimTime look;    /* how long after that payoffs are reckoned: a year, say */
    bool levers;     /* are levers moves? */
    uint32_t states; /* the most to look at, <= CONFLICT_MAX_STATES */
    /* [seats] who the seats are, if they may be of several types; NULL: as the negotiation has them */
    const Profile *profile;
} StabilityQuestion;

/* It is large: the caller destroys it. */
StabilityReport *stability_report(const StabilityQuestion *question);
void stability_destroy(StabilityReport *report);

/* "nash", "gmr", "smr", "seq". */
const char *stability_key(Stability notion);

#endif
