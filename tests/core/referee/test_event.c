/* The canonical form of events: what goes in comes out, and nothing else is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"
#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

static Event an_offer(void) {
    Event event = {.id = 7,
                   .cause = 3,
                   .at = 86400,
                   .decided_at = 3600,
                   .expires_at = NP_NEVER,
                   .demand = 900000000,
                   .distance = UTILITY_NONE,
                   .offer = 2,
                   .kind = NP_EVENT_OFFER,
                   .seat = 1,
                   .packages = 2,
                   .issues = 3};
    memset(event.menu, NP_NO_OPTION, sizeof event.menu);
    memcpy(event.menu[0].option, "\1\2\3", 3);
    memcpy(event.menu[1].option, "\4\5\xff", 3);
    return event;
}

static void hex(const uint8_t *bytes, size_t length, char *out) {
    for (size_t i = 0; i < length; i++) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void an_offer_has_these_bytes_on_every_machine(void **state) {
    (void)state;
    static const char expected[] = "56000000"
                                   "02000000"
                                   "0700000000000000"
                                   "0300000000000000"
                                   "8051010000000000"
                                   "100e000000000000"
                                   "ffffffffffffff7f"
                                   "00e9a43500000000"
                                   "0000000000000080"
                                   "00000000"
                                   "0201000000000000"
                                   "0002"
                                   "03"
                                   "01"
                                   "010203"
                                   "0405ff";
    uint8_t bytes[EVENT_MAX_BYTES];
    char text[2 * EVENT_MAX_BYTES + 1];
    Event event = an_offer();
    size_t length = event_encode(&event, bytes);
    hex(bytes, length, text);
    assert_string_equal(text, expected);
}

static void assert_round_trip(const Event *event) {
    uint8_t bytes[EVENT_MAX_BYTES], again[EVENT_MAX_BYTES];
    Event decoded;
    Error error = {0};
    size_t length = event_encode(event, bytes);
    if (!event_decode(bytes, length, &decoded, &error)) fail_msg("%s", error.text);
    assert_int_equal(event_encode(&decoded, again), length);
    assert_memory_equal(bytes, again, length);
    /* Field by field where the structure may have holes. */
    assert_memory_equal(&decoded, event, offsetof(Event, issues) + 1);
    assert_int_equal(decoded.text_length, event->text_length);
    assert_memory_equal(decoded.menu, event->menu, sizeof decoded.menu);
    assert_memory_equal(decoded.text, event->text, sizeof decoded.text);
}

static void events_come_back_as_they_went(void **state) {
    (void)state;
    Event offer = an_offer();
    assert_round_trip(&offer);

    Event fault = an_offer();
    fault.kind = NP_EVENT_FAULT;
    fault.packages = fault.issues = 0;
    memset(fault.menu, NP_NO_OPTION, sizeof fault.menu);
    memset(fault.text, 'x', EVENT_MAX_TEXT);
    fault.text_length = EVENT_MAX_TEXT;
    assert_round_trip(&fault);

    Event longest = an_offer();
    longest.packages = NP_MAX_MENU;
    longest.issues = NP_MAX_ISSUES;
    memset(longest.menu, NP_MAX_OPTIONS - 1, sizeof longest.menu);
    memset(longest.text, 'y', EVENT_MAX_TEXT);
    longest.text_length = EVENT_MAX_TEXT;
    assert_round_trip(&longest);
}

static void a_refusal_keeps_the_move_as_it_was_said(void **state) {
    (void)state;
    Event event = an_offer();
    event.kind = NP_EVENT_REFUSAL;
    event.ruling = NP_RULING_MALFORMED;
    event.refused = 77;
    event.issue = event.option = event.package = 200;
    event.menu[0].option[0] = 99;
    assert_round_trip(&event);
}

static void issues_are_not_written_where_there_is_no_package(void **state) {
    (void)state;
    uint8_t with[EVENT_MAX_BYTES], without[EVENT_MAX_BYTES];
    Event event = an_offer();
    event.kind = NP_EVENT_PASS;
    event.packages = 0;
    size_t length = event_encode(&event, with);
    event.issues = 0;
    assert_int_equal(event_encode(&event, without), length);
    assert_memory_equal(with, without, length);
}

