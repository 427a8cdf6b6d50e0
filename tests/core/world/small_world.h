/* A world made line by line, for tests; and what cmocka wants before its header. */
#ifndef TESTS_CORE_WORLD_SMALL_WORLD_H
#define TESTS_CORE_WORLD_SMALL_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "core/world/world.h"

enum { OPENING = 1 };

typedef struct SmallWorld {
    WorldModel model;
    Variable variable[NP_MAX_VARIABLES];
    Lever lever[NP_MAX_LEVERS];
    Outcome in_force;
    World world;
} SmallWorld;

/* A tick of a day, nothing in it; the package in force names option 0 of every issue. */
void small_begin(SmallWorld *small);
/* Each returns the variable's number. */
uint8_t small_state(SmallWorld *small, const char *id, double start, double drift);
uint8_t small_noisy(SmallWorld *small, const char *id, double start, double noise);
uint8_t small_derived(SmallWorld *small, const char *id, Form form);
uint8_t small_input(SmallWorld *small, const char *id, uint8_t issue, double second);
uint8_t small_shock(SmallWorld *small, const char *id); /* neither scripted nor by chance */
void small_open(SmallWorld *small, uint64_t seed);
void small_ticks(SmallWorld *small, int ticks);

Form form_constant(double constant);
Form form_of(uint8_t variable, double coefficient);

/* Equal to the last bit. */
#define assert_same(actual, expected)                                                              \
    do {                                                                                           \
        double same_actual = (actual), same_expected = (expected);                                 \
        if (same_actual != same_expected)                                                          \
            fail_msg("%s is %.17g (%a), not %.17g", #actual, same_actual, same_actual,             \
                     same_expected);                                                               \
    } while (0)
#define assert_near(actual, expected, by)                                                          \
    do {                                                                                           \
        double near_actual = (actual), near_expected = (expected);                                 \
        if (!(near_actual - near_expected <= (by) && near_expected - near_actual <= (by)))         \
            fail_msg("%s is %.17g, not within %g of %.17g", #actual, near_actual, (double)(by),    \
                     near_expected);                                                               \
    } while (0)

#endif
