/* Many runs in one broker: the same digests as one by one, and a player that fails ends its own seat's runs
 * and nothing else. */
#include "tests/simulation/theatre.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/memory.h"

enum { RUNS = 90, FAULTY_CALLS = 12, CAST = 8 };

typedef struct Repertoire {
    Generated generated[RUNS];
    BrokerRun run[RUNS];
    Verdict alone[RUNS];
} Repertoire;

static Repertoire *repertoire;

static int open_repertoire(void **state) {
    (void)state;
    repertoire = memory_new(1, sizeof *repertoire);
    for (uint64_t i = 0; i < RUNS; i++) {
        /* Every negotiation twice, with another seed: what a player keeps from run to run is tried too. */
        repertoire->generated[i] = theatre_generate(1000 + i / 2);
        repertoire->run[i] = (BrokerRun){.run = i + 1,
                                         .negotiation = repertoire->generated[i].negotiation,
                                         .seed = 7 + i,
                                         .strategy = repertoire->generated[i].strategy};
        BrokerRun alone = repertoire->run[i];
        alone.run = 1;
        theatre_play(&alone, 1, 1, NULL, &repertoire->alone[i]);
    }
    return 0;
}

static int close_repertoire(void **state) {
    (void)state;
    for (uint64_t i = 0; i < RUNS; i++) theatre_discard(&repertoire->generated[i]);
    memory_free(repertoire);
    return 0;
}

static bool faults(const Verdict *verdict) {
    return verdict->reason == REASON_AGENT_FAULT;
}

/* Runs in which no strategy refuses to play: a refusal ends the agent, and with it its seat everywhere. */
static uint64_t choose_sound(BrokerRun *runs, Verdict *alone, uint64_t most) {
    uint64_t count = 0;
    for (uint64_t i = 0; i < RUNS && count < most; i++) {
        if (faults(&repertoire->alone[i])) continue;
        runs[count] = repertoire->run[i];
        runs[count].run = count + 1;
        alone[count++] = repertoire->alone[i];
    }
    return count;
}

static void many_at_once_are_as_one_by_one(void **state) {
    (void)state;
    static const uint32_t live[] = {1, 2, 7, 32, 200};
    BrokerRun runs[RUNS];
    static Verdict alone[RUNS], verdict[RUNS];
    uint64_t count = choose_sound(runs, alone, RUNS);
    assert_true(count > 40);
    for (size_t k = 0; k < sizeof live / sizeof live[0]; k++) {
        theatre_play(runs, count, live[k], NULL, verdict);
        for (uint64_t i = 0; i < count; i++)
            if (!digest_equal(&verdict[i].digest, &alone[i].digest))
                fail_msg("run %u of %u live ones differs", (unsigned)i, live[k]);
    }
}

/* --- a player that fails --- */

typedef enum Failure { REFUSES, TOO_FEW_REPLIES, WRONG_MOMENT, TOO_MANY_MOVES, FAILURES } Failure;

static const char *const sentences[] = {
    [REFUSES] = "it has had enough",
    [TOO_FEW_REPLIES] = "replies to",
    [WRONG_MOMENT] = "is not at the moment it was asked for",
    [TOO_MANY_MOVES] = "moves at once",
};

typedef struct Saboteur {
    Failure failure;
    SeatId seat;
    uint32_t calls_left;
    bool struck;
    uint64_t struck_run; /* in which it failed */
    uint64_t ended;      /* runs that were over by then, a bit each */
    uint64_t over;
    uint64_t faults; /* events that tell of it */
    char text[EVENT_MAX_TEXT + 1];
} Saboteur;

static bool sabotage(void *context, const Grant *grant, Answer *answer, Error *error) {
    static Reply reply[64];
    Saboteur *saboteur = context;
    if (grant->seat != saboteur->seat || saboteur->struck || saboteur->calls_left-- > 0)
        return true;
    saboteur->struck = true;
    saboteur->struck_run = grant->run;
    saboteur->ended = saboteur->over;
    assert_true(answer->replies <= 64);
    memcpy(reply, answer->reply, answer->replies * sizeof *reply);
    answer->reply = reply;
    switch (saboteur->failure) {
    case TOO_FEW_REPLIES: answer->replies--; break;
    case WRONG_MOMENT: reply[0].at++; break;
    case TOO_MANY_MOVES: reply[0].moves = NP_MAX_MOVES + 1; break;
    default: return error_set(error, ERROR_AGENT, "it has had enough");
    }
    return true;
}

static void note_event(void *context, uint64_t run, const Event *event) {
    Saboteur *saboteur = context;
    if (event->kind == NP_EVENT_AGREEMENT || event->kind == NP_EVENT_BREAKDOWN)
        saboteur->over |= UINT64_C(1) << run;
    if (event->kind != NP_EVENT_FAULT) return;
    saboteur->faults++;
    assert_int_equal(event->seat, saboteur->seat);
    snprintf(saboteur->text, sizeof saboteur->text, "%.*s", event->text_length, event->text);
    if (strstr(saboteur->text, sentences[saboteur->failure]) == NULL)
        fail_msg("%s", saboteur->text);
}

/* What was over keeps its own end; what was under way or not yet begun breaks down and names the seat,
 * where the run has it: the agent is gone from all of them. */
static uint64_t check_ends(const Saboteur *saboteur, const BrokerRun *runs, uint64_t count,
                           const Verdict *alone, const Verdict *verdict) {
    uint64_t broken = 0;
    for (uint64_t i = 0; i < count; i++) {
        bool was_over = saboteur->ended >> (i + 1) & 1;
        bool has_seat = saboteur->seat < runs[i].negotiation->terms.seats;
        if (was_over || !has_seat || !saboteur->struck) {
            assert_true(digest_equal(&verdict[i].digest, &alone[i].digest));
            continue;
        }
        assert_int_equal(verdict[i].kind, VERDICT_BREAKDOWN);
        assert_int_equal(verdict[i].reason, REASON_AGENT_FAULT);
        assert_int_equal(verdict[i].seat, saboteur->seat);
        broken++;
    }
    return broken;
}

static void a_failing_player_is_named_and_disturbs_no_other_seat(void **state) {
    (void)state;
    static Verdict alone[CAST], verdict[CAST];
    BrokerRun runs[CAST];
    uint64_t count = choose_sound(runs, alone, CAST), struck = 0;
    assert_int_equal(count, CAST);
    for (uint32_t live = 1; live <= CAST; live += 3)
        for (SeatId seat = 0; seat < 4; seat++)
            for (uint32_t call = 0; call < FAULTY_CALLS * FAILURES; call++) {
                Saboteur saboteur = {.failure = (Failure)(call % FAILURES),
                                     .seat = seat,
                                     .calls_left = call / FAILURES};
                Watcher watcher = {
                    .context = &saboteur, .happened = note_event, .answered = sabotage};
                theatre_play(runs, count, live, &watcher, verdict);
                uint64_t broken = check_ends(&saboteur, runs, count, alone, verdict);
                assert_int_equal(saboteur.faults, broken);
                if (saboteur.struck) assert_true(broken >= 1);
                struck += saboteur.struck;
            }
    assert_true(struck > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_at_once_are_as_one_by_one),
        cmocka_unit_test(a_failing_player_is_named_and_disturbs_no_other_seat),
    };
    return cmocka_run_group_tests(tests, open_repertoire, close_repertoire);
}
