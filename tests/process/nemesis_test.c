/* Design I3 over processes, seeded: agents, broker and launcher are killed and stopped at random moments, one or
 * all. A run keeps the undisturbed digest or names the seat; what was cut short is resumed; nothing is left.
 * By hand: NONPAPER_NEMESIS_RUNS=300 NONPAPER_NEMESIS_SEED=1 NONPAPER_NEMESIS_REPS=1000. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/base/rng.h"
#include "tests/process/json_shape.h"
#include "tests/process/programs.h"

/* Talks in a world, and what becomes of their agreement. */
#define RIYADH "$S/configs/riyadh-2025.yaml --horizon 5"

enum { RUNS_IN_CI = 3, REPS_IN_CI = 30, SEEDS = 5, SPAN_MS = 700, RESUMES = 12 };

static const char *const seats[] = {"us", "ukraine", "russia", "europe"};
static char undisturbed[SEEDS][80];

static long number_from(const char *variable, long usual) {
    const char *given = getenv(variable);
    return given != NULL ? strtol(given, NULL, 10) : usual;
}

/* --- what is in the record --- */

/* The first value of the answer; false when there is none. */
static bool ask_record(const char *path, const char *question, char out[80]) {
    sqlite3 *db;
    sqlite3_stmt *statement = NULL;
    bool found = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, question, -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW &&
                 sqlite3_column_type(statement, 0) != SQLITE_NULL;
    if (found) snprintf(out, 80, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return found;
}

/* --- one ordeal --- */

typedef struct Ordeal {
    const char *record;
    Rng luck;
    unsigned seed; /* of the run */
    Program run;
    int seat; /* the one that may be blamed */
} Ordeal;

static void wait_a_while(Ordeal *ordeal, unsigned most_ms) {
    pause_ms((int)rng_below(&ordeal->luck, most_ms));
}

static void strike_agent(const char *seat, int number) {
    char words[48];
    snprintf(words, sizeof words, "nonpaper agent %s ", seat);
    pid_t pid = process_find(words);
    if (pid > 0) kill(pid, number);
}

static const char *any_seat(Ordeal *ordeal) {
    ordeal->seat = (int)rng_below(&ordeal->luck, 4);
    return seats[ordeal->seat];
}

static void kill_agents_now_and_then(Ordeal *ordeal) {
    for (uint32_t left = 1 + rng_below(&ordeal->luck, 3); left > 0; left--) {
        wait_a_while(ordeal, SPAN_MS / 2);
        strike_agent(any_seat(ordeal), SIGKILL);
    }
}

static void kill_one_twice(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    const char *seat = any_seat(ordeal);
    strike_agent(seat, SIGKILL);
    /* While it is started again, while it is told its past, or later. */
    wait_a_while(ordeal, 60);
    strike_agent(seat, SIGKILL);
}

static void kill_all_agents(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    for (int seat = 0; seat < 4; seat++) strike_agent(seats[seat], SIGKILL);
}

static void hold_an_agent(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    const char *seat = any_seat(ordeal);
    strike_agent(seat, SIGSTOP);
    wait_a_while(ordeal, 400);
    strike_agent(seat, SIGCONT);
}

static void freeze_an_agent(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    strike_agent(any_seat(ordeal), SIGSTOP);
}

/* Before it has said hello. */
static void freeze_an_agent_early(Ordeal *ordeal) {
    char words[48];
    snprintf(words, sizeof words, "nonpaper agent %s ", any_seat(ordeal));
    kill(process_await(words), SIGSTOP);
}

static void kill_an_agent(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    strike_agent(any_seat(ordeal), SIGKILL);
}

static void kill_broker(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    pid_t broker = process_find("nonpaper broker ");
    if (broker > 0) kill(broker, SIGKILL);
}

static void kill_launcher(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    kill(ordeal->run.pid, SIGKILL);
}

static void stop_launcher(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    kill(ordeal->run.pid, SIGTERM);
}

/* Stopped first, so that none can clean up after another. */
static void kill_everything(const Program *run) {
    pid_t broker = process_find("nonpaper broker ");
    if (broker > 0) kill(broker, SIGSTOP);
    kill(run->pid, SIGSTOP);
    for (int seat = 0; seat < 4; seat++) strike_agent(seats[seat], SIGKILL);
    if (broker > 0) kill(broker, SIGKILL);
    kill(run->pid, SIGKILL);
}

static void end_it_all(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS);
    kill_everything(&ordeal->run);
}

static void kill_an_agent_and_then_all(Ordeal *ordeal) {
    wait_a_while(ordeal, SPAN_MS / 2);
    strike_agent(any_seat(ordeal), SIGKILL);
    wait_a_while(ordeal, 80);
    kill_everything(&ordeal->run);
}

