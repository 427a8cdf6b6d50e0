/* What a world costs: the reference scenario as it is against the same table without one, longer talks
 * against shorter ones, and the step of the world against its bare arithmetic. */
#include <string.h>

#include "agents/strategies.h"
#include "cli/bench.h"
#include "cli/bench_play.h"
#include "cli/reference_scenario.h"
#include "core/base/real.h"
#include "core/base/sim_time.h"
#include "core/world/world.h"
#include "proto/wall_clock.h"

/* --- the scenario --- */

static Scenario *read_reference(const Setting *settings, size_t count, Error *error) {
    char path[1024];
    Text complaints = {0};
    if (!reference_scenario_find(path, sizeof path, error)) return NULL;
    ScenarioRequest request = {.path = path,
                               .settings = settings,
                               .setting_count = count,
                               .catalogue = strategies_builtin()};
    Scenario *scenario = scenario_read(&request, &complaints, error);
    text_finish(&complaints);
    return scenario;
}

/* The bare mechanism: nothing moves outside, every seat is of its first type, peace holds for sure, and no
 * word and no closed door costs anything. What the world made of the seats at the opening stays. */
static void switch_off(Negotiation *negotiation) {
    Terms *terms = &negotiation->terms;
    negotiation->world = NULL;
    negotiation->steps = 0;
    terms->variables = terms->levers = terms->closed_tables = 0;
    terms->durability = NULL;
    terms->audience_base = terms->audience_step = 0;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        terms->seat[seat].types = 1;
        negotiation->type[seat] = NULL;
        negotiation->profile[seat].durability = NULL;
    }
}

/* --- events and runs --- */

typedef struct Pace {
    Samples events, runs; /* a second */
} Pace;

static bool play_runs(const Scenario *scenario, unsigned runs, Pace *pace, Error *error) {
    BenchPlay play = {.scenario = scenario, .runs = runs};
    if (!bench_play_in_memory(&play, error)) return false;
    samples_add(&pace->events, (double)play.events / play.seconds);
    samples_add(&pace->runs, runs / play.seconds);
    return true;
}

static bool measure_cost(Bench *bench, const Scenario *whole, const Scenario *bare, Error *error) {
    static const BenchCase events = {
        .name = "world/events",
        .unit = "events/s",
        .what =
            "The reference scenario with its world, levers, types and enforcement. Limit is the "
            "same table with all that off; each appraisal has the packages ranked anew."};
    static const BenchCase runs = {
        .name = "world/runs",
        .unit = "runs/s",
        .what = "The same runs, each with several times the events of its limit."};
    Pace with = {.events = {.count = 0}}, without = {.events = {.count = 0}};
    for (unsigned i = 0; i < bench->repeats; i++)
        if (!play_runs(bare, bench_size(bench, 60), &without, error) ||
            !play_runs(whole, bench_size(bench, 20), &with, error))
            return false;
    bench_add(bench, events, &with.events, &without.events);
    bench_add(bench, runs, &with.runs, &without.runs);
    return true;
}

static bool bench_cost(Bench *bench, Error *error) {
    Scenario *whole = read_reference(NULL, 0, error);
    Scenario *bare = whole == NULL ? NULL : read_reference(NULL, 0, error);
    if (bare != NULL) switch_off(&bare->negotiation);
    bool good = bare != NULL && measure_cost(bench, whole, bare, error);
    scenario_destroy(bare);
    scenario_destroy(whole);
    return good;
}

/* --- length --- */

/* One seat never moves, so talks go on until their deadline. */
static Scenario *read_lasting(const char *deadline, Error *error) {
    const Setting settings[] = {{"seats.russia.strategy", "staller"},
                                {"time.stalled", "{window: 10000d, epsilon: 0.01}"},
                                {"time.deadline", deadline}};
    return read_reference(settings, 3, error);
}

