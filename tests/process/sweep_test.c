/* One sweep however it is played: by one worker or two, in shards, interrupted, with a worker or everybody killed, with
 * repetitions added later. The outcomes are the same, and each can be played again alone. */
#include <dirent.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

#define STUDY                                                                                      \
    "sweep $S/configs/01-hello.yaml --trust --strategy upper=./fuse.so "                           \
    "--vary seats.lower.reservation=0.1,0.3,0.5 --reps 40 --json "

enum { DIGEST = 80 };

static int open_place(void **state) {
    char command[1024];
    if (place_open(state) != 0) return -1;
    snprintf(command, sizeof command, "cp " NONPAPER_BINARY_DIR "/tests/plugins/fuse.so fuse.so");
    unsetenv("NONPAPER_FUSE_AT");
    return system(command) == 0 ? 0 : -1;
}

/* What happens, and as which of all runs opens. */
static void set_fuse(const char *how, const char *at) {
    remove("fuse.count");
    setenv("NONPAPER_FUSE", how, 1);
    setenv("NONPAPER_FUSE_AT", at, 1);
}

static void assert_says(const char *said, const char *words) {
    if (strstr(said, words) == NULL) fail_msg("\"%s\" is not in: %s", words, said);
}

static void assert_member(const char *said, const char *key, const char *value) {
    char found[256] = "";
    json_member(found, sizeof found, said, key);
    assert_string_equal(found, value);
}

static void sweep_digest(int code, const char *line, char digest[DIGEST]) {
    Program sweep = program_run(code, line);
    assert_true(json_is_one_object(sweep.out));
    assert_non_null(json_member(digest, DIGEST, sweep.out, "digest"));
    program_forget(&sweep);
}

/* Of the study in X.db, played in one go by one worker. */
static void reference(char digest[DIGEST]) {
    sweep_digest(0, STUDY "-o reference.db", digest);
}

static void assert_digest(const char *line, const char *digest) {
    char own[DIGEST];
    sweep_digest(0, line, own);
    assert_string_equal(own, digest);
}

static void assert_no_parts(void) {
    DIR *here = opendir(".");
    for (struct dirent *entry; (entry = readdir(here)) != NULL;)
        if (strstr(entry->d_name, "-part-") != NULL) fail_msg("%s was left", entry->d_name);
    closedir(here);
}

/* --- one digest --- */

static void two_workers_find_what_one_finds(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    assert_digest(STUDY "-j 2 -o two.db", digest);
    assert_digest(STUDY "-j 7 -o seven.db", digest);
    assert_no_parts();
    assert_nothing_left();
}

static void four_shards_merged_are_the_whole(void **state) {
    (void)state;
    char digest[DIGEST], line[512];
    reference(digest);
    for (int i = 1; i <= 4; i++) {
        snprintf(line, sizeof line, STUDY "--shard %d/4 -j 2 -o shard%d.db", i, i);
        Program shard = program_run(0, line);
        assert_member(shard.out, "runs", "30");
        assert_null(strstr(shard.out, "\"incomplete\"")); /* what others play is not missed */
        program_forget(&shard);
    }
    Program merge =
        program_run(0, "merge -o all.db shard3.db shard1.db shard4.db shard2.db --json");
    assert_says(merge.out, digest);
    program_forget(&merge);
    assert_digest(STUDY "--resume -o all.db", digest);
}

static void an_interrupted_sweep_is_resumed(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    set_fuse("interrupt parent", "50");
    Program cut = program_run(130, STUDY "-j 2 -o cut.db");
    assert_says(cut.err, "go on with: nonpaper sweep ");
    assert_says(cut.err, " --resume");
    program_forget(&cut);
    assert_no_parts();
    assert_digest(STUDY "--resume -o cut.db", digest);
}

static void a_killed_worker_costs_nothing(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    set_fuse("kill", "50");
    assert_digest(STUDY "-j 2 -o killed.db", digest);
    set_fuse("crash", "1");
    assert_digest(STUDY "-j 1 -o crashed.db", digest);
    assert_no_parts();
}

static void a_killed_sweep_is_resumed_from_what_its_workers_left(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    set_fuse("kill parent", "50");
    Program killed = program_run(128 + SIGKILL, STUDY "-j 2 -o gone.db");
    program_forget(&killed);
    assert_nothing_left();
    assert_digest(STUDY "-j 2 --resume -o gone.db", digest);
    assert_no_parts();
}

static void many_runs_at_once_through_processes_find_the_same(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    assert_digest(STUDY "--lane processes -j 2 -o processes.db", digest);
    set_fuse("kill", "30");
    assert_digest(STUDY "--lane processes -o revived.db", digest);
    /* An agent's parent is a worker; others take over what one leaves. */
    set_fuse("interrupt parent", "50");
    assert_digest(STUDY "--lane processes -o left.db", digest);
    assert_no_parts();
    assert_nothing_left();
}

static void repetitions_may_be_added(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    /* The last --reps counts. */
    Program few = program_run(0, "sweep $S/configs/01-hello.yaml --trust --strategy "
                                 "upper=./fuse.so --vary seats.lower.reservation=0.1,0.3,0.5 "
                                 "--reps 11 --json -o more.db");
    assert_member(few.out, "runs", "33");
    program_forget(&few);
    assert_digest(STUDY "--resume -o more.db", digest);
}

