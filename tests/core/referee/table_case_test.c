/* Closed tables, words, commitments, types, rounds and deadlines by chance, case by case. */
#include <string.h>

#include "tests/core/base/suite.h"
#include "tests/core/referee/theatre_of_one.h"

static Action at_table(uint8_t table, Action action) {
    action.table = table;
    return action;
}

static Action say(uint8_t table, uint8_t word, uint8_t issue, uint8_t option, uint8_t lever) {
    return (Action){.kind = NP_STATEMENT,
                    .table = table,
                    .statement = word,
                    .issue = issue,
                    .option = option,
                    .lever = lever};
}

static Negotiation *three_seats(WorldModel **model) {
    return fixture_quiet(&mechanism_open_table, 3, 2, 3, model);
}

/* --- closed tables --- */

static void what_is_said_at_a_closed_table_reaches_its_members_only(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = three_seats(&model);
    fixture_add_table(negotiation, 3, 0);
    Scene *scene =
        SCENE(negotiation, {0, 0, at_table(1, OFFER_OF(1, 1))},
              {0, 1, say(1, NP_SAY_SIGNAL, 1, 2, NP_NO_LEVER)}, {DAYS(1), 1, ACCEPT_OF(2)},
              {DAYS(1), 2, ACCEPT_OF(2)}, {DAYS(1), 2, at_table(1, OFFER_OF(2, 2))},
              {DAYS(3), 1, (Action){.kind = NP_REJECT, .offer = 2}});
    assert_int_equal(scene_event(scene, NP_EVENT_OFFER, 0)->table, 1);
    assert_int_equal(scene_seen(scene, 1, NP_EVENT_OFFER, 0)->table, 1);
    static const uint8_t kinds[] = {NP_EVENT_OFFER, NP_EVENT_ACCEPTANCE, NP_EVENT_STATEMENT,
                                    NP_EVENT_REJECTION};
    for (size_t i = 0; i < sizeof kinds; i++) {
        assert_non_null(scene_seen(scene, 0, kinds[i], 0));
        assert_null(scene_seen(scene, 2, kinds[i], 0));
    }
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 0)->ruling, NP_RULING_NOT_A_MEMBER);
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 1)->ruling, NP_RULING_NOT_A_MEMBER);
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 1)->table, 1);
    assert_int_equal(scene_count(scene, NP_EVENT_LEAK), 0);
    scene_finish(scene);
}

static void what_leaks_reaches_the_others_right_after(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = three_seats(&model);
    fixture_add_table(negotiation, 3, 1);
    Scene *scene =
        SCENE(negotiation, {0, 0, at_table(1, OFFER_OF(1, 2))}, {DAYS(3), 2, ACCEPT_OF(2)});
    const Event *offer = scene_event(scene, NP_EVENT_OFFER, 0);
    const Event *leak = scene_event(scene, NP_EVENT_LEAK, 0);
    assert_int_equal(leak->id, offer->id + 1);
    assert_int_equal(leak->cause, offer->id);
    assert_int_equal(leak->word, NP_EVENT_OFFER);
    assert_int_equal(leak->seat, 0);
    assert_int_equal(leak->table, 1);
    assert_true(outcome_equal(&leak->menu[0], &offer->menu[0]));
    const Observation *seen = scene_seen(scene, 2, NP_EVENT_LEAK, 0);
    assert_int_equal(seen->refused, NP_EVENT_OFFER);
    assert_int_equal(seen->offer, 2);
    assert_true(outcome_equal(&seen->menu[0], &offer->menu[0]));
    assert_null(scene_seen(scene, 0, NP_EVENT_LEAK, 0));
    /* To know of it is not to sit there. */
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 0)->ruling, NP_RULING_NOT_A_MEMBER);
    scene_finish(scene);
}

static void acceptances_pool_within_one_table_only(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = three_seats(&model);
    for (uint8_t issue = 0; issue < 2; issue++)
        for (uint8_t option = 0; option < 3; option++)
            negotiation->terms.consent.needs[issue][option] = 3;
    fixture_add_table(negotiation, 3, 0);
    Scene *scene = SCENE(negotiation, {0, 0, at_table(1, OFFER_OF(1, 1))}, {0, 1, OFFER_OF(1, 1)},
                         {DAYS(9), 1, ACCEPT_OF(2)});
    /* The same package, accepted by each elsewhere, is not concluded before both accept it at one table. */
    const Event *agreement = scene_event(scene, NP_EVENT_AGREEMENT, 0);
    assert_int_equal(agreement->at, DAYS(10));
    assert_int_equal(agreement->seats, 3);
    scene_finish(scene);
}