static void refuses(size_t at, uint8_t value, const char *complaint) {
    uint8_t bytes[EVENT_MAX_BYTES];
    Event event = an_offer(), decoded;
    Error error = {0};
    size_t length = event_encode(&event, bytes);
    bytes[at] = value;
    if (event_decode(bytes, length, &decoded, &error)) fail_msg("byte %zu: taken", at);
    assert_int_equal(error.kind, ERROR_SCENARIO);
    if (!strstr(error.text, complaint)) fail_msg("byte %zu: %s", at, error.text);
}

static void numbers_out_of_range_are_refused_by_name(void **state) {
    (void)state;
    static const struct {
        size_t at;
        uint8_t value;
        const char *complaint;
    } cases[] = {
        {0, 85, "length is wrong"},
        {2, 1, "length is wrong"},
        {8, 0, "id is 0"},
        {16, 7, "cause is not an earlier event"},
        {16, 0, "cause is missing"},
        {31, 0x80, "at is before the start"},
        {30, 0x20, "at is out of range"},
        {34, 2, "decided_at is after at"},
        {39, 0x80, "decided_at is before the start"},
        {47, 0x80, "expires_at is out of range"},
        {47, 0x7e, "expires_at is out of range"},
        {67, 1, "seats is out of range"},
        {68, 0, "kind is unknown"},
        {68, 31, "kind is unknown"},
        {68, NP_EVENT_REFUSAL, "ruling does not fit the kind"},
        {68, NP_EVENT_BREAKDOWN, "reason does not fit the kind"},
        {69, 16, "seat is out of range"},
        {70, 16, "ruling is unknown"},
        {70, 1, "ruling does not fit the kind"},
        {71, 1, "refused does not fit the kind"},
        {72, 6, "reason is unknown"},
        {72, 1, "reason does not fit the kind"},
        {73, 4, "flags are unknown"},
        {74, 4, "package is out of range"},
        {75, 32, "issue is out of range"},
        {76, 32, "option is out of range"},
        {77, 5, "packages is out of range"},
        {77, 3, "length is wrong"},
        {77, 0, "issues does not fit packages"},
        {78, 33, "issues is out of range"},
        {78, 4, "length is wrong"},
        {79, 3, "layout is unknown"},
        {79, 0, "layout is unknown"},
        {80, 32, "menu is out of range"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuses(cases[i].at, cases[i].value, cases[i].complaint);
}

static Event a_lever(void) {
    return (Event){.id = 9,
                   .cause = 4,
                   .at = 86400,
                   .decided_at = 3600,
                   .demand = 20000000,
                   .distance = UTILITY_NONE,
                   .kind = NP_EVENT_LEVER,
                   .seat = 1,
                   .subject = 3,
                   .amount = -500000000,
                   .before = 1000000000};
}

/* What a world adds to an event stands after what events have always had. */
static void a_lever_has_these_bytes_on_every_machine(void **state) {
    (void)state;
    static const char expected[] = "68000000"
                                   "00000000"
                                   "0900000000000000"
                                   "0400000000000000"
                                   "8051010000000000"
                                   "100e000000000000"
                                   "0000000000000000"
                                   "002d310100000000"
                                   "0000000000000080"
                                   "00000000"
                                   "1101000000000000"
                                   "0000"
                                   "00"
                                   "02"
                                   "00"
                                   "03"
                                   "00"
                                   "0000000000"
                                   "009b32e2ffffffff"
                                   "00ca9a3b00000000";
    uint8_t bytes[EVENT_MAX_BYTES];
    char text[2 * EVENT_MAX_BYTES + 1];
    Event event = a_lever();
    hex(bytes, event_encode(&event, bytes), text);
    assert_string_equal(text, expected);
}

static void what_a_world_adds_comes_back_as_it_went(void **state) {
    (void)state;
    Event lever = a_lever(), offer = an_offer(), statement = a_lever();
    memset(lever.menu, NP_NO_OPTION, sizeof lever.menu);
    assert_round_trip(&lever);
    offer.table = 2;
    assert_round_trip(&offer);
    memset(statement.menu, NP_NO_OPTION, sizeof statement.menu);
    statement.kind = NP_EVENT_STATEMENT;
    statement.word = NP_SAY_DENY;
    assert_round_trip(&statement);
    statement.kind = NP_EVENT_REFUSAL;
    statement.ruling = NP_RULING_MALFORMED;
    statement.table = statement.word = statement.subject = 200;
    assert_round_trip(&statement);
}

static void refuses_lever(size_t at, uint8_t value, const char *complaint) {
    uint8_t bytes[EVENT_MAX_BYTES];
    Event event = a_lever(), decoded;
    Error error = {0};
    size_t length = event_encode(&event, bytes);
    bytes[at] = value;
    if (event_decode(bytes, length, &decoded, &error)) fail_msg("byte %zu: taken", at);
    if (!strstr(error.text, complaint)) fail_msg("byte %zu: %s", at, error.text);
}

static void numbers_of_the_world_out_of_range_are_refused(void **state) {
    (void)state;
    refuses_lever(80, NP_MAX_TABLES, "table is out of range");
    refuses_lever(81, NP_MAX_VARIABLES + 1, "subject is out of range");
    refuses_lever(82, 1, "word does not fit the kind");
    for (size_t at = 83; at < 88; at++) refuses_lever(at, 1, "reserved bytes are not zero");
    refuses_lever(68, NP_EVENT_STATEMENT, "word is unknown");
    refuses_lever(68, NP_EVENT_LEAK, "word is unknown");
}

/* An event has one form: the longer layout is only for what the shorter one cannot say. */
static void the_longer_layout_must_be_needed(void **state) {
    (void)state;
    uint8_t bytes[EVENT_MAX_BYTES];
    Event event = a_lever(), decoded;
    Error error = {0};
    size_t length = event_encode(&event, bytes);
    bytes[81] = 0;
    memset(bytes + 88, 0, 16);
    assert_false(event_decode(bytes, length, &decoded, &error));
    assert_non_null(strstr(error.text, "layout 2 says nothing"));
    bytes[103] = 1;
    assert_true(event_decode(bytes, length, &decoded, &error));
    bytes[0] = 80;
    assert_false(event_decode(bytes, 80, &decoded, &error));
}

static void a_fault_is_somebodys(void **state) {
    (void)state;
    uint8_t bytes[EVENT_MAX_BYTES];
    Event event = an_offer(), decoded;
    event.kind = NP_EVENT_FAULT;
    assert_true(event_decode(bytes, event_encode(&event, bytes), &decoded, NULL));
    event.word = ON_FAULT_SUBSTITUTE;
    assert_true(event_decode(bytes, event_encode(&event, bytes), &decoded, NULL));
    assert_int_equal(decoded.word, ON_FAULT_SUBSTITUTE);
    event.word++;
    assert_false(event_decode(bytes, event_encode(&event, bytes), &decoded, NULL));
    event.word = 0;
    event.seat = NP_NO_SEAT;
    assert_false(event_decode(bytes, event_encode(&event, bytes), &decoded, NULL));
}

static void wrong_lengths_are_refused(void **state) {
    (void)state;
    uint8_t bytes[EVENT_MAX_BYTES + 1] = {0};
    Event event = an_offer(), decoded;
    size_t length = event_encode(&event, bytes);
    for (size_t given = 0; given <= EVENT_MAX_BYTES + 1; given++)
        assert_int_equal(event_decode(bytes, given, &decoded, NULL), given == length);
}

/* Whatever is taken is the one form of what it says. */
static void whatever_is_decoded_encodes_to_the_same_bytes(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "event"));
    uint32_t taken = 0;
    for (int round = 0; round < 200000; round++) {
        uint8_t bytes[EVENT_MAX_BYTES], again[EVENT_MAX_BYTES];
        Event event = round % 2 == 0 ? an_offer() : a_lever(), decoded;
        size_t length = event_encode(&event, bytes);
        for (uint32_t flips = 1 + rng_below(&rng, 3); flips > 0; flips--)
            bytes[rng_below(&rng, (uint32_t)length)] ^= (uint8_t)(1u << rng_below(&rng, 8));
        if (!event_decode(bytes, length, &decoded, NULL)) continue;
        taken++;
        assert_int_equal(event_encode(&decoded, again), length);
        assert_memory_equal(bytes, again, length);
    }
    assert_true(taken > 1000);
}

