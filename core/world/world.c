#include "core/world/world.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/world/number.h"
#include "core/world/pushes.h"
#include "core/world/step.h"

static Rng named_stream(uint64_t seed, const char *kind, const char *id) {
    char name[256];
    snprintf(name, sizeof name, "%s/%s", kind, id);
    return rng_stream(rng_key(seed, name));
}

void world_reseed(World *world, uint64_t seed) {
    const WorldModel *model = world->model;
    for (uint8_t v = 0; v < model->variables; v++)
        world->noise[v] = named_stream(seed, "world", model->variable[v].id);
    for (uint8_t s = 0; s < model->shocks; s++)
        world->luck[s] = named_stream(seed, "shock", model->shock[s].id);
}

void world_open(World *world, const WorldModel *model, uint64_t seed, uint64_t cause,
                const Outcome *in_force) {
    assert(model->tick > 0);
    memset(world, 0, sizeof *world);
    world->model = model;
    world->opening = cause;
    world_reseed(world, seed);
    for (uint8_t v = 0; v < model->variables; v++) {
        variable_set(world, v, model->variable[v].start);
        world->cause[v] = cause;
    }
    follow(world, in_force, cause);
    memcpy(world->told, world->value, sizeof world->told);
    for (uint8_t l = 0; l < model->levers; l++)
        world->level[l] = number_settled(model->lever[l].start);
}

void world_tick(World *world, const Outcome *in_force) {
    step_states(world);
    world->now += world->model->tick;
    follow(world, in_force, world->opening);
}

void world_refresh(World *world, const Outcome *in_force, uint64_t cause) {
    follow(world, in_force, cause);
}

void world_apply(World *world, const Consequence *consequence, double scale, uint64_t cause) {
    uint8_t v = consequence->variable;
    bool adds = consequence->kind == CONSEQUENCE_ADD;
    if (!adds && consequence->kind != CONSEQUENCE_DRIFT) return;
    if (v >= world->model->variables || world->model->dynamics[v].kind != VARIABLE_STATE) return;
    double amount = number_bounded(consequence->amount * scale);
    if (adds && !variable_set(world, v, world->value[v] + amount)) return;
    if (!adds) push_add(world, v, amount, consequence->lasting);
    if (amount != 0) world->cause[v] = cause;
}

/* Derived variables read only earlier ones, so one pass downwards finds all that the form depends on. */
uint64_t world_cause(const World *world, const Form *form) {
    uint64_t latest = world->opening, needed = 0;
    for (uint8_t i = 0; i < form->terms; i++) needed |= UINT64_C(1) << form->variable[i];
    for (uint8_t v = world->model->variables; v-- > 0;) {
        if ((needed >> v & 1) == 0) continue;
        const VariableModel *model = &world->model->dynamics[v];
        if (model->kind != VARIABLE_DERIVED) {
            if (world->cause[v] > latest) latest = world->cause[v];
        } else {
            for (uint8_t i = 0; i < model->form.terms; i++)
                needed |= UINT64_C(1) << model->form.variable[i];
        }
    }
    return latest;
}

bool world_attack_pays(const World *world, const Outcome *package, double peace) {
    const Deterrence *deterrence = &world->model->deterrence;
    if (!deterrence->on) return false;
    uint8_t option =
        deterrence->issue < NP_MAX_ISSUES ? package->option[deterrence->issue] : NP_NO_OPTION;
    double credibility = option < NP_MAX_OPTIONS ? deterrence->credibility[option] : 0.0;
    double war = form_value(&deterrence->attack, world->value);
    return number_billionths(war - credibility * deterrence->intervention) >
           number_billionths(peace);
}
