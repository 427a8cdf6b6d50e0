/* The referee over random worlds and random players: what must hold after every event with everything on
 * at once; and that neither windows, nor the order of answers, nor who is fed change what happens. */
#include <string.h>

#include "core/base/memory.h"
#include "core/negotiation/mechanism.h"
#include "core/referee/script.h"
#include "tests/core/base/suite.h"
#include "tests/core/referee/watch.h"
#include "tests/fixtures/anybody.h"
#include "tests/fixtures/worlds.h"

enum { WORLDS = 1500 };

typedef enum Order { FORWARD, BACKWARD } Order;

typedef struct Playing {
    Order order;
    SimTime wake_floor; /* players ask to be woken no sooner than this */
    SimTime stride;     /* the table is stopped so often, and goes on; 0: never */
    SeatSet fed;        /* these do what `script` says */
    const Script *script;
    const Negotiation *next; /* takes over at `from`; NULL: none does */
    SimTime from;
    Script *record; /* NULL, or what happens */
    Watch *watch;   /* NULL, or who looks on */
} Playing;

static void feed(Referee *referee, const Playing *playing) {
    Event event;
    referee_feed_until(referee, playing->fed, NP_NEVER);
    for (uint64_t i = 0; playing->fed != 0 && script_event(playing->script, i, &event); i++)
        if (event.seat < NP_MAX_SEATS && (playing->fed >> event.seat & 1u) != 0)
            assert_int_equal(referee_feed(referee, &event), event_is_move(&event));
}

static void note_events(const Referee *referee, const Playing *playing) {
    uint32_t count;
    const uint32_t *offset;
    referee_events(referee, &count);
    const uint8_t *bytes = referee_event_bytes(referee, &offset);
    if (playing->watch != NULL) watch_events(playing->watch, referee);
    for (uint32_t i = 0; i < count && playing->record != NULL; i++)
        script_add(playing->record, bytes + offset[i], offset[i + 1] - offset[i]);
}

static void answer_grants(Referee *referee, Anybody *anybody, const Playing *playing) {
    uint32_t count;
    const Grant *grants = referee_grants(referee, &count);
    for (uint32_t i = 0; i < count; i++) {
        const Grant *grant = &grants[playing->order == FORWARD ? i : count - 1 - i];
        if (playing->watch != NULL) watch_grant(playing->watch, grant);
        Answer answer = anybody_answer(anybody, grant);
        assert_true(referee_answer(referee, &answer, NULL));
    }
}

static Verdict play(const Negotiation *negotiation, uint64_t seed, const Playing *playing) {
    Referee *referee = referee_create();
    Anybody anybody = {.negotiation = negotiation, .seed = seed, .wake_floor = playing->wake_floor};
    referee_open(referee, negotiation, seed, 7);
    feed(referee, playing);
    if (playing->next != NULL)
        assert_true(referee_switch(referee, playing->next, playing->from, NULL));
    SimTime end = playing->stride;
    for (;;) {
        if (playing->stride > 0) referee_stop_at(referee, end);
        bool goes_on = referee_advance(referee);
        note_events(referee, playing);
        if (goes_on) {
            answer_grants(referee, &anybody, playing);
            continue;
        }
        if (referee_verdict(referee)->events != 0) break;
        assert_true(playing->stride > 0);
        end += playing->stride;
    }
    Verdict verdict = *referee_verdict(referee);
    referee_destroy(referee);
    anybody_finish(&anybody);
    return verdict;
}

static void assert_same(const Verdict *a, const Verdict *b, uint64_t seed) {
    if (a->events != b->events || !digest_equal(&a->digest, &b->digest))
        fail_msg("world %llu: %llu events, %llu events", (unsigned long long)seed,
                 (unsigned long long)a->events, (unsigned long long)b->events);
}

