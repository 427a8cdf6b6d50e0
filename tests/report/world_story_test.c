/* The story of what moves outside the table and of what becomes of a peace, sentence by sentence. */
#include "tests/report/talks.h"

#include <string.h>

#include "report/peace.h"
#include "report/story.h"

static Negotiation talks;
static WorldModel world;
static StoryTeller teller;
static Text told;

static int they_sit_down(void **state) {
    (void)state;
    talks_open(&talks, &world);
    story_begin(&teller, &talks, false, false);
    text_clear(&told);
    return 0;
}

static int they_go_home(void **state) {
    (void)state;
    text_finish(&told);
    return 0;
}

#define TELLS(event, sentence)                                                                     \
    do {                                                                                           \
        Event once = (event);                                                                      \
        text_clear(&told);                                                                         \
        story_sentence(&teller, &once, &told);                                                     \
        assert_string_equal(text_get(&told), sentence);                                            \
    } while (0)

static Event moves_gate(int day, double before, double level) {
    Event event = happens(NP_EVENT_LEVER, day, NORTH);
    event.decided_at = DAYS(day - 1);
    event.subject = 1;
    event.before = PARTS(before);
    event.amount = PARTS(level);
    event.demand = PARTS(0.005);
    return event;
}

static void a_lever_is_told_with_both_levels_and_its_cost(void **state) {
    (void)state;
    TELLS(moves_gate(3, 0.5, 1), "North moves The gate: 0.5 → 1 [costs it 0.005]");
}

static void what_the_scenario_pulls_is_told_apart_from_what_a_seat_does(void **state) {
    (void)state;
    Event event = moves_gate(3, 1, 0);
    event.decided_at = event.at;
    TELLS(event, "North moves The gate: 1 → 0, as the scenario prescribes [costs it 0.005]");
}

static void statements_are_told_with_what_they_name_and_where(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_STATEMENT, 3, SOUTH);
    event.word = NP_SAY_DEMAND;
    event.issue = WATER;
    event.option = 2;
    TELLS(event, "South asks for water south");
    event.word = NP_SAY_SIGNAL;
    event.table = MILL;
    TELLS(event, "South signals that it could live with water south at mill");
    event.word = NP_SAY_THREAT;
    event.subject = 1;
    event.seat = NORTH;
    event.table = 0;
    event.issue = event.option = 0;
    TELLS(event, "North threatens to move The gate");
    event.issue = DEBT;
    TELLS(event, "North threatens to move The gate, concerning debt kept");
}

static void news_are_told_with_their_unit_and_who_sees_them(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_WORLD, 3, NP_NO_SEAT);
    event.subject = 1;
    event.before = PARTS(2.0);
    event.amount = PARTS(1234.56);
    TELLS(event, "News: The river 2 → 1235 m, seen by South");
    event.subject = 2;
    event.amount = PARTS(0.12344);
    TELLS(event, "News: strain 2 → 0.1234");
}

static void a_shock_has_its_title_or_else_its_id(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_SHOCK, 3, NP_NO_SEAT);
    memcpy(event.text, "storm", 5);
    event.text_length = 5;
    event.subject = 1;
    TELLS(event, "Shock: A storm");
    event.subject = 9;
    TELLS(event, "Shock: storm");
}

static void an_appraisal_says_whose_value_moved_from_what_to_what_since_when(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_APPRAISAL, 3, SOUTH);
    event.word = NP_ASPECT_RESERVATION;
    event.before = PARTS(0.4);
    event.amount = PARTS(0.25);
    event.cause = 17;
    TELLS(event, "South's walk-away value moves 0.4 → 0.25, since event 17");
    event.word = NP_ASPECT_TYPE;
    event.amount = PARTS(1.0);
    TELLS(event, "South is of type thirsty");
}

static void what_only_a_close_reader_wants_is_told_with_all(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_APPRAISAL, 3, SOUTH);
    event.word = NP_ASPECT_HAZARD;
    event.amount = PARTS(0.02);
    assert_false(story_sentence(&teller, &event, &told));
    teller.all = true;
    assert_true(story_sentence(&teller, &event, &told));
}

