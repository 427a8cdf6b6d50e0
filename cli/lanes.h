/* The two lanes: a process per agent, or all in this one. */
#ifndef CLI_LANES_H
#define CLI_LANES_H

#include "cli/request.h"

/* The lane that the options name: "processes" or "memory". */
const char *lanes_name(const PlayRequest *request);
/* Plays the request in the lane that its options name; tells it first what is to be played. Gives the exit
 * code. */
int lanes_play(PlayRequest *request);

#endif
