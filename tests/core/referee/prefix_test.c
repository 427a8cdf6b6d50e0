/* A scripted prefix, then live: feeding what seats did is as good as asking them, and what follows a branch
 * leaves what came before it untouched. */
#include "core/referee/script.h"

#include "core/negotiation/mechanism.h"
#include "tests/core/base/suite.h"
#include "tests/fixtures/anybody.h"
#include "tests/fixtures/negotiations.h"

enum { SCENARIOS = 1500 };

typedef struct Production {
    const Negotiation *negotiation;
    uint64_t seed;        /* of the players */
    const Script *script; /* NULL: nothing is fed */
    SeatSet fed;
    SimTime until;
    const Negotiation *next; /* from `until` on; NULL: no change */
} Production;

static void feed(Referee *referee, const Production *production) {
    referee_feed_until(referee, production->fed, production->until);
    Event event;
    for (uint64_t i = 0; script_event(production->script, i, &event); i++)
        if (event.seat < NP_MAX_SEATS && seat_in(production->fed, event.seat) &&
            event.decided_at < production->until)
            referee_feed(referee, &event);
    if (production->next != NULL)
        assert_true(referee_switch(referee, production->next, production->until, NULL));
}

/* Plays to the end; the events go into `out`. */
static Digest produce(const Production *production, Script *out) {
    Referee *referee = referee_create();
    SimTime floor = production->negotiation->terms.lookahead;
    Anybody anybody = {
        .negotiation = production->negotiation, .seed = production->seed, .wake_floor = floor};
    referee_open(referee, production->negotiation, 5, 1);
    if (production->script != NULL) feed(referee, production);
    bool goes_on = true;
    while (goes_on) {
        goes_on = referee_advance(referee);
        uint32_t count;
        const uint32_t *offset;
        referee_events(referee, &count);
        const uint8_t *bytes = referee_event_bytes(referee, &offset);
        for (uint32_t i = 0; i < count && out != NULL; i++)
            script_add(out, bytes + offset[i], offset[i + 1] - offset[i]);
        const Grant *grants = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count && goes_on; i++) {
            Answer answer = anybody_answer(&anybody, &grants[i]);
            assert_true(referee_answer(referee, &answer, NULL));
        }
    }
    Digest digest = referee_verdict(referee)->digest;
    referee_destroy(referee);
    anybody_finish(&anybody);
    return digest;
}

/* Whoever is fed: the first seat, all but the first, everybody. What they would say now does not count. */
static void feeding_is_as_good_as_asking(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < SCENARIOS; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        Script script;
        script_init(&script);
        Production live = {.negotiation = negotiation, .seed = seed};
        Digest original = produce(&live, &script);
        SeatSet all = negotiation->terms.consent.all;
        const SeatSet casts[] = {1, all & ~1u, all};
        for (size_t i = 0; i < 3; i++) {
            Production fed = {negotiation, seed, &script, casts[i], NP_NEVER, NULL};
            if (casts[i] == all) fed.seed = seed + 1;
            Digest again = produce(&fed, NULL);
            assert_true(digest_equal(&original, &again));
        }
        script_finish(&script);
        fixture_finish(negotiation);
    }
}

static void assert_prefix_is_kept(const Script *original, const Script *branch, SimTime until) {
    Event event;
    for (uint64_t i = 0; script_event(original, i, &event) && event.at <= until; i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(branch, i, &length);
        assert_non_null(bytes);
        assert_true(script_agrees(original, i, bytes, length));
    }
}

