/* One run, played by hand: what the seats do next is said first, then the run goes on until it is said. */
#ifndef TESTS_CORE_REFEREE_THEATRE_OF_ONE_H
#define TESTS_CORE_REFEREE_THEATRE_OF_ONE_H

#include "core/referee/referee.h"
#include "tests/fixtures/worlds.h"

enum { SCENE_MOST_EVENTS = 4000, SCENE_MOST_LINES = 32, SCENE_MOST_SEEN = 4000 };

/* At the first occasion at or after `at`, the seat makes this move. */
typedef struct Line {
    SimTime at;
    SeatId seat;
    Action action;
} Line;

typedef struct Scene {
    Negotiation *negotiation;
    Verdict verdict;
    Event event[SCENE_MOST_EVENTS];
    uint32_t events;
    struct Seen {
        SeatId seat;
        Observation observation;
    } seen[SCENE_MOST_SEEN];
    uint32_t sights;
} Scene;

/* Plays from the opening to the end; seats wake every day. Free with scene_finish, negotiation included. */
Scene *scene_play(Negotiation *negotiation, uint64_t seed, const Line *line, uint32_t lines);
/* ... but from `change->at` on by other settings, which stay the caller's, or by other luck. */
typedef struct SceneChange {
    const Negotiation *next;
    SimTime at;
    uint64_t seed;
} SceneChange;
Scene *scene_play_changing(Negotiation *negotiation, uint64_t seed, const SceneChange *change,
                           const Line *line, uint32_t lines);
void scene_finish(Scene *scene);

/* The n-th (from 0) event, or observation of the seat, of a kind; NULL when there are fewer. */
const Event *scene_event(const Scene *scene, EventKind kind, uint32_t n);
const Observation *scene_seen(const Scene *scene, SeatId seat, EventKind kind, uint32_t n);
uint32_t scene_count(const Scene *scene, EventKind kind);

#define SCENE(negotiation, ...)                                                                    \
    scene_play(negotiation, 1, (const Line[]){__VA_ARGS__},                                        \
               sizeof((const Line[]){__VA_ARGS__}) / sizeof(Line))
#define LEVER_TO(number, to)                                                                       \
    ((Action){.kind = NP_LEVER, .lever = (number), .level = (to), .option = NP_NO_OPTION})

#endif
