/* Three seats, three issues, a world and a closed table, for tests of what is told; events made by hand. */
#ifndef TESTS_REPORT_TALKS_H
#define TESTS_REPORT_TALKS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/script.h"
#include "core/world/model.h"

enum { NORTH, SOUTH, WEST, SEATS };
enum { WATER, GUARD, DEBT, ISSUES };
enum { MILL = 1 }; /* the closed table of north and south */
enum { EVERYBODY = 7 };
#define DAYS(n)  ((SimTime)(n)*SIM_DAY)
#define PARTS(x) ((int64_t)((x)*1e9 + ((x) < 0 ? -0.5 : 0.5)))

/* Terms, profiles, world: the same each time, ready to be changed by a test. The status quo is option 0. */
void talks_open(Negotiation *talks, WorldModel *world);

Outcome package(uint8_t water, uint8_t guard, uint8_t debt);
/* An event of that kind with nothing in it but when, who, and the opening as its cause. */
Event happens(EventKind kind, int day, SeatId seat);
Event offers(int day, SeatId seat, uint32_t number, Outcome only);
Event accepts(int day, SeatId seat, uint32_t number, Outcome only, SeatSet by);

/* Adds the event under the next number, which it gives. */
uint64_t add(Script *script, Event event);
uint64_t add_because(Script *script, Event event, uint64_t cause);

#endif
