/* Playing one run to its end over whatever channel: recorded, told as it happens, summed up. Both lanes
 * come through here, so that they cannot differ. */
#ifndef CLI_PLAY_H
#define CLI_PLAY_H

#include "cli/options.h"
#include "core/scenario/scenario.h"
#include "proto/channel.h"

/* Everything that the command line says about a run. */
typedef struct PlayRequest {
    const Options *options;
    const char *path; /* the scenario file */
    Scenario *scenario;
    Text settings; /* JSON array of "PATH=VALUE" */
    uint64_t seed;
    const char *lane; /* "memory" | "processes" */
    const char *record;
    bool json;
} PlayRequest;

/* Reads the scenario with the command line's settings; complaints go to stderr. False after saying why;
 * `*code` is then the exit code. */
bool play_request(PlayRequest *request, const Options *options, const char *path, int *code);
void play_request_finish(PlayRequest *request);

/* Whoever started the agents: told and asked by the broker. All slots may be NULL. */
typedef struct PlayHost {
    /* Has a seat's agent ended? Asked at ARRIVAL_NOTICE until it says no. */
    bool (*notice)(void *context, SeatId *seat, char *what, size_t size);
    /* Start a lost seat's agent again. */
    bool (*revive)(void *context, SeatId seat, const char *what);
    void *context;
} PlayHost;

/* Plays over the channel, which is borrowed. Gives the exit code; what went wrong was said on stderr. */
int play(const PlayRequest *request, Channel *channel, const PlayHost *host);

/* What is printed before anything happens. */
void play_header(const PlayRequest *request);

#endif
