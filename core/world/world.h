/* The world under way in one run: values, levels, what is due. A plain value: copy it with `=`. Chance
 * comes from named streams: "world/<variable>", "shock/<id>", "sight/<variable>/<seat>". */
#ifndef CORE_WORLD_WORLD_H
#define CORE_WORLD_WORLD_H

#include "core/base/rng.h"
#include "core/world/model.h"

enum { WORLD_MAX_DRIFTS = 64 };

/* A change of drift that ends by itself. Those of one variable that end together are one; when the list is
 * full, the two of one variable that end nearest to each other become one: it lasts as long as the longer
 * and moves the variable by as much altogether. (More than 64 variables there cannot be.) */
typedef struct PassingDrift {
    uint8_t variable;
    double amount;
    SimTime until;
} PassingDrift;

typedef struct World {
    const WorldModel *model;
    SimTime now;      /* the last tick: what is applied between two counts from the earlier one */
    uint64_t opening; /* the event that opened the talks: the cause of what nobody has moved */
    double value[NP_MAX_VARIABLES]; /* finite, within +-9 10^9, in whole billionths (below 2^21) */
    double drift[NP_MAX_VARIABLES]; /* lasting changes by levers and shocks, a day */
    double told[NP_MAX_VARIABLES];  /* when it was last told of */
    uint64_t cause
        [NP_MAX_VARIABLES]; /* the latest event that had a hand in its last move: applied to it,
                                          or to what its drift or its form reads */
    double level[NP_MAX_LEVERS];
    uint32_t befallen[WORLD_MAX_SHOCKS]; /* how often */
    uint32_t drifts;
    PassingDrift passing[WORLD_MAX_DRIFTS];
    Rng noise[NP_MAX_VARIABLES];
    Rng luck[WORLD_MAX_SHOCKS];
} World;

/* Start values, at time 0; `cause` is the event of the opening; `in_force` the status quo. */
void world_open(World *world, const WorldModel *model, uint64_t seed, uint64_t cause,
                const Outcome *in_force);
/* From now on its chance is that of another seed. */
void world_reseed(World *world, uint64_t seed);
/* One step, from now to now + tick: state variables, all from the values before the step, then inputs and
 * derived ones in their order. A passing drift counts for its share of the step. */
void world_tick(World *world, const Outcome *in_force);
/* Inputs and derived variables again, after something else has changed; `cause` is that of inputs. */
void world_refresh(World *world, const Outcome *in_force, uint64_t cause);

/* Does to the variables what a lever's change of level by `scale`, or a shock (scale 1), does; the kinds
 * that are the table's business (option, authority, end) are left to the caller, and so is world_refresh. Only
 * state variables can be moved. */
void world_apply(World *world, const Consequence *consequence, double scale, uint64_t cause);

/* When a shock by chance befalls next after `after`, at least a second later; NP_NEVER when it does not, or
 * has befallen its most times. Draws from its stream. */
SimTime world_next_shock(World *world, uint8_t shock, SimTime after);
/* Is the condition met (one without is), and has it befallen less than its most times? The caller counts
 * `befallen`. One that is conditional and nothing else befalls once unless `most` says otherwise. */
bool world_shock_is_due(const World *world, uint8_t shock);

/* Variables that have moved noticeably since they were told of; marks them as told (copy `told` before, if
 * what was told is wanted). */
uint64_t world_notices(World *world); /* a bit a variable */
/* What a seat sees of a value: with its error, drawn from a stream of its own for that moment (the last
 * tick), within the variable's bounds. Asking changes nothing: asked again, the same. */
double world_sight(const World *world, uint64_t seed, uint8_t variable, SeatId seat,
                   const char *seat_id, double value);

/* The latest cause among the variables that a form depends on, derived ones followed to what they depend on;
 * the opening for a form that depends on none. */
uint64_t world_cause(const World *world, const Form *form);

/* Would the attacker gain by breaking the peace of this package, which is worth `peace` to it? */
bool world_attack_pays(const World *world, const Outcome *package, double peace);
/* Rounds to a multiple of step, half away from zero, itself in whole billionths; step 0 leaves the number
 * alone. */
double world_round(double number, double step);

#endif
