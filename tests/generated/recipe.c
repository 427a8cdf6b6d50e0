#include "tests/generated/recipe.h"

#include "tests/generated/recipe_parts.h"

/* --- what is negotiated --- */

static void write_issues(Recipe *recipe) {
    text_add(recipe->yaml, "issues:\n");
    for (uint32_t i = 0; i < recipe->issues; i++) {
        text_addf(recipe->yaml, "  i%u: {options: [", i);
        for (uint32_t o = 0; o < recipe->options[i]; o++)
            text_addf(recipe->yaml, "%so%u", o ? ", " : "", o);
        text_add(recipe->yaml, "]");
        recipe->status_quo[i] = choose(recipe->choices, 3) < 2; /* the last option, or none */
        if (recipe->status_quo[i])
            text_addf(recipe->yaml, ", status_quo: o%u", recipe->options[i] - 1);
        if (recipe->status_quo[i] && choose_whether(recipe->choices, 25))
            text_add(recipe->yaml, ", separable: true");
        text_add(recipe->yaml, "}\n");
    }
}

/* --- who negotiates --- */

static const char *const open_strategies[] = {
    "linear(every=2)",
    "boulware(e=0.3, every=3)",
    "conceder(every=2)",
    "tit_for_tat(every=2)",
    "menu(issue=i0, options=o0, rule_out=o1, every=3)",
    "plan_ladder(issue=i0, plan_a=o0, plan_b=o1, until=10, every=2)",
    "plan_ladder(issue=i0, plan_a=o1, plan_b=o0, until=3, every=2, walk_out=20)",
};

static const char *strategy_of(Recipe *recipe, uint32_t seat) {
    if (recipe->mechanism == SINGLE_TEXT)
        return seat == 0 ? "mediator()"
               : choose_whether(recipe->choices, 50)
                   ? "annealer()"
                   : (choose_whether(recipe->choices, 30) ? "linear()" : "hill_climber()");
    uint32_t known = sizeof open_strategies / sizeof open_strategies[0];
    return open_strategies[choose(recipe->choices, known)];
}

static void write_map(Recipe *recipe, const char *key, void (*write)(Recipe *, uint32_t issue)) {
    text_addf(recipe->yaml, "%s: {", key);
    for (uint32_t i = 0; i < recipe->issues; i++) {
        text_addf(recipe->yaml, "%si%u: ", i ? ", " : "", i);
        write(recipe, i);
    }
    text_add(recipe->yaml, "}");
}

static void write_weight(Recipe *recipe, uint32_t issue) {
    text_addf(recipe->yaml, "%.9f", (issue + 1.0) * 2 / (recipe->issues * (recipe->issues + 1.0)));
}

static void write_values(Recipe *recipe, uint32_t issue) {
    bool falls = choose_whether(recipe->choices, 50);
    text_add(recipe->yaml, "{");
    for (uint32_t o = 0; o < recipe->options[issue]; o++) {
        uint32_t rank = falls ? recipe->options[issue] - 1 - o : o;
        text_addf(recipe->yaml, "%so%u: %.3f", o ? ", " : "", o,
                  rank / (recipe->options[issue] - 1.0));
    }
    text_add(recipe->yaml, "}");
}

/* One condition on one or two issues. */
static void write_condition(Recipe *recipe) {
    uint32_t i = choose(recipe->choices, recipe->issues);
    text_addf(recipe->yaml, "{i%u: o%u", i, choose(recipe->choices, recipe->options[i]));
    uint32_t k = choose(recipe->choices, recipe->issues);
    if (k != i)
        text_addf(recipe->yaml, ", i%u: o%u", k, choose(recipe->choices, recipe->options[k]));
    text_add(recipe->yaml, "}");
}

/* `between` separates the entries: of a map in flow style, or in block style. */
static void write_preferences(Recipe *recipe, const char *between) {
    write_map(recipe, "weights", write_weight);
    text_add(recipe->yaml, between);
    write_map(recipe, "values", write_values);
    if (choose_whether(recipe->choices, 30)) {
        text_addf(recipe->yaml, "%slinkages: [{when: ", between);
        write_condition(recipe);
        text_addf(recipe->yaml, ", bonus: 0.%u}]", choose(recipe->choices, 4));
    }
    if (choose_whether(recipe->choices, 40)) {
        text_addf(recipe->yaml, "%sred_lines: [{when: ", between);
        write_condition(recipe);
        text_add(recipe->yaml, choose_whether(recipe->choices, 50) ? ", kind: soft, penalty: 0.2}]"
                                                                   : ", kind: hard}]");
    }
}