static void invariants_hold_after_every_event(void **state) {
    (void)state;
    Watch *watch = watch_create();
    int ends[6] = {0}, agreements = 0, broken = 0, held = 0;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        watch_begin(watch, negotiation);
        Verdict verdict = play(negotiation, seed, &(Playing){.watch = watch});
        watch_end(watch, &verdict);
        ends[verdict.reason]++;
        agreements += verdict.kind == VERDICT_AGREEMENT;
        broken += verdict.peace.observed && verdict.peace.broken_at != NP_NEVER;
        held += verdict.peace.observed && verdict.peace.broken_at == NP_NEVER;
        fixture_finish(negotiation);
    }
    /* The worlds must show everything, or the test shows little. */
    for (int kind = NP_EVENT_OPENING; kind <= NP_EVENT_HORIZON; kind++)
        if (kind != NP_EVENT_FAULT && watch->seen[kind] < 10)
            fail_msg("%s: %llu", event_kind_name((uint8_t)kind),
                     (unsigned long long)watch->seen[kind]);
    for (int reason = REASON_WALK_OUT; reason <= REASON_RATIFICATION_FAILED; reason++)
        assert_true(ends[reason] >= 10);
    assert_true(agreements > 80 && broken > 10 && held > 10 && watch->sights > 1000);
    watch_destroy(watch);
}

/* T13 */
static void the_order_of_answers_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        Verdict forward = play(negotiation, seed, &(Playing){.order = FORWARD});
        Verdict backward = play(negotiation, seed, &(Playing){.order = BACKWARD});
        assert_same(&forward, &backward, seed);
        fixture_finish(negotiation);
    }
}

static void where_windows_begin_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        SimTime lookahead = negotiation->terms.lookahead;
        Verdict wide = play(negotiation, seed, &(Playing){.wake_floor = lookahead});
        for (SimTime narrow = lookahead / 2; narrow > 0; narrow /= 60) {
            negotiation->terms.lookahead = narrow;
            Verdict same =
                play(negotiation, seed, &(Playing){.order = BACKWARD, .wake_floor = lookahead});
            assert_same(&wide, &same, seed);
        }
        fixture_finish(negotiation);
    }
}

static void where_the_table_is_stopped_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS / 3; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        Verdict whole = play(negotiation, seed, &(Playing){0});
        Verdict pieces = play(negotiation, seed, &(Playing){.stride = 50000});
        assert_same(&whole, &pieces, seed);
        fixture_finish(negotiation);
    }
}

/* What was recorded of some seats, or of all, is fed: levers, statements and refusals as well; what the
 * scenario pulls follows by itself. */
static void who_is_fed_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS / 3; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        Script script;
        script_init(&script);
        Verdict asked = play(negotiation, seed, &(Playing){.record = &script});
        Verdict some = play(negotiation, seed, &(Playing){.fed = 2, .script = &script});
        Verdict all = play(negotiation, seed, &(Playing){.fed = 0xffff, .script = &script});
        assert_same(&asked, &some, seed);
        assert_same(&asked, &all, seed);
        script_finish(&script);
        fixture_finish(negotiation);
    }
}

/* Another negotiation that says the same as the one before: the world goes on as it was. */
static void what_takes_over_and_is_the_same_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS / 3; seed++) {
        Negotiation *negotiation = fixture_world(seed), *same = fixture_world(seed);
        SimTime floor = negotiation->terms.lookahead;
        Verdict whole = play(negotiation, seed, &(Playing){.wake_floor = floor});
        SimTime from = 5000 + (SimTime)(seed % 30) * 43200;
        Verdict parts =
            play(negotiation, seed, &(Playing){.wake_floor = floor, .next = same, .from = from});
        assert_same(&whole, &parts, seed);
        fixture_finish(same);
        fixture_finish(negotiation);
    }
}

