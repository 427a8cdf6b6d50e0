/* The world's expected course is what a run without chance and without moves goes through; outside options are what
 * the world makes of seats' numbers on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/outside_option.h"
#include "core/referee/run_state.h"
#include "core/world/course.h"
#include "tests/fixtures/worlds.h"

/* --- against the referee --- */

static void take_chance_away(Negotiation *negotiation) {
    WorldModel *model = (WorldModel *)negotiation->world;
    for (uint8_t v = 0; v < model->variables; v++) model->dynamics[v].noise = 0;
    for (uint8_t i = 0; i < model->shocks; i++)
        if (model->shock[i].every > 0) model->shock[i].consequences = 0;
    negotiation->terms.breaks_off = 0;
    negotiation->terms.stall_window = 0;
    negotiation->terms.deadline = DAYS(400);
}

static void say_nothing(Referee *referee, const Grant *grant) {
    Reply *reply = memory_new(grant->occasions, sizeof *reply);
    for (uint32_t i = 0; i < grant->occasions; i++)
        reply[i] = (Reply){.at = grant->occasion[i].at, .wake_at = NP_NEVER};
    assert_true(referee_answer(referee, &(Answer){1, grant->seat, grant->occasions, reply}, NULL));
    memory_free(reply);
}

static Referee *watch_until(const Negotiation *negotiation, SimTime end) {
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    referee_stop_at(referee, end);
    while (referee_advance(referee)) {
        uint32_t count;
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count; i++) say_nothing(referee, &grants[i]);
    }
    return referee;
}

static void agree_on_course(const WorldModel *whole, const Negotiation *quiet, SimTime end) {
    Outcome status_quo = domain_status_quo(&quiet->terms.domain);
    Referee *referee = watch_until(quiet, end);
    Course *course = course_create(whole, &status_quo);
    course_advance(course, end - 1);
    if (referee->over) {
        assert_true(course_broken_off(course) == referee->verdict.ended_at);
    } else {
        const World *world = course_world(course);
        assert_true(course_broken_off(course) == NP_NEVER);
        assert_memory_equal(world->value, referee->world.value, sizeof world->value);
        assert_memory_equal(world->level, referee->world.level, sizeof world->level);
        assert_true(outcome_equal(course_in_force(course), &referee->session.status_quo));
    }
    course_destroy(course);
    referee_destroy(referee);
}

static void the_course_is_that_of_a_run_without_chance_and_moves(void **state) {
    (void)state;
    static WorldModel whole;
    for (uint64_t seed = 0; seed < 1500; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        whole = *negotiation->world;
        take_chance_away(negotiation);
        agree_on_course(&whole, negotiation, DAYS(2 + seed % 30) + 3600 * (SimTime)(seed % 24) + 1);
        fixture_finish(negotiation);
    }
}

/* --- by hand --- */

/* x begins at 1 and drifts by 0.1 a day; a scripted shock on day 5 adds 2; a pull on day 3 with four days of delay adds
 * 10 times the change of level, 0.5; noise and a shock by chance do not count. */
static Negotiation *drifting(WorldModel **model) {
    Negotiation *negotiation = fixture_quiet(&mechanism_open_table, 2, 1, 3, model);
    uint8_t x = fixture_add_variable(negotiation, *model, 1);
    (*model)->dynamics[x].drift = (Form){.kind = FORM_LINEAR, .constant = 0.1};
    (*model)->dynamics[x].noise = 3;
    Consequence add = {.kind = CONSEQUENCE_ADD, .variable = x, .amount = 2};
    uint8_t scripted = fixture_add_shock(negotiation, *model);
    (*model)->shock[scripted].at = DAYS(5);
    (*model)->shock[scripted].consequences = 1;
    (*model)->shock[scripted].consequence[0] = add;
    uint8_t chance = fixture_add_shock(negotiation, *model);
    (*model)->shock[chance].every = DAYS(1);
    (*model)->shock[chance].consequences = 1;
    (*model)->shock[chance].consequence[0] = add;
    uint8_t lever = fixture_add_lever(negotiation, *model, 0);
    ((Lever *)&(*model)->lever[lever])->delay = DAYS(4);
    (*model)->effect[lever].consequences = 1;
    (*model)->effect[lever].consequence[0] =
        (Consequence){.kind = CONSEQUENCE_ADD, .variable = x, .amount = 10};
    (*model)->pulls = 1;
    (*model)->pull[0] = (Pull){DAYS(3), lever, 0.5};
    (*model)->appraisal[0] =
        (Appraisal){.uses_reservation = true, .reservation = fixture_linear(0.1, 0.01, x)};
    return negotiation;
}

