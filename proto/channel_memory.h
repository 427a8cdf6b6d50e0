/* The in-memory channel: grants are handed to players in the same process and answered on the spot.
 * Production code, and the reference that other channels are held against. */
#ifndef PROTO_CHANNEL_MEMORY_H
#define PROTO_CHANNEL_MEMORY_H

#include "proto/channel.h"

/* One seat's player. Slots are called from channel calls, in the channel's thread. */
typedef struct MemoryPlayer {
    void *player;
    bool (*open_run)(void *player, const Brief *brief, Error *error);
    /* Answers at once; the answer is borrowed until the player's next call. */
    bool (*obey)(void *player, const Grant *grant, Answer *answer, Error *error);
    void (*close_run)(void *player, uint64_t run);
} MemoryPlayer;

/* `players` is copied, one a seat; what they point to is borrowed. */
Channel *channel_memory_create(const MemoryPlayer *players, uint8_t seats);

#endif
