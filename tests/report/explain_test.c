/* Why talks ended as they did, from events made by hand: every way of ending, and what the world did. */
#include "tests/report/talks.h"

#include <string.h>

#include "report/explain.h"

static Negotiation talks;
static WorldModel world;
static Script script;
static Explanation explanation;
static bool explained;

static int they_sit_down(void **state) {
    (void)state;
    talks_open(&talks, &world);
    script_init(&script);
    explained = false;
    add(&script, happens(NP_EVENT_OPENING, 0, NP_NO_SEAT));
    return 0;
}

static int they_go_home(void **state) {
    (void)state;
    if (explained) explanation_finish(&explanation);
    script_finish(&script);
    return 0;
}

static void read_events(void) {
    explain(&explanation, &talks, &script);
    explained = true;
    for (uint32_t i = 0; i < explanation.findings; i++) {
        const Finding *finding = &explanation.finding[i];
        assert_true(finding->events > 0); /* every sentence names an event that there is */
        for (uint32_t k = 0; k < finding->events; k++)
            assert_in_range(finding->event[k], 1, script.count);
    }
}

/* The finding on that topic whose sentence has those words; fails when there is none. */
static const Finding *finds(Topic topic, const char *words) {
    for (uint32_t i = 0; i < explanation.findings; i++)
        if (explanation.finding[i].topic == topic &&
            strstr(explanation.finding[i].sentence, words) != NULL)
            return &explanation.finding[i];
    Text all = {0};
    explanation_print(&explanation, false, &all);
    print_message("%s\n", text_get(&all));
    text_finish(&all);
    fail_msg("nothing on %s says \"%s\"", topic_name(topic), words);
    return NULL;
}

static unsigned count(Topic topic) {
    unsigned sum = 0;
    for (uint32_t i = 0; i < explanation.findings; i++)
        sum += explanation.finding[i].topic == topic;
    return sum;
}

static Event demands(Event offer, double demand, double distance) {
    offer.demand = PARTS(demand);
    if (distance >= 0) offer.distance = PARTS(distance);
    return offer;
}

static Event breaks_down(int day, Reason reason, SeatId seat) {
    Event event = happens(NP_EVENT_BREAKDOWN, day, seat);
    event.reason = (uint8_t)reason;
    return event;
}

/* North asks for 0.9 and then 0.7, south for 0.8; west accepts north's second offer, event 5. */
static void they_bargain(void) {
    add(&script, demands(offers(1, NORTH, 1, package(0, 1, 0)), 0.9, -1));
    add(&script, demands(offers(1, SOUTH, 2, package(2, 1, 0)), 0.8, 0.5));
    add_because(&script, demands(offers(10, NORTH, 3, package(1, 1, 0)), 0.7, 0.4), 3);
    add_because(&script, accepts(12, WEST, 3, package(1, 1, 0), 1u << NORTH | 1u << WEST), 4);
}

/* --- five ways of breaking down --- */

static void a_walk_out_is_traced_to_what_nobody_caused(void **state) {
    (void)state;
    they_bargain();
    add_because(&script, happens(NP_EVENT_WALK_OUT, 20, SOUTH), 5);
    add_because(&script, breaks_down(20, REASON_WALK_OUT, SOUTH), 6);
    read_events();
    assert_int_equal(
        finds(TOPIC_VERDICT, "No agreement, on 21 January 2025: South walked out")->event[0], 7);
    assert_true(explanation.reading.over);
    assert_int_equal(count(TOPIC_VERDICT), 1);
    const uint64_t chain[] = {7, 6, 5, 4, 3, 1};
    assert_int_equal(explanation.chain.count, 6);
    assert_memory_equal(explanation.chain.id, chain, sizeof chain);
    assert_int_equal(count(TOPIC_CAUSES), 6);
    finds(TOPIC_CAUSES, "13 January 2025: West accepts North's #3; still needed: South");
}

/* Where there are closed tables, the public one's numbers have gaps. */
static void an_offer_is_known_by_its_number_whatever_its_place(void **state) {
    (void)state;
    add(&script, offers(1, NORTH, 1, package(0, 1, 0)));
    add(&script, offers(2, SOUTH, 3, package(2, 1, 0)));
    add(&script, accepts(3, WEST, 3, package(2, 1, 0), 1u << SOUTH | 1u << WEST));
    add_because(&script, happens(NP_EVENT_WALK_OUT, 20, NORTH), 4);
    add_because(&script, breaks_down(20, REASON_WALK_OUT, NORTH), 5);
    read_events();
    finds(TOPIC_CAUSES, "West accepts South's #3; still needed: North");
}

