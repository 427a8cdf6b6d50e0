/* By hand: prints the page of the calibrations (docs/referee-tests.md) or that of the reference scenario's results
 * (docs/results.md). Nothing here asserts: what comes out is reported, support and contradiction alike. */
#include "tests/referee/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const tests_head =
    "# Referee tests: known theory on the engine\n\n"
    "Sixteen statements of negotiation theory are held against the engine. Those that are theorems "
    "or invariants under\n"
    "stated assumptions must hold, and fail the build when they do not. The others are "
    "calibrations: what a textbook\n"
    "expects of many runs. They are run and reported with intervals, and nothing is tuned until "
    "they pass. Results\n"
    "are properties of the model, not forecasts.\n\n"
    "Regenerate this page from the root of the sources after a release build with tests:\n\n"
    "    build/release/by-hand/calibration tests > docs/referee-tests.md\n\n"
    "Intervals are 95 %: Wilson's for shares (Wilson 1927), the percentile bootstrap for means "
    "(Efron 1979), both in\n"
    "`core/study/proportion.h` and `core/study/mean.h`. Seeds are 1, 2, 3, …; rows of one table "
    "share them.\n\n"
    "## What must hold\n\n"
    "| | statement | source | where |\n|---|---|---|---|\n"
    "| T1 | costs of war towards 0 close the bargaining range | Fearon 1995 | "
    "`tests/referee/bargaining_test.c` |\n"
    "| T2 | a higher cost of war lowers the reservation | Fearon 1995 | "
    "`tests/referee/bargaining_test.c` |\n"
    "| T3 | a large shift of power, valued highly, kills the deal; a guarantee restores it | "
    "Powell 2006 | "
    "`tests/referee/commitment_test.c` |\n"
    "| T4 | equals split equally; alternating offers approach 1/(1+δ) | Rubinstein 1982 | "
    "`tests/referee/alternation_test.c` |\n"
    "| T6 | a menu never lowers the joint value at the same own value | Raiffa 1982 | "
    "`tests/referee/packages_test.c` |\n"
    "| T7 | two annealers beat two hill climbers under linkage; one alone is exploited | Klein et "
    "al. 2003 | "
    "`tests/referee/packages_test.c` |\n"
    "| T8 | another veto player never enlarges the deal set | Tsebelis 2002 | "
    "`tests/referee/bargaining_test.c` |\n"
    "| T10 | stronger provisions lower the hazard; part of it by construction | Fortna 2003 | "
    "`tests/referee/commitment_test.c` |\n"
    "| T12 | a unilateral move never waits for consent | the mechanism's rule | "
    "`tests/referee/order_test.c` |\n"
    "| T13 | the order in which processes answer never changes the record | design | "
    "`tests/referee/order_test.c` "
    "|\n"
    "| T14 | a crossed hard red line is never accepted | the profile's rule | "
    "`tests/referee/bargaining_test.c` |\n\n"
    "That these suites can fail is shown by `tools/mutants`, which breaks the engine on "
    "purpose.\n\n"
    "The five that follow are the calibrations.\n\n";

static const char *const results_head =
    "# Results of the reference scenario\n\n"
    "**Properties of the model, not forecasts.** Every number below follows from the scenario's "
    "assumptions, which its\n"
    "file tags one by one, and from strategies that are simple rules.\n\n"
    "Regenerate this page from the root of the sources after a release build with tests:\n\n"
    "    build/release/by-hand/calibration results > docs/results.md\n\n"
    "Shares carry Wilson's 95 %% interval. Seeds are 1 to %llu, the same in every column.\n\n";

static int print_tests(void) {
    fputs(tests_head, stdout);
    page_deadline();
    page_leverage();
    page_staller();
    page_humanitarian();
    page_levers();
    return 0;
}

static int print_results(uint64_t seeds) {
    printf(results_head, (unsigned long long)seeds);
    page_end_states(seeds);
    page_partials(seeds);
    return 0;
}

int main(int count, char **word) {
    unsigned long seeds = count > 2 ? strtoul(word[2], NULL, 10) : 1000;
    if (count == 2 && strcmp(word[1], "tests") == 0) return print_tests();
    if (count > 1 && strcmp(word[1], "results") == 0 && seeds > 0) return print_results(seeds);
    fputs("usage: calibration tests | calibration results [SEEDS]\n", stderr);
    return 64;
}