/* --- words --- */

static void a_statement_says_what_it_names_and_binds_nobody(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = three_seats(&model);
    uint8_t aid = fixture_add_lever(negotiation, model, 0);
    Scene *scene = SCENE(negotiation, {0, 0, say(0, NP_SAY_THREAT, 0, NP_NO_OPTION, aid)},
                         {0, 1, say(0, NP_SAY_DEMAND, 1, 2, NP_NO_LEVER)},
                         {0, 2, say(0, NP_SAY_DENY, 0, NP_NO_OPTION, NP_NO_LEVER)},
                         {DAYS(2), 2, say(0, NP_SAY_DEMAND, 9, 2, NP_NO_LEVER)},
                         {DAYS(3), 2, say(0, 77, 0, 0, NP_NO_LEVER)});
    const Event *threat = scene_event(scene, NP_EVENT_STATEMENT, 0);
    const Event *demand = scene_event(scene, NP_EVENT_STATEMENT, 1);
    const Event *denial = scene_event(scene, NP_EVENT_STATEMENT, 2);
    assert_int_equal(threat->word, NP_SAY_THREAT);
    assert_int_equal(threat->subject, 1 + aid);
    assert_int_equal(threat->option, 0);
    assert_int_equal(demand->subject, 0);
    assert_int_equal(demand->issue, 1);
    assert_int_equal(demand->option, 2);
    assert_int_equal(denial->subject, 0);
    const Observation *seen = scene_seen(scene, 2, NP_EVENT_STATEMENT, 0);
    assert_int_equal(seen->word, NP_SAY_THREAT);
    assert_int_equal(seen->subject, aid);
    assert_int_equal(seen->option, NP_NO_OPTION);
    assert_int_equal(scene_seen(scene, 2, NP_EVENT_STATEMENT, 1)->subject, NP_NO_LEVER);
    assert_int_equal(scene_seen(scene, 2, NP_EVENT_STATEMENT, 1)->option, 2);
    assert_int_equal(scene_count(scene, NP_EVENT_REFUSAL), 2);
    assert_int_equal(scene_event(scene, NP_EVENT_REFUSAL, 0)->ruling, NP_RULING_MALFORMED);
    scene_finish(scene);
}

static void breaking_a_commitment_costs_once_and_more_the_more_was_sworn(void **state) {
    (void)state;
    WorldModel *model;
    Negotiation *negotiation = three_seats(&model);
    negotiation->terms.audience_base = utility_from(0.1);
    negotiation->terms.audience_step = utility_from(0.01);
    Scene *scene =
        SCENE(negotiation, {0, 0, (Action){.kind = NP_RULE_OUT, .issue = 0, .option = 1}},
              {0, 0, (Action){.kind = NP_RULE_OUT, .issue = 1, .option = 2}},
              {DAYS(3), 0, OFFER_OF(1, 0)}, {DAYS(6), 0, OFFER_OF(1, 1)});
    const Event *offer = scene_event(scene, NP_EVENT_OFFER, 0);
    const Event *cost = scene_event(scene, NP_EVENT_AUDIENCE_COST, 0);
    assert_true((offer->flags & EVENT_BREAKS_COMMITMENT) != 0);
    assert_int_equal(cost->cause, offer->id);
    assert_int_equal(cost->seat, 0);
    assert_int_equal(cost->amount, utility_from(0.12));
    assert_non_null(scene_seen(scene, 2, NP_EVENT_AUDIENCE_COST, 0));
    assert_int_equal(scene_count(scene, NP_EVENT_AUDIENCE_COST), 1);
    assert_int_equal(scene->verdict.seat_result[0].costs, utility_from(0.12));
    assert_int_equal(scene->verdict.seat_result[0].utility, -utility_from(0.12));
    scene_finish(scene);
}

static Action swear_off(uint8_t issue, uint8_t option) {
    return (Action){.kind = NP_RULE_OUT, .issue = issue, .option = option};
}

static Negotiation *three_audiences(double leak) {
    WorldModel *model;
    Negotiation *negotiation = three_seats(&model);
    negotiation->terms.audience_base = utility_from(0.1);
    for (uint8_t issue = 0; issue < 2; issue++)
        for (uint8_t option = 0; option < 3; option++)
            negotiation->terms.consent.needs[issue][option] = 3;
    fixture_add_table(negotiation, 3, leak);
    return negotiation;
}