/* Rougher seas from some moment on: nothing before it knows, and everybody still plays by the rules. */
static void what_takes_over_leaves_the_past_alone(void **state) {
    (void)state;
    Watch *watch = watch_create();
    unsigned parted = 0;
    for (uint64_t seed = 0; seed < WORLDS / 3; seed++) {
        Negotiation *negotiation = fixture_world(seed), *rough = fixture_world(seed);
        WorldModel *model = (WorldModel *)rough->world;
        SimTime floor = negotiation->terms.lookahead, from = DAYS(3) + 7;
        for (uint8_t i = 0; i < model->variables; i++) model->dynamics[i].noise += 0.3;
        for (uint8_t i = 0; i < model->shocks; i++) model->shock[i].every = DAYS(9);
        model->pulls = 0;
        Script calm, rougher;
        script_init(&calm);
        script_init(&rougher);
        Verdict before = play(negotiation, seed, &(Playing){.wake_floor = floor, .record = &calm});
        watch_begin(watch, negotiation);
        Verdict after = play(negotiation, seed,
                             &(Playing){.wake_floor = floor,
                                        .next = rough,
                                        .from = from,
                                        .watch = watch,
                                        .record = &rougher});
        watch_end(watch, &after);
        Event event;
        for (uint64_t i = 0; script_event(&calm, i, &event) && event.at < from; i++) {
            size_t length;
            const uint8_t *bytes = script_bytes(&rougher, i, &length);
            assert_true(bytes != NULL && script_agrees(&calm, i, bytes, length));
        }
        parted += !digest_equal(&before.digest, &after.digest);
        script_finish(&calm);
        script_finish(&rougher);
        fixture_finish(rough);
        fixture_finish(negotiation);
    }
    assert_true(parted > WORLDS / 6);
    watch_destroy(watch);
}

/* Another world cannot take over: the same variables, levers, shocks, tables and types, by name. */
static void only_the_same_world_fits(void **state) {
    (void)state;
    for (int change = 0; change < 6; change++) {
        WorldModel *model, *changed;
        Negotiation *before = fixture_quiet(&mechanism_open_table, 2, 2, 3, &model);
        Negotiation *after = fixture_quiet(&mechanism_open_table, 2, 2, 3, &changed);
        if (change == 1) fixture_add_variable(after, changed, 0);
        if (change == 2) fixture_add_lever(after, changed, 0);
        if (change == 3) fixture_add_shock(after, changed);
        if (change == 4) fixture_add_table(after, 3, 0);
        if (change == 5) fixture_add_types(after, 1, 2);
        Error error = {0};
        assert_int_equal(referee_fits(before, after, &error), change == 0);
        assert_int_equal(error.text[0] == '\0', change == 0);
        after->world = NULL;
        assert_false(referee_fits(before, after, NULL));
        fixture_finish(before);
        fixture_finish(after);
    }
}

/* A run that was played before needs no more memory when it is played again, whatever goes on in it. */
static void nothing_is_allocated_once_warm(void **state) {
    (void)state;
    Referee *referee = referee_create();
    for (uint64_t seed = 0; seed < WORLDS / 5; seed++) {
        Negotiation *negotiation = fixture_world(seed);
        Anybody anybody = {.negotiation = negotiation, .seed = seed};
        Playing playing = {.order = FORWARD};
        uint64_t warm = 0;
        for (int run = 0; run < 3; run++) {
            if (run == 1) warm = memory_allocations();
            memset(anybody.latest_offer, 0, sizeof anybody.latest_offer);
            referee_open(referee, negotiation, seed, 7);
            while (referee_advance(referee)) answer_grants(referee, &anybody, &playing);
        }
        if (memory_allocations() != warm) fail_msg("world %u allocates", (unsigned)seed);
        anybody_finish(&anybody);
        fixture_finish(negotiation);
    }
    referee_destroy(referee);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold_after_every_event),
        cmocka_unit_test(the_order_of_answers_changes_nothing),
        cmocka_unit_test(where_windows_begin_changes_nothing),
        cmocka_unit_test(where_the_table_is_stopped_changes_nothing),
        cmocka_unit_test(who_is_fed_changes_nothing),
        cmocka_unit_test(what_takes_over_and_is_the_same_changes_nothing),
        cmocka_unit_test(only_the_same_world_fits),
        cmocka_unit_test(what_takes_over_leaves_the_past_alone),
        cmocka_unit_test(nothing_is_allocated_once_warm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
