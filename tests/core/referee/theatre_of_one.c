#include "tests/core/referee/theatre_of_one.h"

#include <string.h>

#include "core/base/memory.h"
#include "tests/core/base/suite.h"

typedef struct Actor {
    const Line *line;
    uint32_t lines;
    bool said[SCENE_MOST_LINES];
} Actor;

static void speak(Actor *actor, SeatId seat, Reply *reply) {
    for (uint32_t i = 0; i < actor->lines; i++) {
        if (actor->said[i] || actor->line[i].seat != seat || actor->line[i].at > reply->at)
            continue;
        actor->said[i] = true;
        assert_true(reply->moves < NP_MAX_MOVES);
        reply->move[reply->moves++] = actor->line[i].action;
    }
}

static void answer(Scene *scene, Referee *referee, Actor *actor, const Grant *grant) {
    Reply *reply = memory_new(grant->occasions, sizeof *reply);
    for (uint32_t i = 0; i < grant->occasions; i++) {
        reply[i].at = grant->occasion[i].at;
        reply[i].wake_at = reply[i].at + DAYS(1);
        speak(actor, grant->seat, &reply[i]);
    }
    for (uint32_t i = 0; i < grant->observations; i++) {
        assert_true(scene->sights < SCENE_MOST_SEEN);
        struct Seen *seen = &scene->seen[scene->sights++];
        seen->seat = grant->seat;
        memcpy(&seen->observation, grant->observation[i], sizeof seen->observation);
    }
    assert_true(referee_answer(referee, &(Answer){1, grant->seat, grant->occasions, reply}, NULL));
    memory_free(reply);
}

static void note_events(Scene *scene, const Referee *referee) {
    uint32_t count;
    const Event *events = referee_events(referee, &count);
    assert_true(scene->events + count <= SCENE_MOST_EVENTS);
    for (uint32_t i = 0; i < count; i++) scene->event[scene->events++] = events[i];
}

Scene *scene_play(Negotiation *negotiation, uint64_t seed, const Line *line, uint32_t lines) {
    return scene_play_changing(negotiation, seed, NULL, line, lines);
}

Scene *scene_play_changing(Negotiation *negotiation, uint64_t seed, const SceneChange *change,
                           const Line *line, uint32_t lines) {
    Scene *scene = memory_new(1, sizeof *scene);
    Actor actor = {.line = line, .lines = lines};
    Referee *referee = referee_create();
    assert_true(lines <= SCENE_MOST_LINES);
    scene->negotiation = negotiation;
    referee_open(referee, negotiation, seed, 1);
    if (change != NULL) {
        assert_true(referee_switch(referee, change->next, change->at, NULL));
        referee_reseed(referee, change->seed);
    }
    for (bool goes_on = true; goes_on;) {
        uint32_t count;
        goes_on = referee_advance(referee);
        note_events(scene, referee);
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count && goes_on; i++) answer(scene, referee, &actor, &grants[i]);
    }
    scene->verdict = *referee_verdict(referee);
    assert_int_equal(scene->verdict.events, scene->events);
    referee_destroy(referee);
    return scene;
}

void scene_finish(Scene *scene) {
    fixture_finish(scene->negotiation);
    memory_free(scene);
}

const Event *scene_event(const Scene *scene, EventKind kind, uint32_t n) {
    for (uint32_t i = 0; i < scene->events; i++)
        if (scene->event[i].kind == kind && n-- == 0) return &scene->event[i];
    return NULL;
}

const Observation *scene_seen(const Scene *scene, SeatId seat, EventKind kind, uint32_t n) {
    for (uint32_t i = 0; i < scene->sights; i++)
        if (scene->seen[i].seat == seat && scene->seen[i].observation.kind == kind && n-- == 0)
            return &scene->seen[i].observation;
    return NULL;
}

uint32_t scene_count(const Scene *scene, EventKind kind) {
    uint32_t count = 0;
    while (scene_event(scene, kind, count) != NULL) count++;
    return count;
}
