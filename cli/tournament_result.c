/* From a tournament's games to its standings. */
#include "cli/tournament.h"

enum { REPLICATES = 999 };

/* Which of the games: in competition or in self-play, of all venues or one. */
typedef struct Choice {
    bool self_play;
    uint32_t venue; /* UINT32_MAX: all */
} Choice;

static size_t choose_scores(const Games *games, Choice choice, Score *score) {
    size_t count = 0;
    for (size_t i = 0; i < games->count; i++) {
        const Score *one = &games->game[i].score;
        if ((one->strategy == one->against) != choice.self_play) continue;
        if (choice.venue != UINT32_MAX && one->venue != choice.venue) continue;
        score[count] = *one;
        if (choice.venue != UINT32_MAX) score[count].venue = 0;
        count++;
    }
    return count;
}

static void by_entrant(const Standing *in_order, uint32_t entrants, Standing *out) {
    for (uint32_t i = 0; i < entrants; i++) out[in_order[i].strategy] = in_order[i];
}

static Digest digest_of_runs(const Tournament *tournament) {
    DigestState state;
    digest_begin(&state);
    for (size_t i = 0; i < tournament->games.count; i++)
        digest_add(&state, tournament->games.game[i].digest.bytes, DIGEST_BYTES);
    return digest_end(&state);
}

void tournament_result(const Tournament *tournament, TournamentResult *result) {
    const Games *games = &tournament->games;
    uint32_t entrants = tournament->entrants;
    Bootstrap bootstrap = {REPLICATES, 0.95,
                           rng_key(tournament->first_seed, "bootstrap/tournament")};
    Field field = {entrants, tournament->venues, tournament->seeds}, one = field;
    Score *score = memory_new(games->count + 1, sizeof *score);
    Standing *standing = memory_new(entrants, sizeof *standing);
    one.venues = 1;
    *result = (TournamentResult){
        .field = field,
        .standing = memory_new(entrants, sizeof *standing),
        .self = memory_new(entrants, sizeof *standing),
        .pair = memory_new((size_t)entrants * entrants, sizeof *result->pair),
        .by_venue = memory_new((size_t)entrants * tournament->venues, sizeof *standing),
        .digest = digest_of_runs(tournament)};
    size_t count = choose_scores(games, (Choice){false, UINT32_MAX}, score);
    standings_of(score, count, &field, &bootstrap, result->standing);
    standings_pairs(score, count, &field, MEASURE_GAIN, result->pair);
    count = choose_scores(games, (Choice){true, UINT32_MAX}, score);
    standings_of(score, count, &field, &bootstrap, standing);
    by_entrant(standing, entrants, result->self);
    for (uint32_t venue = 0; venue < tournament->venues; venue++) {
        count = choose_scores(games, (Choice){false, venue}, score);
        standings_of(score, count, &one, &bootstrap, standing);
        by_entrant(standing, entrants, result->by_venue + (size_t)venue * entrants);
    }
    memory_free(standing);
    memory_free(score);
}

void tournament_result_finish(TournamentResult *result) {
    memory_free(result->standing);
    memory_free(result->self);
    memory_free(result->pair);
    memory_free(result->by_venue);
}
