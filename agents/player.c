#include "agents/player.h"

#include <stddef.h>
#include <string.h>

#include "agents/host.h"
#include "core/base/memory.h"
#include "core/base/run_index.h"

/* One run, with its strategy's state behind it. Freed ones wait, by size, for the next run. */
typedef struct Seating {
    SeatHost own;
    const Strategy *strategy;
    struct Seating *next_free;
    uint32_t size_class;
    _Alignas(max_align_t) uint8_t state[];
} Seating;

enum { SIZE_CLASSES = 11, SMALLEST_STATE = NP_MAX_STRATEGY_STATE >> (SIZE_CLASSES - 1) };

struct Player {
    const Repertoire *repertoire;
    RunIndex runs;
    InverseCache cache;
    Seating *free[SIZE_CLASSES];
    Reply *reply;
    uint32_t replies;
    char spec[SCENARIO_MAX_STRATEGY]; /* the latest specification, and what it says */
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
};

Player *player_create(const Repertoire *repertoire) {
    Player *player = memory_new(1, sizeof *player);
    player->repertoire = repertoire;
    return player;
}

/* --- blocks --- */

static Seating *seating_new(Player *player, size_t state_size) {
    uint32_t size_class = 0;
    while ((size_t)SMALLEST_STATE << size_class < state_size) size_class++;
    Seating *seating = player->free[size_class];
    if (seating == NULL)
        seating = memory_new(1, sizeof *seating + ((size_t)SMALLEST_STATE << size_class));
    else
        player->free[size_class] = seating->next_free;
    seating->size_class = size_class;
    memset(seating->state, 0, state_size);
    return seating;
}

static void seating_release(Player *player, Seating *seating) {
    seating->next_free = player->free[seating->size_class];
    player->free[seating->size_class] = seating;
}

static void seating_end(Player *player, Seating *seating, bool opened) {
    if (opened && seating->strategy->close != NULL)
        seating->strategy->close(seating->state, &seating->own.host);
    host_close(&seating->own);
    seating_release(player, seating);
}

void player_destroy(Player *player) {
    if (player == NULL) return;
    uint32_t cursor = 0;
    for (Seating *seating; (seating = run_index_next(&player->runs, &cursor)) != NULL;)
        seating_end(player, seating, true);
    for (uint32_t size_class = 0; size_class < SIZE_CLASSES; size_class++)
        while (player->free[size_class] != NULL) {
            Seating *seating = player->free[size_class];
            player->free[size_class] = seating->next_free;
            memory_free(seating);
        }
    run_index_finish(&player->runs);
    inverse_cache_finish(&player->cache);
    memory_free(player->reply);
    memory_free(player);
}

/* --- runs --- */

/* A seat plays many runs by one specification: it is read once. */
static bool read_spec(Player *player, const char *spec, Error *error) {
    if (player->strategy != NULL && strcmp(player->spec, spec) == 0) return true;
    player->strategy = NULL;
    if (strlen(spec) >= sizeof player->spec)
        return error_set(error, ERROR_SCENARIO,
                         "The strategy's specification is longer than %zu bytes.",
                         sizeof player->spec - 1);
    const Strategy *strategy;
    if (!repertoire_parse(player->repertoire, spec, &strategy, player->arguments, error))
        return false;
    strcpy(player->spec, spec);
    player->strategy = strategy;
    return true;
}

bool player_open_run(Player *player, const Brief *brief, Error *error) {
    if (run_index_find(&player->runs, brief->run) != NULL)
        return error_set(error, ERROR_PROTOCOL, "Run %llu is open already.",
                         (unsigned long long)brief->run);
    if (!read_spec(player, brief->strategy, error)) return false;
    Seating *seating = seating_new(player, player->strategy->state_size);
    seating->strategy = player->strategy;
    host_open(&seating->own, brief, &player->cache);
    seating->own.strategy = seating->strategy;
    char why[512] = "";
    if (!seating->strategy->open(seating->state, &seating->own.host, player->arguments, why,
                                 sizeof why)) {
        seating_end(player, seating, false);
        return error_set(error, ERROR_SCENARIO, "%s (seat %s): %s", player->strategy->name,
                         brief->terms->seat[brief->seat].id, why);
    }
    run_index_add(&player->runs, brief->run, seating);
    return true;
}

void player_close_run(Player *player, uint64_t run) {
    Seating *seating = run_index_remove(&player->runs, run);
    if (seating != NULL) seating_end(player, seating, true);
}

/* --- grants --- */

static void observe(Seating *seating, const Observation *seen) {
    host_observe(&seating->own, seen);
    if (seating->strategy->observe != NULL)
        seating->strategy->observe(seating->state, &seating->own.host, seen);
}

static void ask(Seating *seating, SimTime at, Reply *reply) {
    reply->at = at;
    reply->wake_at = NP_NEVER;
    seating->strategy->act(seating->state, &seating->own.host, at, reply);
    reply->at = at;
}

static bool adds_up(const Grant *grant) {
    uint64_t observations = 0;
    for (uint32_t i = 0; i < grant->occasions; i++) observations += grant->occasion[i].observations;
    return observations == grant->observations;
}

/* Every byte is set, so that nothing of another run shows where a strategy leaves a field alone. */
static Reply *blank_replies(Player *player, uint32_t replies) {
    if (replies > player->replies) {
        player->reply = memory_grow(player->reply, replies, sizeof *player->reply);
        player->replies = replies;
    }
    if (replies > 0) memset(player->reply, 0, replies * sizeof *player->reply);
    return player->reply;
}

bool player_obey(Player *player, const Grant *grant, Answer *answer, Error *error) {
    Seating *seating = run_index_find(&player->runs, grant->run);
    if (seating == NULL)
        return error_set(error, ERROR_PROTOCOL, "A grant for run %llu, which is not open.",
                         (unsigned long long)grant->run);
    if (!adds_up(grant))
        return error_set(error, ERROR_PROTOCOL,
                         "A grant of run %llu whose occasions do not add up to its observations.",
                         (unsigned long long)grant->run);
    Reply *reply = blank_replies(player, grant->occasions);
    const Observation *const *seen = grant->observation;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        for (uint32_t k = 0; k < grant->occasion[i].observations; k++) observe(seating, *seen++);
        ask(seating, grant->occasion[i].at, &reply[i]);
    }
    if (seating->own.fault[0] != '\0')
        return error_set(error, ERROR_AGENT, "%s", seating->own.fault);
    *answer = (Answer){grant->run, grant->seat, grant->occasions, reply};
    return true;
}
