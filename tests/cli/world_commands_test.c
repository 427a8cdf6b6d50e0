/* What moves outside the table, from outside: show, run --horizon, log, replay, explain. */
#include "tests/cli/shell.h"

#include <stdio.h>
#include <string.h>

#define DAM "$S/tests/cli/scenarios/dam.yaml"

static int set_up(void **state) {
    (void)state;
    shell_begin();
    assert_int_equal(shell("$N run " DAM " --lane memory -o a.record --quiet && "
                           "$N run " DAM " --lane memory -o a.record --horizon 10 --quiet"),
                     0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    shell_end();
    return 0;
}

static void a_scenario_shows_its_world(void **state) {
    TRY({"$N show " DAM, 0,
         "level, The river's level: 2 m at the opening, from 0 to 10; it drifts by 0.02 a day",
         NULL},
        {"$N show " DAM, 0, "seen by Lower\n      town, later by 2d, with an error of 0.1", NULL},
        {"$N show " DAM, 0, "strain: 0.361364853 at the opening; it is logistic of level, from 0.2",
         NULL},
        {"$N show " DAM, 0, "it is read off guard: none 0, joint 1", NULL},
        {"$N show " DAM, 0, "it works after 2d; level +1; prescribed: 1 on 21 January 2025", NULL},
        {"$N show " DAM, 0, "storm, A storm: on 1 February 2025; level +1.5; seen by Lower town",
         NULL},
        {"$N show " DAM, 0,
         "Lower town: walking away 0.6 - 0.5 strain (at the opening 0.419317574)", NULL},
        {"$N show " DAM, 0,
         "mill, The old mill: Upper town and Lower town; a move leaks with chance 1", NULL},
        {"$N show " DAM, 0, "Lower town: patient with chance 0.5", NULL},
        {"$N show " DAM, 0, "with guard none 0.47, joint 0.82", NULL},
        {"$N show " DAM, 0,
         "A wider gate: 365d after entry into force, with chance 1, when guard joint", NULL},
        {"$N show $S/configs/01-hello.yaml | grep -c -e world -e Levers -e peace", 1, "0", NULL});
}

static void programs_are_shown_the_same(void **state) {
    TRY({"$N show " DAM " --json | python3 -m json.tool >/dev/null && echo sound", 0, "sound",
         NULL},
        {"$N show " DAM " --json", 0,
         "\"tables\":[{\"id\":\"mill\",\"title\":\"The old "
         "mill\",\"members\":[\"upper\",\"lower\"],"
         "\"leak\":1}]",
         NULL},
        {"$N show " DAM " --json", 0,
         "\"is\":{\"form\":\"logistic\",\"constant\":0,\"of\":{\"level\":1},\"least\":0.2,\"most\":"
         "0.8,"
         "\"midpoint\":3,\"slope\":1}",
         NULL},
        {"$N show " DAM " --json", 0, "\"pulls\":[{\"at\":\"2025-01-21\",\"level\":1}]", NULL},
        {"$N show " DAM " --json", 0, "\"types\":{\"lower\":[{\"id\":\"patient\",\"prior\":0.5,",
         NULL},
        {"$N show " DAM " --json", 0, "\"share\":{\"guard\":{\"none\":0.4", NULL},
        {"$N show " DAM " --json", 0, "\"later_steps\":[{\"id\":\"widen\",", NULL},
        {"$N show $S/configs/01-hello.yaml --json | grep -c -e world -e enforcement -e later_steps",
         1, "0", NULL});
}

/* Neither counts packages one by one: sixteen issues of eight options have 2.8e14. */
static void a_large_scenario_is_shown_without_walking_through_it(void **state) {
    TRY({"python3 - >big.yaml <<'END'\n"
         "n, o = range(16), 'abcdefgh'\n"
         "print('nonpaper: 1\\nname: big\\ntime: {start: 2025-01-01, deadline: 90d, delay: 1d}')\n"
         "print('mechanism: open-table\\nissues:')\n"
         "for i in n: print(f'  i{i}: {{options: [{\", \".join(o)}], status_quo: a}}')\n"
         "print('seats:')\n"
         "for s in range(8):\n"
         "    w = ', '.join(f'i{i}: 0.0625' for i in n)\n"
         "    print(f'  s{s}:\\n    strategy: boulware(e=0.3)\\n    reservation: 0.3')\n"
         "    print(f'    weights: {{{w}}}\\n    values:')\n"
         "    for i in n:\n"
         "        v = ', '.join(f'{c}: {(s * 3 + i + k) % 8 / 7:.3f}' for k, c in enumerate(o))\n"
         "        print(f'      i{i}: {{{v}}}')\n"
         "print('enforcement: {hazard: {base: 0.2, shape: 1}, discount: 0.95, horizon: 10, "
         "covariates: '\n"
         "      '[{id: g, effect: -1.5, issue: i3, values: {b: 1, c: 0.5}}]}')\n"
         "END\n"
         "timeout 20 $N check big.yaml",
         0, "281474976710656 packages, 281474976710656 of them feasible", NULL},
        {"timeout 20 $N show big.yaml", 0, "with i3 a 0.47, b 0.82", NULL},
        {"timeout 20 $N show big.yaml --json", 0, "\"raw\":281474976710656", NULL});
}

/* --- a run that looks on --- */

static void a_horizon_shows_what_becomes_of_a_peace(void **state) {
    TRY({"$N replay a.record --run 1", 0, "Agreement in force from 8 May 2025", NULL},
        {"$N replay a.record --run 1 | grep -c -e peace -e 'carried out'", 1, "0", NULL},
        {"$N replay a.record --run 2", 0, "The terms begin to be carried out", NULL},
        {"$N replay a.record --run 2", 0,
         "The peace held until 8 May 2035, as far as was looked; tests that", NULL},
        {"$N replay a.record --run 2", 0, "Lower town was of type patient.", NULL},
        {"$N run " DAM " --lane memory -o j.record --horizon 10 --json", 0,
         "\"costs\":{\"upper\":0.01,\"lower\":0,\"province\":0},\"types\":{\"lower\":\"patient\"},"
         "\"peace\":{\"observed_until\":\"2035-05-08\",\"held\":true,\"broken_at\":null,"
         "\"probes\":",
         NULL},
        {"$N run " DAM " --lane memory -o j.record --horizon 10 --seed 3 --json | grep -c peace", 0,
         "1", NULL},
        {"$N run $S/tests/scenarios/agreement.yaml --lane memory -o j.record --json | grep -c -e "
         "costs "
         "-e types -e peace",
         1, "0", NULL});
}

static void many_runs_say_how_many_peaces_held(void **state) {
    TRY({"$N run " DAM " --lane memory -o m.record --horizon 10 --reps 20", 0,
         "20 runs: 20 agreements; 13 of 20 peaces held as long as was looked; results are", NULL},
        {"$N run " DAM " --lane memory -o m.record --horizon 10 --reps 20 --json", 0,
         "\"peace\":{\"observed\":20,\"held\":13}", NULL},
        {"$N run " DAM " --lane memory -o m.record --reps 2 --json | grep -c '\"peace\"'", 1, "0",
         NULL});
}

static void a_horizon_needs_something_to_look_at(void **state) {
    TRY({"$N run $S/tests/scenarios/agreement.yaml --lane memory -o n.record --horizon 10", 64,
         NULL, "no enforcement section"},
        {"$N run $S/tests/scenarios/agreement.yaml --lane memory -o n.record --horizon 10 --set "
         "'enforcement={probes: 20}'",
         0, "tests that it stood: ", NULL},
        {"$N run " DAM " --lane memory -o n.record --horizon 0.001", 0, "The peace held until ",
         NULL},
        {"$N run " DAM " --lane memory -o n.record --horizon many", 64, NULL, "many"},
        {"$N run missing.yaml --horizon 10", 66, NULL, "missing.yaml"});
}

static void a_record_says_how_to_look_on_again(void **state) {
    TRY({"$N reproduce a.record --run 2 -o kit", 0, "--set enforcement.observe=", NULL},
        {"$N run " DAM " --horizon 10 -o p.record --quiet && $N diff a.record:2 p.record", 0,
         "events are the same.", NULL});
}

/* --- the events --- */

static void two_futures_are_put_beside_each_other(void **state) {
    TRY({"$N diff a.record:1 a.record:2", 0,
         "  peace                       -                                       held until 8 May "
         "2035",
         NULL},
        {"$N diff a.record:1 a.record:1 | grep -c peace", 1, "0", NULL});
}

static void the_log_knows_every_kind(void **state) {
    TRY({"$N log a.record --run 2 --kind lever", 0, "gate: 0 -> 1 (because of 1)", NULL},
        {"$N log a.record --run 2 --kind lever --json", 0,
         "\"kind\":\"lever\",\"lever\":\"gate\",\"level\":1,\"before\":0,\"cost\":0.01}", NULL},
        {"$N log a.record --run 2 --kind world --json", 0, "\"variable\":\"level\",\"value\":3.46,",
         NULL},
        {"$N log a.record --run 2 --kind shock --json", 0,
         "\"kind\":\"shock\",\"shock\":\"storm\"}", NULL},
        {"$N log a.record --run 2 --kind appraisal --json", 0,
         "\"aspect\":\"type\",\"type\":1,\"type_id\":\"patient\"}", NULL},
        {"$N log a.record --run 2 --kind appraisal", 0, "type: patient", NULL},
        {"$N log a.record --run 2 --kind appraisal", 0, "reservation: 0.419317574 -> 0.40", NULL},
        {"$N log a.record --run 2 --kind step", 0, "no: water all_lower, guard joint", NULL},
        {"$N log a.record --run 2 --kind horizon --json", 0, "\"held\":true,\"years\":9.99", NULL},
        {"$N log a.record --kind horizn", 64, NULL, "did you mean horizon?"});
}

static void what_moved_outside_the_table_is_exported(void **state) {
    TRY({"$N export a.record --csv --table details", 0,
         "run,event,date,kind,seat,place,subject,word,", NULL},
        {"$N export a.record --csv --table world", 0, "2025-01-24T00:00:00,level,m,3.46,2\n", NULL},
        {"$N export a.record --csv --table levers --run 2", 0, "upper,gate,1,0,0.01\n", NULL},
        {"$N export a.record --csv --table statements", 0,
         "run,event,date,seat,place,statement,issue,option,lever\n", NULL},
        {"$N export a.record --jsonl --table appraisals", 0,
         "\"seat\":\"lower\",\"aspect\":\"type\",\"value\":null,\"before\":null,\"type\":"
         "\"patient\"}",
         NULL},
        {"$N export a.record --csv --table accounts --run 1", 0, "1,upper,,0.01\n", NULL},
        {"$N export a.record --jsonl --table peace", 0,
         "\"in_force\":{\"water\":\"shared\",\"guard\":\"joint\"}}", NULL},
        {"$N export a.record --jsonl --table peace | wc -l", 0, "1\n", NULL},
        {"$N export a.record --csv --table levelers", 64, NULL, "levers"});
}

/* Another seed is luck for what is to come: what has happened, types included, has happened. */
static void the_past_of_a_branch_is_the_one_that_was(void **state) {
    assert_int_equal(
        shell("cp a.record past.record && $N branch past.record --run 1 --at 2025-03-10 "
              "--seed 3 --lane memory --quiet && "
              "$N log past.record --run 1 --to 2025-03-10 >one && "
              "$N log past.record --run 3 --to 2025-03-10 >other && cmp one other"),
        0);
    TRY({"$N log past.record --run 3 --kind appraisal", 0, "type: patient", NULL},
        {"$N runs past.record --json", 0, "\"seed\":3", NULL},
        {"$N replay past.record --run 3 --verify", 0, "", NULL});
}

/* What a seat saw wrongly, it saw wrongly by the luck of that time. */
static void a_seat_of_a_branch_is_retold_the_past_that_it_saw(void **state) {
    (void)state;
    assert_int_equal(
        shell("cp a.record seen.record && $N branch seen.record --run 1 --at 2025-03-10 "
              "--seed 3 --lane memory --quiet && "
              "$N replay seen.record --run 1 --seat lower --to 2025-03-10 | grep News: >one && "
              "$N replay seen.record --run 3 --seat lower --to 2025-03-10 | grep News: >other && "
              "test -s one && cmp one other"),
        0);
}

static void nothing_can_be_changed_after_the_agreement(void **state) {
    TRY({"cp a.record late.record; $N branch late.record --run 2 --at 2028-01-01 --seed 9 --lane "
         "memory",
         64, NULL, "--seed: run 2 was agreed on "},
        {"$N branch late.record --run 2 --at 2028-01-01 --reps 2 --lane memory", 64, NULL,
         "nothing can be changed after that"},
        {"$N branch late.record --run 2 --at 2028-01-01 --set enforcement.probes=9 --lane memory",
         64, NULL, "--set: run 2"},
        {"$N branch late.record --run 2 --at 2028-01-01 --strategy lower=boulware --lane memory",
         64, NULL, "--strategy: run 2"},
        {"$N branch late.record --run 2 --at 2028-01-01 --seed 1 --lane memory --quiet", 0, NULL,
         NULL},
        {"$N branch late.record --run 2 --at 2025-01-20 --seed 9 --lane memory --quiet", 0, NULL,
         NULL});
}

static void a_seat_is_retold_only_what_it_knew(void **state) {
    TRY({"$N replay a.record --run 2 --seat lower", 0, "Lower town's walk-away value moves", NULL},
        {"$N replay a.record --run 2 --seat upper | grep -c -e walk-away.value -e Shock: -e News: "
         "-e type "
         "-e 'carried out'",
         1, "0", NULL},
        {"$N replay a.record --run 2 --seat lower | grep -c 'carried out'", 1, "0", NULL},
        {"$N replay a.record --run 2 --seat lower | grep -c -e '15 May 2025 .*News' -e 'July 2025'",
         1, "0", NULL},
        /* Two days after the event, and not as it was, but as it is seen. */
        {"$N log a.record --run 2 --kind world --limit 1", 0,
         "2025-01-24  -             world         "
         "level: 2 -> 3.46",
         NULL},
        {"$N replay a.record --run 2 --seat lower", 0,
         "26 January 2025    News: The river's level 2 → ", NULL},
        {"$N replay a.record --run 2 --seat lower | grep -c '2 → 3.46 m'", 1, "0", NULL});
}

static void what_the_world_did_is_explained(void **state) {
    TRY({"$N explain a.record --run 2", 0,
         "Lower town would have walked away with 0.419 when the talks opened and with 0.212 at "
         "last",
         NULL},
        {"$N explain a.record --run 2", 0, "since 1 February 2025: Shock: A storm; ", NULL},
        {"$N explain a.record --run 2", 0, "because the world moved by itself, which nobody caused",
         NULL},
        {"$N explain a.record --run 2", 0, "What became of the peace\n", NULL},
        {"$N explain a.record --run 1 | grep -c 'What became'", 1, "0", NULL});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_shows_its_world),
        cmocka_unit_test(programs_are_shown_the_same),
        cmocka_unit_test(a_large_scenario_is_shown_without_walking_through_it),
        cmocka_unit_test(a_horizon_shows_what_becomes_of_a_peace),
        cmocka_unit_test(many_runs_say_how_many_peaces_held),
        cmocka_unit_test(a_horizon_needs_something_to_look_at),
        cmocka_unit_test(a_record_says_how_to_look_on_again),
        cmocka_unit_test(two_futures_are_put_beside_each_other),
        cmocka_unit_test(the_log_knows_every_kind),
        cmocka_unit_test(what_moved_outside_the_table_is_exported),
        cmocka_unit_test(the_past_of_a_branch_is_the_one_that_was),
        cmocka_unit_test(a_seat_of_a_branch_is_retold_the_past_that_it_saw),
        cmocka_unit_test(nothing_can_be_changed_after_the_agreement),
        cmocka_unit_test(a_seat_is_retold_only_what_it_knew),
        cmocka_unit_test(what_the_world_did_is_explained),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
