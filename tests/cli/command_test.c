/* The program from outside: exit codes, streams, JSON. Command lines go through a shell, with $N for the
 * program, $S for the sources, in a directory of their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/cli/shell.h"

static int set_up(void **state) {
    (void)state;
    shell_begin();
    assert_int_equal(
        shell("$N run $S/tests/scenarios/agreement.yaml --lane memory -o two.db && "
              "$N run $S/tests/scenarios/walk_out.yaml --lane memory -o two.db --seed 7"),
        0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

static void words_that_the_program_does_not_know_end_in_64(void **state) {
    TRY({"$N", 64, NULL, "usage: nonpaper COMMAND"},
        {"$N rnu", 64, NULL, "nonpaper: there is no command \"rnu\"; did you mean run?"},
        {"$N '' ", 64, NULL, "there is no command"},
        {"$N --frobnicate", 64, NULL, "there is no option --frobnicate"},
        {"$N \"$(printf '\\033[2J')\"", 64, NULL, "\\x1b[2J"},
        {"$N check", 64, NULL, "check needs FILE"},
        {"$N check --jsno x", 64, NULL, "did you mean --json?"},
        {"$N run --seed many x", 64, NULL, "--seed must be a whole number"},
        {"$N run --lane memroy x", 64, NULL, "did you mean memory?"},
        {"$N log two.db extra", 64, NULL, "log does not know what to do with \"extra\""},
        {"$N log two.db --kind ofer", 64, NULL, "did you mean offer?"},
        {"$N log two.db --seat nobody", 64, NULL, "this run has no seat \"nobody\""},
        {"$N strategy describe bulware", 64, NULL, "did you mean boulware?"},
        {"$N strategy describe", 64, NULL, "needs a NAME"},
        {"$N strategy lsit", 64, NULL, "did you mean list?"},
        {"$N help rn", 64, NULL, "did you mean run?"});
}

static void help_and_version_go_to_stdout(void **state) {
    TRY({"$N --version", 0, "nonpaper ", NULL}, {"$N --help", 0, "usage: nonpaper COMMAND", NULL},
        {"$N help", 0, "  check ", NULL}, {"$N help log", 0, "usage: nonpaper log", NULL},
        {"$N check --help", 0, "usage: nonpaper check [--json] FILE…", NULL},
        {"$N run x --help --nonsense", 0, "--seed N", NULL});
}

static void scenarios_are_checked(void **state) {
    TRY({"$N check $S/configs/01-hello.yaml", 0, "01-hello.yaml: valid; ", NULL},
        {"$N check missing.yaml", 66, NULL, "missing.yaml"},
        {"printf 'nonpaper: 1\\nnmae: x\\n' >bad.yaml; $N check bad.yaml", 65, NULL,
         "bad.yaml:2:1: "},
        {"$N check bad.yaml $S/configs/01-hello.yaml", 65, "01-hello.yaml: valid; ",
         "bad.yaml:2:1: "},
        {"$N check --json $S/configs/01-hello.yaml", 0,
         "{\"schema\":\"nonpaper.check/1\",\"file\":\"", NULL},
        {"$N check --json bad.yaml", 65,
         "\"valid\":false,\"errors\":[\"bad.yaml:1:1: error: ", "bad.yaml:2:1: "},
        {"$N check --json missing.yaml", 66, "\"valid\":false,\"errors\":[\"", "missing.yaml"},
        {"$N check --json bad.yaml $S/configs/01-hello.yaml", 65,
         "\"files\":[{\"file\":\"bad.yaml\"", "bad.yaml"});
}

static void a_strategy_that_would_not_take_its_seat_is_warned_of(void **state) {
    TRY({"sed 's/strategy: linear.*/strategy: linear(table=nook)/' $S/configs/01-hello.yaml "
         ">table.yaml; $N check table.yaml",
         0, "table.yaml: valid; 6 packages, 6 of them feasible; 1 warning\n",
         "table.yaml: warning: linear (seat lower): table: "},
        {"$N check table.yaml --json 2>/dev/null", 0,
         "\"errors\":[],\"warnings\":[\"table.yaml: warning: linear (seat lower): ", NULL});
}