static void the_nearest_miss_names_who_had_not_consented_and_what_it_was_worth(void **state) {
    (void)state;
    they_bargain();
    add_because(&script, breaks_down(100, REASON_DEADLINE, NP_NO_SEAT), 1);
    read_events();
    const Finding *nearest =
        finds(TOPIC_NEAREST, "(water shared, guard joint, debt kept); it had the consent of North "
                             "and West and lacked that of South");
    assert_int_equal(nearest->event[0], 5);
    const Finding *worth =
        finds(TOPIC_NEAREST, "To South it was worth 0.600 then, and walking away 0.300");
    assert_int_equal(worth->seat, SOUTH);
}

static void a_miss_that_crosses_a_red_line_says_so(void **state) {
    (void)state;
    RedLine *red_line = &talks.type[SOUTH][0].profile.red_line[0];
    *red_line =
        (RedLine){.hard = true, .when = {.terms = 1, .issue = {WATER}, .options = {1u << 1}}};
    talks.type[SOUTH][0].profile.red_lines = 1;
    they_bargain();
    read_events();
    finds(TOPIC_NEAREST, "it crossed a hard red line of its own: water shared");
}

static void what_was_taken_back_is_near_no_more_but_was(void **state) {
    (void)state;
    they_bargain();
    Event back = happens(NP_EVENT_WITHDRAWAL, 13, WEST);
    back.offer = 3;
    add(&script, back);
    add(&script, accepts(14, SOUTH, 3, package(1, 1, 0), 1u << NORTH | 1u << SOUTH));
    read_events();
    /* Two of three again, and later; never all three at once. */
    finds(TOPIC_NEAREST, "consent of North and South and lacked that of West");
}

static void a_seat_without_authority_is_named(void **state) {
    (void)state;
    talks.terms.unauthorised = 1u << SOUTH;
    they_bargain();
    add(&script, accepts(14, SOUTH, 3, package(1, 1, 0), EVERYBODY));
    read_events();
    finds(TOPIC_NEAREST, "lacked the authority to sign of South");
}

static void the_deadline_says_who_moved_last_and_when(void **state) {
    (void)state;
    they_bargain();
    add(&script, demands(offers(30, SOUTH, 4, package(2, 1, 0)), 0.8, 0.4)); /* no concession */
    add_because(&script, breaks_down(100, REASON_DEADLINE, NP_NO_SEAT), 1);
    read_events();
    finds(TOPIC_CLOCK, "The deadline was 11 April 2025; by then nobody had moved for 88d");
    assert_int_equal(
        finds(TOPIC_CLOCK, "North last asked for less, or accepted, on 11 January")->event[0], 4);
    assert_int_equal(
        finds(TOPIC_CLOCK, "South made its first offer, and moved no more, on 2 January")->event[0],
        3);
    assert_int_equal(
        finds(TOPIC_CLOCK, "West last asked for less, or accepted, on 13 January")->event[0], 5);
}

/* When south asks again on days 10, 20, … for these: the day of its last concession. Its first demand is 0.8. */
static int last_concession(double epsilon, const double *demand, int count) {
    talks.terms.stall_epsilon = PARTS(epsilon);
    add(&script, demands(offers(1, SOUTH, 1, package(2, 1, 0)), 0.8, 0.5));
    for (int i = 0; i < count; i++)
        add(&script, demands(offers(10 * (i + 1), SOUTH, (uint32_t)i + 2, package(2, 1, 0)),
                             demand[i], 0.5));
    read_events();
    SimTime at = explanation.reading.seat[SOUTH].moved_at;
    return (int)(at / DAYS(1));
}

static void a_concession_is_as_much_as_a_stall_asks_for(void **state) {
    (void)state;
    const double demand[] = {0.7901, 0.79, 0.7801};
    assert_int_equal(last_concession(0.01, demand, 3), 20);
}

