/* The schedule of a tournament, and its games. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/tournament.h"
#include "proto/wall_clock.h"

/* One run that is to be played. */
typedef struct Assignment {
    uint32_t venue, seed;
    SeatId seat; /* of the focal strategy */
    uint32_t focal, others;
} Assignment;

/* --- what a game came to --- */

static Game *add_game(Games *games) {
    if (games->count == games->room) {
        games->room = 2 * games->room + 1024;
        games->game = memory_grow(games->game, games->room, sizeof *games->game);
    }
    Game *game = &games->game[games->count++];
    *game = (Game){0};
    return game;
}

/* The mean utility of those who compete. */
static double joint_value(const Venue *venue, const Verdict *verdict) {
    double sum = 0;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        if (seat_in(venue->competing, seat))
            sum += utility_real(verdict->seat_result[seat].utility);
    return sum / venue->seats;
}

static void keep_game(Tournament *tournament, const Assignment *at, const Sitting *sitting,
                      SeatId seat) {
    const Verdict *verdict = &sitting->verdict;
    const SeatResult *result = &verdict->seat_result[seat];
    Game *game = add_game(&tournament->games);
    bool focal = seat == at->seat;
    game->score = (Score){.venue = at->venue,
                          .seed = at->seed,
                          .strategy = focal ? at->focal : at->others,
                          .against = focal ? at->others : at->focal};
    double *measure = game->score.measure;
    game->walk_away = utility_real(result->reservation);
    measure[MEASURE_UTILITY] = utility_real(result->utility);
    measure[MEASURE_GAIN] = utility_real(result->utility - result->reservation);
    measure[MEASURE_AGREEMENT] = verdict->kind == VERDICT_AGREEMENT;
    measure[MEASURE_JOINT] = joint_value(&tournament->venue[at->venue], verdict);
    game->seat = seat;
    game->reason = verdict->reason;
    game->faulty = seat_in(sitting->faulty, seat);
    game->seed = sitting->seed;
    game->digest = verdict->digest;
}

/* Of more than two seats only the focal one's result is its strategy's own; in self-play all are. */
static void keep_games(Tournament *tournament, const Assignment *at, const Sitting *sitting) {
    const Venue *venue = &tournament->venue[at->venue];
    bool everybody = at->focal == at->others || venue->seats == 2;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        if (seat_in(venue->competing, seat) && (everybody || seat == at->seat))
            keep_game(tournament, at, sitting, seat);
}

/* --- faults --- */

static Remark *find_fault(Remarks *faults, uint32_t entrant, uint32_t venue) {
    for (size_t i = 0; i < faults->count; i++)
        if (faults->remark[i].entrant == entrant && faults->remark[i].venue == venue)
            return &faults->remark[i];
    faults->remark = memory_grow(faults->remark, faults->count + 1, sizeof *faults->remark);
    Remark *remark = &faults->remark[faults->count++];
    *remark = (Remark){.entrant = entrant, .venue = venue};
    return remark;
}

static void note_fault(Tournament *tournament, const Assignment *at, const Sitting *sitting,
                       SeatId seat) {
    uint32_t entrant = seat == at->seat ? at->focal : at->others;
    Remark *fault = find_fault(&tournament->faults, entrant, at->venue);
    tournament->entrant[entrant].faults++;
    if (fault->count++ > 0) return;
    fault->seat = seat;
    fault->seed = sitting->seed;
    snprintf(fault->why, sizeof fault->why, "%s", sitting->fault);
}

static void note_faults(Tournament *tournament, const Assignment *at, const Sitting *sitting) {
    SeatSet competing = tournament->venue[at->venue].competing;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        if (seat_in(sitting->faulty & competing, seat)) note_fault(tournament, at, sitting, seat);
}

/* --- one run --- */

