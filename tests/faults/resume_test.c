/* A scripted prefix, then live, in memory: a run that was cut off anywhere ends as it would have; a branch
 * keeps what was before it, and so does a branch of a branch. NONPAPER_FAULT_RUNS says how many runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/faults/nemesis.h"
#include "tests/faults/witness.h"
#include "tests/fixtures/negotiations.h"
#include "tests/simulation/theatre.h"

enum { RUNS_IN_CI = 150, CUTS = 10, GENERATIONS = 3 };

static uint64_t runs_wanted(void) {
    const char *given = getenv("NONPAPER_FAULT_RUNS");
    return given != NULL ? strtoull(given, NULL, 10) : RUNS_IN_CI;
}

/* A run and what came of it. */
typedef struct Story {
    BrokerRun run;
    Prefix prefix;
    bool improvise;
    Witness witness;
} Story;

static const struct Testimony *told(const Story *story) {
    return &story->witness.of[0];
}

/* Plays it; what `known` holds must come out again. Agents are lost on the way when one_in says so. */
static bool play(Story *story, const Script *known, uint64_t events, uint32_t one_in) {
    NemesisPlan plan = {.runs = &story->run,
                        .count = 1,
                        .improvise = story->improvise,
                        .one_in = one_in,
                        .one_at_once = true,
                        .patient = true,
                        .restarts = 100,
                        .seed = story->run.seed + events};
    Damage damage;
    size_t length;
    Prefix again = story->prefix;
    BrokerRun run = story->run;
    witness_begin(&story->witness, 1);
    for (uint64_t i = 0; i < events; i++) {
        const uint8_t *bytes = script_bytes(known, i, &length);
        script_add(&story->witness.of[0].events, bytes, length);
    }
    if (run.prefix == NULL) again = (Prefix){.script = &story->witness.of[0].events};
    again.faults = &story->witness.of[0].events;
    if (events > 0 || run.prefix != NULL) run.prefix = &again;
    return nemesis_drive(&plan, 1, &run, 1, witness_sink(&story->witness), &damage);
}

static bool same_end(const Story *a, const Story *b) {
    return digest_equal(&told(a)->verdict.digest, &told(b)->verdict.digest);
}

static Story tell(const Generated *generated, uint64_t seed) {
    Story story = {.run = {.run = 1,
                           .negotiation = generated->negotiation,
                           .seed = seed,
                           .strategy = generated->strategy},
                   .improvise = seed % 2 == 0};
    play(&story, NULL, 0, 0);
    return story;
}

/* Half of them have a world around them. */
static Generated generate(uint64_t seed) {
    return seed % 2 == 0 ? theatre_generate(seed) : theatre_generate_world(seed);
}

/* --- resume --- */

static void cut_everywhere(const Story *whole) {
    uint64_t events = told(whole)->events.count;
    for (uint64_t k = 0; k <= CUTS; k++) {
        uint64_t cut = events * k / CUTS;
        for (uint32_t one_in = 0; one_in <= 12; one_in += 12) {
            Story rest = *whole;
            bool came_to_its_end = play(&rest, &told(whole)->events, cut, one_in);
            bool failed = came_to_its_end && told(&rest)->verdict.reason == REASON_AGENT_FAULT;
            if (one_in == 0 || (came_to_its_end && !failed)) assert_true(same_end(whole, &rest));
            witness_finish(&rest.witness);
        }
    }
}

static void a_run_cut_off_anywhere_ends_as_it_would_have(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= runs_wanted(); seed++) {
        Generated generated = generate(seed);
        Story whole = tell(&generated, seed);
        cut_everywhere(&whole);
        witness_finish(&whole.witness);
        theatre_discard(&generated);
    }
}

/* --- branch --- */

static SimTime last_moment(const Story *story) {
    Event last;
    assert_true(script_event(&told(story)->events, told(story)->events.count - 1, &last));
    return last.at;
}

