/* Runs and branches, once or many times. */
#ifndef CLI_REPEAT_H
#define CLI_REPEAT_H

#include "cli/request.h"

/* Plays the request as often as --reps says, each time with the next seed. Many runs are entered into the
 * record before the first is played, so that `resume` can finish what was cut short. Gives the exit code. */
int repeat_play(PlayRequest *request);

/* Plays unfinished runs of the record that `request` names to their ends, and sums all of them up. */
int repeat_resume(const PlayRequest *request, const uint64_t *runs, uint64_t count);

#endif