static void write_seat(Recipe *recipe, uint32_t seat) {
    Choices *choices = recipe->choices;
    text_addf(recipe->yaml, "  s%u:\n    strategy: \"%s\"\n", seat, strategy_of(recipe, seat));
    if (recipe->mechanism == OPEN_TABLE && choose_whether(choices, 30))
        text_addf(recipe->yaml, "    delay: %uh\n", 1 + choose(choices, 60));
    text_add(recipe->yaml, "    reservation: ");
    write_outside_option(recipe);
    if (recipe->variables > 0 && choose_whether(choices, 30)) {
        text_add(recipe->yaml, "    aftermath: ");
        write_outside_option(recipe);
        text_addf(recipe->yaml, "    eroded: {saturating: {of: {v%u: 1}, half: 5}}\n",
                  choose(choices, recipe->variables));
    }
    if (choose_whether(choices, 25))
        text_add(recipe->yaml, "    discount: {factor: 0.97, every: 5d, meanwhile: 0.2}\n");
    if (choose_whether(choices, 20)) text_add(recipe->yaml, "    loss_aversion: 2\n");
    if (recipe->authority == seat + 1) text_add(recipe->yaml, "    authority: required\n");
    text_add(recipe->yaml, "    ");
    if (!choose_whether(choices, 25)) {
        write_preferences(recipe, "\n    ");
        text_add(recipe->yaml, "\n");
        return;
    }
    text_add(recipe->yaml, "types: [{id: first, prior: 0.4, ");
    write_preferences(recipe, ", ");
    text_add(recipe->yaml, "}, {id: second, prior: 0.6, ");
    write_preferences(recipe, ", ");
    text_add(recipe->yaml, "}]\n");
}

static void write_consent(Recipe *recipe) {
    if (recipe->mechanism != OPEN_TABLE || !choose_whether(recipe->choices, 60)) return;
    uint32_t issue = choose(recipe->choices, recipe->issues);
    text_addf(recipe->yaml,
              "consent: {always: [s0], provisions: [{issue: i%u, options: o0, needs: [s1]}]}\n",
              issue);
}

static void write_ratification(Recipe *recipe) {
    if (!choose_whether(recipe->choices, 30)) return;
    text_addf(
        recipe->yaml,
        "ratification:\n  - {id: house, seat: s%u, threshold: 0.%u, noise: 0.1, after: %ud}\n",
        choose(recipe->choices, recipe->seats), choose(recipe->choices, 6),
        1 + choose(recipe->choices, 9));
}

/* --- the rules --- */

static void write_time(Recipe *recipe) {
    Choices *choices = recipe->choices;
    text_addf(recipe->yaml, "time: {start: 2025-01-01, deadline: %ud", 3 + choose(choices, 60));
    if (choose_whether(choices, 30))
        text_addf(recipe->yaml, ", stalled: {window: %ud, epsilon: 0.01}", 5 + choose(choices, 20));
    if (choose_whether(choices, 25))
        text_addf(recipe->yaml, ", breaks_off: %ud", 10 + choose(choices, 90));
    text_add(recipe->yaml, "}\n");
}

static void write_mechanism(Recipe *recipe) {
    static const char *const words[] = {
        [OPEN_TABLE] = "mechanism: open-table\n",
        [ALTERNATING] = "mechanism: {kind: stacked-alternating-offers, turn: 1d}\n",
        [SIMULTANEOUS] = "mechanism: {kind: simultaneous, turn: 1d}\n",
        [SINGLE_TEXT] = "mechanism: {kind: single-text, mediator: s0}\n",
    };
    text_add(recipe->yaml, words[recipe->mechanism]);
    if (recipe->mechanism == OPEN_TABLE && recipe->seats > 2 && choose_whether(recipe->choices, 40))
        text_addf(recipe->yaml, "tables:\n  back: {members: [s0, s%u], leak: 0.%u}\n",
                  1 + choose(recipe->choices, recipe->seats - 1), choose(recipe->choices, 10));
    if (choose_whether(recipe->choices, 40))
        text_add(recipe->yaml, "audience_cost: {base: 0.02, step: 0.01}\n");
}

static void choose_size(Recipe *recipe) {
    Choices *choices = recipe->choices;
    recipe->mechanism = (RecipeMechanism)choose(choices, 4);
    recipe->seats = 2 + choose(choices, 3) + (recipe->mechanism == SINGLE_TEXT);
    recipe->issues = 1 + choose(choices, 3);
    for (uint32_t i = 0; i < recipe->issues; i++) recipe->options[i] = 2 + choose(choices, 3);
    recipe->variables = choose_whether(choices, 70) ? 1 + choose(choices, 4) : 0;
    recipe->authority = recipe->variables > 0 && choose_whether(choices, 20)
                            ? 1 + choose(choices, recipe->seats)
                            : 0;
}

void recipe_scenario(Choices *choices, Text *yaml) {
    Recipe recipe = {.choices = choices, .yaml = yaml};
    text_add(yaml, "nonpaper: 1\nname: generated\n");
    choose_size(&recipe);
    write_time(&recipe);
    write_mechanism(&recipe);
    write_issues(&recipe);
    recipe_write_world(&recipe);
    text_add(yaml, "seats:\n");
    for (uint32_t seat = 0; seat < recipe.seats; seat++) write_seat(&recipe, seat);
    write_consent(&recipe);
    write_ratification(&recipe);
    recipe_write_enforcement(&recipe);
}