static void events_at_a_closed_table_say_where(void **state) {
    (void)state;
    Event event = offers(3, NORTH, 1, package(1, 1, 0));
    event.table = MILL;
    TELLS(event, "North tables an offer (#1) at mill: water shared, guard joint, debt kept");
    Event open = offers(4, NORTH, 2, package(0, 1, 0));
    TELLS(open, "North tables an offer (#2): water north, guard joint, debt kept");
    Event yes = accepts(5, SOUTH, 1, package(1, 1, 0), 3);
    yes.table = MILL;
    TELLS(yes, "South accepts North's #1 at mill; still needed: West, absent there");
}

static void an_offer_is_held_against_the_last_one_at_its_own_table(void **state) {
    (void)state;
    Event first = offers(3, NORTH, 1, package(1, 1, 0)),
          open = offers(4, NORTH, 2, package(0, 0, 1));
    first.table = MILL;
    story_sentence(&teller, &first, &told);
    story_sentence(&teller, &open, &told);
    Event again = offers(5, NORTH, 3, package(1, 0, 0));
    again.table = MILL;
    TELLS(again, "North tables an offer (#3) at mill: guard joint → none");
}

static void a_leak_says_what_became_known(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_LEAK, 3, NORTH);
    event.word = NP_EVENT_OFFER;
    event.table = MILL;
    event.offer = 4;
    event.packages = 1;
    event.menu[0] = package(1, 1, 0);
    TELLS(event, "Everybody comes to know of North's offer #4 at mill: water shared, guard joint, "
                 "debt kept");
}

static void authority_status_quo_and_audience_costs_are_told(void **state) {
    (void)state;
    TELLS(happens(NP_EVENT_AUTHORITY, 3, SOUTH), "South may sign from now on");
    Event moved = happens(NP_EVENT_STATUS_QUO, 3, NORTH);
    moved.issue = DEBT;
    moved.option = 2;
    TELLS(moved, "The status quo is now debt gone, by North");
    assert_int_equal(teller.status_quo.option[DEBT], 2);
    Event pays = happens(NP_EVENT_AUDIENCE_COST, 3, WEST);
    pays.amount = PARTS(0.04);
    TELLS(pays, "West pays 0.04 for breaking a public commitment");
}

/* --- after an agreement --- */

static Event after(EventKind kind, SeatId seat, double years, bool passed) {
    Event event = happens(kind, 200, seat);
    event.amount = PARTS(years);
    if (passed) event.flags = EVENT_PASSED;
    return event;
}

static void the_peace_is_told_to_its_end(void **state) {
    (void)state;
    Event agreement = happens(NP_EVENT_AGREEMENT, 50, NP_NO_SEAT);
    agreement.packages = 1;
    agreement.menu[0] = package(1, 1, 0);
    agreement.seats = EVERYBODY;
    story_sentence(&teller, &agreement, &told);
    TELLS(after(NP_EVENT_IMPLEMENTATION, NP_NO_SEAT, 0, false),
          "The terms begin to be carried out");
    TELLS(after(NP_EVENT_PROBE, NP_NO_SEAT, 1.25, false),
          "The peace is tested after 1.2 years, and holds");
    Event step = after(NP_EVENT_STEP, NP_NO_SEAT, 2, true);
    step.packages = 1;
    step.menu[0] = package(1, 1, 2);
    TELLS(step, "A later step enters into force: debt kept → gone");
    step.menu[0] = package(2, 1, 2);
    step.flags = 0;
    TELLS(step, "A later step is put to its parties, who do not all agree: water shared → south");
    TELLS(after(NP_EVENT_RENEWED_WAR, SOUTH, 3, false),
          "Renewed war: South attacks, since that is worth more to it than the peace, after 3.0 "
          "years");
    TELLS(after(NP_EVENT_RENEWED_WAR, NP_NO_SEAT, 3, false),
          "Renewed war: the peace breaks after 3.0 years");
    TELLS(after(NP_EVENT_HORIZON, NP_NO_SEAT, 3, false),
          "Nobody looks further: the peace held for 3.0 years");
    TELLS(after(NP_EVENT_HORIZON, NP_NO_SEAT, 5, true),
          "Nobody looks further: the peace has held for 5.0 years");
}

