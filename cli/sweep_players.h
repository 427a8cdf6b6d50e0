/* Inside nonpaper sweep: players in this process, who go on from run to run with what they have prepared. */
#ifndef CLI_SWEEP_PLAYERS_H
#define CLI_SWEEP_PLAYERS_H

#include "cli/sweep_run.h"

typedef struct SweepPlayers SweepPlayers;

SweepPlayers *sweep_players_create(const SweepPlan *plan);
void sweep_players_destroy(SweepPlayers *players);

/* Plays a job; what came of it is borrowed until the next one. NULL with ERROR_STOPPED when asked to stop, and with any
 * other error when this job cannot be played. */
const SweepRun *sweep_players_play(SweepPlayers *players, SweepJob job, Error *error);
#endif
