/* Writing scenarios: something to start from, a page on each key, the schema. */
#include <string.h>

#include "tests/cli/shell.h"

static int set_up(void **state) {
    (void)state;
    shell_begin();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

static void a_new_scenario_passes_check_and_plays(void **state) {
    TRY({"$N new", 0, "Wrote scenario.yaml.\nNext: nonpaper check scenario.yaml", NULL},
        {"$N check scenario.yaml", 0, "scenario.yaml: valid; ", NULL},
        {"for t in minimal two-party world mediator; do $N new --template $t -o $t.yaml && $N "
         "check "
         "$t.yaml --json | grep -c '\"valid\":true,\"errors\":\\[\\],\"warnings\":\\[\\]' || exit "
         "9; done",
         0, "1\n", NULL},
        {"for t in minimal two-party world mediator; do $N run $t.yaml --lane memory --quiet "
         "--json "
         "-o new.record || exit 9; done; $N runs new.record | wc -l",
         0, "5\n", NULL},
        {"$N replay new.record --run 3 --verify", 0, "run 3 verified", NULL},
        {"$N replay new.record --run 4 --verify", 0, "run 4 verified", NULL});
}

static void a_new_scenario_goes_where_it_is_told(void **state) {
    TRY({"$N new -o - | head -3 | tail -1", 0, "nonpaper: 1\n", NULL},
        {"$N new -o - --template mediator >m.yaml && cmp m.yaml $S/cli/templates/mediator.yaml", 0,
         NULL, NULL},
        {"$N new -o 'my talks.yaml'", 0, "nonpaper run 'my talks.yaml'", NULL});
}

static void nothing_is_written_over(void **state) {
    TRY({"echo mine >kept.yaml; $N new -o kept.yaml", 73, NULL, "kept.yaml: File exists"},
        {"cat kept.yaml", 0, "mine\n", NULL},
        {"ln -s nowhere dangling; $N new -o dangling", 73, NULL, "dangling: File exists"},
        {"$N new -o ''", 73, NULL, "a scenario file needs a name"},
        {"$N new -o no/such/place.yaml", 73, NULL, "no/such/place.yaml: No such file or directory"},
        {"$N new -o -  >/dev/full", 74, NULL, "cannot write the results"},
        {"$N new --template wrold", 64, NULL, "did you mean world?"},
        {"$N new spare.yaml", 64, NULL, "new does not know what to do with \"spare.yaml\""});
}

static void keys_have_pages(void **state) {
    TRY({"$N help world.levers", 0, "world.levers: what seats may do by themselves", NULL},
        {"$N help seats.discount", 0, "  example: discount: {factor: 0.98, every: 30d}\n", NULL},
        {"$N help time.stalled", 0, "  default: never\n", NULL},
        {"$N help discount", 0, "\n\nenforcement.discount: ", NULL},
        {"$N help constant", 0, "5 keys end so; say which:\n  world.variables.VARIABLE.drift",
         NULL},
        {"$N help check", 0, "usage: nonpaper check", NULL},
        {"$N help wieghts", 64, NULL, "a scenario has no key \"wieghts\"; did you mean weights?"},
        {"$N help chekc", 64, NULL, "there is no command \"chekc\"; did you mean check?"},
        {"$N help qqqqqq", 64, NULL, "no command and no key \"qqqqqq\""});
}

static void the_schema_is_one_json_object(void **state) {
    TRY({"$N schema | python3 -c 'import json, sys; s = json.load(sys.stdin); "
         "print(s[\"properties\"][\"seats\"][\"minProperties\"], s[\"additionalProperties\"])'",
         0, "2 False\n", NULL},
        {"$N schema >/dev/full", 74, NULL, "cannot write the results"},
        {"$N schema spare", 64, NULL, "spare"});
}

/* A script that does not even compile, a shared object that is none, a program that would leave a trace. */
static void checking_runs_nothing_that_a_scenario_names(void **state) {
    (void)state;
    assert_int_equal(shell("$N new -o trap.yaml >/dev/null && echo 'this is no Lua' >trap.lua && "
                           "echo nothing >trap.so && "
                           "printf '#!/bin/sh\\ntouch \"$(dirname \"$0\")/sprung\"\\n' >trap && "
                           "chmod +x trap && ./trap && test -e sprung && rm sprung"),
                     0);
    static const char *const specs[] = {"./trap.lua", "./trap.so", "./trap"};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        Text line = {0};
        text_addf(&line,
                  "sed 's|strategy: .*|strategy: %s|' trap.yaml >set.yaml && "
                  "grep -q 'strategy: %s' set.yaml && $N check set.yaml",
                  specs[i], specs[i]);
        int code = shell(text_get(&line));
        if (code != 0) fail_msg("%s: %d: %s", specs[i], code, shell_complaints());
        assert_string_equal(shell_complaints(), "");
        assert_int_not_equal(shell("test -e sprung"), 0);
        text_finish(&line);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checking_runs_nothing_that_a_scenario_names),
        cmocka_unit_test(a_new_scenario_passes_check_and_plays),
        cmocka_unit_test(a_new_scenario_goes_where_it_is_told),
        cmocka_unit_test(nothing_is_written_over),
        cmocka_unit_test(keys_have_pages),
        cmocka_unit_test(the_schema_is_one_json_object),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
