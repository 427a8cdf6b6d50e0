/* The two lanes: a process per agent, or all in this one. */
#ifndef CLI_LANES_H
#define CLI_LANES_H

#include "cli/request.h"

/* Plays the request in the lane that its options name; tells it first what is to be played. Gives the exit
 * code. */
int lanes_play(PlayRequest *request);

#endif