static void small_concessions_add_up_to_one(void **state) {
    (void)state;
    const double demand[] = {0.795, 0.791, 0.789, 0.785};
    assert_int_equal(last_concession(0.01, demand, 4), 30);
}

static void what_was_given_once_is_no_concession_again(void **state) {
    (void)state;
    const double demand[] = {0.6, 0.75, 0.65};
    assert_int_equal(last_concession(0.01, demand, 3), 10);
}

/* Whatever falls is a concession then, but what stays or rises is none. */
static void without_a_threshold_a_demand_must_still_fall(void **state) {
    (void)state;
    const double demand[] = {0.8, 0.799999999, 0.799999999, 0.81};
    assert_int_equal(last_concession(0, demand, 4), 20);
}

static void talks_that_are_broken_off_name_what_broke_them_off(void **state) {
    (void)state;
    they_bargain();
    Event shock = happens(NP_EVENT_SHOCK, 40, NP_NO_SEAT);
    shock.subject = 1;
    shock.text_length = 5;
    memcpy(shock.text, "storm", 5);
    add(&script, shock);
    add_because(&script, breaks_down(40, REASON_DEADLINE, NP_NO_SEAT), 6);
    read_events();
    finds(TOPIC_CLOCK,
          "The talks broke off before their deadline, on 10 February 2025, since event 6");
    finds(TOPIC_CAUSES, "10 February 2025: Shock: A storm");
}

static void a_stall_says_how_long_nothing_moved_after_what(void **state) {
    (void)state;
    they_bargain();
    add_because(&script, breaks_down(42, REASON_STALLED, NP_NO_SEAT), 5);
    read_events();
    const Finding *stall =
        finds(TOPIC_CLOCK,
              "The last concession or new acceptance was on 13 January 2025; in the 30d "
              "after that nobody asked for 0.01 less or accepted anything new, and the talks "
              "stalled on 12 February 2025");
    assert_int_equal(stall->event[0], 5);
    assert_int_equal(stall->event[1], 6);
}

static void votes_are_told_with_their_thresholds(void **state) {
    (void)state;
    talks.ratifiers = 1;
    talks.ratifier[0] =
        (Ratifier){.id = "diet", .name = "The Diet", .seat = WEST, .threshold = PARTS(0.55)};
    they_bargain();
    Event signature = happens(NP_EVENT_SIGNATURE, 14, NP_NO_SEAT);
    signature.seats = EVERYBODY;
    signature.packages = 1;
    signature.menu[0] = package(1, 1, 0);
    add_because(&script, signature, 5);
    Event vote = happens(NP_EVENT_RATIFICATION, 40, WEST);
    vote.demand = PARTS(0.5);
    vote.text_length = 4;
    memcpy(vote.text, "diet", 4);
    add_because(&script, vote, 6);
    add_because(&script, breaks_down(40, REASON_RATIFICATION_FAILED, WEST), 7);
    read_events();
    finds(TOPIC_VERDICT, "the signed package was not ratified in West");
    finds(TOPIC_RATIFICATION,
          "The Diet, for West, voted no on 10 February 2025: to it the package was "
          "worth 0.500, and it passes from 0.550");
    assert_int_equal(count(TOPIC_NEAREST), 0); /* it was signed: nobody's consent was missing */
}

static void a_fault_names_whose_agent_failed(void **state) {
    (void)state;
    they_bargain();
    Event fault = happens(NP_EVENT_FAULT, 13, SOUTH);
    fault.text_length = 4;
    memcpy(fault.text, "died", 4);
    add_because(&script, fault, 1);
    add_because(&script, breaks_down(13, REASON_AGENT_FAULT, SOUTH), 6);
    read_events();
    finds(TOPIC_VERDICT, "the agent of South failed");
    finds(TOPIC_CAUSES, "The agent of South failed: died");
}

/* --- and one of not --- */

static Event agrees(int day) {
    Event event = happens(NP_EVENT_AGREEMENT, day, NP_NO_SEAT);
    event.seats = EVERYBODY;
    event.packages = 1;
    event.menu[0] = package(1, 1, 0);
    return event;
}