static void a_branch_keeps_the_prefix_and_may_part_after_it(void **state) {
    (void)state;
    unsigned parted = 0;
    for (uint64_t seed = 0; seed < SCENARIOS; seed++) {
        Negotiation *negotiation = fixture_random(seed);
        Script script, branch;
        script_init(&script);
        script_init(&branch);
        Production live = {.negotiation = negotiation, .seed = seed};
        Digest original = produce(&live, &script);
        Event middle;
        assert_true(script_event(&script, script.count / 2, &middle));
        Production other = {negotiation, seed + 1000, &script, negotiation->terms.consent.all,
                            middle.at,   NULL};
        Digest digest = produce(&other, &branch), again = produce(&other, NULL);
        assert_true(digest_equal(&digest, &again));
        assert_prefix_is_kept(&script, &branch, middle.at);
        parted += !digest_equal(&original, &digest);
        script_finish(&script);
        script_finish(&branch);
        fixture_finish(negotiation);
    }
    assert_true(parted > SCENARIOS / 3);
}

/* The same seats and issues under other values: what happened before the change stays, demands as they were
 * then reckoned included. */
static void a_change_of_values_leaves_the_past_alone(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < SCENARIOS / 3; seed++) {
        Negotiation *negotiation = fixture_random(seed), *changed = fixture_random(seed);
        for (SeatId seat = 0; seat < changed->terms.seats; seat++) {
            changed->profile[seat].reservation += utility_from(0.2);
            for (uint8_t option = 0; option < changed->terms.domain.issue[0].options; option++)
                changed->profile[seat].value[0][option] /= 2;
        }
        Script script, branch;
        script_init(&script);
        script_init(&branch);
        Production live = {.negotiation = negotiation, .seed = seed};
        produce(&live, &script);
        Event middle;
        assert_true(script_event(&script, script.count / 2, &middle));
        Production other = {negotiation, seed,   &script, negotiation->terms.consent.all,
                            middle.at,   changed};
        produce(&other, &branch);
        /* At the moment of the change itself the new values count already. */
        assert_prefix_is_kept(&script, &branch, middle.at - 1);
        script_finish(&script);
        script_finish(&branch);
        fixture_finish(negotiation);
        fixture_finish(changed);
    }
}

static void seats_and_issues_cannot_change(void **state) {
    (void)state;
    Negotiation *two = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Negotiation *three = fixture_plain(&mechanism_open_table, 3, 2, 3);
    Negotiation *more = fixture_plain(&mechanism_open_table, 2, 3, 3);
    Negotiation *turns = fixture_plain(&mechanism_alternating_offers, 2, 2, 3);
    Referee *referee = referee_create();
    referee_open(referee, two, 1, 1);
    Error error = {0};
    assert_false(referee_switch(referee, three, DAYS(5), &error));
    assert_string_equal(error.text,
                        "seats, issues and options cannot change while the talks go on");
    assert_false(referee_switch(referee, more, DAYS(5), NULL));
    assert_false(referee_switch(referee, turns, DAYS(5), NULL));
    referee_destroy(referee);
    fixture_finish(two);
    fixture_finish(three);
    fixture_finish(more);
    fixture_finish(turns);
}

/* --- small scenes, played by hand --- */

/* Every seat says the same one thing when first asked, and nothing more; the events go into `out`. */
static void play_once(Referee *referee, const Reply *first, Script *out) {
    SeatSet spoken = 0;
    for (bool goes_on = true; goes_on;) {
        goes_on = referee_advance(referee);
        uint32_t count;
        const uint32_t *offset;
        referee_events(referee, &count);
        const uint8_t *bytes = referee_event_bytes(referee, &offset);
        for (uint32_t i = 0; i < count; i++)
            script_add(out, bytes + offset[i], offset[i + 1] - offset[i]);
        const Grant *grant = referee_grants(referee, &count);
        for (uint32_t i = 0; i < count && goes_on; i++) {
            Reply replies[8];
            for (uint32_t k = 0; k < grant[i].occasions; k++) {
                bool silent = k > 0 || seat_in(spoken, grant[i].seat);
                replies[k] = silent ? (Reply){.wake_at = NP_NEVER} : *first;
                replies[k].at = grant[i].occasion[k].at;
            }
            spoken |= seat_bit(grant[i].seat);
            Answer answer = {grant[i].run, grant[i].seat, grant[i].occasions, replies};
            assert_true(referee_answer(referee, &answer, NULL));
        }
    }
}