/* --- one run --- */

/* "nonpaper run" in the words of an outcome's row. */
static int play_again(void *context, int columns, char **value, char **name) {
    char line[1024], digest[DIGEST], wanted[DIGEST];
    (void)columns, (void)name;
    snprintf(line, sizeof line,
             "run $S/configs/01-hello.yaml --trust --lane memory -o again.db --json --seed %s "
             "--strategy upper=./fuse.so --set %s",
             value[0], value[1]);
    sweep_digest(0, line, digest);
    snprintf(wanted, sizeof wanted, "\"%s\"", value[2]);
    assert_string_equal(digest, wanted);
    ++*(int *)context;
    return 0;
}

static void every_run_can_be_played_again_alone(void **state) {
    (void)state;
    sqlite3 *record;
    int played = 0;
    char digest[DIGEST];
    sweep_digest(0,
                 "sweep $S/configs/01-hello.yaml --trust --strategy upper=./fuse.so --vary "
                 "seats.lower.reservation=0.1,0.3,0.5 --vary seats.lower.delay=1d:3d --reps 3 "
                 "--json -o some.db",
                 digest);
    assert_int_equal(sqlite3_open_v2("some.db", &record, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    const char *sql = "SELECT o.seed, (SELECT group_concat(value, ' --set ') FROM"
                      " json_each(json_insert(c.settings, '$[#]', json_extract(o.drawn, '$[0]'))))"
                      ", o.digest FROM outcome o JOIN cell c USING (study, cell)";
    assert_int_equal(sqlite3_exec(record, sql, play_again, &played, NULL), SQLITE_OK);
    sqlite3_close(record);
    assert_int_equal(played, 9);
}

static void the_dates_of_outcomes_are_the_scenarios(void **state) {
    (void)state;
    char digest[DIGEST];
    sweep_digest(0, STUDY "-o dates.db", digest);
    Program rows = program_run(0, "export dates.db --csv --table outcomes");
    assert_says(rows.out, ",2025-03-");
    assert_null(strstr(rows.out, ",1970-"));
    program_forget(&rows);
}

static void runs_recorded_in_full_are_ordinary_runs(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    assert_digest(STUDY "--record full -j 2 -o full.db", digest);
    Program verify = program_run(0, "replay full.db --run 17 --verify --trust");
    assert_says(verify.out, "verified");
    program_forget(&verify);
    Program runs = program_run(0, "runs full.db --json");
    assert_says(runs.out, "\"run\":120");
    program_forget(&runs);
}

/* Strategies have no order: a coefficient would turn with the order in which they are written. */
static void what_has_no_order_has_no_rank_correlation(void **state) {
    (void)state;
    Program three = program_run(0, "sweep $S/configs/01-hello.yaml --design lhs --points 12 --json "
                                   "--vary seats.upper.strategy=boulware,linear,conceder "
                                   "--vary time.deadline=10d:30d -o three.db");
    assert_says(three.out, "\"seats.upper.strategy\":{\"partial_rank_correlation\":"
                           "{\"estimate\":null,\"least\":null,\"most\":null}");
    assert_says(three.out, "\"word\":\"no_order\"");
    Program two = program_run(0, "sweep $S/configs/01-hello.yaml --design lhs --points 12 --json "
                                 "--vary seats.upper.strategy=boulware,linear "
                                 "--vary time.deadline=10d:30d -o two.db");
    assert_null(strstr(two.out, "no_order"));
    program_forget(&three);
    program_forget(&two);
}

/* --- trouble --- */

static void who_always_crashes_is_listed_and_the_rest_is_kept(void **state) {
    (void)state;
    Program sweep = program_run(3, "sweep $S/configs/01-hello.yaml --trust -j 2 --vary "
                                   "seats.upper.strategy=./fuse.so,./fuse.so(burst=1) --reps 4 "
                                   "--json -o burst.db");
    assert_true(json_is_one_object(sweep.out));
    assert_member(sweep.out, "runs", "8");
    assert_member(sweep.out, "failed", "4");
    assert_says(sweep.out, "\"attempts\":2");
    assert_says(sweep.out, "killed by signal 9");
    assert_says(sweep.out, "01-hello.yaml --seed ");
    program_forget(&sweep);
    assert_no_parts();
    assert_nothing_left();
}

/* A menu of nothing is refused when its run opens. */
#define MENU "sweep $S/configs/01-hello.yaml --vary seats.upper.strategy=boulware,menu() --reps 4 "

static void why_an_agent_failed_is_told_with_the_line_that_shows_it(void **state) {
    (void)state;
    Program sweep = program_run(3, MENU "--json -o menu.db");
    assert_true(json_is_one_object(sweep.out));
    assert_member(sweep.out, "failed", "4");
    assert_says(sweep.out, "\"faults\":[{\"cell\":1,\"runs\":4,\"repetition\":0,");
    assert_says(sweep.out, "\"why\":\"the agent of upper failed: menu (seat upper):");
    assert_says(sweep.out, " --seed 6467949072149276751 --set 'seats.upper.strategy=menu()'\"");
    assert_says(sweep.err, "4 runs were ended by an agent's fault");
    Program table = program_run(3, MENU "--resume -o menu.db");
    assert_says(table.out, "cell 1, 4 runs, the first of them repetition 0: the agent of upper");
    Program alone = program_run(3, "run $S/configs/01-hello.yaml --seed 6467949072149276751 --set "
                                   "seats.upper.strategy=menu()");
    assert_says(alone.out, "menu (seat upper):");
    program_forget(&sweep);
    program_forget(&table);
    program_forget(&alone);
}

static void a_dry_run_hears_of_agents_that_fail(void **state) {
    (void)state;
    Program dry = program_run(0, MENU "--dry-run");
    assert_says(dry.out,
                "4 of the runs that were tried ended by an agent's fault, such as cell 1,");
    assert_says(dry.out, "menu (seat upper):");
    program_forget(&dry);
    dry = program_run(0, MENU "--dry-run --json --lane processes");
    assert_member(dry.out, "tried_faults", "4");
    program_forget(&dry);
}

static void in_processes_only_the_guilty_run_fails(void **state) {
    (void)state;
    Program sweep = program_run(3, "sweep $S/configs/01-hello.yaml --lane processes --vary "
                                   "seats.upper.strategy=./fuse.so,./fuse.so(burst=1) --reps 8 "
                                   "--json -o burst.db");
    assert_member(sweep.out, "runs", "16");
    assert_member(sweep.out, "failed", "8");
    assert_says(sweep.out, "\"agent_fault\":8");
    program_forget(&sweep);
    assert_nothing_left();
}

static void a_program_does_not_play_in_a_worker(void **state) {
    (void)state;
    Program sweep = program_run(64, "sweep $S/configs/01-hello.yaml --strategy upper=./fuse.so");
    assert_says(sweep.err, "--trust");
    program_forget(&sweep);
}

static void what_is_varied_is_not_said_to_be_set(void **state) {
    (void)state;
    Program wrong = program_run(65, "sweep $S/configs/01-hello.yaml --vary "
                                    "seats.upper.weights=rank(place>nothing>none)");
    assert_says(wrong.err, "--vary seats.upper.weights: unknown issue \"nothing\"");
    assert_says(wrong.err, "--vary seats.upper.weights: unknown issue \"none\"");
    assert_null(strstr(wrong.err, "--set"));
    program_forget(&wrong);
}

static void a_study_is_not_begun_twice(void **state) {
    (void)state;
    Program first = program_run(0, STUDY "-o once.db");
    Program again = program_run(64, STUDY "-o once.db");
    assert_says(again.err, "holds this study already: --resume");
    Program other = program_run(64, STUDY "--seed 2 --resume -o once.db");
    assert_says(other.err, "seed 1 there and 2 here");
    program_forget(&first);
    program_forget(&again);
    program_forget(&other);
}

static void a_full_disk_is_said_and_what_was_played_is_kept(void **state) {
    (void)state;
    char digest[DIGEST];
    reference(digest);
    Setting small = {.file_limit = 300000};
    Program full = program_run_with(&small, 74, STUDY "--record full -o small.db");
    assert_says(full.err, "go on with: nonpaper sweep");
    program_forget(&full);
    assert_digest(STUDY "--record full --resume -o small.db", digest);
    assert_no_parts();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_workers_find_what_one_finds, open_place, place_close),
        cmocka_unit_test_setup_teardown(four_shards_merged_are_the_whole, open_place, place_close),
        cmocka_unit_test_setup_teardown(an_interrupted_sweep_is_resumed, open_place, place_close),
        cmocka_unit_test_setup_teardown(a_killed_worker_costs_nothing, open_place, place_close),
        cmocka_unit_test_setup_teardown(a_killed_sweep_is_resumed_from_what_its_workers_left,
                                        open_place, place_close),
        cmocka_unit_test_setup_teardown(many_runs_at_once_through_processes_find_the_same,
                                        open_place, place_close),
        cmocka_unit_test_setup_teardown(in_processes_only_the_guilty_run_fails, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(a_program_does_not_play_in_a_worker, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(repetitions_may_be_added, open_place, place_close),
        cmocka_unit_test_setup_teardown(every_run_can_be_played_again_alone, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(the_dates_of_outcomes_are_the_scenarios, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(runs_recorded_in_full_are_ordinary_runs, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(who_always_crashes_is_listed_and_the_rest_is_kept,
                                        open_place, place_close),
        cmocka_unit_test_setup_teardown(why_an_agent_failed_is_told_with_the_line_that_shows_it,
                                        open_place, place_close),
        cmocka_unit_test_setup_teardown(a_dry_run_hears_of_agents_that_fail, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(what_has_no_order_has_no_rank_correlation, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(what_is_varied_is_not_said_to_be_set, open_place,
                                        place_close),
        cmocka_unit_test_setup_teardown(a_study_is_not_begun_twice, open_place, place_close),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said_and_what_was_played_is_kept, open_place,
                                        place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
