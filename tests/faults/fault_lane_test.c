/* Design I3 in memory: whatever happens to agents and their lines, a run keeps its digest or breaks down over
 * the seat whose agent failed; whatever happens to the broker, the run is taken up and ends as it would have.
 * NONPAPER_FAULT_RUNS says how many runs, NONPAPER_FAULT_SEED which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "tests/faults/nemesis.h"
#include "tests/faults/witness.h"
#include "tests/simulation/theatre.h"

enum { RUNS_IN_CI = 500, MOST_IN_A_GROUP = 5, MOST_BROKERS = 40 };

/* A few runs in one broker. */
typedef struct Group {
    uint64_t seed, count;
    Generated generated[MOST_IN_A_GROUP];
    BrokerRun run[MOST_IN_A_GROUP];
    bool improvise;
    uint32_t live;
    Digest undisturbed[MOST_IN_A_GROUP];
} Group;

typedef struct Tally {
    uint64_t runs, same, faults, brokers, resumed, restarts, caught;
    uint64_t blows[BLOWS];
} Tally;

static Tally tally;

/* --- playing --- */

static NemesisPlan plan_of(const Group *group) {
    return (NemesisPlan){.runs = group->run,
                         .count = group->count,
                         .improvise = group->improvise,
                         .one_at_once = group->live == 1,
                         .restarts = (uint32_t)(group->seed % 4),
                         .seed = group->seed};
}

/* Each by itself, undisturbed. False where a strategy refuses: that is a fault already. */
static bool play_alone(Group *group, uint64_t which) {
    NemesisPlan plan = plan_of(group);
    Witness witness;
    Damage damage;
    plan.one_at_once = true;
    plan.restarts = 0;
    witness_begin(&witness, group->count);
    nemesis_drive(&plan, 1, &group->run[which], 1, witness_sink(&witness), &damage);
    const Verdict *verdict = &witness.of[which].verdict;
    group->undisturbed[which] = verdict->digest;
    bool sound = verdict->reason != REASON_AGENT_FAULT;
    witness_finish(&witness);
    return sound;
}

static void group_open(Group *group, uint64_t seed) {
    Rng luck = rng_stream(rng_key(seed, "group"));
    uint64_t wanted = 1 + rng_below(&luck, MOST_IN_A_GROUP);
    *group = (Group){.seed = seed, .improvise = rng_below(&luck, 2) == 0};
    group->live = 1 + rng_below(&luck, 4);
    for (uint64_t i = 0; group->count < wanted; i++) {
        uint64_t at = group->count++;
        bool world = i % 2 == 1;
        group->generated[at] = (world ? theatre_generate_world : theatre_generate)(seed * 100 + i);
        group->run[at] = (BrokerRun){.run = at + 1,
                                     .negotiation = group->generated[at].negotiation,
                                     .seed = seed + i,
                                     .strategy = group->generated[at].strategy};
        if (play_alone(group, at)) continue;
        theatre_discard(&group->generated[at]);
        group->count--;
    }
}

static void group_close(Group *group) {
    for (uint64_t i = 0; i < group->count; i++) theatre_discard(&group->generated[i]);
}

/* --- judging --- */

static bool is_excused(const Damage *damage, SeatId seat, uint32_t restarts) {
    return damage->doomed[seat] || damage->strikes[seat] > restarts;
}

static void check_end(const Group *group, uint64_t which, const struct Testimony *of,
                      const Damage *damage) {
    const Verdict *verdict = &of->verdict;
    bool same = digest_equal(&verdict->digest, &group->undisturbed[which]);
    tally.runs++;
    tally.same += same;
    if (same) return;
    tally.faults++;
    if (verdict->reason != REASON_AGENT_FAULT)
        fail_msg("seed %u: run %u ends otherwise", (unsigned)group->seed, (unsigned)which + 1);
    assert_in_range(verdict->seat, 0, group->run[which].negotiation->terms.seats - 1);
    if (!is_excused(damage, verdict->seat, (uint32_t)(group->seed % 4)))
        fail_msg("seed %u: seat %u did not deserve it", (unsigned)group->seed, verdict->seat);
}

/* Who tells the past otherwise is found out, unless its agent was lost again before. */
static void check_lies(const Group *group, uint64_t which, const struct Testimony *of,
                       const Damage *damage) {
    if ((damage->lied_in >> (which + 1) & 1) == 0 || damage->broken) return;
    bool once = true;
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        once = once && (!seat_in(damage->liars, seat) || damage->strikes[seat] <= 1);
    if (once && of->verdict.reason != REASON_AGENT_FAULT)
        fail_msg("seed %u: a lie went unnoticed in run %u", (unsigned)group->seed,
                 (unsigned)which + 1);
    tally.caught += of->verdict.reason == REASON_AGENT_FAULT;
}

