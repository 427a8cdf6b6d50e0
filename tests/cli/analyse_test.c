/* nonpaper analyse, and how far a run ended from what could have been agreed. */
#include "tests/cli/shell.h"

static int set_up(void **state) {
    (void)state;
    shell_begin();
    assert_int_equal(shell("cp $S/configs/01-hello.yaml hello.yaml && "
                           "$N run hello.yaml --lane memory -o a.record --quiet"),
                     0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

/* By hand: at_the_mill is worth .7 and .06, at_the_market .14 and .3; the money 0, .18, .3 to the upper
 * town and .7, .42, 0 to the lower one. */
static void six_packages_by_hand(void **state) {
    TRY({"$N analyse hello.yaml --json --points", 0,
         "\"outcomes\":6,\"raw\":6,\"scope\":\"feasible\",\"disagreement\":{\"point\":\"minimum\","
         "\"utility\":{\"upper\":0.14,\"lower\":0.06},\"exact\":true}",
         NULL},
        {"$N analyse hello.yaml --json", 0, "\"pareto\":{\"size\":4,\"packages\":4,\"exact\":true}",
         NULL},
        {"$N analyse hello.yaml --json", 0,
         "\"nash\":{\"outcome\":{\"place\":\"at_the_mill\",\"cost\":\"upper_pays\"},\"utility\":{"
         "\"upper\":0.7,\"lower\":0.76},\"ties\":0,\"exact\":true}",
         NULL},
        {"$N analyse hello.yaml", 0,
         "  Nash, Kalai, Kalai-Smorodinsky, egalitarian, utilitarian: place at_the_mill, cost "
         "upper_pays\n",
         NULL},
        {"$N analyse hello.yaml --scope zone --json", 0, "\"pareto\":{\"size\":2,", NULL});
}

/* Two places, worth .6 and .6, or .9 and .3, whoever pays: equal sums, and unequal products of gains. */
static void what_is_as_good_is_told_of_each_solution(void **state) {
    static const char even[] =
        "$N analyse hello.yaml --disagreement reservation"
        " --set 'seats.upper.weights={place: 1, cost: 0}' --set seats.upper.reservation=0.3"
        " --set 'seats.upper.values.place={at_the_mill: 0.6, at_the_market: 0.9}'"
        " --set 'seats.lower.weights={place: 1, cost: 0}' --set seats.lower.reservation=0.2"
        " --set 'seats.lower.values.place={at_the_mill: 0.6, at_the_market: 0.3}'";
    TRY({even, 0,
         "  Nash, Kalai, Kalai-Smorodinsky, egalitarian: place at_the_mill, cost upper_pays (the "
         "first of 3",
         NULL},
        {even, 0, "  utilitarian: place at_the_mill, cost upper_pays (the first of 6 that", NULL});
}

static void where_no_package_counts_there_are_no_figures(void **state) {
    static const char none[] = "$N analyse hello.yaml --scope zone --set seats.upper.reservation=2";
    TRY({none, 0, "most                    -           -\n", NULL},
        {none, 0, "ideal                   -           -\n", NULL},
        {none, 0, "utilitarian: there is none: no package counts\n", NULL});
}

static void a_place_is_only_as_sure_as_the_frontier(void **state) {
    TRY({"$N analyse $S/configs/riyadh-2025-full.yaml --budget 1000 --package "
         "security=nato_norway | grep 'from the Nash'",
         0, "from the Nash solution (as far as it was searched)\n", NULL});
}

/* Its frontier is not searched whole, and the Nash solution is found besides. */
static void the_nash_solution_is_on_the_frontier_that_is_known(void **state) {
    TRY({"$N analyse $S/configs/riyadh-2025-full.yaml --budget 20000 --json | sed -n "
         "'s/.*\"nash\":{\"outcome\":{\\([^}]*\\)}.*/\\1/p' | tr -d '\"' | tr : = >nash; "
         "$N analyse $S/configs/riyadh-2025-full.yaml --budget 20000 --package $(cat nash)",
         0, "  on the Pareto frontier, 0.0000 from the Nash solution (as far as it was searched)",
         NULL});
}

/* The option needs nobody: whoever tables it has it, and nobody is asked. */
static void what_needs_nobody_is_in_the_zone(void **state) {
    TRY({"cp $S/tests/cli/scenarios/free.yaml .; $N run free.yaml --lane memory -o f.record "
         "--json",
         0, "\"zone_exists\":true", NULL},
        {"$N analyse free.yaml --json", 0, "\"zone\":{\"size\":1,\"exact\":true", NULL});
}

static void the_disagreement_point_is_chosen_and_stated(void **state) {
    TRY({"$N analyse hello.yaml --disagreement reservation --json", 0,
         "\"disagreement\":{\"point\":\"reservation\",\"utility\":{\"upper\":0.3,\"lower\":0.3}",
         NULL},
        {"$N analyse hello.yaml --disagreement reservation --set seats.upper.reservation=0.99 "
         "--json",
         0, "\"nash\":null,\"kalai\":null,\"kalai_smorodinsky\":null,\"egalitarian\":{", NULL},
        {"$N analyse hello.yaml --disagreement reservation --set seats.upper.reservation=0.99", 0,
         "there is none: no package gives every seat its disagreement value", NULL},
        {"$N analyse hello.yaml --at 2025-03-05", 64, NULL,
         "--at goes with --disagreement outside or --package"},
        {"$N analyse hello.yaml --disagreement outside --at soon", 64, NULL, "not \"soon\""},
        {"$N analyse hello.yaml --disagreement outside --at 2026-01-01", 64, NULL,
         "between the opening and the deadline"});
}

static void a_run_is_held_against_what_could_have_been(void **state) {
    TRY({"$N analyse a.record --disagreement reservation --json", 0,
         "\"run\":1,\"efficiency\":{\"frontier_distance\":0,\"nash_distance\":0,\"dominated\":"
         "false,"
         "\"exact\":true},\"tabled\":[{\"event\":",
         NULL},
        {"$N analyse a.record:1", 0, "Packages that were tabled\n", NULL},
        {"$N analyse a.record:0", 66, NULL, "a.record:0"},
        {"$N analyse a.record:1", 0, "2025-03-23  Upper Town     #5       0.7000", NULL},
        {"$N analyse a.record:1 --json", 0, "\"offer\":5,\"package\":1,\"times\":1,", NULL},
        {"$N analyse a.record:1", 0, "where the Nash solution over the least of any package is.",
         NULL},
        {"$N analyse a.record:1 --disagreement reservation", 0,
         "where the Nash solution over walk-away values is.", NULL},
        {"$N run hello.yaml --lane memory -o a.record --json", 0,
         "\"efficiency\":{\"frontier_distance\":0,\"nash_distance\":0,", NULL},
        {"$N run hello.yaml --lane memory -o a.record", 0,
         "The agreement lies on the Pareto frontier, where the Nash solution over walk-away values "
         "is.\n",
         NULL},
        {"$N run $S/tests/scenarios/walk_out.yaml --lane memory -o a.record", 0,
         "Without agreement the seats are ", NULL});
}

/* Under the lower town's market and the mill's money: .14 + .18 = .32 and .3 + .42 = .72. Paying itself at the market
 * the upper town would have .14, .16 short of walking away. */
static void a_package_is_looked_at_from_all_sides(void **state) {
    TRY({"$N analyse hello.yaml --package place=at_the_market,cost=shared --json", 0,
         "\"improvements\":{\"packages\":1,\"exact\":true,\"best\":{\"place\":\"at_the_mill\","
         "\"cost\":\"upper_pays\"},\"gain\":{\"upper\":0.38,\"lower\":0.04}",
         NULL},
        {"$N analyse hello.yaml --package place=at_the_market,cost=upper_pays --json", 0,
         "\"must_move\":[\"upper\"],\"seats\":{\"upper\":{\"needed\":true,\"refuses\":true,"
         "\"utility\":0.14,\"threshold\":0.3,\"shortfall\":0.16,",
         NULL},
        {"$N analyse hello.yaml --package place=at_the_market,cost=upper_pays", 0,
         "Upper Town refuses it: 0.1400 is 0.1600 short of 0.3000; it would do if its walk-away "
         "value falls",
         NULL},
        {"$N analyse hello.yaml --package cost=upper_pays --json", 0, "\"must_move\":[],", NULL},
        {"$N analyse a.record:1", 0,
         "No package would cost nobody anything and give somebody more\n", NULL},
        {"$N analyse a.record:1 --json", 0, "\"equilibrium\":[\"nash\",\"gmr\",\"smr\",\"seq\"]",
         NULL},
        {"$N analyse hello.yaml --disagreement outside --at 2025-03-10 --json", 0,
         "\"point\":\"outside\",\"at\":\"2025-03-10\",\"utility\":{\"upper\":0.3,\"lower\":0.3}",
         NULL},
        {"$N analyse hello.yaml --json", 0,
         "\"zone\":{\"size\":4,\"exact\":true,\"refused_by_alone\":{\"upper\":1,\"lower\":1}}",
         NULL});
}

static void show_tells_it_in_short(void **state) {
    TRY({"$N show hello.yaml", 0,
         "  4 packages that nobody whose consent is needed would refuse\n"
         "  Pareto frontier: 4 points\n",
         NULL},
        {"$N show hello.yaml --json", 0,
         "\"zone\":{\"size\":4,\"exact\":true},\"pareto\":{\"size\":4,\"exact\":true},\"nash\":{"
         "\"place\":\"at_the_mill\",\"cost\":\"upper_pays\"}",
         NULL});
}

static void what_cannot_be_analysed_is_said(void **state) {
    TRY({"$N analyse", 64, NULL, "FILE|RECORD[:RUN]"},
        {"$N analyse nowhere.yaml", 66, NULL, "nowhere.yaml"},
        {"$N analyse hello.yaml --package plce=at_the_mill", 64, NULL, "did you mean place?"},
        {"$N analyse hello.yaml --package place=at_the_mil", 64, NULL, "did you mean at_the_mill?"},
        {"$N analyse hello.yaml --package place=mill", 64, NULL,
         "the issue place has no option \"mill\"; it has at_the_mill, at_the_market"},
        {"$N analyse a.record:1 --run 2", 64, NULL, "--run 2 and a.record:1 contradict each other"},
        {"$N analyse a.record:1 --run 1", 0, "Packages that were tabled", NULL},
        {"$N analyse hello.yaml --package place", 64, NULL, "ISSUE=OPTION"},
        {"$N analyse hello.yaml --package place=at_the_mill,place=at_the_mill", 64, NULL, "twice"},
        {"$N analyse a.record:77", 66, NULL, "has no run 77"},
        {"$N analyse a.record --set seats.upper.reservation=0", 64, NULL,
         "--set changes a scenario"},
        {"$N analyse hello.yaml --run 1", 64, NULL, "this is a scenario"},
        {"$N analyse hello.yaml --set seats.uper.reservation=0", 65, NULL, "upper"},
        {"echo 'nonpaper: 1' >broken.yaml; $N analyse broken.yaml", 65, NULL, "broken.yaml"},
        {"$N analyse hello.yaml >/dev/full", 74, NULL, "cannot write the results"});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_packages_by_hand),
        cmocka_unit_test(a_place_is_only_as_sure_as_the_frontier),
        cmocka_unit_test(where_no_package_counts_there_are_no_figures),
        cmocka_unit_test(what_is_as_good_is_told_of_each_solution),
        cmocka_unit_test(the_disagreement_point_is_chosen_and_stated),
        cmocka_unit_test(a_run_is_held_against_what_could_have_been),
        cmocka_unit_test(the_nash_solution_is_on_the_frontier_that_is_known),
        cmocka_unit_test(what_needs_nobody_is_in_the_zone),
        cmocka_unit_test(a_package_is_looked_at_from_all_sides),
        cmocka_unit_test(show_tells_it_in_short),
        cmocka_unit_test(what_cannot_be_analysed_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
