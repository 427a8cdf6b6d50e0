/* Good worlds: what the file says is what the negotiation and its world hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/sim_time.h"
#include "core/world/world.h"
#include "tests/core/scenario/world_scenario.h"

enum { DAY = SIM_DAY, EAST = 0, WEST = 1, NORTH = 2 };
enum { TEMPO, LOSSES, SUPPLY, GIVEN, BALANCE, CHANCE, PRIZE, TOLL, VARIABLES };

#define NEAR(a, b) assert_true((a) - (b) < 1e-9 && (b) - (a) < 1e-9)

static Scenario *read_text(const char *bytes, const Setting *setting) {
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario =
        base_read(bytes, strlen(bytes), setting, setting ? 1 : 0, &complaints, &error);
    if (!scenario) print_error("%s", text_get(&complaints));
    assert_non_null(scenario);
    assert_string_equal(text_get(&complaints), "");
    text_finish(&complaints);
    return scenario;
}

static Scenario *read_with(const char *from, const char *to) {
    Text text = world_with(from, to);
    Scenario *scenario = read_text(text.bytes, NULL);
    text_finish(&text);
    return scenario;
}

static void a_scenario_without_a_world_has_none(void **state) {
    (void)state;
    Scenario *scenario = read_text(base_scenario, NULL);
    const Negotiation *negotiation = &scenario->negotiation;
    assert_null(negotiation->world);
    assert_null(negotiation->terms.durability);
    assert_null(negotiation->type[0]);
    assert_int_equal(negotiation->terms.seat[0].types, 1);
    assert_int_equal(negotiation->terms.closed_tables, 0);
    assert_int_equal(negotiation->terms.table[0].members, 3);
    assert_string_equal(negotiation->terms.table[0].id, "public");
    assert_int_equal(negotiation->terms.unauthorised, 0);
    assert_int_equal(negotiation->terms.breaks_off, 0);
    assert_int_equal(negotiation->observe, 0);
    assert_null(negotiation->profile[0].durability);
    scenario_destroy(scenario);
}

static void the_terms_name_what_everybody_may_know(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const Terms *terms = &scenario->negotiation.terms;
    assert_int_equal(terms->breaks_off, 200 * DAY);
    assert_int_equal(terms->closed_tables, 1);
    assert_int_equal(terms->table[0].members, 7);
    assert_string_equal(terms->table[1].id, "harbour");
    assert_string_equal(terms->table[1].title, "Harbour talks");
    assert_int_equal(terms->table[1].members, 3);
    assert_true(terms->table[1].leak == 0.25);
    assert_int_equal(terms->audience_base, 20000000);
    assert_int_equal(terms->audience_step, 30000000);
    assert_int_equal(terms->unauthorised, 1u << EAST);
    assert_int_equal(terms->variables, VARIABLES);
    assert_string_equal(terms->variable[TEMPO].title, "Tempo");
    assert_string_equal(terms->variable[TEMPO].unit, "a day");
    assert_string_equal(terms->variable[PRIZE].title, "prize");
    assert_string_equal(terms->variable[PRIZE].unit, "");
    assert_int_equal(terms->variable[LOSSES].seen_by, 1u << EAST);
    assert_int_equal(terms->levers, 2);
    const Lever *aid = &terms->lever[0];
    assert_string_equal(aid->id, "aid");
    assert_int_equal(aid->seat, WEST);
    assert_true(aid->start == 1 && aid->least == 0 && aid->most == 2);
    assert_true(aid->cost == 0.01 && aid->upkeep == 0.02);
    assert_int_equal(aid->delay, 30 * DAY);
    assert_true(terms->lever[1].start == 0 && terms->lever[1].most == 1);
    assert_int_equal(terms->seat[NORTH].types, 2);
    scenario_destroy(scenario);
}

static void variables_are_of_three_kinds(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const WorldModel *world = scenario->negotiation.world;
    const VariableModel *losses = &world->dynamics[LOSSES], *given = &world->dynamics[GIVEN];
    const VariableModel *chance = &world->dynamics[CHANCE];
    assert_int_equal(losses->kind, VARIABLE_STATE);
    assert_true(losses->least == 0 && losses->most == 1e6 && losses->noise == 0.5);
    assert_true(losses->error == 2 && losses->notice == 3);
    assert_int_equal(losses->lag, 7 * DAY);
    assert_int_equal(losses->drift.kind, FORM_LINEAR);
    assert_int_equal(losses->drift.terms, 1);
    assert_int_equal(losses->drift.variable[0], TEMPO);
    assert_true(losses->drift.coefficient[0] == 0.5);
    assert_int_equal(given->kind, VARIABLE_INPUT);
    assert_int_equal(given->issue, 2);
    assert_true(given->input[0] == 0 && given->input[1] == 0.5 && given->input[2] == 1);
    assert_int_equal(chance->kind, VARIABLE_DERIVED);
    assert_int_equal(chance->form.kind, FORM_LOGISTIC);
    assert_true(chance->form.least == 0.2 && chance->form.most == 0.8);
    assert_true(chance->form.midpoint == 1 && chance->form.slope == 2);
    assert_int_equal(world->dynamics[TOLL].form.kind, FORM_SATURATING);
    assert_true(world->dynamics[TOLL].form.midpoint == 30);
    scenario_destroy(scenario);
}

static void effects_are_of_five_kinds(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const WorldModel *world = scenario->negotiation.world;
    const Consequence *does = world->effect[0].consequence;
    assert_int_equal(world->effect[0].consequences, 4);
    assert_int_equal(does[0].kind, CONSEQUENCE_ADD);
    assert_int_equal(does[0].variable, SUPPLY);
    assert_true(does[0].amount == 1);
    assert_int_equal(does[1].kind, CONSEQUENCE_DRIFT);
    assert_true(does[1].amount == -0.1);
    assert_int_equal(does[1].lasting, 90 * DAY);
    assert_int_equal(does[2].kind, CONSEQUENCE_OPTION);
    assert_int_equal(does[2].issue, 2);
    assert_int_equal(does[2].option, 2);
    assert_int_equal(does[3].kind, CONSEQUENCE_AUTHORITY);
    assert_int_equal(does[3].seat, EAST);
    assert_int_equal(world->shock[2].consequence[0].kind, CONSEQUENCE_END);
    scenario_destroy(scenario);
}

static void pulls_are_in_order_of_time(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const WorldModel *world = scenario->negotiation.world;
    assert_int_equal(world->pulls, 2);
    assert_int_equal(world->pull[0].at, 31 * DAY);
    assert_true(world->pull[0].level == 2);
    assert_int_equal(world->pull[1].at, 60 * DAY);
    assert_int_equal(world->pull[1].lever, 0);
    scenario_destroy(scenario);
}

static void shocks_befall_at_a_time_by_chance_or_on_a_condition(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const WorldModel *world = scenario->negotiation.world;
    assert_int_equal(world->shocks, 4);
    assert_int_equal(world->shock[0].at, 151 * DAY);
    assert_int_equal(world->shock[0].seen_by, 1u << WEST);
    assert_int_equal(world->shock[0].most, 1);
    assert_string_equal(world->shock[0].title, "A bad harvest");
    assert_int_equal(world->shock[1].every, 400 * DAY);
    assert_int_equal(world->shock[1].most, 2);
    assert_true(world->shock[1].at == NP_NEVER);
    assert_string_equal(world->shock[1].title, "luck");
    assert_true(world->shock[2].conditional && world->shock[2].below);
    assert_int_equal(world->shock[2].variable, SUPPLY);
    assert_true(world->shock[2].threshold == 0.3);
    assert_int_equal(world->shock[2].most, 1);
    assert_true(world->shock[3].conditional && !world->shock[3].below);
    assert_int_equal(world->shock[3].most, 0);
    scenario_destroy(scenario);
}

static void the_world_has_steps_and_ticks(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const WorldModel *world = scenario->negotiation.world;
    assert_int_equal(world->tick, DAY);
    assert_int_equal(world->seats, 3);
    assert_true(world->reservation_step == 0.002 && world->deal_step == 0.05);
    scenario_destroy(scenario);
    scenario = read_with("  steps: {reservation: 0.002, deal: 0.05}\n", "");
    world = scenario->negotiation.world;
    assert_true(world->reservation_step == 0.001 && world->deal_step == 0.02);
    scenario_destroy(scenario);
}

/* p = 0.2 + 0.6 / (1 + e^-1), toll = 0.4 * 10 / 40. */
static void seats_begin_with_what_the_world_begins_with(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const Negotiation *negotiation = &scenario->negotiation;
    const Appraisal *east = &negotiation->world->appraisal[EAST];
    const Profile *profile = &negotiation->profile[EAST];
    assert_true(east->uses_reservation && east->uses_aftermath && east->uses_eroded);
    assert_int_equal(east->reservation.kind, FORM_LOTTERY);
    double p = 0.2 + 0.6 / (1 + 0.36787944117144233), toll = 0.1;
    NEAR(negotiation->terms.variable[CHANCE].start, p);
    NEAR(negotiation->terms.variable[BALANCE].start, 1.5);
    NEAR(utility_real(profile->reservation), p * 0.8 - toll);
    assert_int_equal(profile->aftermath, 100000000); /* supply 1 < 2 */
    assert_int_equal(profile->eroded, 650000000);    /* 1 - e^-1 = 0.632, to 0.05 */
    assert_int_equal(profile->hazard, 600000000);    /* 0.4 * 1.5 */
    assert_false(negotiation->world->appraisal[WEST].uses_reservation);
    assert_int_equal(negotiation->profile[WEST].reservation, 250000000);
    assert_int_equal(negotiation->profile[WEST].aftermath, 100000000);
    assert_int_equal(negotiation->profile[WEST].hazard, 600000000);
    scenario_destroy(scenario);
}

