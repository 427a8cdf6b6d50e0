/* Golden digests: what these runs are today, they stay. A digest that differs without a change of the rules,
 * of a strategy or of the scenario is a broken promise (design I1: on every machine, with every compiler).
 *
 * After a change that is meant, renew the table and say in the commit what changed and why:
 *     NONPAPER_RENEW=1 build/dev/tests/golden_test
 * rewrites tests/simulation/golden.txt; the difference shows which runs changed. */
#include "tests/simulation/theatre.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/text.h"

#define TABLE NONPAPER_SOURCE_DIR "/tests/simulation/golden.txt"

static const char heading[] =
    "# scenario, seed, events, digest. To renew after a change that is meant: golden_test.c\n";

/* What is pinned. `generated` stands for the negotiation of that seed (theatre_generate). */
static const struct {
    const char *path;
    unsigned first, last;
} pinned[] = {
    {"configs/01-hello.yaml", 1, 2},
    {"tests/scenarios/bare.yaml", 1, 5},
    {"tests/scenarios/agreement.yaml", 1, 1},
    {"tests/scenarios/alternating.yaml", 1, 1},
    {"tests/scenarios/deadline.yaml", 1, 1},
    {"tests/scenarios/partial_then_whole.yaml", 1, 1},
    {"tests/scenarios/ratification.yaml", 1, 2},
    {"tests/scenarios/stalled.yaml", 1, 1},
    {"tests/scenarios/walk_out.yaml", 1, 1},
    {"generated", 1, 12},
};

static Verdict play_pinned(const char *path, uint64_t seed) {
    Verdict verdict;
    if (strcmp(path, "generated") == 0) {
        Generated generated = theatre_generate(seed);
        theatre_play(&(BrokerRun){.run = 1,
                                  .negotiation = generated.negotiation,
                                  .seed = seed,
                                  .strategy = generated.strategy},
                     1, 1, NULL, &verdict);
        theatre_discard(&generated);
        return verdict;
    }
    Scenario *scenario = theatre_scenario(path);
    verdict = theatre_play_scenario(scenario, seed, NULL);
    scenario_destroy(scenario);
    return verdict;
}

static void say(Text *out, const char *path, unsigned seed) {
    char hex[DIGEST_HEX];
    Verdict verdict = play_pinned(path, seed);
    text_addf(out, "%s %u %llu %s\n", path, seed, (unsigned long long)verdict.events,
              digest_hex(hex, &verdict.digest));
}

static void say_all(Text *out) {
    text_add(out, heading);
    for (size_t i = 0; i < sizeof pinned / sizeof pinned[0]; i++)
        for (unsigned seed = pinned[i].first; seed <= pinned[i].last; seed++)
            say(out, pinned[i].path, seed);
}

static void renew(const Text *table) {
    FILE *file = fopen(TABLE, "w");
    assert_non_null(file);
    fputs(text_get(table), file);
    fclose(file);
}

static void runs_are_what_they_were(void **state) {
    (void)state;
    Text now = {0};
    say_all(&now);
    if (getenv("NONPAPER_RENEW") != NULL) renew(&now);
    FILE *file = fopen(TABLE, "r");
    assert_non_null(file);
    char was[256];
    const char *is = text_get(&now);
    while (fgets(was, sizeof was, file) != NULL) {
        size_t length = strlen(was);
        if (strncmp(is, was, length) != 0)
            fail_msg("was: %sis:  %.*s", was, (int)strcspn(is, "\n"), is);
        is += length;
    }
    fclose(file);
    assert_string_equal(is, "");
    text_finish(&now);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_what_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
