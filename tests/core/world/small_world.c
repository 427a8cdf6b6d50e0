#include "tests/core/world/small_world.h"

#include <string.h>

void small_begin(SmallWorld *small) {
    memset(small, 0, sizeof *small);
    small->model.tick = SIM_DAY;
    small->model.variable = small->variable;
    small->model.lever = small->lever;
}

static uint8_t add(SmallWorld *small, const char *id, VariableKind kind) {
    uint8_t variable = small->model.variables++;
    small->variable[variable] = (Variable){.id = id, .title = id, .unit = ""};
    small->model.dynamics[variable].kind = (uint8_t)kind;
    return variable;
}

uint8_t small_state(SmallWorld *small, const char *id, double start, double drift) {
    uint8_t variable = add(small, id, VARIABLE_STATE);
    small->variable[variable].start = start;
    small->model.dynamics[variable].drift = form_constant(drift);
    return variable;
}

uint8_t small_noisy(SmallWorld *small, const char *id, double start, double noise) {
    uint8_t variable = small_state(small, id, start, 0);
    small->model.dynamics[variable].noise = noise;
    return variable;
}

uint8_t small_derived(SmallWorld *small, const char *id, Form form) {
    uint8_t variable = add(small, id, VARIABLE_DERIVED);
    small->model.dynamics[variable].form = form;
    return variable;
}

uint8_t small_input(SmallWorld *small, const char *id, uint8_t issue, double second) {
    uint8_t variable = add(small, id, VARIABLE_INPUT);
    small->model.dynamics[variable].issue = issue;
    small->model.dynamics[variable].input[1] = second;
    return variable;
}

uint8_t small_shock(SmallWorld *small, const char *id) {
    uint8_t shock = small->model.shocks++;
    small->model.shock[shock] = (Shock){.id = id, .title = id, .at = NP_NEVER};
    return shock;
}

void small_open(SmallWorld *small, uint64_t seed) {
    world_open(&small->world, &small->model, seed, OPENING, &small->in_force);
}

void small_ticks(SmallWorld *small, int ticks) {
    for (int i = 0; i < ticks; i++) world_tick(&small->world, &small->in_force);
}

Form form_constant(double constant) {
    return (Form){.kind = FORM_LINEAR, .constant = constant};
}

Form form_of(uint8_t variable, double coefficient) {
    return (Form){
        .kind = FORM_LINEAR, .terms = 1, .variable = {variable}, .coefficient = {coefficient}};
}
