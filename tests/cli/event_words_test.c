/* What a program reads of events outside the table, and what one seat knows of them; events made by hand. */
#include "tests/report/talks.h"

#include <string.h>

#include "cli/event_words.h"
#include "cli/seat_view.h"

static Negotiation talks;
static WorldModel world;
static Text words;

static int they_sit_down(void **state) {
    (void)state;
    talks_open(&talks, &world);
    text_clear(&words);
    return 0;
}

static int they_go_home(void **state) {
    (void)state;
    text_finish(&words);
    return 0;
}

/* The line of `log`, and the members of its JSON after the kind. */
#define READS(event, line, members)                                                                \
    do {                                                                                           \
        Event once = (event);                                                                      \
        text_clear(&words);                                                                        \
        event_words(&talks, &once, &words);                                                        \
        assert_string_equal(text_get(&words), line);                                               \
        text_clear(&words);                                                                        \
        Json json = {.text = &words};                                                              \
        event_json(&json, NULL, &talks, &once);                                                    \
        assert_non_null(strstr(text_get(&words), "\"kind\":\""));                                  \
        assert_string_equal(strchr(strstr(text_get(&words), "\"kind\":\"") + 8, '"') + 1,          \
                            members);                                                              \
    } while (0)

static void statements_name_what_they_mean(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_STATEMENT, 3, NORTH);
    event.word = NP_SAY_DEMAND;
    READS(event, "demand water north",
          ",\"statement\":\"demand\",\"issue\":\"water\",\"option\":\"north\",\"lever\":null}");
    event.word = NP_SAY_THREAT;
    event.subject = 1;
    event.table = MILL;
    READS(event, "at mill: threat gate",
          ",\"table\":\"mill\",\"statement\":\"threat\",\"issue\":null,\"option\":null,\"lever\":"
          "\"gate\"}");
}

static void a_type_is_called_by_its_id_where_there_is_one(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_APPRAISAL, 0, SOUTH);
    event.word = NP_ASPECT_TYPE;
    event.amount = UTILITY_ONE;
    READS(event, "type: thirsty", ",\"aspect\":\"type\",\"type\":2,\"type_id\":\"thirsty\"}");
    event.amount = 2 * UTILITY_ONE;
    READS(event, "type: number 3", ",\"aspect\":\"type\",\"type\":3,\"type_id\":null}");
    event.seat = NORTH; /* it has one only */
    event.amount = 0;
    READS(event, "type: number 1", ",\"aspect\":\"type\",\"type\":1,\"type_id\":null}");
}

static void leaks_costs_and_the_status_quo_are_read(void **state) {
    (void)state;
    Event leak = happens(NP_EVENT_LEAK, 3, NORTH);
    leak.word = NP_EVENT_OFFER;
    leak.offer = 4;
    leak.table = MILL;
    leak.packages = 1;
    leak.menu[0] = package(1, 0, 0);
    READS(leak, "at mill: offer #4",
          ",\"table\":\"mill\",\"leaked\":\"offer\",\"offer\":4,\"menu\":[{\"water\":\"shared\","
          "\"guard\":\"none\",\"debt\":\"kept\"}]}");
    Event cost = happens(NP_EVENT_AUDIENCE_COST, 3, NORTH);
    cost.amount = PARTS(0.04);
    READS(cost, "0.04", ",\"cost\":0.04}");
    Event moved = happens(NP_EVENT_STATUS_QUO, 3, NORTH);
    moved.issue = DEBT;
    moved.option = 2;
    READS(moved, "debt gone", ",\"issue\":\"debt\",\"option\":\"gone\"}");
    READS(happens(NP_EVENT_AUTHORITY, 3, SOUTH), "-", "}");
}

static void the_years_of_a_peace_are_read(void **state) {
    (void)state;
    Event war = happens(NP_EVENT_RENEWED_WAR, 300, SOUTH);
    war.amount = PARTS(1.5);
    READS(war, "after 1.50 years", ",\"years\":1.5}");
    war.kind = NP_EVENT_PROBE;
    READS(war, "after 1.50 years", ",\"years\":1.5}");
    war.kind = NP_EVENT_HORIZON;
    READS(war, "broke, after 1.50 years", ",\"held\":false,\"years\":1.5}");
    READS(happens(NP_EVENT_IMPLEMENTATION, 300, NP_NO_SEAT), "-", "}");
}