static void outside_options_follow_drift_scripts_and_delays(void **state) {
    (void)state;
    static const struct {
        SimTime at;
        double x;
    } row[] = {{0, 1},         {DAYS(1) - 1, 1}, {DAYS(1), 1.1}, {DAYS(4), 1.4},
               {DAYS(5), 3.5}, {DAYS(6), 3.6},   {DAYS(7), 8.7}, {DAYS(20), 10}};
    WorldModel *model;
    Negotiation *negotiation = drifting(&model);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        Outlook *outlook = outlook_create(negotiation, row[i].at);
        assert_int_equal(outlook->outside[0], utility_from(0.1 + 0.01 * row[i].x));
        assert_int_equal(outlook->outside[1], negotiation->profile[1].reservation);
        Question question = outlook_question(outlook, negotiation, SCOPE_ZONE);
        assert_int_equal(question.threshold[0], outlook->outside[0]);
        assert_int_equal(question.profile[0].reservation, outlook->outside[0]);
        outlook_destroy(outlook);
    }
    fixture_finish(negotiation);
}

/* A variable of 0 to 1 is raised by a pull and lowered by a shock, and lowered by a delayed effect of another
 * pull, all on day 5. Kept within its bounds, it remembers the order. */
static void what_happens_at_one_moment_has_its_order(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = fixture_quiet(&mechanism_open_table, 2, 1, 3, &model);
    uint8_t x = fixture_add_variable(negotiation, model, 0.5), shock, lever[2];
    model->dynamics[x].least = 0;
    model->dynamics[x].most = 1;
    shock = fixture_add_shock(negotiation, model);
    model->shock[shock].at = DAYS(5);
    model->shock[shock].consequences = 1;
    model->shock[shock].consequence[0] = (Consequence){.variable = x, .amount = -0.25};
    for (int i = 0; i < 2; i++) {
        lever[i] = fixture_add_lever(negotiation, model, 0);
        model->effect[lever[i]].consequences = 1;
        model->effect[lever[i]].consequence[0] =
            (Consequence){.variable = x, .amount = i == 0 ? 2 : -0.5};
    }
    ((Lever *)&model->lever[lever[1]])->delay = DAYS(2);
    model->pulls = 2;
    model->pull[0] = (Pull){DAYS(3), lever[1], 1};
    model->pull[1] = (Pull){DAYS(5), lever[0], 1};
    Outcome status_quo = domain_status_quo(&negotiation->terms.domain);
    Course *course = course_create(model, &status_quo);
    course_advance(course, DAYS(5));
    assert_true(course_world(course)->value[x] == 0.25); /* 1, then 0.5, then 0.25 */
    course_destroy(course);
    take_chance_away(negotiation);
    agree_on_course(model, negotiation, DAYS(5) + 1);
    fixture_finish(negotiation);
}

static void a_copy_goes_its_own_way(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = drifting(&model);
    Outcome status_quo = domain_status_quo(&negotiation->terms.domain), package = OUTCOME(1);
    Course *course = course_create(model, &status_quo);
    course_advance(course, DAYS(4));
    Course *copy = course_copy(course);
    course_pull(copy, 0, 0.7);
    course_agree(copy, &package);
    course_advance(copy, DAYS(10));
    course_advance(course, DAYS(10));
    assert_true(course_world(course)->value[0] == 9.0);
    assert_true(outcome_equal(course_in_force(course), &status_quo));
    course_destroy(course);
    course_advance(copy, DAYS(11));
    assert_true(course_world(copy)->value[0] == 11.1);
    assert_true(outcome_equal(course_in_force(copy), &package));
    course_destroy(copy);
    fixture_finish(negotiation);
}

static void without_a_world_everything_is_as_at_the_opening(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 1, 3);
    negotiation->profile[1].reservation = utility_from(0.3);
    Outlook *outlook = outlook_create(negotiation, DAYS(50));
    assert_int_equal(outlook->outside[1], utility_from(0.3));
    assert_true(outlook->broken_off == NP_NEVER);
    outlook_destroy(outlook);
    fixture_finish(negotiation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_course_is_that_of_a_run_without_chance_and_moves),
        cmocka_unit_test(outside_options_follow_drift_scripts_and_delays),
        cmocka_unit_test(what_happens_at_one_moment_has_its_order),
        cmocka_unit_test(a_copy_goes_its_own_way),
        cmocka_unit_test(without_a_world_everything_is_as_at_the_opening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