static void losses_against_the_status_quo_loom_larger(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const Profile *east = &scenario->negotiation.profile[EAST];
    assert_int_equal(east->value[0][0], 500000000);  /* a gain counts once */
    assert_int_equal(east->value[0][1], 250000000);  /* the status quo itself */
    assert_int_equal(east->value[0][2], -250000000); /* 0.5 (0.5 - 2 * 0.5) */
    assert_int_equal(scenario->negotiation.profile[WEST].value[0][2], 0);
    scenario_destroy(scenario);
}

static void waiting_has_a_worth_of_its_own(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const Profile *east = &scenario->negotiation.profile[EAST];
    assert_true(east->discount == 0.98);
    assert_int_equal(east->discount_every, 30 * DAY);
    assert_int_equal(east->meanwhile, 400000000);
    assert_true(scenario->negotiation.profile[WEST].discount == 1);
    scenario_destroy(scenario);
}

static void what_a_type_leaves_out_is_its_seats(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const SeatType *type = scenario->negotiation.type[NORTH];
    assert_string_equal(type[0].id, "proud");
    assert_true(type[0].prior == 0.5 && type[1].prior == 0.5);
    assert_int_equal(type[0].profile.reservation, 400000000);
    assert_int_equal(type[1].profile.reservation, 300000000);
    assert_true(type[0].profile.weight[0] == 0.5 && type[1].profile.weight[0] == 0.4);
    assert_int_equal(type[0].profile.red_lines, 1);
    assert_int_equal(type[1].profile.red_lines, 0);
    assert_int_equal(type[1].profile.value[0][1], 400000000);
    assert_int_equal(type[1].profile.hazard, 600000000);
    assert_memory_equal(&scenario->negotiation.profile[NORTH], &type[0].profile, sizeof(Profile));
    scenario_destroy(scenario);
}