static void an_agreement_needs_no_nearest_miss(void **state) {
    (void)state;
    they_bargain();
    add_because(&script, agrees(20), 5);
    read_events();
    finds(TOPIC_VERDICT,
          "Agreement on 21 January 2025, by North, South and West: water shared, guard "
          "joint, debt kept");
    assert_true(explanation.reading.over);
    assert_int_equal(count(TOPIC_VERDICT), 1);
    assert_int_equal(count(TOPIC_NEAREST), 0);
    assert_int_equal(count(TOPIC_CLOCK), 0);
    const Finding *offer = finds(
        TOPIC_OFFERS, "North asked for 0.700 of its own utility at last, with #3 (water shared, "
                      "guard joint, debt kept), and for 0.900 at first");
    assert_int_equal(offer->event[0], 2);
    assert_int_equal(offer->event[1], 4);
    finds(TOPIC_OFFERS, "The demands were 0.500 apart at first and 0.400 at last");
}

static void an_unfinished_run_says_so(void **state) {
    (void)state;
    they_bargain();
    read_events();
    assert_false(explanation.reading.over);
    finds(TOPIC_VERDICT,
          "The talks are not over; what is recorded of them ends on 13 January 2025");
}

static void nothing_recorded_is_nothing_found(void **state) {
    (void)state;
    Script empty;
    script_init(&empty);
    explain(&explanation, &talks, &empty);
    explained = true;
    assert_int_equal(explanation.findings, 0);
    assert_false(explanation.reading.over);
    script_finish(&empty);
}

/* A record may hold what no referee writes. */
static void moves_of_nobody_and_of_what_is_not_there_are_read_without_harm(void **state) {
    (void)state;
    static const EventKind kinds[] = {NP_EVENT_ACCEPTANCE, NP_EVENT_REJECTION, NP_EVENT_WITHDRAWAL,
                                      NP_EVENT_LAPSE,      NP_EVENT_AUTHORITY, NP_EVENT_OFFER};
    they_bargain();
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        Event event = happens(kinds[i], 20, i % 2 == 0 ? NP_NO_SEAT : NP_MAX_SEATS - 1);
        event.offer = 3;
        event.packages = kinds[i] == NP_EVENT_OFFER || kinds[i] == NP_EVENT_ACCEPTANCE;
        if (event.packages > 0) event.menu[0] = package(31, 31, 31);
        if (kinds[i] == NP_EVENT_OFFER) event.expires_at = NP_NEVER;
        add(&script, event);
    }
    read_events();
    finds(TOPIC_NEAREST, "consent of North and West and lacked that of South");
}

/* --- refusals, commitments, leaks --- */

static void refusals_are_counted_by_seat_and_reason(void **state) {
    (void)state;
    they_bargain();
    Event refusal = happens(NP_EVENT_REFUSAL, 13, SOUTH);
    refusal.refused = NP_ACCEPT;
    refusal.ruling = NP_RULING_CROSSES_RED_LINE;
    refusal.offer = 3;
    add(&script, refusal);
    add(&script, refusal);
    refusal.ruling = NP_RULING_NO_SUCH_OFFER;
    add(&script, refusal);
    read_events();
    const Finding *crossed =
        finds(TOPIC_REFUSALS, "South had 2 moves refused: it crosses a hard red line of its own");
    assert_int_equal(crossed->events, 2);
    assert_int_equal(crossed->event[1], 7);
    finds(TOPIC_REFUSALS, "South had 1 move refused: no such offer stands");
    assert_int_equal(count(TOPIC_REFUSALS), 2);
}

static void commitments_are_told_from_making_to_paying(void **state) {
    (void)state;
    Event out = happens(NP_EVENT_RULE_OUT, 2, NORTH);
    out.issue = WATER;
    out.option = 1;
    add(&script, out);
    Event offer = offers(3, NORTH, 1, package(1, 1, 0));
    offer.flags = EVENT_BREAKS_COMMITMENT;
    add(&script, offer);
    Event pays = happens(NP_EVENT_AUDIENCE_COST, 3, NORTH);
    pays.amount = PARTS(0.04);
    add_because(&script, pays, 3);
    read_events();
    assert_int_equal(count(TOPIC_COMMITMENTS), 3);
    finds(TOPIC_COMMITMENTS, "North rules out water shared");
    finds(TOPIC_COMMITMENTS, "it had ruled this out");
    finds(TOPIC_COMMITMENTS, "North pays 0.04 for breaking a public commitment");
}