static void what_is_broken_behind_closed_doors_costs_when_it_leaks(void **state) {
    (void)state;
    Scene *scene = SCENE(three_audiences(1), {0, 0, swear_off(0, 1)},
                         {DAYS(3), 0, at_table(1, OFFER_OF(1, 0))});
    const Event *leak = scene_event(scene, NP_EVENT_LEAK, 0);
    const Event *cost = scene_event(scene, NP_EVENT_AUDIENCE_COST, 0);
    assert_int_equal(cost->cause, leak->id);
    assert_int_equal(cost->amount, utility_from(0.1));
    assert_int_equal(scene_count(scene, NP_EVENT_AUDIENCE_COST), 1);
    scene_finish(scene);
}

static void what_is_broken_behind_closed_doors_costs_when_it_concludes(void **state) {
    (void)state;
    Scene *scene = SCENE(three_audiences(0), {0, 0, swear_off(0, 1)}, {0, 0, swear_off(1, 2)},
                         {DAYS(3), 0, at_table(1, OFFER_OF(1, 2))},
                         {DAYS(5), 0, at_table(1, OFFER_OF(1, 1))}, {DAYS(9), 1, ACCEPT_OF(4)});
    const Event *offer = scene_event(scene, NP_EVENT_OFFER, 1);
    const Event *agreement = scene_event(scene, NP_EVENT_AGREEMENT, 0);
    const Event *cost = scene_event(scene, NP_EVENT_AUDIENCE_COST, 0);
    assert_true((offer->flags & EVENT_BREAKS_COMMITMENT) != 0);
    /* Outsiders hear of it with the agreement, and not of what was offered and is not in it. */
    assert_int_equal(scene_count(scene, NP_EVENT_AUDIENCE_COST), 1);
    assert_int_equal(cost->at, agreement->at);
    assert_int_equal(cost->id, agreement->id - 1);
    assert_int_equal(cost->seat, 0);
    assert_int_equal(scene->verdict.seat_result[0].costs, utility_from(0.1));
    scene_finish(scene);
}

/* --- types --- */

static void a_seat_alone_is_told_which_type_it_is(void **state) {
    (void)state;
    unsigned drawn[2] = {0};
    for (uint64_t seed = 0; seed < 40; seed++) {
        Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
        fixture_add_types(negotiation, 1, 2);
        negotiation->type[1][1].profile.reservation = utility_from(0.5);
        negotiation->type[1][1].profile.red_lines = 1;
        negotiation->type[1][1].profile.red_line[0] =
            (RedLine){{.terms = 1, .issue = {0}, .options = {1u << 2}}, true, 0};
        const Line lines[] = {{0, 0, OFFER_OF(2, 2)}, {DAYS(1), 1, ACCEPT_OF(1)}};
        Scene *scene = scene_play(negotiation, seed, lines, 2);
        const Event *told = scene_event(scene, NP_EVENT_APPRAISAL, 0);
        uint8_t type = scene->verdict.seat_result[1].type;
        drawn[type]++;
        assert_int_equal(told->at, 0);
        assert_int_equal(told->cause, 1);
        assert_int_equal(told->word, NP_ASPECT_TYPE);
        assert_int_equal(told->amount, type * UTILITY_ONE);
        assert_true(scene_seen(scene, 1, NP_EVENT_APPRAISAL, 0)->amount == type);
        assert_null(scene_seen(scene, 0, NP_EVENT_APPRAISAL, 0));
        /* The red line is one of its second type only. */
        assert_int_equal(scene_count(scene, NP_EVENT_AGREEMENT), type == 0);
        assert_int_equal(scene_count(scene, NP_EVENT_REFUSAL), type == 1);
        assert_int_equal(scene->verdict.seat_result[1].reservation,
                         type == 0 ? 0 : utility_from(0.5));
        Referee *referee = referee_create();
        referee_open(referee, negotiation, seed, 1);
        Brief brief = referee_brief(referee, 1, "");
        assert_ptr_equal(brief.profile, &negotiation->type[1][type].profile);
        assert_ptr_equal(brief.library[1], negotiation->type[1]);
        assert_null(brief.library[0]);
        referee_destroy(referee);
        scene_finish(scene);
    }
    assert_true(drawn[0] > 8 && drawn[1] > 8);
}

/* --- rounds --- */