/* The first event of a kind; `at` 0 and no kind when there is none. */
static Event find_event(const Script *script, EventKind kind) {
    Event event;
    for (uint64_t i = 0; script_event(script, i, &event); i++)
        if (event.kind == kind) return event;
    return (Event){0};
}

static void call_ratifier(Negotiation *negotiation, double threshold) {
    negotiation->ratifiers = 1;
    negotiation->ratifier[0] = (Ratifier){.id = "parliament",
                                          .name = "parliament",
                                          .threshold = utility_from(threshold),
                                          .after = DAYS(10)};
}

/* Both table the same package, which is signed on the first day; on the fifth `changed` takes over. */
static void play_ratification(Negotiation *changed, Script *script, Verdict *verdict) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    call_ratifier(negotiation, 0);
    Referee *referee = referee_create();
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_switch(referee, changed, DAYS(5), NULL));
    Reply offer = {.wake_at = NP_NEVER, .moves = 1, .move = {OFFER_OF(1, 1)}};
    play_once(referee, &offer, script);
    *verdict = *referee_verdict(referee);
    referee_destroy(referee);
    fixture_finish(negotiation);
}

static void ratifiers_may_change_between_signature_and_vote(void **state) {
    (void)state;
    Negotiation *changed = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Verdict verdict;
    Script script;
    script_init(&script);
    play_ratification(changed, &script, &verdict); /* nobody left to ask */
    assert_int_equal(verdict.kind, VERDICT_AGREEMENT);
    assert_int_equal(verdict.ended_at, DAYS(11));
    assert_int_equal(find_event(&script, NP_EVENT_RATIFICATION).kind, 0);
    Event end = find_event(&script, NP_EVENT_AGREEMENT);
    assert_int_equal(end.cause, find_event(&script, NP_EVENT_SIGNATURE).id);
    call_ratifier(changed, 0.9);
    script_finish(&script);
    play_ratification(changed, &script, &verdict); /* asked for more than it is worth */
    assert_int_equal(verdict.reason, REASON_RATIFICATION_FAILED);
    script_finish(&script);
    fixture_finish(changed);
}

/* An offer that would have outlived the talks runs out in its time when they are prolonged, and who wanted
 * to be woken then is. */
static void a_later_deadline_is_lived_to_its_end(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Negotiation *longer = fixture_plain(&mechanism_open_table, 2, 2, 3);
    longer->terms.deadline = DAYS(300);
    Referee *referee = referee_create();
    Script script;
    script_init(&script);
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_switch(referee, longer, DAYS(5), NULL));
    Reply offer = {.wake_at = DAYS(150), .moves = 1, .move = {OFFER_OF(1, 1)}};
    offer.move[0].valid_for = DAYS(199);
    negotiation->profile[1].red_lines = longer->profile[1].red_lines = 1;
    negotiation->profile[1].red_line[0] = longer->profile[1].red_line[0] =
        (RedLine){.when = {1, {0}, {1u << 1}}, .hard = true};
    play_once(referee, &offer, &script);
    assert_int_equal(find_event(&script, NP_EVENT_LAPSE).at, DAYS(200));
    assert_int_equal(referee_verdict(referee)->ended_at, DAYS(300));
    script_finish(&script);
    referee_destroy(referee);
    fixture_finish(negotiation);
    fixture_finish(longer);
}

/* I4: a package that its own seat could no longer live with is not there to be accepted. */
static void what_crosses_a_new_red_line_lapses_when_it_is_drawn(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Negotiation *stricter = fixture_plain(&mechanism_open_table, 2, 2, 3);
    stricter->profile[0].red_lines = 1;
    stricter->profile[0].red_line[0] = (RedLine){.when = {1, {0}, {1u << 1}}, .hard = true};
    Referee *referee = referee_create();
    Script script;
    script_init(&script);
    negotiation->terms.seat[1].delay = stricter->terms.seat[1].delay = DAYS(200); /* too late */
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_switch(referee, stricter, DAYS(5) + 7, NULL));
    Reply offer = {.wake_at = NP_NEVER, .moves = 1, .move = {OFFER_OF(1, 1)}};
    play_once(referee, &offer, &script);
    Event lapse = find_event(&script, NP_EVENT_LAPSE);
    assert_int_equal(lapse.at, DAYS(5) + 7);
    assert_int_equal(lapse.cause, find_event(&script, NP_EVENT_OFFER).id);
    script_finish(&script);
    referee_destroy(referee);
    fixture_finish(negotiation);
    fixture_finish(stricter);
}