static void scenarios_are_shown(void **state) {
    TRY({"$N show $S/configs/riyadh-2025.yaml", 0, "\nWhose consent is needed\n", NULL},
        {"$N show $S/configs/riyadh-2025.yaml", 0, "\nCombinations that cannot be\n", NULL},
        {"$N show --json $S/configs/01-hello.yaml", 0, "{\"schema\":\"nonpaper.show/1\",", NULL},
        {"$N show missing.yaml", 66, NULL, "missing.yaml"},
        {"$N show bad.yaml", 65, NULL, "bad.yaml:"});
}

static void runs_are_listed(void **state) {
    TRY({"$N runs two.db", 0, "agreement", NULL},
        {"$N runs two.db", 0, "breakdown: walk_out (", NULL},
        {"$N runs two.db --json", 0, "{\"schema\":\"nonpaper.runs/1\",\"runs\":[{\"run\":1,", NULL},
        {"$N runs missing.db", 66, NULL, "missing.db"},
        {"echo hello >text.db; $N runs text.db", 65, NULL, "text.db"},
        {": >empty.db; $N runs empty.db", 66, NULL, "empty.db"});
}

static void events_are_listed(void **state) {
    TRY({"$N log two.db", 0, "walk_out", NULL}, {"$N log two.db --run 1", 0, "agreement", NULL},
        {"$N log two.db --run 1 --kind opening", 0, "     1  ", NULL},
        {"$N log two.db --json", 0,
         "{\"schema\":\"nonpaper.log/1\",\"run\":2,\"events\":[{\"event\":1,", NULL},
        {"$N log two.db --run 9", 66, NULL, "has no run 9; its last one is 2"},
        {"$N log two.db:1", 66, NULL,
         "no record two.db:1 that can be read. A run is named by --run here."},
        {"$N log two.db --run 0", 64, NULL, "--run must be a whole number from 1"},
        {"$N log missing.db", 66, NULL, "missing.db"}, {"$N log text.db", 65, NULL, "text.db"});
}

static void filters_keep_what_they_name(void **state) {
    (void)state;
    assert_int_equal(shell("$N log two.db --run 1 --kind offer"), 0);
    assert_null(strstr(shell_output(), "acceptance"));
    assert_int_equal(shell("$N log two.db --run 1 | wc -l; $N runs two.db --json"), 0);
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"events\":%d,", atoi(shell_output()));
    assert_non_null(strstr(shell_output(), wanted));
}

static void strategies_are_described(void **state) {
    TRY({"$N strategy", 0, "boulware", NULL}, {"$N strategy list", 0, "tit_for_tat", NULL},
        {"$N strategy list", 0, "monotonic_concession  concedes", NULL},
        {"$N strategy describe boulware", 0, "Parameters:", NULL},
        {"$N strategy list --json", 0,
         "{\"schema\":\"nonpaper.strategy/1\",\"strategies\":[{\"name\":", NULL},
        {"$N strategy describe menu --json", 0, "\"strategies\":[{\"name\":\"menu\"", NULL});
}

