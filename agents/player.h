/* A player: one seat's strategy at work in any number of runs. It obeys grants and gives answers. */
#ifndef AGENTS_PLAYER_H
#define AGENTS_PLAYER_H

#include "agents/repertoire.h"
#include "core/base/error.h"
#include "core/referee/grant.h"

typedef struct Player Player;

/* Borrows the repertoire; NULL: built-in strategies only. */
Player *player_create(const Repertoire *repertoire);
void player_destroy(Player *player);

/* A run begins for this seat: opens the strategy that the brief names. False with the strategy's
 * sentence when it refuses. The brief and what it points to are borrowed until the run is closed.
 * What is costly to prepare (ranked packages) is kept for later runs with the same domain and profile. */
bool player_open_run(Player *player, const Brief *brief, Error *error);
/* Answers a grant; the answer is borrowed until the next call. False for an unknown run. */
bool player_obey(Player *player, const Grant *grant, Answer *answer, Error *error);
void player_close_run(Player *player, uint64_t run);

#endif
