#include "tests/generated/recipe_parts.h"

static void write_sight(Recipe *recipe) {
    Choices *choices = recipe->choices;
    if (!choose_whether(choices, 50)) return;
    text_addf(recipe->yaml, ", seen_by: [s%u], notice: %u, lag: %uh, error: 0.%u",
              choose(choices, recipe->seats), 1 + choose(choices, 5), choose(choices, 72),
              choose(choices, 9));
}

static void write_state_variable(Recipe *recipe) {
    Choices *choices = recipe->choices;
    text_addf(recipe->yaml, "start: %u, least: -20, most: 40", choose(choices, 20));
    if (choose_whether(choices, 60))
        text_addf(recipe->yaml, ", drift: -0.%u", 1 + choose(choices, 9));
    if (choose_whether(choices, 50)) text_addf(recipe->yaml, ", noise: 0.%u", choose(choices, 9));
}

static void write_variable(Recipe *recipe, uint32_t number) {
    Choices *choices = recipe->choices;
    text_addf(recipe->yaml, "    v%u: {", number);
    uint32_t kind = choose(choices, number > 0 ? 4 : 2);
    if (kind == 1)
        text_addf(recipe->yaml, "input: {issue: i%u, values: {o0: 3, o1: -2}}",
                  choose(choices, recipe->issues));
    else if (kind > 1)
        text_addf(recipe->yaml, "is: {logistic: {least: -5, most: 5, midpoint: 2, of: {v%u: 0.7}}}",
                  choose(choices, number));
    else
        write_state_variable(recipe);
    write_sight(recipe);
    text_add(recipe->yaml, "}\n");
    if (kind == 0 && recipe->levers == 0) recipe->levers = number + 1; /* what levers can push */
}

/* A lever of every kind of consequence; the variable that it pushes is a state one. */
static void write_levers(Recipe *recipe, uint32_t pushed) {
    Choices *choices = recipe->choices;
    text_addf(
        recipe->yaml,
        "  levers:\n    l0: {seat: s%u, start: 0, least: 0, most: 2, cost: 0.01, upkeep: 0.02, "
        "delay: %uh, effects: [{variable: v%u, add: 4}",
        choose(choices, recipe->seats), choose(choices, 50), pushed);
    if (choose_whether(choices, 40))
        text_addf(recipe->yaml, ", {variable: v%u, drift: 0.5, lasting: 10d}", pushed);
    if (choose_whether(choices, 30)) text_add(recipe->yaml, ", {issue: i0, option: o0}");
    if (recipe->authority > 0) text_addf(recipe->yaml, ", {authority: s%u}", recipe->authority - 1);
    text_add(recipe->yaml, "]");
    if (choose_whether(choices, 60) || recipe->authority > 0)
        text_addf(recipe->yaml, ", pulls: [{at: %ud, level: 1}]", 1 + choose(choices, 20));
    text_add(recipe->yaml, "}\n");
}

static void write_shocks(Recipe *recipe, uint32_t pushed) {
    Choices *choices = recipe->choices;
    if (!choose_whether(choices, 60)) return;
    text_addf(
        recipe->yaml,
        "  shocks:\n    - {id: blow, every: %ud, most: 3, effects: [{variable: v%u, add: -3}]}\n",
        2 + choose(choices, 30), pushed);
    if (choose_whether(choices, 40))
        text_addf(recipe->yaml,
                  "    - {id: edge, when: {variable: v%u, below: 2}, seen_by: [s0], effects: "
                  "[{variable: v%u, add: 1}%s]}\n",
                  pushed, pushed, choose_whether(choices, 30) ? ", {end: true}" : "");
    if (choose_whether(choices, 20))
        text_addf(recipe->yaml, "    - {id: fiat, at: %ud, effects: [{issue: i0, option: o1}]}\n",
                  1 + choose(choices, 20));
}

void recipe_write_world(Recipe *recipe) {
    if (recipe->variables == 0) return;
    text_add(recipe->yaml, "world:\n  variables:\n");
    for (uint32_t number = 0; number < recipe->variables; number++) {
        if (number + 1 == recipe->variables && recipe->levers == 0) {
            text_addf(recipe->yaml, "    v%u: {start: 5, least: -20, most: 40}\n", number);
            recipe->levers = number + 1;
            continue;
        }
        write_variable(recipe, number);
    }
    uint32_t pushed = recipe->levers - 1;
    if (choose_whether(recipe->choices, 60) || recipe->authority > 0) write_levers(recipe, pushed);
    write_shocks(recipe, pushed);
}

void write_outside_option(Recipe *recipe) {
    Choices *choices = recipe->choices;
    uint32_t level = 1 + choose(choices, 5);
    if (recipe->variables == 0 || !choose_whether(choices, 60))
        text_addf(recipe->yaml, "0.%u\n", level);
    else
        text_addf(recipe->yaml,
                  "{logistic: {least: 0.1, most: 0.%u, midpoint: 4, slope: 0.5, of: {v%u: 1}}}\n",
                  1 + level, choose(choices, recipe->variables));
}

void recipe_write_enforcement(Recipe *recipe) {
    Choices *choices = recipe->choices;
    if (!choose_whether(choices, 50)) return;
    text_addf(recipe->yaml,
              "enforcement:\n  hazard: {base: 0.%u, shape: 0.8}\n  discount: 0.9\n  horizon: 5\n",
              1 + choose(choices, 8));
    text_addf(recipe->yaml, "  observe: %ud\n  probes: %u\n", choose(choices, 3) * 200,
              choose(choices, 4));
    text_add(recipe->yaml,
             "  covariates:\n    - {id: word, effect: -2, issue: i0, values: {o0: 0.8}}\n");
    if (recipe->variables == 0) return;
    text_addf(recipe->yaml, "    - {id: gap, effect: 0.1, variable: v%u}\n",
              choose(choices, recipe->variables));
    if (choose_whether(choices, 50))
        text_addf(
            recipe->yaml,
            "  deterrence: {attacker: s1, attack: {linear: {constant: 0.3, of: {v%u: 0.02}}}, "
            "intervention: 0.4, issue: i0, credibility: {o0: 0.8}}\n",
            choose(choices, recipe->variables));
    if (choose_whether(choices, 50))
        text_add(recipe->yaml, "later_steps:\n  - {id: upgrade, when: {i0: o1}, to: {i0: o0}, "
                               "after: 100d, chance: 0.7}\n");
}