static void numbers_out_of_range_are_said_to_be_unknown(void **state) {
    (void)state;
    Event lever = happens(NP_EVENT_LEVER, 3, NORTH);
    lever.subject = 9;
    lever.amount = PARTS(1.0);
    READS(lever, "?: 0 -> 1", ",\"lever\":null,\"level\":1,\"before\":0,\"cost\":null}");
}

/* --- what a seat knows --- */

static bool knows(SeatId seat, Event event) {
    SeatView view;
    seat_view_begin(&view, &talks, 1, seat);
    return seat_view_knows(&view, &event);
}

static void what_is_said_at_a_closed_table_stays_there_unless_it_leaks(void **state) {
    (void)state;
    Event offer = offers(3, NORTH, 1, package(1, 0, 0));
    assert_true(knows(WEST, offer));
    offer.table = MILL;
    assert_true(knows(SOUTH, offer));
    assert_false(knows(WEST, offer));
    offer.kind = NP_EVENT_LEAK;
    assert_true(knows(WEST, offer));
    assert_false(knows(SOUTH, offer));
    assert_true(knows(NP_NO_SEAT, offer));
}

static void a_seat_knows_nothing_after_the_end_of_the_talks(void **state) {
    (void)state;
    static const EventKind ends[] = {NP_EVENT_AGREEMENT, NP_EVENT_BREAKDOWN};
    for (int i = 0; i < 2; i++) {
        SeatView view;
        Event end = happens(ends[i], 3, NP_NO_SEAT), probe = happens(NP_EVENT_PROBE, 3, NP_NO_SEAT);
        seat_view_begin(&view, &talks, 1, SOUTH);
        assert_true(seat_view_knows(&view, &end));
        assert_false(seat_view_knows(&view, &probe));
    }
}

static void numbers_of_its_own_are_a_seats_own(void **state) {
    (void)state;
    Event event = happens(NP_EVENT_APPRAISAL, 3, SOUTH);
    assert_true(knows(SOUTH, event));
    assert_false(knows(NORTH, event));
    Event shock = happens(NP_EVENT_SHOCK, 3, NP_NO_SEAT);
    shock.subject = 1;
    world.shock[0].seen_by = 1u << WEST;
    assert_true(knows(WEST, shock));
    assert_false(knows(SOUTH, shock));
}

static Event news(int day, double value) {
    Event event = happens(NP_EVENT_WORLD, day, NP_NO_SEAT);
    event.subject = 1;
    event.amount = PARTS(value);
    return event;
}

static void late_news_come_when_they_come_and_in_their_order(void **state) {
    (void)state;
    SeatView view;
    Event event = news(3, 2.5), later = news(4, 3), came;
    world.dynamics[0].lag = DAYS(2);
    seat_view_begin(&view, &talks, 1, SOUTH);
    assert_false(seat_view_knows(&view, &event));
    assert_false(seat_view_knows(&view, &later));
    assert_false(seat_view_late(&view, DAYS(5) - 1, &came));
    assert_true(seat_view_late(&view, DAYS(6), &came));
    assert_int_equal(came.at, DAYS(5));
    assert_int_equal(came.before, PARTS(2.0)); /* as the variable began */
    assert_int_equal(came.amount, PARTS(2.5));
    assert_true(seat_view_late(&view, DAYS(6), &came));
    assert_int_equal(came.before, PARTS(2.5));
    assert_false(seat_view_late(&view, NP_NEVER, &came));
    assert_false(knows(NORTH, news(3, 2.5))); /* who does not see it */
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, they_sit_down, they_go_home)
    const struct CMUnitTest tests[] = {
        TEST(statements_name_what_they_mean),
        TEST(a_type_is_called_by_its_id_where_there_is_one),
        TEST(leaks_costs_and_the_status_quo_are_read),
        TEST(the_years_of_a_peace_are_read),
        TEST(numbers_out_of_range_are_said_to_be_unknown),
        TEST(what_is_said_at_a_closed_table_stays_there_unless_it_leaks),
        TEST(a_seat_knows_nothing_after_the_end_of_the_talks),
        TEST(numbers_of_its_own_are_a_seats_own),
        TEST(late_news_come_when_they_come_and_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
