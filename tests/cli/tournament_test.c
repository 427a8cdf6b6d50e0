/* nonpaper tournament. */
#include "tests/cli/shell.h"

#include <string.h>

#define GAMES "tournament \"$S/configs/01-hello.yaml\" "

static void everybody_meets_everybody(void **state) {
    TRY({"$N " GAMES "--strategy linear --strategy boulware --strategy conceder --reps 2", 0,
         "3 strategies, 1 scenario, 2 seeds from 1: 18 runs.\n  hello: both seats, all ordered "
         "pairs",
         NULL},
        {"$N " GAMES "--strategy linear --strategy boulware --reps 1 --csv | wc -l", 0, "9\n",
         NULL},
        /* Four seats, two strategies: eight tables of one against three, and two of self-play. */
        {"$N tournament \"$S/configs/riyadh-2025.yaml\" --strategy linear --strategy staller "
         "--reps 1 --json",
         0, "\"runs\":10,", NULL},
        /* The mediator of a single text does not compete. */
        {"$N tournament \"$S/configs/textbook/single-text.yaml\" --strategy hill_climber "
         "--strategy annealer --reps 1 --json",
         0, "\"design\":\"pairs\"", NULL},
        {"$N " GAMES "--reps 1 --without staller --json | grep -c staller", 1, "0\n", NULL}, );
}

static void standings_are_told_in_three_forms(void **state) {
    TRY({"$N " GAMES "--strategy linear --strategy staller --reps 2", 0, "In self-play", NULL},
        {"$N " GAMES "--strategy linear --strategy staller --reps 2 --markdown", 0,
         "| strategy | rank | gain |", NULL},
        {"$N " GAMES "--strategy linear --strategy staller --reps 2 --json", 0,
         "{\"schema\":\"nonpaper.tournament/1\",\"runs\":8,\"first_seed\":1,\"seeds\":2,"
         "\"complete\":true,\"lane\":\"memory\",\"digest\":\"",
         NULL},
        {"$N " GAMES "--strategy linear --strategy staller --reps 1 --csv", 0,
         "scenario,seed,seat,strategy,against,agreement,reason,utility,walk_away,gain,joint,fault,"
         "digest\r\nhello,1,upper,linear,linear,1,agreement,",
         NULL},
        {"$N " GAMES "--strategy linear --reps 1 -o standings.txt && grep -c '^1 strategy, 1 "
         "scenario, 1 seed' standings.txt",
         0, "1\n", NULL},
        {"$N " GAMES "--json --csv", 64, NULL, "exclude each other"}, );
}

static void both_lanes_give_one_result(void **state) {
    (void)state;
    assert_int_equal(shell("$N " GAMES "--strategy linear --strategy boulware --reps 1 --csv >a; "
                           "$N " GAMES "--strategy linear --strategy boulware --reps 1 --csv "
                           "--lane processes >b; test -s a && cmp a b"),
                     0);
    assert_int_equal(
        shell("$N " GAMES "--reps 2 --json >a; $N " GAMES "--reps 2 --json >b; cmp a b"), 0);
}

static void who_does_not_fit_is_left_out_and_named(void **state) {
    TRY({"$N " GAMES "--strategy linear --strategy menu --strategy conceder --reps 1", 0,
         "Left out where they do not fit\n  menu in hello: menu (seat upper): issue must name an "
         "issue",
         NULL}, );
}

/* Its third move is a mistake. */
static const char faulty[] =
    "cat >faulty.lua <<'END'\n"
    "return {\n"
    "  name = 'faulty', summary = 'fails', parameters = {},\n"
    "  open = function(host) return {} end,\n"
    "  act = function(self, host, now, reply) local a = nil; return a.b end,\n"
    "}\nEND\n";

static void a_fault_is_counted_named_and_the_rest_is_kept(void **state) {
    (void)state;
    assert_int_equal(shell(faulty), 0);
    TRY({"$N " GAMES
         "--strategy linear --strategy boulware --strategy ./faulty.lua --reps 1 --json",
         3, "\"strategy\":\"./faulty.lua\",\"scenario\":\"hello\",",
         "./faulty.lua failed in hello: "},
        {"$N " GAMES "--strategy linear --strategy boulware --strategy ./faulty.lua --reps 1", 3,
         "Failed\n  ./faulty.lua in hello, 5 times, first as lower with seed 1: ", "failed"}, );
}

/* A lever that costs next to nothing: what is left of it when it is rounded has no sign. */
static void nothing_is_less_than_nothing(void **state) {
    (void)state;
    assert_int_equal(
        shell("sed 's/cost: 0.02 /cost: 0.0004 /' \"$S/configs/river-dam.yaml\" >dam.yaml && "
              "$N tournament dam.yaml --strategy staller --reps 1 --json"),
        0);
    assert_non_null(strstr(shell_output(), "\"gain\":{\"estimate\":-0.0002,"));
    assert_int_equal(shell("$N tournament dam.yaml --strategy staller --reps 1"), 0);
    assert_null(strstr(shell_output(), "-0.000"));
}

/* What the document says of its own making still holds: its line plays, with as many strategies and scenarios. */
static void the_document_can_be_made_again(void **state) {
    (void)state;
    assert_int_equal(shell("sed -n '/^```sh$/,/^```$/{/^```/d;s/--reps [0-9]*/--reps 1 --quiet/;"
                           "s/^nonpaper/$N/;p;}' \"$S/docs/tournament.md\" >line && here=$PWD && "
                           "(cd \"$S\" && . \"$here/line\") >table"),
                     0);
    assert_int_equal(shell("grep -qE '^[0-9]+ strategies, [0-9]+ scenarios, 1 seed ' table && "
                           "! grep 'Left out' table && grep -F \"$(sed -n '1s/, 1 seed.*//p' "
                           "table)\" \"$S/docs/tournament.md\""),
                     0);
}

static void what_makes_no_sense_is_refused(void **state) {
    TRY({"$N tournament", 64, NULL, "FILE"},
        {"$N " GAMES "--strategy boulwar", 65, NULL, "boulware"},
        {"$N " GAMES "--strategy 'boulware(e=9)'", 65, NULL, "e"},
        {"$N tournament \"$S/configs/01-hello.yaml\" --without bolware", 64, NULL,
         "no built-in strategy \"bolware\"; did you mean boulware?"},
        {"$N tournament nowhere.yaml", 66, NULL, "nowhere.yaml"},
        {"$N " GAMES "--strategy ./agent.py", 66, NULL, "agent.py"}, );
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_meets_everybody),
        cmocka_unit_test(standings_are_told_in_three_forms),
        cmocka_unit_test(both_lanes_give_one_result),
        cmocka_unit_test(who_does_not_fit_is_left_out_and_named),
        cmocka_unit_test(a_fault_is_counted_named_and_the_rest_is_kept),
        cmocka_unit_test(nothing_is_less_than_nothing),
        cmocka_unit_test(the_document_can_be_made_again),
        cmocka_unit_test(what_makes_no_sense_is_refused),
    };
    shell_begin();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    shell_end();
    return failed;
}