static bool measure_length(Bench *bench, const Scenario *longer, const Scenario *shorter,
                           Error *error) {
    static const BenchCase said = {
        .name = "world/length",
        .unit = "events/s",
        .what =
            "Talks of 1,600 days in the same world, to their deadline. Limit is talks of 400 days: "
            "at a ratio of 1 time is linear in events."};
    Pace slow = {.events = {.count = 0}}, quick = {.events = {.count = 0}};
    for (unsigned i = 0; i < bench->repeats; i++)
        if (!play_runs(shorter, bench_size(bench, 20), &quick, error) ||
            !play_runs(longer, bench_size(bench, 5), &slow, error))
            return false;
    bench_add(bench, said, &slow.events, &quick.events);
    return true;
}

static bool bench_length(Bench *bench, Error *error) {
    Scenario *shorter = read_lasting("400d", error);
    Scenario *longer = shorter == NULL ? NULL : read_lasting("1600d", error);
    bool good = longer != NULL && measure_length(bench, longer, shorter, error);
    scenario_destroy(longer);
    scenario_destroy(shorter);
    return good;
}

/* --- ticks --- */

/* Sums, products and curves, in doubles as they come: no bounds, no billionths, no causes. */
static double bare_form(const Form *form, const double *value) {
    double z = form->constant;
    if (form->kind == FORM_PRODUCT) {
        for (uint8_t i = 0; i < form->terms; i++) z *= value[form->variable[i]];
        return z;
    }
    for (uint8_t i = 0; i < form->terms; i++) z += form->coefficient[i] * value[form->variable[i]];
    if (form->kind == FORM_LOGISTIC || form->kind == FORM_EXPONENTIAL)
        return form->least + (form->most - form->least) / (1 + real_exp(form->midpoint - z));
    if (form->kind == FORM_SATURATING)
        return form->least + (form->most - form->least) * z / (z + form->midpoint);
    return z;
}

static void bare_tick(const WorldModel *model, double *value, Rng *noise) {
    double moved[NP_MAX_VARIABLES];
    double days = (double)model->tick / SIM_DAY, root = real_sqrt(days);
    for (uint8_t v = 0; v < model->variables; v++) {
        const VariableModel *it = &model->dynamics[v];
        if (it->kind != VARIABLE_STATE) continue;
        moved[v] = value[v] + days * bare_form(&it->drift, value);
        if (it->noise > 0) moved[v] += it->noise * root * rng_normal(&noise[v]);
    }
    for (uint8_t v = 0; v < model->variables; v++) {
        if (model->dynamics[v].kind == VARIABLE_STATE) value[v] = moved[v];
        if (model->dynamics[v].kind == VARIABLE_DERIVED)
            value[v] = bare_form(&model->dynamics[v].form, value);
    }
}

static double step_world(const Negotiation *negotiation, unsigned ticks) {
    static World world;
    Outcome in_force = domain_status_quo(&negotiation->terms.domain);
    world_open(&world, negotiation->world, 1, 1, &in_force);
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < ticks; i++) world_tick(&world, &in_force);
    return ticks / bench_seconds_since(began);
}

static double step_bare(const Negotiation *negotiation, unsigned ticks) {
    static World world;
    Outcome in_force = domain_status_quo(&negotiation->terms.domain);
    world_open(&world, negotiation->world, 1, 1, &in_force);
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < ticks; i++) bare_tick(negotiation->world, world.value, world.noise);
    return ticks / bench_seconds_since(began);
}

static bool bench_ticks(Bench *bench, Error *error) {
    static const BenchCase said = {
        .name = "world/ticks",
        .unit = "ticks/s",
        .what = "Steps of the same world. Limit is a loop of its arithmetic alone: sums, products, "
                "curves "
                "and noise, without bounds, rounding to billionths, or causes."};
    Samples values = {.count = 0}, limits = {.count = 0};
    Scenario *scenario = read_reference(NULL, 0, error);
    if (scenario == NULL) return false;
    for (unsigned i = 0; i < bench->repeats; i++) {
        samples_add(&limits, step_bare(&scenario->negotiation, bench_size(bench, 20000)));
        samples_add(&values, step_world(&scenario->negotiation, bench_size(bench, 20000)));
    }
    bench_add(bench, said, &values, &limits);
    scenario_destroy(scenario);
    return true;
}

bool bench_world(Bench *bench, Error *error) {
    bench_one_core();
    bool good = bench_cost(bench, error) && bench_length(bench, error) && bench_ticks(bench, error);
    bench_all_cores();
    return good;
}
