/* The lane of one process: a player per seat behind the in-memory channel. */
#ifndef CLI_LANE_MEMORY_H
#define CLI_LANE_MEMORY_H

#include "agents/player.h"
#include "proto/channel_memory.h"

typedef struct MemoryLane {
    Channel *channel;
    Player *player[NP_MAX_SEATS];
    uint8_t seats;
} MemoryLane;

/* Borrows the repertoire; NULL: built-in strategies only. */
void memory_lane_open(MemoryLane *lane, uint8_t seats, const Repertoire *repertoire);
void memory_lane_close(MemoryLane *lane);

#endif