typedef enum Ending { THE_SAME, SAME_OR_NAMED, TO_BE_RESUMED } Ending;

static const struct Deed {
    void (*strike)(Ordeal *ordeal);
    const char *options;
    Ending ending;
} deeds[] = {
    {kill_agents_now_and_then, "", THE_SAME},
    {end_it_all, "", TO_BE_RESUMED},
    {kill_an_agent, "--restarts 0", SAME_OR_NAMED},
    {kill_broker, "", TO_BE_RESUMED},
    {freeze_an_agent, "--patience 1", THE_SAME},
    {kill_one_twice, "", THE_SAME},
    {kill_launcher, "", TO_BE_RESUMED},
    {kill_all_agents, "", THE_SAME},
    {kill_an_agent_and_then_all, "", TO_BE_RESUMED},
    {hold_an_agent, "", THE_SAME},
    {stop_launcher, "", TO_BE_RESUMED},
    {freeze_an_agent, "--patience 1 --restarts 0", SAME_OR_NAMED},
    {kill_one_twice, "--restarts 1", SAME_OR_NAMED},
    {freeze_an_agent_early, "", THE_SAME},
};
enum { DEEDS = sizeof deeds / sizeof deeds[0] };

static struct { long runs, same, named, resumed; } tally;

/* --- afterwards --- */

/* What nobody could clean up the next run sweeps away, once it is settled. */
static void let_time_pass(void) {
    char path[128], name[320];
    snprintf(path, sizeof path, "%s/runtime", place_path());
    DIR *directory = opendir(path);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(name, sizeof name, "%s/%.180s", path, entry->d_name);
        utimensat(AT_FDCWD, name, (struct timespec[]){{1, 0}, {1, 0}}, 0);
    }
    closedir(directory);
}

static void let_the_next_run_sweep(void) {
    let_time_pass();
    Program next = program_run(0, "run $S/configs/01-hello.yaml -o next.db");
    program_forget(&next);
}

/* Resumes until all is finished; sometimes that is cut short as well. */
static void resume(Ordeal *ordeal) {
    char line[96], unfinished[80];
    for (int i = 0; i < RESUMES; i++) {
        assert_no_process_left();
        let_time_pass();
        snprintf(line, sizeof line, "resume %s --json --speed %u", ordeal->record,
                 rng_below(&ordeal->luck, 2) == 0 ? 0 : 900);
        Program program = program_start(line);
        if (i < 3 && rng_below(&ordeal->luck, 3) == 0) {
            wait_a_while(ordeal, 300);
            kill_everything(&program);
        }
        int code = program_finish(&program);
        if (code != 0 && code != 66 && code != 128 + SIGKILL)
            fail_msg("resume ends with %d: %s", code, program.err);
        program_forget(&program);
        if (code == 66) return;
        if (code == 0 &&
            ask_record(ordeal->record, "SELECT count(*) FROM runs WHERE verdict IS NULL",
                       unfinished) &&
            strcmp(unfinished, "0") == 0)
            return;
    }
    fail_msg("%s cannot be resumed", ordeal->record);
}

static void check_same(const Ordeal *ordeal) {
    char digest[80], run[80];
    /* It may have been killed before it entered anything; what is entered is finished by now. */
    if (!ask_record(ordeal->record, "SELECT max(run) FROM runs", run)) return;
    assert_true(ask_record(ordeal->record, "SELECT digest FROM runs", digest));
    assert_string_equal(digest, undisturbed[ordeal->seed - 1]);
    tally.same++;
}

static void check_named(const Ordeal *ordeal) {
    char seat[80], reason[80] = "";
    ask_record(ordeal->record, "SELECT reason FROM runs", reason);
    if (strcmp(reason, "agent_fault") != 0) {
        check_same(ordeal);
        return;
    }
    assert_true(ask_record(ordeal->record, "SELECT seat FROM run", seat));
    assert_string_equal(seat, seats[ordeal->seat]);
    tally.named++;
}

static void verify(const Ordeal *ordeal) {
    char line[64], runs[80];
    if (!ask_record(ordeal->record, "SELECT max(run) FROM runs", runs)) return;
    snprintf(line, sizeof line, "replay %s --verify", ordeal->record);
    Program program = program_run(0, line);
    program_forget(&program);
}

