/* Inside the conformance runner: the program that is tried, and the runs that it is told of. Not for other commands. */
#ifndef CLI_CONFORMANCE_PARTS_H
#define CLI_CONFORMANCE_PARTS_H

#include <sys/types.h>

#include "core/base/digest.h"
#include "core/scenario/scenario.h"
#include "proto/rehearsal.h"

enum { TRIED_SEAT = 0, OTHER_SEAT = 1, TRIAL_PATIENCE_MS = 10000 };

/* What is tried with a program. */
typedef struct ConformanceTrial {
    const char *specification;
    char program[1024], address[160];
    Scenario *scenario;
    Rehearsal *broker;
    FrameWriter frame;
    pid_t agent;        /* 0: none */
    bool deterministic; /* it says so */
    int failures;
} ConformanceTrial;

/* --- the program's process --- */

/* Starts it and has it say hello; a Welcome is written and not yet said. */
bool trial_greet(ConformanceTrial *trial, Error *error);
/* Sends what is in the frame. */
void trial_say(ConformanceTrial *trial);
/* Waits for its end; gives its exit code, or -1 when it did not come. */
int trial_await_end(ConformanceTrial *trial);
/* Ends it, whatever it is doing, and the connection. */
void trial_stop(ConformanceTrial *trial);

/* --- runs --- */

/* One run to its end: the digest of all that it answered. */
bool trial_play_alone(ConformanceTrial *trial, Digest *answers, Error *error);
/* Two runs in the same frames, with all that it must pass over. */
bool trial_play_together(ConformanceTrial *trial, Digest answers[2], Error *error);

#endif
