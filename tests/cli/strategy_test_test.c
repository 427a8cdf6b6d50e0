/* nonpaper strategy test: what is broken on purpose is found, and what is not passes. */
#include "tests/cli/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Shared objects are opened where they are contained, which is not everywhere. */
static bool contained;

static void finds(const char *name, const char *check, const char *words) {
    char line[256], wanted[128];
    if (!contained) skip();
    snprintf(line, sizeof line,
             "$N strategy test '" NONPAPER_BINARY_DIR "/tests/broken/%s.so' --json", name);
    int code = shell(line);
    snprintf(wanted, sizeof wanted, "{\"check\":\"%s\",\"passed\":false,", check);
    if (code != 1 || strstr(shell_output(), wanted) == NULL ||
        strstr(shell_output(), words) == NULL)
        fail_msg("%s: code %d, no %s with \"%s\" in: %s %s", name, code, wanted, words,
                 shell_output(), shell_complaints());
}

static void passes(const char *spec) {
    char line[256];
    snprintf(line, sizeof line, "$N strategy test %s", spec);
    if (shell(line) != 0) fail_msg("%s: %s %s", spec, shell_output(), shell_complaints());
    assert_non_null(strstr(shell_output(), "answers within a second                      yes"));
}

static void what_is_sound_passes(void **state) {
    (void)state;
    passes("'boulware(e=0.3)'");
    passes("\"$S/cli/templates/strategy.lua\"");
    if (!contained) return;
    passes("'" NONPAPER_BINARY_DIR "/tests/broken/none.so'");
    passes("'" NONPAPER_BINARY_DIR "/tests/broken/patient.so'");
}

static void illegal_moves_are_found(void **state) {
    (void)state;
    finds("illegal", "legal", "an offer refused on day");
}

static void too_many_moves_are_found(void **state) {
    (void)state;
    finds("flood", "faults", "200");
}

static void what_is_kept_from_run_to_run_is_found(void **state) {
    (void)state;
    finds("counts_runs", "deterministic", "the same run once more was another one");
    finds("keeps_outside", "deterministic", "started again");
}

static void what_an_address_decides_is_found(void **state) {
    (void)state;
    finds("address", "processes", "two processes");
}

static void offers_after_a_signature_are_found(void **state) {
    (void)state;
    finds("late", "end", "though a package is signed");
}

static void a_crash_and_an_endless_loop_are_found_and_survived(void **state) {
    (void)state;
    finds("crash", "faults", "ended by a signal");
    finds("hang", "faults", "did not come back");
}

static void slowness_is_found(void **state) {
    (void)state;
    /* On a busy machine what is slow may be taken for what never comes back, which is a finding as well. */
    if (!contained) skip();
    int code = shell("$N strategy test '" NONPAPER_BINARY_DIR "/tests/broken/slow.so' --json");
    bool told = strstr(shell_output(), "the slowest call took") != NULL ||
                strstr(shell_output(), "did not come back from a call") != NULL;
    if (code != 1 || !told) fail_msg("slow: code %d: %s", code, shell_output());
}

static void growing_memory_is_found(void **state) {
    (void)state;
    finds("leak", "memory", "KiB more after 300 repetitions");
}

static void an_error_of_a_script_is_told_with_its_line(void **state) {
    (void)state;
    assert_int_equal(shell("printf 'return {name=\"oops\", summary=\"x\",\\n"
                           "act = function(s, h, now, r) local a; return a.b end}' >oops.lua"),
                     0);
    assert_int_equal(shell("$N strategy test oops.lua"), 1);
    assert_non_null(strstr(shell_output(), "oops.lua:2: attempt to index a nil value"));
}

static void what_cannot_be_opened_is_no_test(void **state) {
    TRY({"$N strategy test", 64, NULL, "needs a SPEC"},
        {"$N strategy test boulwar", 65, NULL, "did you mean boulware?"},
        {"$N strategy test nowhere.lua", 66, NULL, "nowhere.lua"},
        {"$N strategy test 'boulware(e=7)'", 65, NULL, "e"}, );
}

static void files_are_described_where_they_are_contained(void **state) {
    TRY({"$N strategy describe \"$S/cli/templates/strategy.lua\"", 0, "Parameters:\n  e ", NULL},
        {"$N strategy describe \"$S/cli/templates/strategy.lua\" --json", 0,
         "{\"schema\":\"nonpaper.strategy/1\",\"strategies\":[{\"name\":\"mine\"", NULL},
        {"$N strategy describe nowhere.so", 66, NULL, "nowhere.so"}, );
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sound_passes),
        cmocka_unit_test(illegal_moves_are_found),
        cmocka_unit_test(too_many_moves_are_found),
        cmocka_unit_test(what_is_kept_from_run_to_run_is_found),
        cmocka_unit_test(what_an_address_decides_is_found),
        cmocka_unit_test(offers_after_a_signature_are_found),
        cmocka_unit_test(a_crash_and_an_endless_loop_are_found_and_survived),
        cmocka_unit_test(slowness_is_found),
        cmocka_unit_test(growing_memory_is_found),
        cmocka_unit_test(an_error_of_a_script_is_told_with_its_line),
        cmocka_unit_test(what_cannot_be_opened_is_no_test),
        cmocka_unit_test(files_are_described_where_they_are_contained),
    };
    shell_begin();
    contained = shell("$N strategy describe '" NONPAPER_BINARY_DIR "/tests/broken/none.so'") == 0;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    shell_end();
    return failed;
}