static void events_add_up_to_what_became_of_the_peace(void **state) {
    (void)state;
    Event agreement = happens(NP_EVENT_AGREEMENT, 50, NP_NO_SEAT);
    agreement.menu[0] = package(1, 1, 0);
    Event step = after(NP_EVENT_STEP, NP_NO_SEAT, 2, true), no = step;
    step.menu[0] = package(1, 1, 2);
    no.flags = 0;
    no.menu[0] = package(2, 1, 2);
    Event war = after(NP_EVENT_RENEWED_WAR, SOUTH, 3, false);
    const Event course[] = {agreement, after(NP_EVENT_IMPLEMENTATION, NP_NO_SEAT, 0, false),
                            after(NP_EVENT_PROBE, NP_NO_SEAT, 1, false), step, no};
    Peace peace = {0};
    for (size_t i = 0; i < sizeof course / sizeof course[0]; i++) peace_note(&peace, &course[i]);
    assert_true(peace.observed);
    assert_int_equal(peace.probes, 1);
    assert_int_equal(peace.steps, 1);
    assert_int_equal(peace.broken_at, NP_NEVER);
    Outcome wanted = package(1, 1, 2);
    assert_memory_equal(&peace.in_force, &wanted, sizeof wanted);
    peace_note(&peace, &war);
    assert_int_equal(peace.broken_at, DAYS(200));
}

static void the_last_page_has_costs_types_and_the_peace_where_there_are_any(void **state) {
    (void)state;
    Verdict verdict = {.kind = VERDICT_AGREEMENT,
                       .in_force = 1,
                       .ended_at = DAYS(50),
                       .agreement = package(1, 1, 0),
                       .signatories = EVERYBODY,
                       .first_distance = UTILITY_NONE,
                       .last_distance = UTILITY_NONE};
    story_verdict(&teller, &verdict, &told);
    assert_null(strstr(text_get(&told), "costs"));
    assert_non_null(strstr(text_get(&told), "South was of type patient."));
    assert_null(strstr(text_get(&told), "The peace"));
    verdict.seat_result[NORTH].costs = PARTS(0.015);
    verdict.peace =
        (Peace){.observed = true, .until = DAYS(400), .broken_at = DAYS(300), .probes = 2};
    text_clear(&told);
    story_verdict(&teller, &verdict, &told);
    assert_non_null(strstr(text_get(&told), "   costs\n"));
    assert_non_null(strstr(text_get(&told), "   0.015\n"));
    assert_non_null(
        strstr(text_get(&told), "The peace broke on 28 October 2025; tests that it stood: 2."));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, they_sit_down, they_go_home)
    const struct CMUnitTest tests[] = {
        TEST(a_lever_is_told_with_both_levels_and_its_cost),
        TEST(what_the_scenario_pulls_is_told_apart_from_what_a_seat_does),
        TEST(statements_are_told_with_what_they_name_and_where),
        TEST(news_are_told_with_their_unit_and_who_sees_them),
        TEST(a_shock_has_its_title_or_else_its_id),
        TEST(an_appraisal_says_whose_value_moved_from_what_to_what_since_when),
        TEST(what_only_a_close_reader_wants_is_told_with_all),
        TEST(events_at_a_closed_table_say_where),
        TEST(an_offer_is_held_against_the_last_one_at_its_own_table),
        TEST(a_leak_says_what_became_known),
        TEST(authority_status_quo_and_audience_costs_are_told),
        TEST(the_peace_is_told_to_its_end),
        TEST(events_add_up_to_what_became_of_the_peace),
        TEST(the_last_page_has_costs_types_and_the_peace_where_there_are_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