static void many_of_a_kind_end_in_one_sentence(void **state) {
    (void)state;
    for (int day = 1; day <= 20; day++) {
        Event leak = happens(NP_EVENT_LEAK, day, NORTH);
        leak.table = MILL;
        leak.word = NP_EVENT_STATEMENT;
        add(&script, leak);
    }
    read_events();
    assert_int_equal(count(TOPIC_LEAKS), 13);
    assert_int_equal(finds(TOPIC_LEAKS, "and 8 more events of that kind")->events, 8);
}

/* --- the world --- */

static void appraise(int day, double before, double now, uint64_t cause) {
    Event event = happens(NP_EVENT_APPRAISAL, day, SOUTH);
    event.word = NP_ASPECT_RESERVATION;
    event.before = PARTS(before);
    event.amount = PARTS(now);
    add_because(&script, event, cause);
}

static void walk_away_values_are_traced_to_levers_and_to_drift(void **state) {
    (void)state;
    appraise(2, 0.3, 0.35, 1);
    Event lever = happens(NP_EVENT_LEVER, 3, NORTH);
    lever.decided_at = DAYS(2);
    lever.subject = 1;
    lever.amount = PARTS(1.0);
    add(&script, lever);
    appraise(4, 0.35, 0.25, 3);
    appraise(5, 0.25, 0.24, 3);
    read_events();
    const Finding *whole =
        finds(TOPIC_WALK_AWAY, "South would have walked away with 0.300 when the talks "
                               "opened and with 0.240 at last");
    assert_int_equal(whole->event[0], 2);
    assert_int_equal(whole->event[1], 5);
    finds(TOPIC_WALK_AWAY, "Of that +0.050 because the world moved by itself, which nobody caused");
    const Finding *share =
        finds(TOPIC_WALK_AWAY, "Of that -0.110 since 4 January 2025: North moves The gate: 0 → 1");
    const uint64_t events[] = {3, 4, 5};
    assert_int_equal(share->events, 3);
    assert_memory_equal(share->event, events, sizeof events);
    assert_int_equal(count(TOPIC_WALK_AWAY), 3);
}

static void what_the_world_did_after_a_shock_is_told_apart_from_the_shock(void **state) {
    (void)state;
    Event shock = happens(NP_EVENT_SHOCK, 2, NP_NO_SEAT);
    shock.subject = 1;
    shock.text_length = 5;
    memcpy(shock.text, "storm", 5);
    add(&script, shock);
    appraise(2, 0.3, 0.35, 2);
    appraise(4, 0.35, 0.25, 2);
    read_events();
    const Finding *share = finds(TOPIC_WALK_AWAY, "Of that -0.050 since 3 January 2025: Shock: ");
    assert_non_null(
        strstr(share->sentence, "; +0.050 at that moment, the rest as the world went on"));
}

static void what_was_worth_more_then_is_measured_with_what_was_appraised_then(void **state) {
    (void)state;
    appraise(2, 0.3, 0.65, 1);
    add(&script, demands(offers(3, NORTH, 1, package(1, 1, 0)), 0.9, -1));
    add(&script, accepts(4, WEST, 1, package(1, 1, 0), 1u << NORTH | 1u << WEST));
    appraise(5, 0.65, 0.1, 1);
    add(&script, breaks_down(100, REASON_DEADLINE, NP_NO_SEAT));
    read_events();
    const Finding *worth =
        finds(TOPIC_NEAREST, "To South it was worth 0.600 then, and walking away 0.650");
    assert_int_equal(worth->events, 2);
    assert_int_equal(worth->event[1], 2);
}

/* --- the peace --- */

static uint64_t after(EventKind kind, int day, SeatId seat, double years, uint64_t cause) {
    Event event = happens(kind, day, seat);
    event.amount = PARTS(years);
    return add_because(&script, event, cause);
}