static void assert_prefix_kept(const Story *parent, const Story *child, SimTime until) {
    const Script *a = &told(parent)->events, *b = &told(child)->events;
    Event event;
    size_t length;
    for (uint64_t i = 0; script_event(a, i, &event) && event.at < until; i++) {
        const uint8_t *bytes = script_bytes(a, i, &length);
        if (!script_agrees(b, i, bytes, length))
            fail_msg("seed %u: event %u is not kept", (unsigned)parent->run.seed, (unsigned)i + 1);
    }
    for (uint64_t i = 0; script_event(b, i, &event) && event.at < until; i++)
        assert_true(i < a->count);
}

static Prefix prefix_until(const Story *parent, SimTime until) {
    Prefix prefix = parent->prefix;
    prefix.script = &told(parent)->events;
    prefix.fed = parent->run.negotiation->terms.consent.all;
    prefix.until = until;
    /* What was to change after the branch does not. */
    while (prefix.stages > 0 && prefix.stage[prefix.stages - 1].from >= until) prefix.stages--;
    return prefix;
}

static Story branch(const Story *parent, SimTime at, const Negotiation *other) {
    Story child = {.run = parent->run, .improvise = parent->improvise};
    child.prefix = prefix_until(parent, at);
    if (other != NULL)
        child.prefix.stage[child.prefix.stages++] =
            (struct PrefixStage){.negotiation = other, .from = at};
    child.run.prefix = &child.prefix;
    return child;
}

/* The next generation: other values, another deadline, other luck for those who improvise. */
static void change(Negotiation *negotiation, Rng *luck) {
    negotiation->terms.deadline += DAYS(rng_below(luck, 20));
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        negotiation->profile[seat].reservation = utility_from(rng_unit(luck) * 0.5);
}

static void branch_again_and_again(const Story *first, Rng *luck) {
    static Negotiation other[GENERATIONS];
    Story generation[GENERATIONS + 1];
    generation[0] = *first;
    for (int i = 0; i < GENERATIONS; i++) {
        const Story *parent = &generation[i];
        SimTime at = rng_below(luck, (uint32_t)last_moment(parent) + 1);
        other[i] = i == 0 ? *first->run.negotiation : other[i - 1];
        change(&other[i], luck);
        generation[i + 1] = branch(parent, at, rng_below(luck, 3) == 0 ? NULL : &other[i]);
        Story *child = &generation[i + 1];
        child->run.prefix = &child->prefix;
        play(child, NULL, 0, i == 1 ? 15 : 0);
        /* Some agent may have been lost for good. */
        if (!told(child)->ended || told(child)->verdict.reason == REASON_AGENT_FAULT) {
            witness_finish(&child->witness);
            play(child, NULL, 0, 0);
        }
        assert_prefix_kept(parent, child, at);
        cut_everywhere(child);
    }
    for (int i = 1; i <= GENERATIONS; i++) witness_finish(&generation[i].witness);
}

static void a_branch_keeps_what_was_before_it(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= runs_wanted() / 3; seed++) {
        Rng luck = rng_stream(rng_key(seed, "branch"));
        Generated generated = generate(seed + 5000);
        Story first = tell(&generated, seed);
        branch_again_and_again(&first, &luck);
        witness_finish(&first.witness);
        theatre_discard(&generated);
    }
}

/* Nothing but the same again: the branch is the run. */
static void a_branch_that_changes_nothing_changes_nothing(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= runs_wanted(); seed++) {
        Rng luck = rng_stream(rng_key(seed, "same branch"));
        Generated generated = generate(seed + 9000);
        Story first = tell(&generated, seed);
        if (told(&first)->verdict.reason != REASON_AGENT_FAULT) {
            SimTime at = rng_below(&luck, (uint32_t)last_moment(&first) + 1);
            Story same = branch(&first, at, NULL);
            same.run.prefix = &same.prefix;
            play(&same, NULL, 0, 0);
            if (!same_end(&first, &same)) fail_msg("seed %u differs", (unsigned)seed);
            witness_finish(&same.witness);
        }
        witness_finish(&first.witness);
        theatre_discard(&generated);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_cut_off_anywhere_ends_as_it_would_have),
        cmocka_unit_test(a_branch_keeps_what_was_before_it),
        cmocka_unit_test(a_branch_that_changes_nothing_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