static void an_option_that_one_type_may_accept_is_not_hopeless(void **state) {
    (void)state;
    Text text =
        world_with("{when: {pact: alliance}, kind: hard}", "{when: {pact: pledge}, kind: hard}");
    scenario_destroy(read_text(text.bytes, NULL));
    text_finish(&text);
}

static void enforcement_is_public_and_shared(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const Negotiation *negotiation = &scenario->negotiation;
    const Durability *durability = negotiation->terms.durability;
    assert_true(durability->base == 0.05 && durability->shape == 0.8);
    assert_true(durability->discount == 0.95 && durability->horizon == 12);
    assert_int_equal(durability->effect[1][0], 0);
    assert_int_equal(durability->effect[1][1], -1000000000);
    assert_int_equal(durability->effect[1][2], -2000000000);
    assert_true(durability->share[0] > durability->share[DURABILITY_KNOTS]); /* settled */
    for (SeatId seat = 0; seat < 3; seat++)
        assert_ptr_equal(negotiation->profile[seat].durability, durability);
    assert_ptr_equal(negotiation->type[NORTH][1].profile.durability, durability);
    assert_true(negotiation->world->uses_hazard);
    assert_int_equal(negotiation->world->hazard.variable[0], BALANCE);
    assert_true(negotiation->world->hazard.coefficient[0] == 0.4);
    assert_int_equal(negotiation->observe, 730 * DAY);
    assert_true(negotiation->world->probes == 2);
    scenario_destroy(scenario);
}