static void a_war_that_somebody_chose_names_what_made_it_pay(void **state) {
    (void)state;
    they_bargain();
    add_because(&script, agrees(20), 5);
    after(NP_EVENT_IMPLEMENTATION, 20, NP_NO_SEAT, 0, 6);
    after(NP_EVENT_PROBE, 200, NP_NO_SEAT, 0.5, 7);
    Event lever = happens(NP_EVENT_LEVER, 300, NORTH);
    lever.subject = 1;
    lever.amount = PARTS(1.0);
    add(&script, lever);
    after(NP_EVENT_RENEWED_WAR, 400, SOUTH, 1.04, 9);
    after(NP_EVENT_HORIZON, 400, NP_NO_SEAT, 1.04, 10);
    read_events();
    assert_true(explanation.reading.over);
    finds(TOPIC_PEACE, "It was tested and held: 1 time");
    finds(TOPIC_PEACE, "Renewed war: South attacks");
    const Finding *cause =
        finds(TOPIC_PEACE, "What had last moved the worth of an attack: North moves The gate");
    assert_int_equal(cause->event[0], 9);
    assert_int_equal(cause->event[1], 10);
    finds(TOPIC_CAUSES, "Nobody looks further: the peace held for 1.0 years");
}

static void a_peace_that_broke_by_chance_says_so(void **state) {
    (void)state;
    static Durability durability = {.base = 0.2, .shape = 1, .discount = 0.95, .horizon = 10};
    durability_settle(&durability);
    talks.terms.durability = &durability;
    add(&script, agrees(20));
    after(NP_EVENT_IMPLEMENTATION, 20, NP_NO_SEAT, 0, 2);
    after(NP_EVENT_RENEWED_WAR, 400, NP_NO_SEAT, 1.04, 3);
    read_events();
    assert_false(explanation.reading.over); /* nothing says that nobody looks further */
    finds(TOPIC_VERDICT, "What became of the agreement is not recorded to its end");
    finds(TOPIC_PEACE, "It broke by chance, under the terms that were agreed");
    finds(TOPIC_PEACE, "was expected to hold for 47 % of the time that counts");
}

/* --- for people --- */

static void a_page_has_a_heading_a_topic_and_numbers_a_sentence(void **state) {
    (void)state;
    they_bargain();
    read_events();
    Text page = {0};
    explanation_print(&explanation, false, &page);
    assert_non_null(strstr(text_get(&page),
                           "How it ended\n  The talks are not over; what is recorded of "
                           "them ends on 13 January 2025 (event 5).\n\nWhat led there"));
    for (size_t i = 0, column = 0; i < page.length; i++) {
        if ((page.bytes[i] & 0xC0) != 0x80) column++;
        if (page.bytes[i] == '\n') column = 0;
        assert_in_range(column, 0, 100);
    }
    text_finish(&page);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, they_sit_down, they_go_home)
    const struct CMUnitTest tests[] = {
        TEST(a_walk_out_is_traced_to_what_nobody_caused),
        TEST(an_offer_is_known_by_its_number_whatever_its_place),
        TEST(the_nearest_miss_names_who_had_not_consented_and_what_it_was_worth),
        TEST(a_miss_that_crosses_a_red_line_says_so),
        TEST(what_was_taken_back_is_near_no_more_but_was),
        TEST(a_seat_without_authority_is_named),
        TEST(the_deadline_says_who_moved_last_and_when),
        TEST(a_concession_is_as_much_as_a_stall_asks_for),
        TEST(small_concessions_add_up_to_one),
        TEST(what_was_given_once_is_no_concession_again),
        TEST(without_a_threshold_a_demand_must_still_fall),
        TEST(talks_that_are_broken_off_name_what_broke_them_off),
        TEST(a_stall_says_how_long_nothing_moved_after_what),
        TEST(votes_are_told_with_their_thresholds),
        TEST(a_fault_names_whose_agent_failed),
        TEST(an_agreement_needs_no_nearest_miss),
        TEST(an_unfinished_run_says_so),
        TEST(nothing_recorded_is_nothing_found),
        TEST(moves_of_nobody_and_of_what_is_not_there_are_read_without_harm),
        TEST(refusals_are_counted_by_seat_and_reason),
        TEST(commitments_are_told_from_making_to_paying),
        TEST(many_of_a_kind_end_in_one_sentence),
        TEST(walk_away_values_are_traced_to_levers_and_to_drift),
        TEST(what_the_world_did_after_a_shock_is_told_apart_from_the_shock),
        TEST(what_was_worth_more_then_is_measured_with_what_was_appraised_then),
        TEST(a_war_that_somebody_chose_names_what_made_it_pay),
        TEST(a_peace_that_broke_by_chance_says_so),
        TEST(a_page_has_a_heading_a_topic_and_numbers_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
