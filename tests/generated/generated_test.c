/* Ten thousand generated scenarios, with every mechanism, worlds, levers, closed tables, types and enforcement,
 * played by built-in strategies and by players that do anything: what must hold after every event. A case
 * that fails is made small and printed as the scenario that it is.
 *
 * By hand: NONPAPER_GENERATED=100000 generated_test; NONPAPER_GENERATED_SEED=N begins elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agents/strategies.h"
#include "core/base/memory.h"
#include "tests/fixtures/anybody.h"
#include "tests/generated/recipe.h"
#include "tests/generated/watch.h"
#include "tests/simulation/theatre.h"

enum { SCENARIOS = 10000, TRIES = 6000 };

typedef struct Trial {
    Watch watch;
    Anybody anybody;
    SeatSet anarchy; /* seats that do anything */
    Text yaml, complaints;
    uint64_t kinds[NP_EVENT_HORIZON + 1];
    uint64_t reasons[REASON_AGENT_FAULT + 1];
    bool (*wrong)(struct Trial *trial); /* what counts as failing */
} Trial;

static void take_brief(void *context, const Brief *brief) {
    watch_brief(&((Trial *)context)->watch, brief);
}

static void take_event(void *context, uint64_t run, const Event *event) {
    (void)run;
    watch_event(&((Trial *)context)->watch, event);
}

static void take_grant(void *context, const Grant *grant) {
    watch_grant(&((Trial *)context)->watch, grant);
}

static bool meddle(void *context, const Grant *grant, Answer *answer, Error *error) {
    Trial *trial = context;
    (void)error;
    if (seat_in(trial->anarchy, grant->seat)) *answer = anybody_answer(&trial->anybody, grant);
    return true;
}

static void play(Trial *trial, const Scenario *scenario, uint64_t seed) {
    Watcher watcher = {.context = trial,
                       .happened = take_event,
                       .briefed = take_brief,
                       .asked = take_grant,
                       .answered = meddle};
    watch_open(&trial->watch, &scenario->negotiation);
    trial->anybody.negotiation = &scenario->negotiation;
    trial->anybody.seed = seed;
    memset(trial->anybody.latest_offer, 0, sizeof trial->anybody.latest_offer);
    Verdict verdict = theatre_play_scenario(scenario, seed, &watcher);
    watch_verdict(&trial->watch, &verdict);
    trial->reasons[verdict.reason]++;
    for (size_t kind = 0; kind <= NP_EVENT_HORIZON; kind++)
        trial->kinds[kind] += trial->watch.kinds[kind];
}

/* Builds the case and plays it. False, with the complaints, when the reader refuses it. */
static bool try_choices(Trial *trial, Choices *choices) {
    text_clear(&trial->yaml);
    text_clear(&trial->complaints);
    trial->anarchy = choose_whether(choices, 30) ? choose(choices, 8) : 0;
    uint64_t seed = choose(choices, 1000);
    recipe_scenario(choices, &trial->yaml);
    ScenarioRequest request = {.path = "generated.yaml",
                               .text = text_get(&trial->yaml),
                               .length = trial->yaml.length,
                               .catalogue = strategies_builtin()};
    Error error = {0};
    Scenario *scenario = scenario_read(&request, &trial->complaints, &error);
    if (scenario == NULL) return false;
    play(trial, scenario, seed);
    scenario_destroy(scenario);
    return true;
}

static bool still_fails(void *context, Choices *choices) {
    Trial *trial = context;
    return try_choices(trial, choices) && trial->wrong(trial);
}

static bool breaks_an_invariant(Trial *trial) {
    return trial->watch.wrong[0] != '\0';
}

static void show_small_case(Trial *trial, Choices *choices, uint64_t seed) {
    uint32_t tries = choices_shrink(choices, still_fails, trial, TRIES);
    choices_play_back(choices);
    try_choices(trial, choices);
    fprintf(stderr, "%s\n", text_get(&trial->yaml));
    fail_msg("case %llu, made small in %u tries: %s", (unsigned long long)seed, tries,
             trial->watch.wrong);
}

static uint64_t number_from(const char *name, uint64_t otherwise) {
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void trial_finish(Trial *trial, Choices *choices) {
    watch_finish(&trial->watch);
    anybody_finish(&trial->anybody);
    text_finish(&trial->yaml);
    text_finish(&trial->complaints);
    memory_free(trial);
    memory_free(choices);
}

static void the_watch_finds_nothing_wrong(void **state) {
    (void)state;
    Trial *trial = memory_new(1, sizeof *trial);
    Choices *choices = memory_new(1, sizeof *choices);
    uint64_t first = number_from("NONPAPER_GENERATED_SEED", 1);
    uint64_t count = number_from("NONPAPER_GENERATED", SCENARIOS);
    trial->wrong = breaks_an_invariant;
    trial->anybody.wake_floor = 86400;
    uint64_t seed = first;
    for (uint64_t played = 0; played < count; seed++) {
        choices_draw(choices, seed);
        if (!try_choices(trial, choices)) continue; /* nothing in it could ever be concluded */
        played++;
        if (breaks_an_invariant(trial)) show_small_case(trial, choices, seed);
    }
    for (uint8_t kind = 1; kind <= NP_EVENT_HORIZON; kind++)
        print_message("%s %llu\n", event_kind_name(kind), (unsigned long long)trial->kinds[kind]);
    assert_true(seed - first < count + count / 4 + 100);
    /* Or the test shows little: everything happens, and talks end for every reason. */
    for (uint8_t kind = 1; kind <= NP_EVENT_HORIZON && count >= SCENARIOS; kind++)
        if (kind != NP_EVENT_FAULT) assert_true(trial->kinds[kind] > 0);
    for (size_t reason = 0; reason < REASON_AGENT_FAULT && count >= SCENARIOS; reason++)
        assert_true(trial->reasons[reason] > 0);
    trial_finish(trial, choices);
}

/* --- does the shrinking shrink? --- */

static bool has_a_pulled_lever_and_an_agreement(Trial *trial) {
    return trial->watch.kinds[NP_EVENT_LEVER] > 0 && trial->watch.kinds[NP_EVENT_AGREEMENT] > 0;
}

static void a_case_becomes_small(void **state) {
    (void)state;
    Trial *trial = memory_new(1, sizeof *trial);
    Choices *choices = memory_new(1, sizeof *choices);
    trial->wrong = has_a_pulled_lever_and_an_agreement;
    uint64_t seed = 0;
    do choices_draw(choices, ++seed);
    while (!try_choices(trial, choices) || !trial->wrong(trial));
    size_t before = trial->yaml.length;
    choices_shrink(choices, still_fails, trial, TRIES);
    choices_play_back(choices);
    assert_true(try_choices(trial, choices) && trial->wrong(trial));
    assert_true(trial->yaml.length <= before);
    /* Two seats, one issue, nothing that the claim does not need. */
    assert_null(strstr(text_get(&trial->yaml), "s2"));
    assert_null(strstr(text_get(&trial->yaml), "i1"));
    assert_null(strstr(text_get(&trial->yaml), "enforcement"));
    assert_non_null(strstr(text_get(&trial->yaml), "l0"));
    trial_finish(trial, choices);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_watch_finds_nothing_wrong),
        cmocka_unit_test(a_case_becomes_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