static void names_are_words_and_lead_back(void **state) {
    (void)state;
    for (uint8_t kind = NP_EVENT_OPENING; kind <= NP_EVENT_HORIZON; kind++)
        assert_int_equal(event_kind_find(event_kind_name(kind)), kind);
    assert_int_equal(event_kind_find("offers"), -1);
    assert_null(event_kind_name(0));
    assert_null(event_kind_name(NP_EVENT_HORIZON + 1));
    assert_null(action_kind_name(NP_STATEMENT + 1));
    assert_null(ruling_name(NP_RULING_NOT_YOUR_ROLE + 1));
    assert_null(reason_name(REASON_AGENT_FAULT + 1));
    assert_null(statement_name(0));
    assert_null(statement_name(NP_SAY_DENY + 1));
    assert_null(aspect_name(NP_ASPECT_TYPE + 1));
    assert_string_equal(event_kind_name(NP_EVENT_RULE_OUT), "rule_out");
    assert_string_equal(event_kind_name(NP_EVENT_RENEWED_WAR), "renewed_war");
    assert_string_equal(action_kind_name(NP_WALK_OUT), "walk_out");
    assert_string_equal(action_kind_name(NP_LEVER), "lever");
    assert_string_equal(ruling_name(NP_RULING_CROSSES_RED_LINE), "crosses_red_line");
    assert_string_equal(ruling_name(NP_RULING_OUT_OF_BOUNDS), "out_of_bounds");
    assert_string_equal(reason_name(REASON_RATIFICATION_FAILED), "ratification_failed");
    assert_string_equal(statement_name(NP_SAY_THREAT), "threat");
    assert_string_equal(aspect_name(NP_ASPECT_EROSION), "erosion");
}

