#include "core/world/course.h"

#include <string.h>

#include "core/base/memory.h"
#include "core/world/number.h"

/* What a lever brings about after its delay. */
typedef struct Effect {
    SimTime at;
    uint8_t lever;
    double change;
} Effect;

struct Course {
    WorldModel model; /* without chance */
    World world;
    Outcome in_force;
    bool agreed;
    SimTime now, next_tick, broken_off;
    uint32_t pulled; /* of the model's pulls */
    SimTime shock_at[WORLD_MAX_SHOCKS];
    Effect *effect; /* [effects], in the order in which they were brought about */
    uint32_t effects, capacity;
};

static void leave_out_chance(WorldModel *model) {
    for (uint8_t v = 0; v < model->variables; v++) model->dynamics[v].noise = 0;
}

Course *course_create(const WorldModel *model, const Outcome *status_quo) {
    Course *course = memory_new(1, sizeof *course);
    course->model = *model;
    leave_out_chance(&course->model);
    course->in_force = *status_quo;
    course->broken_off = NP_NEVER;
    world_open(&course->world, &course->model, 0, 0, &course->in_force);
    course->next_tick = model->tick;
    for (uint8_t i = 0; i < model->shocks; i++)
        course->shock_at[i] = model->shock[i].every > 0 ? NP_NEVER : model->shock[i].at;
    return course;
}

Course *course_copy(const Course *course) {
    Course *copy = memory_new(1, sizeof *copy);
    *copy = *course;
    copy->world.model = &copy->model;
    copy->capacity = course->effects;
    copy->effect = NULL;
    if (course->effects == 0) return copy;
    copy->effect = memory_new(course->effects, sizeof *copy->effect);
    memcpy(copy->effect, course->effect, course->effects * sizeof *copy->effect);
    return copy;
}

void course_destroy(Course *course) {
    if (course == NULL) return;
    memory_free(course->effect);
    memory_free(course);
}

/* --- consequences --- */

static void refresh(Course *course) {
    world_refresh(&course->world, &course->in_force, 0);
}

static void follow_at_table(Course *course, const Consequence *one) {
    if (course->agreed) return;
    if (one->kind == CONSEQUENCE_OPTION) {
        course->in_force.option[one->issue] = one->option;
        refresh(course);
    }
    if (one->kind == CONSEQUENCE_END && course->broken_off == NP_NEVER)
        course->broken_off = course->now;
}

/* The world first, then the table: as in a run. */
static void follow(Course *course, const Consequence *all, uint8_t count, double scale) {
    for (uint8_t i = 0; i < count; i++) world_apply(&course->world, &all[i], scale, 0);
    refresh(course);
    for (uint8_t i = 0; i < count && scale > 0; i++) follow_at_table(course, &all[i]);
}

static void befall(Course *course, uint8_t number) {
    const Shock *shock = &course->model.shock[number];
    if (!world_shock_is_due(&course->world, number)) return;
    course->world.befallen[number]++;
    follow(course, shock->consequence, shock->consequences, 1);
}

static void bring_about(Course *course, uint8_t lever, double change) {
    const LeverModel *model = &course->model.effect[lever];
    follow(course, model->consequence, model->consequences, change);
}

static SimTime after(SimTime at, SimTime delay) {
    return at > NP_NEVER - delay ? NP_NEVER : at + delay;
}

void course_pull(Course *course, uint8_t lever, double level) {
    const Lever *terms = &course->model.lever[lever];
    double before = course->world.level[lever];
    double now = number_settled(number_within(level, terms->least, terms->most));
    if (now == before) return;
    course->world.level[lever] = now;
    if (terms->delay == 0) {
        bring_about(course, lever, now - before);
        return;
    }
    if (course->effects == course->capacity) {
        course->capacity = course->capacity ? 2 * course->capacity : 8;
        course->effect = memory_grow(course->effect, course->capacity, sizeof *course->effect);
    }
    course->effect[course->effects++] =
        (Effect){after(course->now, terms->delay), lever, now - before};
}

void course_agree(Course *course, const Outcome *package) {
    course->agreed = true;
    course->in_force = *package;
    refresh(course);
}

/* --- as time goes on --- */

/* The first of the earliest effects; `effects` for none. */
static uint32_t next_effect(const Course *course) {
    uint32_t next = course->effects;
    for (uint32_t i = 0; i < course->effects; i++)
        if (next == course->effects || course->effect[i].at < course->effect[next].at) next = i;
    return next;
}

static uint8_t next_shock(const Course *course) {
    uint8_t next = course->model.shocks;
    for (uint8_t i = 0; i < course->model.shocks; i++)
        if (next == course->model.shocks || course->shock_at[i] < course->shock_at[next]) next = i;
    return next;
}

static void rule_tick(Course *course) {
    course->next_tick = after(course->next_tick, course->model.tick);
    world_tick(&course->world, &course->in_force);
    for (uint8_t i = 0; i < course->model.shocks; i++) {
        const Shock *shock = &course->model.shock[i];
        if (shock->conditional && shock->at == NP_NEVER && shock->every == 0) befall(course, i);
    }
}

static void rule_pull(Course *course) {
    const Pull *pull = &course->model.pull[course->pulled++];
    course_pull(course, pull->lever, pull->level);
}

static void rule_effect(Course *course, uint32_t number) {
    Effect effect = course->effect[number];
    course->effects--;
    for (uint32_t i = number; i < course->effects; i++) course->effect[i] = course->effect[i + 1];
    bring_about(course, effect.lever, effect.change);
}

static void rule_shock(Course *course, uint8_t number) {
    course->shock_at[number] = NP_NEVER;
    befall(course, number);
}

/* One thing, the next; false when that comes after `until`. At one moment: tick, pull, effect, shock. */
static bool rule_next(Course *course, SimTime until) {
    uint32_t effect = next_effect(course);
    uint8_t shock = next_shock(course);
    SimTime pull_at =
        course->pulled < course->model.pulls ? course->model.pull[course->pulled].at : NP_NEVER;
    SimTime effect_at = effect < course->effects ? course->effect[effect].at : NP_NEVER;
    SimTime shock_at = shock < course->model.shocks ? course->shock_at[shock] : NP_NEVER;
    SimTime at = course->next_tick < pull_at ? course->next_tick : pull_at;
    if (effect_at < at) at = effect_at;
    if (shock_at < at) at = shock_at;
    if (at > until || at == NP_NEVER) return false;
    course->now = at;
    if (at == course->next_tick)
        rule_tick(course);
    else if (at == pull_at)
        rule_pull(course);
    else if (at == effect_at)
        rule_effect(course, effect);
    else
        rule_shock(course, shock);
    return true;
}

void course_advance(Course *course, SimTime until) {
    while (rule_next(course, until)) continue;
    if (until > course->now) course->now = until;
}

const World *course_world(const Course *course) {
    return &course->world;
}

const Outcome *course_in_force(const Course *course) {
    return &course->in_force;
}

SimTime course_broken_off(const Course *course) {
    return course->broken_off;
}