/* I5: patience that is already at its end when it is introduced ends the talks then, not before. */
static void a_shorter_patience_ends_nothing_in_the_past(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Negotiation *impatient = fixture_plain(&mechanism_open_table, 2, 2, 3);
    impatient->terms.stall_window = DAYS(5);
    Referee *referee = referee_create();
    Script script;
    script_init(&script);
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_switch(referee, impatient, DAYS(30), NULL));
    Reply nothing = {.wake_at = NP_NEVER};
    play_once(referee, &nothing, &script);
    assert_int_equal(referee_verdict(referee)->reason, REASON_STALLED);
    assert_int_equal(referee_verdict(referee)->ended_at, DAYS(30));
    script_finish(&script);
    referee_destroy(referee);
    fixture_finish(negotiation);
    fixture_finish(impatient);
}

/* A turn that was under way when turns became longer passes as it would have. */
static void a_pass_was_decided_when_its_seat_was_asked(void **state) {
    (void)state;
    Negotiation *negotiation = fixture_plain(&mechanism_alternating_offers, 2, 2, 3);
    Negotiation *slower = fixture_plain(&mechanism_alternating_offers, 2, 2, 3);
    slower->terms.lookahead = slower->terms.seat[0].delay = slower->terms.seat[1].delay = DAYS(10);
    Referee *referee = referee_create();
    Script script;
    script_init(&script);
    referee_open(referee, negotiation, 1, 1);
    assert_true(referee_switch(referee, slower, DAYS(1) / 2, NULL));
    Reply nothing = {.wake_at = NP_NEVER};
    play_once(referee, &nothing, &script);
    Event pass = find_event(&script, NP_EVENT_PASS);
    assert_int_equal(pass.at, DAYS(1));
    assert_int_equal(pass.decided_at, 0);
    script_finish(&script);
    referee_destroy(referee);
    fixture_finish(negotiation);
    fixture_finish(slower);
}

static void only_moves_can_be_fed(void **state) {
    (void)state;
    Negotiation *two = fixture_plain(&mechanism_open_table, 2, 2, 3);
    Referee *referee = referee_create();
    referee_open(referee, two, 1, 1);
    Event event = {.kind = NP_EVENT_BREAKDOWN, .seat = 0};
    assert_false(referee_feed(referee, &event));
    event.kind = NP_EVENT_FAULT;
    assert_false(referee_feed(referee, &event));
    event = (Event){.kind = NP_EVENT_WALK_OUT, .seat = 2};
    assert_false(referee_feed(referee, &event));
    event.seat = 1;
    assert_true(referee_feed(referee, &event));
    referee_destroy(referee);
    fixture_finish(two);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feeding_is_as_good_as_asking),
        cmocka_unit_test(a_branch_keeps_the_prefix_and_may_part_after_it),
        cmocka_unit_test(a_change_of_values_leaves_the_past_alone),
        cmocka_unit_test(seats_and_issues_cannot_change),
        cmocka_unit_test(ratifiers_may_change_between_signature_and_vote),
        cmocka_unit_test(a_later_deadline_is_lived_to_its_end),
        cmocka_unit_test(what_crosses_a_new_red_line_lapses_when_it_is_drawn),
        cmocka_unit_test(a_shorter_patience_ends_nothing_in_the_past),
        cmocka_unit_test(a_pass_was_decided_when_its_seat_was_asked),
        cmocka_unit_test(only_moves_can_be_fed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