static void deterrence_names_attacker_and_credibility(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const Deterrence *deterrence = &scenario->negotiation.world->deterrence;
    assert_true(deterrence->on && deterrence->intervention == 0.4);
    assert_int_equal(deterrence->attacker, NORTH);
    assert_int_equal(deterrence->issue, 1);
    assert_true(deterrence->credibility[0] == 0 && deterrence->credibility[2] == 0.8);
    assert_int_equal(deterrence->attack.variable[0], CHANCE);
    scenario_destroy(scenario);
}

static void later_steps_say_what_changes(void **state) {
    (void)state;
    Scenario *scenario = read_text(world_scenario, NULL);
    const LaterStep *step = &scenario->negotiation.step[0];
    assert_int_equal(scenario->negotiation.steps, 1);
    assert_string_equal(step->id, "upgrade");
    assert_string_equal(step->title, "The pledge becomes an alliance");
    assert_int_equal(step->when.issue[0], 1);
    assert_int_equal(step->to.option[0], NP_NO_OPTION);
    assert_int_equal(step->to.option[1], 2);
    assert_int_equal(step->after, 730 * DAY);
    assert_true(step->chance == 0.3);
    scenario_destroy(scenario);
}

static void enforcement_alone_brings_a_world_to_tick(void **state) {
    (void)state;
    Text text = base_with("ratification:\n", "enforcement: {observe: 30d}\nratification:\n");
    Scenario *scenario = read_text(text.bytes, NULL);
    assert_non_null(scenario->negotiation.world);
    assert_int_equal(scenario->negotiation.world->variables, 0);
    assert_int_equal(scenario->negotiation.observe, 30 * DAY);
    assert_null(scenario->negotiation.terms.durability); /* a peace holds for sure */
    scenario_destroy(scenario);
    text_finish(&text);
}

static void the_mechanisms_of_rounds_and_of_one_text_are_read(void **state) {
    (void)state;
    Text text =
        base_with("mechanism: open-table", "mechanism: {kind: simultaneous, turn: 2h, rounds: 10}");
    Scenario *scenario = read_text(text.bytes, NULL);
    assert_int_equal(scenario->negotiation.terms.deadline, 10 * 2 * 3600); /* not once a seat */
    assert_int_equal(scenario->negotiation.terms.lookahead, 2 * 3600);
    scenario_destroy(scenario);
    text_finish(&text);
    text = base_with("mechanism: open-table", "mechanism: {kind: single-text, mediator: west}");
    scenario = read_text(text.bytes, NULL);
    assert_int_equal(scenario->negotiation.terms.mediator, WEST);
    scenario_destroy(scenario);
    text_finish(&text);
}

/* --- settings --- */

static Scenario *set(const char *path, const char *value) {
    return read_text(world_scenario, &(Setting){path, value});
}

