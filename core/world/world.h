/* The world under way in one run: values, levels, what is due. A plain value: copy it with `=`. Chance
 * comes from named streams: "world/<variable>", "shock/<id>", "sight/<variable>/<seat>". */
#ifndef CORE_WORLD_WORLD_H
#define CORE_WORLD_WORLD_H

#include "core/base/rng.h"
#include "core/world/model.h"

enum { WORLD_MAX_DRIFTS = 64 };

/* A change of drift that ends by itself. */
typedef struct PassingDrift {
    uint8_t variable;
    double amount;
    SimTime until;
} PassingDrift;

typedef struct World {
    const WorldModel *model;
    SimTime now;
    double value[NP_MAX_VARIABLES];    /* rounded to 10^-9 at every tick */
    double drift[NP_MAX_VARIABLES];    /* lasting changes by levers and shocks, a day */
    double told[NP_MAX_VARIABLES];     /* when it was last told of */
    uint64_t cause[NP_MAX_VARIABLES];  /* the event that moved it last */
    double level[NP_MAX_LEVERS];
    uint32_t befallen[WORLD_MAX_SHOCKS]; /* how often */
    uint32_t drifts;
    PassingDrift passing[WORLD_MAX_DRIFTS];
    Rng noise[NP_MAX_VARIABLES];
    Rng luck[WORLD_MAX_SHOCKS];
} World;

/* Start values; `cause` is the event of the opening; `in_force` the status quo. */
void world_open(World *world, const WorldModel *model, uint64_t seed, uint64_t cause,
                const Outcome *in_force);
/* One step, from now to now + tick: state variables, then inputs and derived ones in their order. */
void world_tick(World *world, const Outcome *in_force);
/* Inputs and derived variables again, after something else has changed. */
void world_refresh(World *world, const Outcome *in_force, uint64_t cause);

/* Does to the variables what a lever's change of level by `scale`, or a shock (scale 1), does; the kinds
 * that are the table's business (option, authority, end) are left to the caller. */
void world_apply(World *world, const Consequence *consequence, double scale, uint64_t cause);

/* When a shock by chance befalls next after `after`; NP_NEVER when it does not. Draws from its stream. */
SimTime world_next_shock(World *world, uint8_t shock, SimTime after);
/* Is the condition met, and has it befallen less than its most times? */
bool world_shock_is_due(const World *world, uint8_t shock);

/* Variables that have moved noticeably since they were told of; marks them as told. */
uint64_t world_notices(World *world); /* a bit a variable */
/* What a seat sees of a value: with its error, drawn from a stream of its own for that moment. */
double world_sight(const World *world, uint64_t seed, uint8_t variable, SeatId seat,
                   const char *seat_id, double value);

/* The latest cause among the variables that a form depends on, derived ones followed to what they depend on. */
uint64_t world_cause(const World *world, const Form *form);

/* Would the attacker gain by breaking the peace of this package, which is worth `peace` to it? */
bool world_attack_pays(const World *world, const Outcome *package, double peace);
/* Rounds to a multiple of step, half away from zero; step 0 leaves the number alone. */
double world_round(double number, double step);

#endif