static bool play_one(Tournament *tournament, const Assignment *at, Error *error) {
    Venue *venue = &tournament->venue[at->venue];
    const char *spec[NP_MAX_SEATS];
    for (SeatId seat = 0; seat < venue->scenario->negotiation.terms.seats; seat++) {
        uint32_t entrant = seat == at->seat ? at->focal : at->others;
        spec[seat] = seat_in(venue->competing, seat) ? tournament->entrant[entrant].cast.spec[0]
                                                     : venue->resident[seat];
    }
    Sitting sitting = {.negotiation = &venue->scenario->negotiation,
                       .strategy = spec,
                       .player = venue->slot,
                       .seed = tournament->first_seed + at->seed};
    if (!(tournament->processes ? tournament_launch(tournament, venue, spec, &sitting, error)
                                : sitting_play(&sitting, error)))
        return false;
    keep_games(tournament, at, &sitting);
    note_faults(tournament, at, &sitting);
    tournament->runs++;
    return true;
}

/* --- progress --- */

static bool is_watched(const Tournament *tournament) {
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && !option_given(tournament->options, "quiet") &&
           terminal != NULL && strcmp(terminal, "dumb") != 0;
}

static void tell_progress(Tournament *tournament) {
    int64_t now = wall_monotonic_ns();
    if (now - tournament->told_ns < 200000000) return;
    tournament->told_ns = now;
    double each = (double)(now - tournament->began_ns) / 1e9 / (double)tournament->runs;
    double left = each * (double)(tournament->planned - tournament->runs);
    fprintf(stderr, "\r%llu of %llu runs, about %.0f s left\x1b[K",
            (unsigned long long)tournament->runs, (unsigned long long)tournament->planned, left);
}

/* --- the schedule --- */

typedef bool (*Visit)(Tournament *tournament, const Assignment *at, Error *error);

static bool count_one(Tournament *tournament, const Assignment *at, Error *error) {
    (void)at, (void)error;
    tournament->planned++;
    return true;
}

static bool play_and_tell(Tournament *tournament, const Assignment *at, Error *error) {
    if (interrupt_asked()) return error_set(error, ERROR_STOPPED, "stopped");
    if (!play_one(tournament, at, error)) return false;
    if (tournament->told_ns >= 0) tell_progress(tournament);
    return true;
}

static SeatId first_seat(SeatSet seats) {
    SeatId seat = 0;
    while (!seat_in(seats, seat)) seat++;
    return seat;
}

/* The focal strategy with the seat of `at`, against each other one. With two seats the other seat's turn is the same
 * table seen from there. */
static bool visit_opponents(Tournament *tournament, Assignment at, Visit visit, Error *error) {
    const Venue *venue = &tournament->venue[at.venue];
    bool first = at.seat == first_seat(venue->competing);
    for (at.others = 0; at.others < tournament->entrants; at.others++) {
        bool self = at.others == at.focal;
        if (!venue->fits[at.others] || (!first && (self || venue->seats == 2))) continue;
        if (!visit(tournament, &at, error)) return false;
    }
    return true;
}

static bool visit_venue(Tournament *tournament, Assignment at, Visit visit, Error *error) {
    const Venue *venue = &tournament->venue[at.venue];
    for (at.seat = 0; at.seat < NP_MAX_SEATS; at.seat++)
        for (at.focal = 0; at.focal < tournament->entrants; at.focal++)
            if (seat_in(venue->competing, at.seat) && venue->fits[at.focal] &&
                !visit_opponents(tournament, at, visit, error))
                return false;
    return true;
}

static bool visit_seed(Tournament *tournament, uint32_t seed, Visit visit, Error *error) {
    for (uint32_t venue = 0; venue < tournament->venues; venue++)
        if (!visit_venue(tournament, (Assignment){.venue = venue, .seed = seed}, visit, error))
            return false;
    return true;
}

/* A seed that not everybody played says nothing of who is better. */
static void drop_unfinished_seed(Tournament *tournament) {
    Games *games = &tournament->games;
    while (games->count > 0 && games->game[games->count - 1].score.seed >= tournament->seeds)
        games->count--;
}

bool tournament_play(Tournament *tournament, Error *error) {
    bool good = visit_seed(tournament, 0, count_one, error);
    tournament->planned *= tournament->reps;
    tournament->began_ns = wall_monotonic_ns();
    tournament->told_ns = is_watched(tournament) ? 0 : -1;
    while (good && tournament->seeds < tournament->reps) {
        good = visit_seed(tournament, tournament->seeds, play_and_tell, error);
        tournament->seeds += good;
    }
    if (tournament->told_ns >= 0) fprintf(stderr, "\r\x1b[K");
    drop_unfinished_seed(tournament);
    return good;
}