static void settings_reach_into_the_world(void **state) {
    (void)state;
    Scenario *scenario = set("world.variables.tempo.start", "0.5");
    assert_true(scenario->negotiation.terms.variable[TEMPO].start == 0.5);
    scenario_destroy(scenario);
    scenario = set("world.levers.aid.pulls.0.level", "1.5");
    assert_true(scenario->negotiation.world->pull[1].level == 1.5);
    scenario_destroy(scenario);
    scenario = set("world.variables.losses.drift.linear.of.tempo", "2");
    assert_true(scenario->negotiation.world->dynamics[LOSSES].drift.coefficient[0] == 2);
    scenario_destroy(scenario);
    scenario = set("world.shocks.luck.every", "10d");
    assert_int_equal(scenario->negotiation.world->shock[1].every, 10 * DAY);
    scenario_destroy(scenario);
    scenario = set("enforcement.hazard.base", "0.2");
    assert_true(scenario->negotiation.terms.durability->base == 0.2);
    scenario_destroy(scenario);
    scenario = set("enforcement.covariates.guarantee.effect", "-1");
    assert_int_equal(scenario->negotiation.terms.durability->effect[1][2], -800000000);
    scenario_destroy(scenario);
    scenario = set("later_steps.upgrade.chance", "0");
    assert_true(scenario->negotiation.step[0].chance == 0);
    scenario_destroy(scenario);
    scenario = set("seats.north.types.proud.reservation", "0.1");
    assert_int_equal(scenario->negotiation.type[NORTH][0].profile.reservation, 100000000);
    scenario_destroy(scenario);
    scenario = set("tables.harbour.leak", "0");
    assert_true(scenario->negotiation.terms.table[1].leak == 0);
    scenario_destroy(scenario);
    scenario = set("seats.east.reservation", "0.5");
    assert_int_equal(scenario->negotiation.profile[EAST].reservation, 500000000);
    assert_false(scenario->negotiation.world->appraisal[EAST].uses_reservation);
    scenario_destroy(scenario);
}

static void a_setting_moves_what_follows_from_it(void **state) {
    (void)state;
    Scenario *scenario = set("world.variables.supply.start", "2");
    assert_true(scenario->negotiation.terms.variable[BALANCE].start == 2.5);
    assert_int_equal(scenario->negotiation.profile[EAST].aftermath, 300000000);
    scenario_destroy(scenario);
}

static void a_wrong_setting_of_the_world_is_named(void **state) {
    (void)state;
    static const char *const wrong[][2] = {
        {"world.variables.temop.start", "no such variable; did you mean tempo?"},
        {"world.levers.ad.start", "no such lever; did you mean aid?"},
        {"world.shocks.lukc.every", "no such entry; did you mean luck?"},
        {"tables.harbor.leak", "no such table; did you mean harbour?"},
        {"later_steps.upgade.chance", "no such entry; did you mean upgrade?"},
        {"seats.north.types.prud.prior", "no such entry; did you mean proud?"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const Setting setting = {wrong[i][0], "1"};
        Text complaints = {0};
        Error error = {0};
        assert_null(
            base_read(world_scenario, strlen(world_scenario), &setting, 1, &complaints, &error));
        if (!strstr(text_get(&complaints), wrong[i][1]))
            assert_string_equal(text_get(&complaints), wrong[i][1]);
        text_finish(&complaints);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_without_a_world_has_none),
        cmocka_unit_test(the_terms_name_what_everybody_may_know),
        cmocka_unit_test(variables_are_of_three_kinds),
        cmocka_unit_test(effects_are_of_five_kinds),
        cmocka_unit_test(pulls_are_in_order_of_time),
        cmocka_unit_test(shocks_befall_at_a_time_by_chance_or_on_a_condition),
        cmocka_unit_test(the_world_has_steps_and_ticks),
        cmocka_unit_test(seats_begin_with_what_the_world_begins_with),
        cmocka_unit_test(losses_against_the_status_quo_loom_larger),
        cmocka_unit_test(waiting_has_a_worth_of_its_own),
        cmocka_unit_test(what_a_type_leaves_out_is_its_seats),
        cmocka_unit_test(an_option_that_one_type_may_accept_is_not_hopeless),
        cmocka_unit_test(enforcement_is_public_and_shared),
        cmocka_unit_test(deterrence_names_attacker_and_credibility),
        cmocka_unit_test(later_steps_say_what_changes),
        cmocka_unit_test(enforcement_alone_brings_a_world_to_tick),
        cmocka_unit_test(the_mechanisms_of_rounds_and_of_one_text_are_read),
        cmocka_unit_test(settings_reach_into_the_world),
        cmocka_unit_test(a_setting_moves_what_follows_from_it),
        cmocka_unit_test(a_wrong_setting_of_the_world_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
