/* What nobody wrote down: things that somebody who does not know the program tries with it. */
#include "tests/cli/shell.h"

static int set_up(void **state) {
    (void)state;
    shell_begin();
    assert_int_equal(shell("cp $S/tests/scenarios/agreement.yaml $S/configs/riyadh-2025.yaml . && "
                           "$N run agreement.yaml --lane memory -o a.record"),
                     0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

#define LONG_RUN "timeout -s INT --preserve-status 1 $N run riyadh-2025.yaml --speed 5"

static void an_interrupt_tells_how_to_go_on(void **state) {
    TRY({LONG_RUN " --lane memory -o it.record", 130, "The talks open",
         "finish it with: nonpaper resume it.record --run 1\n"},
        {"$N resume it.record --run 1 --lane memory", 0, "Recorded as run 1", NULL},
        {LONG_RUN " -o \"it's\"", 130, "The talks open", "nonpaper resume 'it'\\''s' --run 1\n"},
        {LONG_RUN " -o many.record --reps 3 --json", 130, "\"runs\":3,",
         "what is unfinished is finished by: nonpaper resume many.record\n"},
        {"$N resume many.record --quiet", 0, "3 runs: ", NULL},
        {LONG_RUN " -o more.record --reps 2", 130, "2 runs: 0 agreements, 2 unfinished;", "resume"},
        {LONG_RUN " -o seat.record --seat russia=foreign", 130, "Russia is played from outside\n",
         "nonpaper agent russia --connect "});
}

/* As timeout(1) does: the process is told, and then its group. */
static void an_interrupt_told_twice_is_one(void **state) {
    TRY({"$N run riyadh-2025.yaml --speed 5 --lane memory -o twice.record & sleep 1; "
         "kill -TERM $!; sleep 0.02; kill -TERM $!; wait $!",
         143, "The talks open", "finish it with: nonpaper resume twice.record --run 1\n"});
}

static void names_can_be_copied_into_a_shell(void **state) {
    TRY({"$N run agreement.yaml --lane memory -o 'my talks'", 0,
         "Next: nonpaper replay 'my talks' --run 1 --verify\n", NULL},
        {"$N run agreement.yaml --lane memory -o \"$(printf 'a\\033b')\"", 0,
         "nonpaper replay 'a\\x1bb' --run 1", NULL});
}

static void a_record_is_always_a_file(void **state) {
    TRY({"$N run agreement.yaml --lane memory -o :memory: && $N runs :memory: | wc -l", 0, "2\n",
         NULL},
        {"$N run agreement.yaml --lane memory -o 'file:x?mode=memory' --quiet && test -f "
         "'file:x?mode=memory'",
         0, NULL, NULL},
        {"$N run agreement.yaml --json -o ''", 73, NULL, "A record needs a name."},
        {"$N run agreement.yaml -o=", 0, "Recorded as run 1 in =", NULL},
        {"$N run agreement.yaml -o it.record", 0, "properties of the model and not forecasts)\n",
         NULL});
}

/* Otherwise it would stay in the record as a run that nobody can finish. */
static void a_branch_that_cannot_be_is_not_entered(void **state) {
    TRY({"$N branch a.record --at 3 --set time.start=2024-01-01", 65, NULL,
         "the start cannot change while the talks go on"},
        {"$N runs a.record | wc -l", 0, "2\n", NULL},
        {"$N resume a.record", 0, NULL, "every run of a.record is finished"});
}

static void the_nearest_seat_is_named(void **state) {
    TRY({"$N run agreement.yaml --seat wst=foreign", 64, NULL,
         "this run has no seat \"wst\"; did you mean west?"});
}

static void a_record_is_the_same_by_any_name(void **state) {
    TRY({"cp a.record b.record; ln -s b.record c; $N branch b.record -o ./c --at 3 --lane memory "
         "--quiet",
         0, NULL, NULL},
        {"python3 -c 'import sqlite3; print(sqlite3.connect(\"b.record\")"
         ".execute(\"SELECT parent FROM branches\").fetchall())'",
         0, "[(1,)]\n", NULL});
}

static void a_complaint_about_a_setting_shows_the_setting(void **state) {
    TRY({"$N run agreement.yaml --set 'seats.east.weights={land: 0.9, money: 0.3}'", 65, NULL,
         "--set seats.east.weights: the weights sum to 1.2, not 1\n    {land: 0.9, money: 0.3}\n"});
}

static void every_answer_is_one_object(void **state) {
    TRY({"$N resume a.record --json", 0, "{\"schema\":\"nonpaper.sweep/1\",\"runs\":0,",
         "every run of a.record is finished"});
}

/* Some terminals obey control characters of two bytes, too. */
static void no_answer_hides_anything(void **state) {
    TRY({"$N run agreement.yaml --lane memory --json -o t.record --set \"title=$(printf "
         "'a\\342\\200\\256b')\"",
         0, "\"run\":1", NULL},
        {"$N diff a.record t.record --json", 0, "\\u202e", NULL},
        {"$N replay t.record --verify", 0, "run 1 verified", NULL},
        {"$N branch t.record --at 3 --lane memory | cat -v", 0, "a\\u202eb", NULL},
        {"sed 's/^name:.*/&\\ntitle: \"a\\\\u009bb\"/' agreement.yaml >c1.yaml; $N show c1.yaml "
         "--json",
         0, "\"title\":\"a\\u009bb\"", NULL});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interrupt_tells_how_to_go_on),
        cmocka_unit_test(an_interrupt_told_twice_is_one),
        cmocka_unit_test(names_can_be_copied_into_a_shell),
        cmocka_unit_test(a_record_is_always_a_file),
        cmocka_unit_test(a_branch_that_cannot_be_is_not_entered),
        cmocka_unit_test(the_nearest_seat_is_named),
        cmocka_unit_test(a_record_is_the_same_by_any_name),
        cmocka_unit_test(a_complaint_about_a_setting_shows_the_setting),
        cmocka_unit_test(every_answer_is_one_object),
        cmocka_unit_test(no_answer_hides_anything),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
