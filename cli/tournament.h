/* Inside nonpaper tournament: strategies at the seats of scenarios, all against all. Not for other commands.
 *
 * An assignment puts one strategy, the focal one, at one seat and one other at all the remaining seats that compete. With
 * two seats these are all ordered pairs; with more every strategy has every seat once against a table of every other
 * one. Self-play, one strategy everywhere, is kept apart. The mediator of a single text does not compete: it plays what
 * its scenario says. */
#ifndef CLI_TOURNAMENT_H
#define CLI_TOURNAMENT_H

#include "cli/cast.h"
#include "cli/options.h"
#include "cli/runtime_directory.h"
#include "cli/sitting.h"
#include "core/scenario/scenario.h"
#include "core/study/standings.h"

enum { TOURNAMENT_MAX_ENTRANTS = 256, TOURNAMENT_WHY = 256 };

/* A strategy that takes part. */
typedef struct Entrant {
    const char *given; /* as it was written */
    Cast cast;         /* of one seat: as it is played */
    uint64_t faults;
} Entrant;

/* A scenario in which they meet. */
typedef struct Venue {
    const char *path;
    Scenario *scenario;
    SeatSet competing;
    uint8_t seats;                /* how many compete */
    Player *player[NP_MAX_SEATS]; /* they keep what is costly to prepare */
    MemoryPlayer slot[NP_MAX_SEATS];
    bool *fits;                         /* [entrants] */
    const char *resident[NP_MAX_SEATS]; /* what a seat plays that does not compete */
} Venue;

/* A game as one of its strategies saw it. */
typedef struct Game {
    Score score;
    SeatId seat;
    Reason reason;
    bool faulty; /* this strategy's own fault */
    double walk_away;
    uint64_t seed;
    Digest digest;
} Game;

/* Something to be told of a strategy in a scenario: that it does not fit, or failed. */
typedef struct Remark {
    uint32_t entrant, venue;
    SeatId seat;
    uint64_t seed, count; /* of a fault: the first, and how many */
    char why[TOURNAMENT_WHY];
} Remark;

typedef struct Remarks {
    Remark *remark;
    size_t count;
} Remarks;

typedef struct Games {
    Game *game;
    size_t count, room;
} Games;

typedef struct Tournament {
    const Options *options;
    uint64_t first_seed;
    uint32_t reps;
    Repertoire *repertoire;
    Entrant *entrant;
    uint32_t entrants;
    Venue *venue;
    uint32_t venues;
    Remarks unfit, faults;
    Games games;
    uint64_t runs, planned; /* played so far; of a whole tournament */
    uint32_t seeds;         /* played by all */
    bool processes;         /* in the lane of processes */
    RuntimeDirectory directory;
    char record[96]; /* of one run, there */
    int64_t began_ns, told_ns;
} Tournament;

/* --- who and where --- */

/* Strategies and scenarios from the options. False after saying why; *code is then the exit code. */
bool tournament_enter(Tournament *tournament, int *code);
void tournament_finish(Tournament *tournament);
const Terms *tournament_terms(const Tournament *tournament, uint32_t venue);

/* --- playing --- */

/* Plays everything, seed by seed. False when it was stopped (ERROR_STOPPED; whole seeds are kept) or could not go on. */
bool tournament_play(Tournament *tournament, Error *error);
/* One run in processes: the strategies `spec` at the seats of the venue. */
bool tournament_launch(const Tournament *tournament, const Venue *venue, const char *const *spec,
                       Sitting *sitting, Error *error);

/* --- results --- */

typedef struct TournamentResult {
    Field field;
    Standing *standing; /* [entrants], in order */
    Standing *self;     /* [entrants], by entrant: in self-play */
    double *pair;       /* [entrants * entrants]: mean gains */
    Standing *by_venue; /* [venues * entrants]: in each venue, by entrant */
    Digest digest;      /* of the runs' digests in their order */
} TournamentResult;

void tournament_result(const Tournament *tournament, TournamentResult *result);
void tournament_result_finish(TournamentResult *result);

void tournament_print(const Tournament *tournament, const TournamentResult *result, bool markdown,
                      Text *out);
void tournament_json(const Tournament *tournament, const TournamentResult *result, Text *out);
void tournament_csv(const Tournament *tournament, Text *out);

#endif