static void the_parts_of_boa_are_described(void **state) {
    TRY({"$N strategy list", 0, "\n\nboa(bidding=…), what it asks for:\nboulware  ", NULL},
        {"$N strategy list", 0, "\n\nboa(acceptance=…), what it says yes to:\nac_next  ", NULL},
        {"$N strategy list", 0, "\n\nboa(opponent=…), what it believes of the others:\nnone  ",
         NULL},
        {"$N strategy describe boa", 0, "\nboa(opponent=…), what it believes of the others:\n",
         NULL},
        {"$N strategy describe ac_gap", 0,
         "boa(acceptance=ac_gap): u is within the gap of what it tabled last\nSource: ", NULL},
        {"$N strategy describe ac_gap", 0,
         "how far below its own last package (0 to 1; default 0.05)", NULL},
        /* Called like a strategy: both are told. */
        {"$N strategy describe boulware", 0, "\n\nboa(bidding=boulware): concedes", NULL},
        {"$N strategy describe menu --json", 0, "}],\"parts\":[]}", NULL},
        {"$N strategy describe ac_gap --json", 0,
         "\"strategies\":[],\"parts\":[{\"part\":\"acceptance\",\"name\":\"ac_gap\",\"summary\":",
         NULL},
        {"$N strategy describe boa --json | grep -o '\"part\":\"[a-z]*\"' | uniq", 0,
         "\"part\":\"bidding\"\n\"part\":\"acceptance\"\n\"part\":\"opponent\"\n", NULL},
        {"$N strategy list --json", 0, "{\"part\":\"opponent\",\"name\":\"none\",", NULL},
        {"$N strategy describe ac_gab", 64, NULL, "did you mean ac_gap?"},
        {"$N strategy describe zzzzzzzz", 64, NULL, "there is no strategy"}, );
}

static void the_doctor_finds_this_machine_in_order(void **state) {
    TRY({"$N doctor", 0, "ok    ipc", NULL},
        {"$N doctor --json", 0,
         "{\"schema\":\"nonpaper.doctor/1\",\"checks\":[{\"name\":\"program\"", NULL},
        {"XDG_RUNTIME_DIR=/nowhere $N doctor", 0, "warn  XDG_RUNTIME_DIR", NULL},
        {"ls /tmp | grep nonpaper-doctor || true", 0, NULL, NULL});
}

static void a_full_disk_is_said_and_a_closed_pipe_is_not(void **state) {
    TRY({"$N help >/dev/full", 74, NULL, "cannot write the results: No space left on device"},
        {"$N log two.db --json >/dev/full", 74, NULL, "cannot write the results"},
        {"{ $N help; echo code $? >code; } | true; sleep 0.2; cat code", 0, "code 0", NULL},
        {"$N log two.db | head -1", 0, "opening", NULL});
}

static void emphasis_is_for_terminals(void **state) {
    (void)state;
    assert_int_equal(shell("unset NO_COLOR; $N show $S/configs/01-hello.yaml"), 0);
    assert_null(strchr(shell_output(), '\x1b'));
    assert_int_equal(shell("$N show --color always $S/configs/01-hello.yaml"), 0);
    assert_non_null(strstr(shell_output(), "\x1b[1m"));
}

static void a_run_that_was_cut_short_says_so(void **state) {
    TRY({"timeout -s KILL 0.5 $N run $S/configs/01-hello.yaml --lane memory --speed 1 -o u.db "
         ">/dev/null 2>&1; $N runs u.db",
         0, "unfinished", NULL},
        {"$N runs u.db --json", 0, "\"ended\":false,\"verdict\":null,\"reason\":null", NULL});
}

static void a_damaged_record_is_said_to_be_one(void **state) {
    TRY({"head -c 5000 two.db >cut.db; $N runs cut.db", 65, NULL, "cut.db"},
        {"$N log cut.db", 65, NULL, "cut.db"});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_that_the_program_does_not_know_end_in_64),
        cmocka_unit_test(help_and_version_go_to_stdout),
        cmocka_unit_test(scenarios_are_checked),
        cmocka_unit_test(a_strategy_that_would_not_take_its_seat_is_warned_of),
        cmocka_unit_test(scenarios_are_shown),
        cmocka_unit_test(runs_are_listed),
        cmocka_unit_test(events_are_listed),
        cmocka_unit_test(filters_keep_what_they_name),
        cmocka_unit_test(strategies_are_described),
        cmocka_unit_test(the_parts_of_boa_are_described),
        cmocka_unit_test(the_doctor_finds_this_machine_in_order),
        cmocka_unit_test(a_full_disk_is_said_and_a_closed_pipe_is_not),
        cmocka_unit_test(emphasis_is_for_terminals),
        cmocka_unit_test(a_run_that_was_cut_short_says_so),
        cmocka_unit_test(a_damaged_record_is_said_to_be_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
