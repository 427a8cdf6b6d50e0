/* The canonical form of events: what goes in comes out, and nothing else is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/rng.h"
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
        {68, 17, "kind is unknown"},
        {68, NP_EVENT_REFUSAL, "ruling does not fit the kind"},
        {68, NP_EVENT_BREAKDOWN, "reason does not fit the kind"},
        {69, 16, "seat is out of range"},
        {70, 12, "ruling is unknown"},
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
        {79, 2, "layout is unknown"},
        {80, 32, "menu is out of range"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refuses(cases[i].at, cases[i].value, cases[i].complaint);
}

static void a_fault_is_somebodys(void **state) {
    (void)state;
    uint8_t bytes[EVENT_MAX_BYTES];
    Event event = an_offer(), decoded;
    event.kind = NP_EVENT_FAULT;
    assert_true(event_decode(bytes, event_encode(&event, bytes), &decoded, NULL));
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
        Event event = an_offer(), decoded;
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
    for (uint8_t kind = NP_EVENT_OPENING; kind <= NP_EVENT_FAULT; kind++)
        assert_int_equal(event_kind_find(event_kind_name(kind)), kind);
    assert_int_equal(event_kind_find("offers"), -1);
    assert_null(event_kind_name(0));
    assert_null(event_kind_name(NP_EVENT_FAULT + 1));
    assert_null(action_kind_name(NP_WALK_OUT + 1));
    assert_null(ruling_name(NP_RULING_MENU_TOO_LARGE + 1));
    assert_null(reason_name(REASON_AGENT_FAULT + 1));
    assert_string_equal(event_kind_name(NP_EVENT_RULE_OUT), "rule_out");
    assert_string_equal(action_kind_name(NP_WALK_OUT), "walk_out");
    assert_string_equal(ruling_name(NP_RULING_CROSSES_RED_LINE), "crosses_red_line");
    assert_string_equal(reason_name(REASON_RATIFICATION_FAILED), "ratification_failed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_has_these_bytes_on_every_machine),
        cmocka_unit_test(events_come_back_as_they_went),
        cmocka_unit_test(a_refusal_keeps_the_move_as_it_was_said),
        cmocka_unit_test(issues_are_not_written_where_there_is_no_package),
        cmocka_unit_test(numbers_out_of_range_are_refused_by_name),
        cmocka_unit_test(a_fault_is_somebodys),
        cmocka_unit_test(wrong_lengths_are_refused),
        cmocka_unit_test(whatever_is_decoded_encodes_to_the_same_bytes),
        cmocka_unit_test(names_are_words_and_lead_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
