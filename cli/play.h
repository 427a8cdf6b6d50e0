/* Playing one run to its end over whatever channel: recorded, told as it happens, summed up. Both lanes
 * come through here, so that they cannot differ. */
#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "cli/request.h"
#include "proto/channel.h"

/* Whoever started the agents: told and asked by the broker. All slots may be NULL. */
typedef struct PlayHost {
    /* Has a seat's agent ended? Asked at ARRIVAL_NOTICE until it says no. */
    bool (*notice)(void *context, SeatId *seat, char *what, size_t size);
    /* Start a lost seat's agent again. */
    bool (*revive)(void *context, SeatId seat, const char *what);
    /* Nobody listens to its agent any more. */
    void (*dismiss)(void *context, SeatId seat);
    void *context;
} PlayHost;

/* Plays over the channel, which is borrowed. Gives the exit code; what went wrong was said on stderr. */
int play(const PlayRequest *request, Channel *channel, const PlayHost *host);

/* What is printed before anything happens. */
void play_header(const PlayRequest *request);

#endif
