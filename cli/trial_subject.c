/* The strategy under trial: timed, watched, and started again in the middle of a run. */
#include <string.h>

#include "cli/trial.h"
#include "core/base/memory.h"
#include "proto/wall_clock.h"

void subject_begin(Subject *subject, uint64_t restart_at) {
    subject->restart_at = restart_at;
    subject->grants = 0;
    subject->closed = false;
    subject->slowest_ns = 0;
    arena_reset(&subject->past);
    if (subject->player == NULL) subject->player = player_create(subject->repertoire);
}

void subject_finish(Subject *subject) {
    player_destroy(subject->player);
    arena_finish(&subject->past);
    memory_free(subject->told);
}

static void note_time(Subject *subject, int64_t began_ns) {
    int64_t took = wall_monotonic_ns() - began_ns;
    if (took > subject->slowest_ns) subject->slowest_ns = took;
}

/* --- starting again --- */

static Grant copy_of(Subject *subject, const Grant *grant) {
    Grant copy = *grant;
    Occasion *occasion = arena_new(&subject->past, grant->occasions * sizeof *occasion + 1);
    const Observation **seen = arena_new(&subject->past, grant->observations * sizeof *seen + 1);
    if (grant->occasions > 0)
        memcpy(occasion, grant->occasion, grant->occasions * sizeof *occasion);
    for (uint32_t i = 0; i < grant->observations; i++) {
        Observation *one = arena_new(&subject->past, sizeof *one);
        *one = *grant->observation[i];
        seen[i] = one;
    }
    copy.occasion = occasion;
    copy.observation = seen;
    return copy;
}

static void remember(Subject *subject, const Grant *grant) {
    subject->told = memory_grow(subject->told, subject->grants + 1, sizeof *subject->told);
    subject->told[subject->grants++] = copy_of(subject, grant);
}

/* A new player is told all that the old one was, and its answers to that are not heard. */
static bool start_again(Subject *subject, Error *error) {
    Answer unheard;
    player_destroy(subject->player);
    subject->player = player_create(subject->repertoire);
    if (!player_open_run(subject->player, &subject->brief, error)) return false;
    for (uint64_t i = 0; i < subject->grants; i++)
        if (!player_obey(subject->player, &subject->told[i], &unheard, error)) return false;
    return true;
}

/* --- slots --- */

static bool open_run(void *player, const Brief *brief, Error *error) {
    Subject *subject = player;
    subject->brief = *brief;
    int64_t began = wall_monotonic_ns();
    bool good = player_open_run(subject->player, brief, error);
    note_time(subject, began);
    return good;
}

/* Levers may be moved and things be said until the talks end; a signed package is neither changed nor accepted. */
static bool is_substance(const Action *move) {
    return move->kind == NP_OFFER || move->kind == NP_ACCEPT || move->kind == NP_WITHDRAW;
}

static void watch(Subject *subject, const Grant *grant, const Answer *answer) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < grant->occasions; i++) {
        for (uint32_t k = 0; k < grant->occasion[i].observations; k++)
            subject->closed |= grant->observation[at++]->kind == NP_EVENT_SIGNATURE;
        const Reply *reply = &answer->reply[i];
        subject->moves += reply->moves;
        for (uint32_t k = 0; k < reply->moves && k < NP_MAX_MOVES; k++)
            subject->late += subject->closed && is_substance(&reply->move[k]);
    }
}

static bool obey(void *player, const Grant *grant, Answer *answer, Error *error) {
    Subject *subject = player;
    if (subject->restart_at > 0 && subject->grants + 1 == subject->restart_at &&
        !start_again(subject, error))
        return false;
    if (subject->restart_at > subject->grants) remember(subject, grant);
    int64_t began = wall_monotonic_ns();
    bool good = player_obey(subject->player, grant, answer, error);
    note_time(subject, began);
    if (good) watch(subject, grant, answer);
    return good;
}

static void close_run(void *player, uint64_t run) {
    player_close_run(((Subject *)player)->player, run);
}

MemoryPlayer subject_slots(Subject *subject) {
    return (MemoryPlayer){subject, open_run, obey, close_run};
}
