/* A seat, its player, and grants made by hand: scenes for strategies without a referee. */
#ifndef TESTS_AGENTS_SCENE_H
#define TESTS_AGENTS_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "agents/player.h"
#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"

#ifndef DAYS
#define DAYS(n) ((SimTime)(n)*SIM_DAY)
#endif

enum { UKR, RUS, USA, EUR };

typedef struct Scene {
    Terms terms;
    Profile profile;
    Player *player;
    Observation seen[16];
    uint32_t count;
    uint32_t offers; /* numbers given so far */
    Error error;
} Scene;

/* One issue, price 0 .. 10, worth 0, 0.1 .. 1 to the seat; reservation 0.2; 100 days; delay one day. */
void scene_price(Scene *scene, const Mechanism *mechanism, uint8_t seats);
/* Two issues: security (norway, israel, training, neutrality) worth 0.6, 0.45, 0.3, 0 and line (hold,
 * swap, cede) worth 0.4, 0.2, 0; reservation 0.3; neutrality is a hard red line; open table.
 * In both scenes UKR has a lever, aid, at 0.5 of 1, and RUS another, tempo. */
void scene_security(Scene *scene, uint8_t seats);

bool scene_open(Scene *scene, const char *strategy); /* run 1, this seat is UKR */
void scene_close(Scene *scene);

/* What the seat comes to know before it is next asked. Offers get the next number. */
void scene_hear(Scene *scene, Observation seen);
void scene_hear_offer(Scene *scene, SeatId by, Outcome package);
/* `by` accepts it, as `all` now do. */
void scene_hear_yes(Scene *scene, SeatId by, uint32_t offer, SeatSet all, Outcome package);
/* Asks; then, at an open table or not, lets the seat hear of its own offer. */
const Reply *scene_ask(Scene *scene, SimTime at);

Outcome price(uint8_t option);
Outcome deal(uint8_t security, uint8_t line);

void assert_offers(const Reply *reply, Outcome package);
void assert_accepts(const Reply *reply, uint32_t offer);
/* The first move of that kind, or NULL. */
const Action *find_move(const Reply *reply, ActionKind kind);

#endif