static void go_through(long number, const struct Deed *deed) {
    char line[200];
    Ordeal ordeal = {.record = "ordeal.db",
                     .luck = rng_stream(rng_key((uint64_t)number, "nemesis")),
                     .seed = 1 + (unsigned)(number % SEEDS)};
    remove("ordeal.db"), remove("ordeal.db-wal"), remove("ordeal.db-shm");
    snprintf(line, sizeof line, "run " RIYADH " --seed %u --speed 600 --json -o ordeal.db %s",
             ordeal.seed, deed->options);
    ordeal.run = program_start(line);
    deed->strike(&ordeal);
    int code = program_finish(&ordeal.run);
    if (deed->ending == THE_SAME && code != 0)
        fail_msg("ordeal %ld ends with %d: %s", number, code, ordeal.run.err);
    assert_true(code != 70);
    if (deed->ending == TO_BE_RESUMED && code != 0) {
        resume(&ordeal);
        tally.resumed++;
        if (runtime_entries() > 0) let_the_next_run_sweep();
    }
    assert_nothing_left();
    (deed->ending == SAME_OR_NAMED ? check_named : check_same)(&ordeal);
    verify(&ordeal);
    program_forget(&ordeal.run);
    tally.runs++;
}

static void learn_the_digests(void) {
    char line[96];
    for (unsigned seed = 1; seed <= SEEDS; seed++) {
        snprintf(line, sizeof line, "run " RIYADH " --seed %u --json -o alone.db", seed);
        Program run = program_run(0, line);
        char digest[80];
        assert_non_null(json_member(digest, sizeof digest, run.out, "digest"));
        snprintf(undisturbed[seed - 1], sizeof undisturbed[0], "%.64s", digest + 1);
        program_forget(&run);
    }
}

static void whoever_is_killed_the_run_is_the_same_or_names_the_seat(void **state) {
    (void)state;
    long first = number_from("NONPAPER_NEMESIS_SEED", 1);
    long count = number_from("NONPAPER_NEMESIS_RUNS", RUNS_IN_CI);
    learn_the_digests();
    for (long number = first; number < first + count; number++)
        go_through(number, &deeds[(number - 1) % DEEDS]);
    printf("%ld runs: %ld with the undisturbed digest, %ld over the seat's agent; %ld resumed\n",
           tally.runs, tally.same, tally.named, tally.resumed);
}

/* --- many runs in one record --- */

static void assert_same_digests(const char *path, long runs) {
    static const char question[] = "SELECT count(*) FROM runs AS r JOIN whole.runs AS w USING "
                                   "(seed) WHERE r.digest = w.digest";
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "ATTACH 'whole.db' AS whole", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, question, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int64(statement, 0), runs);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

/* A thousand runs take longer than programs are otherwise given. */
static void wait_long(const Program *program) {
    siginfo_t ended;
    waitid(P_PID, (id_t)program->pid, &ended, WEXITED | WNOWAIT);
}

static void everything_may_be_killed_in_the_middle_of_many_runs(void **state) {
    static const char *const lanes[] = {"memory", "processes"};
    long reps = number_from("NONPAPER_NEMESIS_REPS", REPS_IN_CI);
    char line[160], done[80] = "";
    (void)state;
    snprintf(line, sizeof line, "run " RIYADH " --reps %ld --lane memory --json -o whole.db", reps);
    int64_t begun = now_ms();
    Program whole = program_start(line);
    wait_long(&whole);
    assert_int_equal(program_finish(&whole), 0);
    int64_t took = now_ms() - begun;
    program_forget(&whole);
    for (int lane = 0; lane < 2; lane++) {
        Ordeal ordeal = {.record = lanes[lane],
                         .luck = rng_stream(rng_key((uint64_t)reps, lanes[lane]))};
        snprintf(line, sizeof line, "run " RIYADH " --reps %ld --lane %s --json -o %s", reps,
                 lanes[lane], lanes[lane]);
        ordeal.run = program_start(line);
        pause_ms((int)(took / 3 + rng_below(&ordeal.luck, (uint32_t)took / 2 + 1)));
        kill_everything(&ordeal.run);
        int code = program_finish(&ordeal.run);
        assert_true(code == 128 + SIGKILL || code == 0);
        program_forget(&ordeal.run);
        ask_record(lanes[lane], "SELECT count(verdict) || ' of ' || count(*) FROM runs", done);
        assert_no_process_left();
        let_time_pass();
        snprintf(line, sizeof line, "resume %s --json --lane %s", lanes[lane], lanes[lane]);
        Program rest = program_start(line);
        wait_long(&rest);
        assert_int_equal(program_finish(&rest), 0);
        program_forget(&rest);
        assert_nothing_left();
        assert_same_digests(lanes[lane], reps);
        printf("%s: killed after %s runs, resumed; all %ld digests are the undisturbed ones\n",
               lanes[lane], done, reps);
    }
}

#define IN_A_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(whoever_is_killed_the_run_is_the_same_or_names_the_seat),
        IN_A_PLACE(everything_may_be_killed_in_the_middle_of_many_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
