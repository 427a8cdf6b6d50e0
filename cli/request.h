/* What is to be played: a scenario file from its beginning, an unfinished run to its end, or a recorded run
 * otherwise from some moment on. The launcher and its broker read the same request from the same words. */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include "cli/cast.h"
#include "cli/options.h"
#include "cli/staging.h"
#include "core/referee/script.h"

typedef enum PlayKind { PLAY_RUN, PLAY_RESUME, PLAY_BRANCH } PlayKind;

typedef struct PlayRequest {
    const Options *options;
    PlayKind kind;
    const char *source; /* the scenario file, or the record that holds the run */
    Staging staging;
    uint64_t seed;
    const char *lane;   /* "memory" | "processes" */
    const char *record; /* where to */
    bool json, quiet;
    uint64_t origin;     /* RESUME: the run itself; BRANCH: its parent; RUN: 0. Given, or
                          --run, or the record's last run */
    Digest origin_hash;  /* BRANCH: the parent's header */
    SimTime branched_at; /* live from here on; -1 for a run that is no branch */
    Cast cast;           /* who plays the seats, in the end */
    SeatSet
        foreign; /* seats whose agents are not ours, started by their users or programs that we start:
                        external to verify and resume */
    char *kept[NP_MAX_SEATS]; /* strategies from files that a recorded run played; NULL: none */
    bool trusted;             /* --trust */
    struct MemoryLane *lent; /* players that have played before, with what they have prepared; NULL:
                                 own ones */
    Script recorded;         /* RESUME: what the record holds already */
    Script fed;              /* what the parent's seats did */
    Prefix prefix;
} PlayRequest;

/* Reads the request of which options, kind and source are given (and origin, where it is known already);
 * complaints go to stderr. False after saying why; *code is then the exit code. */
bool request_read(PlayRequest *request, int *code);
void request_finish(PlayRequest *request);

/* The scenario that holds in the end; settings as recorded. */
const Scenario *request_scenario(const PlayRequest *request);
const char *request_settings(const PlayRequest *request);

#endif