static void add_damage(const Damage *damage) {
    tally.brokers++;
    tally.restarts += damage->restarts;
    for (int blow = 0; blow < BLOWS; blow++) tally.blows[blow] += damage->blows[blow];
}

/* Every fault of a recorded run happens again when it is played again: nothing is asked of chance. */
static void check_replay(const Group *group, uint64_t which, const struct Testimony *of) {
    NemesisPlan plan = plan_of(group);
    Prefix prefix = {.script = &of->events, .faults = &of->events};
    BrokerRun run = group->run[which];
    Witness witness;
    Damage damage;
    plan.one_at_once = true;
    plan.restarts = 0;
    run.prefix = &prefix;
    witness_begin(&witness, group->count);
    witness_remember(&witness, which + 1, &of->events);
    nemesis_drive(&plan, 1, &run, 1, witness_sink(&witness), &damage);
    assert_true(digest_equal(&witness.of[which].verdict.digest, &of->verdict.digest));
    witness_finish(&witness);
}

/* --- one group under the nemesis --- */

static void play_disturbed(const Group *group, Witness *witness) {
    uint64_t left[WITNESS_MAX_RUNS], unfinished;
    Prefix prefix[MOST_IN_A_GROUP];
    BrokerRun runs[MOST_IN_A_GROUP];
    NemesisPlan plan = plan_of(group);
    for (int brokers = 0; (unfinished = witness_unfinished(witness, left)) > 0; brokers++) {
        Damage damage;
        assert_true(brokers < MOST_BROKERS);
        for (uint64_t i = 0; i < unfinished; i++) {
            prefix[i] = (Prefix){.script = &witness->of[left[i] - 1].events,
                                 .faults = &witness->of[left[i] - 1].events};
            runs[i] = group->run[left[i] - 1];
            if (brokers > 0) runs[i].prefix = &prefix[i];
        }
        plan.seed = group->seed * 64 + (uint64_t)brokers;
        /* Less and less, or nobody would survive the past of a long run. */
        plan.one_in = (4 + (uint32_t)(plan.seed * 7 % 60)) * (uint32_t)(1 + brokers);
        plan.patient = brokers > 6;
        nemesis_drive(&plan, group->live, runs, unfinished, witness_sink(witness), &damage);
        add_damage(&damage);
        tally.resumed += brokers > 0 ? unfinished : 0;
        for (uint64_t i = 0; i < unfinished; i++) {
            const struct Testimony *of = &witness->of[left[i] - 1];
            if (!of->ended) continue;
            check_end(group, left[i] - 1, of, &damage);
            check_lies(group, left[i] - 1, of, &damage);
        }
    }
}

static void disturb(uint64_t seed) {
    Group group;
    Witness witness;
    group_open(&group, seed);
    witness_begin(&witness, group.count);
    play_disturbed(&group, &witness);
    for (uint64_t i = 0; i < group.count; i++) check_replay(&group, i, &witness.of[i]);
    witness_finish(&witness);
    group_close(&group);
}

static uint64_t number_from(const char *variable, uint64_t usual) {
    const char *given = getenv(variable);
    return given != NULL ? strtoull(given, NULL, 10) : usual;
}

static void a_run_keeps_its_digest_or_names_the_seat(void **state) {
    (void)state;
    uint64_t wanted = number_from("NONPAPER_FAULT_RUNS", RUNS_IN_CI);
    uint64_t seed = number_from("NONPAPER_FAULT_SEED", 1);
    for (; tally.runs < wanted; seed++) disturb(seed);
    printf("%llu runs: %llu with the undisturbed digest, %llu over an agent's fault; %llu brokers, "
           "%llu runs taken up, %llu restarts, %llu lies found out\nblows:",
           (unsigned long long)tally.runs, (unsigned long long)tally.same,
           (unsigned long long)tally.faults, (unsigned long long)tally.brokers,
           (unsigned long long)tally.resumed, (unsigned long long)tally.restarts,
           (unsigned long long)tally.caught);
    for (int blow = 0; blow < BLOWS; blow++) printf(" %llu", (unsigned long long)tally.blows[blow]);
    printf("\n");
    assert_true(tally.same > tally.runs / 10);
    if (wanted < RUNS_IN_CI) return;
    for (int blow = 0; blow < BLOWS; blow++) assert_true(tally.blows[blow] > 0);
    assert_true(tally.caught > 0 && tally.resumed > 0 && tally.faults > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_keeps_its_digest_or_names_the_seat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
