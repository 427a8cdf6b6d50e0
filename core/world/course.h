/* The expected course of the world while the talks go on without an agreement: forms, drifts, scripted
 * shocks, shocks on a condition and pulls of levers that the scenario prescribes; no noise, no shocks by chance,
 * and every other lever where it begins. One path, not the mean of many: where forms are not linear the
 * two differ. The order of what happens at one moment is the referee's: tick, shocks on a condition, pulls,
 * delayed effects, scripted shocks. */
#ifndef CORE_WORLD_COURSE_H
#define CORE_WORLD_COURSE_H

#include "core/world/world.h"

typedef struct Course Course;

/* At time 0. Borrows the model. */
Course *course_create(const WorldModel *model, const Outcome *status_quo);
/* From where it stands, another one. */
Course *course_copy(const Course *course);
void course_destroy(Course *course);

/* Moves a lever now; its effects follow after its delay. */
void course_pull(Course *course, uint8_t lever, double level);
/* The package in force from now on: levers and shocks move no status quo any more. */
void course_agree(Course *course, const Outcome *package);
/* On to `until`, what happens then included. Does not go back. */
void course_advance(Course *course, SimTime until);

const World *course_world(const Course *course);
/* What holds: the status quo as levers and shocks have moved it, or the package in force. */
const Outcome *course_in_force(const Course *course);
/* When a shock or a lever breaks the talks off; NP_NEVER: not so far. The course goes on all the same. */
SimTime course_broken_off(const Course *course);

#endif