/* What the scenario does at a seat's place is decided when it happens; a seat takes its time. */
static void moves_are_what_seats_decided(void **state) {
    (void)state;
    Event lever = a_lever(), offer = an_offer();
    assert_true(event_is_move(&lever) && event_is_move(&offer));
    lever.decided_at = lever.at;
    assert_false(event_is_move(&lever));
    lever.kind = NP_EVENT_STATEMENT;
    assert_true(event_is_move(&lever));
    for (uint8_t kind = NP_EVENT_WORLD; kind <= NP_EVENT_HORIZON + 1; kind++) {
        offer.kind = kind;
        assert_false(event_is_move(&offer));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_has_these_bytes_on_every_machine),
        cmocka_unit_test(events_come_back_as_they_went),
        cmocka_unit_test(a_refusal_keeps_the_move_as_it_was_said),
        cmocka_unit_test(issues_are_not_written_where_there_is_no_package),
        cmocka_unit_test(numbers_out_of_range_are_refused_by_name),
        cmocka_unit_test(a_lever_has_these_bytes_on_every_machine),
        cmocka_unit_test(what_a_world_adds_comes_back_as_it_went),
        cmocka_unit_test(numbers_of_the_world_out_of_range_are_refused),
        cmocka_unit_test(the_longer_layout_must_be_needed),
        cmocka_unit_test(moves_are_what_seats_decided),
        cmocka_unit_test(a_fault_is_somebodys),
        cmocka_unit_test(wrong_lengths_are_refused),
        cmocka_unit_test(whatever_is_decoded_encodes_to_the_same_bytes),
        cmocka_unit_test(names_are_words_and_lead_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