static void in_rounds_everybody_is_asked_and_nobody_sees_what_the_others_do(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_simultaneous, 2, 2, 3);
    negotiation->terms.deadline = DAYS(5);
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    for (SimTime round = 0; referee_advance(referee); round += DAYS(1)) {
        uint32_t count;
        const Grant *grants = referee_grants(referee, &count);
        assert_int_equal(count, 2);
        for (uint32_t i = 0; i < count; i++) {
            assert_int_equal(grants[i].occasions, 1);
            assert_int_equal(grants[i].occasion[0].at, round);
            /* Both offers of the round before, its own included; at first, the opening. */
            uint32_t heard = round == 0 ? 1 : round == DAYS(1) ? 2 : 0;
            assert_int_equal(grants[i].observations, heard);
        }
        for (SeatId seat = 0; seat < 2; seat++) {
            Reply reply = {.at = round, .wake_at = NP_NEVER, .moves = round == 0};
            reply.move[0] = OFFER_OF(seat, 0);
            if (seat == 0) reply.move[0] = OFFER_OF(0, 1);
            assert_true(referee_answer(referee, &(Answer){1, seat, 1, &reply}, NULL));
        }
    }
    assert_int_equal(referee_verdict(referee)->reason, REASON_DEADLINE);
    referee_destroy(referee);
    fixture_finish(negotiation);
}

/* Each takes the other's offer in the same round: a coin says whose, and it is nobody's coin. */
static void crossed_acceptances_favour_nobody(void **state) {
    (void)state;
    unsigned first = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        Negotiation *negotiation = fixture_plain(&mechanism_simultaneous, 2, 2, 3);
        const Line lines[] = {{0, 0, OFFER_OF(0, 1)},
                              {0, 1, OFFER_OF(2, 1)},
                              {DAYS(1), 0, ACCEPT_OF(2)},
                              {DAYS(1), 1, ACCEPT_OF(1)}};
        Scene *scene = scene_play(negotiation, seed, lines, 4);
        const Event *agreement = scene_event(scene, NP_EVENT_AGREEMENT, 0);
        assert_int_equal(agreement->at, DAYS(2));
        assert_int_equal(scene_count(scene, NP_EVENT_ACCEPTANCE), 2);
        const Event *cause = &scene->event[agreement->cause - 1];
        assert_int_equal(cause->kind, NP_EVENT_ACCEPTANCE);
        assert_true(outcome_equal(&cause->menu[0], &agreement->menu[0]));
        first += agreement->menu[0].option[0] == 0;
        scene_finish(scene);
    }
    assert_true(first > 15 && first < 45);
}

/* --- deadlines by chance --- */

static void talks_break_off_by_chance_after_their_mean(void **state) {
    (void)state;
    double days = 0;
    unsigned before = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
        negotiation->terms.breaks_off = DAYS(20);
        negotiation->terms.deadline = DAYS(1000);
        const Line lines[] = {{DAYS(500), 0, OFFER_OF(0, 1)}};
        Scene *scene = scene_play(negotiation, seed, lines, 1);
        assert_int_equal(scene->verdict.reason, REASON_DEADLINE);
        assert_int_equal(scene_event(scene, NP_EVENT_BREAKDOWN, 0)->cause, 1);
        days += (double)scene->verdict.ended_at / DAYS(1);
        before += scene->verdict.ended_at < DAYS(20);
        scene_finish(scene);
    }
    assert_true(days / 200 > 16 && days / 200 < 24);
    assert_true(before > 200 * 0.55 && before < 200 * 0.72); /* 1 - 1/e */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_at_a_closed_table_reaches_its_members_only),
        cmocka_unit_test(what_leaks_reaches_the_others_right_after),
        cmocka_unit_test(acceptances_pool_within_one_table_only),
        cmocka_unit_test(a_statement_says_what_it_names_and_binds_nobody),
        cmocka_unit_test(breaking_a_commitment_costs_once_and_more_the_more_was_sworn),
        cmocka_unit_test(what_is_broken_behind_closed_doors_costs_when_it_leaks),
        cmocka_unit_test(what_is_broken_behind_closed_doors_costs_when_it_concludes),
        cmocka_unit_test(a_seat_alone_is_told_which_type_it_is),
        cmocka_unit_test(in_rounds_everybody_is_asked_and_nobody_sees_what_the_others_do),
        cmocka_unit_test(crossed_acceptances_favour_nobody),
        cmocka_unit_test(talks_break_off_by_chance_after_their_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
