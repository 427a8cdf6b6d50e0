/* The lane of one process: a player per seat behind the in-memory channel. */
#ifndef CLI_LANE_MEMORY_H
#define CLI_LANE_MEMORY_H

#include "agents/player.h"
#include "cli/cast.h"
#include "proto/channel_memory.h"

typedef struct MemoryLane {
    Channel *channel;
    Player *player[NP_MAX_SEATS];
    uint8_t seats;
    Repertoire *own; /* with memory_lane_cast; NULL otherwise */
} MemoryLane;

/* Borrows the repertoire; NULL: built-in strategies only. */
void memory_lane_open(MemoryLane *lane, uint8_t seats, const Repertoire *repertoire);
/* With the strategies that the cast plays, files among them. */
bool memory_lane_cast(MemoryLane *lane, const Cast *cast, bool trusted, Error *error);
/* Another broker may come: a channel is one broker's, players serve many. */
void memory_lane_renew(MemoryLane *lane);
void memory_lane_close(MemoryLane *lane);

#endif
