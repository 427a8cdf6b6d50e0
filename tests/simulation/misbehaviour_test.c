/* Players that fail in many runs at once, where the scenario lets the talks go on: every run comes to its end without
 * them, runs that were over keep theirs, and each can be verified, resumed from anywhere and branched. */
#include "tests/simulation/theatre.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/memory.h"

enum { RUNS = 6, TRIALS = 160, FAILURES = 4 };

typedef struct Trial {
    Generated generated[RUNS];
    BrokerRun run[RUNS];
    Script script[RUNS];
    Verdict verdict[RUNS];
    SeatId seat;
    uint32_t failure, calls_left;
    bool struck;
} Trial;

static bool sabotage(void *context, const Grant *grant, Answer *answer, Error *error) {
    static Reply reply[64];
    Trial *trial = context;
    if (grant->seat != trial->seat || trial->struck || trial->calls_left-- > 0) return true;
    trial->struck = true;
    assert_true(answer->replies <= 64);
    memcpy(reply, answer->reply, answer->replies * sizeof *reply);
    answer->reply = reply;
    switch (trial->failure) {
    case 0: answer->replies--; break;
    case 1: reply[0].at++; break;
    case 2: reply[0].moves = NP_MAX_MOVES + 1; break;
    default: return error_set(error, ERROR_AGENT, "it has had enough");
    }
    return true;
}

static void open_trial(Trial *trial, uint64_t number) {
    memset(trial, 0, sizeof *trial);
    trial->seat = (SeatId)(number % 3);
    trial->failure = (uint32_t)(number / 3 % FAILURES);
    trial->calls_left = (uint32_t)(number / 2 % 17);
    for (uint64_t i = 0; i < RUNS; i++) {
        uint64_t seed = number * RUNS + i;
        trial->generated[i] = i % 2 ? theatre_generate_world(seed) : theatre_generate(seed);
        Negotiation *negotiation = trial->generated[i].negotiation;
        for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
            bool skips = (seed >> seat & 1) != 0;
            negotiation->on_fault[seat] = skips ? ON_FAULT_SKIP : ON_FAULT_SUBSTITUTE;
            if (!skips) negotiation->substitute[seat] = "conceder(every=2)";
        }
        trial->run[i] = (BrokerRun){.run = i + 1,
                                    .negotiation = negotiation,
                                    .seed = seed,
                                    .strategy = trial->generated[i].strategy};
        script_init(&trial->script[i]);
    }
}

static void close_trial(Trial *trial) {
    for (uint64_t i = 0; i < RUNS; i++) {
        script_finish(&trial->script[i]);
        theatre_discard(&trial->generated[i]);
    }
}

/* The last of them: some strategies refuse their seats at the opening. */
static uint64_t find_fault(const Script *script) {
    Event event;
    uint64_t found = 0;
    for (uint64_t i = 0; script_event(script, i, &event); i++)
        if (event.kind == NP_EVENT_FAULT) found = i + 1;
    return found;
}

/* Once more, with players who do not fail. */
static Digest play_with(const Trial *trial, uint64_t i, const Prefix *prefix) {
    Script script;
    Verdict verdict;
    script_init(&script);
    BrokerRun run = trial->run[i];
    run.run = 1;
    run.prefix = prefix;
    Watcher watcher = {.script = &script};
    theatre_play(&run, 1, 1, &watcher, &verdict);
    script_finish(&script);
    return verdict.digest;
}

static Script cut(const Script *script, uint64_t count) {
    Script part;
    script_init(&part);
    for (uint64_t i = 0; i < count; i++) {
        size_t length;
        const uint8_t *bytes = script_bytes(script, i, &length);
        script_add(&part, bytes, length);
    }
    return part;
}

static void check_again(const Trial *trial, uint64_t i, uint64_t fault, SeatId seat) {
    const Script *script = &trial->script[i];
    Prefix verify = {.script = script, .until = NP_NEVER, .faults = script};
    Digest digest = play_with(trial, i, &verify);
    assert_true(digest_equal(&digest, &trial->verdict[i].digest));

    Script part = cut(script, fault + (script->count - fault) / 2), none = {0};
    Prefix resume = {.script = &none, .faults = &part};
    digest = play_with(trial, i, &resume);
    assert_true(digest_equal(&digest, &trial->verdict[i].digest));
    script_finish(&part);

    /* External seats are fed, up to the fault. */
    Prefix external = {
        .script = script, .ever = seat_bit(seat), .until = NP_NEVER, .faults = script};
    digest = play_with(trial, i, &external);
    assert_true(digest_equal(&digest, &trial->verdict[i].digest));

    Event event;
    assert_true(script_event(script, fault + (script->count - fault) / 2, &event));
    SeatSet all = trial->run[i].negotiation->terms.consent.all;
    Prefix branch = {.script = script, .fed = all, .until = event.at + 1};
    digest = play_with(trial, i, &branch);
    assert_true(digest_equal(&digest, &trial->verdict[i].digest));
}

static void runs_go_on_without_who_fails_and_can_be_played_again(void **state) {
    (void)state;
    static Trial trial;
    uint64_t ruled = 0, unharmed = 0, silent = 0;
    for (uint64_t number = 0; number < TRIALS; number++) {
        open_trial(&trial, number);
        Watcher watcher = {.context = &trial, .answered = sabotage, .script = trial.script};
        theatre_play(trial.run, RUNS, 1 + number % RUNS, &watcher, trial.verdict);
        for (uint64_t i = 0; i < RUNS; i++) {
            uint64_t fault = find_fault(&trial.script[i]);
            if (fault == 0) {
                Digest alone = play_with(&trial, i, NULL);
                assert_true(digest_equal(&alone, &trial.verdict[i].digest));
                unharmed++;
                continue;
            }
            Event event;
            assert_true(script_event(&trial.script[i], fault - 1, &event));
            if (event.word == ON_FAULT_BREAKDOWN) continue;
            if (trial.verdict[i].reason == REASON_AGENT_FAULT) continue;
            silent += event.word == ON_FAULT_SKIP;
            check_again(&trial, i, fault, event.seat);
            ruled++;
        }
        close_trial(&trial);
    }
    printf("%u runs went on, %u of them with a silent seat; %u were unharmed\n", (unsigned)ruled,
           (unsigned)silent, (unsigned)unharmed);
    assert_true(silent > 50 && ruled > silent + 50 && unharmed > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_go_on_without_who_fails_and_can_be_played_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
