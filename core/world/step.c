#include "core/world/step.h"

#include "core/base/real.h"
#include "core/base/sim_time.h"
#include "core/world/number.h"
#include "core/world/pushes.h"

uint64_t latest_cause(const World *world, const Form *form, uint64_t least) {
    for (uint8_t i = 0; i < form->terms; i++) {
        uint64_t cause = world->cause[form->variable[i]];
        if (cause > least) least = cause;
    }
    return least;
}

static double settle_within(const VariableModel *model, double value) {
    return number_settled(number_kept(number_bounded(value), model->least, model->most));
}

bool variable_set(World *world, uint8_t variable, double value) {
    double settled = settle_within(&world->model->dynamics[variable], value);
    if (settled == world->value[variable]) return false;
    world->value[variable] = settled;
    return true;
}

static double input_of(const VariableModel *model, const Outcome *in_force) {
    if (model->issue >= NP_MAX_ISSUES) return 0.0;
    uint8_t option = in_force->option[model->issue];
    return option < NP_MAX_OPTIONS ? model->input[option] : 0.0;
}

void follow(World *world, const Outcome *in_force, uint64_t cause) {
    for (uint8_t v = 0; v < world->model->variables; v++) {
        const VariableModel *model = &world->model->dynamics[v];
        if (model->kind == VARIABLE_INPUT) {
            if (variable_set(world, v, input_of(model, in_force)) && cause > world->cause[v])
                world->cause[v] = cause;
        } else if (model->kind == VARIABLE_DERIVED) {
            if (variable_set(world, v, form_value(&model->form, world->value)))
                world->cause[v] = latest_cause(world, &model->form, world->cause[v]);
        }
    }
}

/* Euler-Maruyama: x + drift dt + noise sqrt(dt) N(0, 1). */
static double stepped(World *world, uint8_t v, double days, double root) {
    const VariableModel *model = &world->model->dynamics[v];
    double drift = form_value(&model->drift, world->value) + world->drift[v];
    double value = world->value[v] + drift * days;
    if (model->noise > 0) value += model->noise * root * rng_normal(&world->noise[v]);
    return value;
}

/* All state variables step from what was before: which one comes first in the scenario changes nothing. Hence
 * the new values and causes are gathered before any is set. */
void step_states(World *world) {
    const WorldModel *model = world->model;
    double moved[NP_MAX_VARIABLES] = {0};
    uint64_t cause[NP_MAX_VARIABLES];
    double days = (double)model->tick / SIM_DAY, root = real_sqrt(days);
    push_take(world, world->now + model->tick, moved);
    for (uint8_t v = 0; v < model->variables; v++) {
        if (model->dynamics[v].kind != VARIABLE_STATE) continue;
        moved[v] += stepped(world, v, days, root);
        cause[v] = latest_cause(world, &model->dynamics[v].drift, world->cause[v]);
    }
    for (uint8_t v = 0; v < model->variables; v++)
        if (model->dynamics[v].kind == VARIABLE_STATE && variable_set(world, v, moved[v]))
            world->cause[v] = cause[v];
}
