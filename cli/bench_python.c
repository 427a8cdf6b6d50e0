/* What it costs to write an agent in Python: two seats that play boulware in processes of their own, against the
 * program's own agents over the same lane. */
#include "cli/bench_python.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/bench_crew.h"
#include "cli/bench_play.h"
#include "cli/output.h"
#include "proto/channel_zmq.h"

enum { QUESTIONS = 5000 /* a step; so many that the step itself hardly counts */ };

static const char python[] = "/usr/bin/python3";

/* Plays the program's boulware, move for move; what it is asked to weigh first leaves its moves alone. */
static const char script[] = "import sys\n"
                             "import nonpaper\n"
                             "from nonpaper.time_dependent import Boulware\n"
                             "class Asker(Boulware):\n"
                             "    def act(self, host, now, reply):\n"
                             "        package = host.best()\n"
                             "        if not self.seen.closed:\n"
                             "            for _ in range(%d):\n"
                             "                host.utility(package)\n"
                             "        super().act(host, now, reply)\n"
                             "nonpaper.main(%s)\n";

static const char *const seat_ids[] = {"seat0", "seat1"};

typedef struct Pair {
    char address[128];
    char script[128]; /* empty: the program's own agents */
} Pair;

/* The package beside the program, as in a build directory. Otherwise Python looks where it always does. */
static void find_package(void) {
    char path[4096], file[4200];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 16);
    while (length > 0 && path[length - 1] != '/') length--;
    if (length <= 0) return;
    memcpy(path + length, "python", sizeof "python");
    snprintf(file, sizeof file, "%s/nonpaper/nonpaper_pb2.py", path);
    if (access(file, R_OK) == 0) setenv("PYTHONPATH", path, 1);
}

static void prepare(void) {
    setenv("PYTHONDONTWRITEBYTECODE", "1", 1); /* nothing is left behind */
    find_package();
}

static void try_import(const void *context, unsigned number) {
    (void)context;
    (void)number;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDERR_FILENO);
    prepare();
    execl(python, python, "-c", "import nonpaper.agent", (char *)NULL);
    _exit(1);
}

static bool is_there(bool *there, Error *error) {
    int status = 0;
    pid_t child = crew_fork(try_import, NULL, 0, error);
    if (child < 0) return false;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    *there = status == 0;
    return true;
}

static void take_seat(const void *context, unsigned number) {
    const Pair *pair = context;
    const char *seat = seat_ids[number], *address = pair->address;
    char *const end = NULL;
    if (pair->script[0] == '\0') {
        execl("/proc/self/exe", "nonpaper", "agent", seat, "--connect", address, end);
        return;
    }
    prepare();
    execl(python, python, pair->script, "--connect", address, "--seat", seat, end);
}

static bool play_with(const Pair *pair, BenchPlay *play, Error *error) {
    Endpoint endpoint = {.address = pair->address};
    play->channel = channel_zmq_bind(&endpoint, seat_ids, 2, -1, error);
    if (play->channel == NULL) return false;
    bool good = bench_play(play, error);
    play->channel->type->destroy(play->channel);
    if (good && play->verdict.reason == REASON_AGENT_FAULT)
        return error_set(error, ERROR_CHECK, "an agent of the bench failed");
    return good;
}

/* Steps a second, from the first question to the last run's end. */
static bool go(const Pair *pair, const Scenario *scenario, unsigned runs, double *rate,
               Error *error) {
    Crew crew;
    BenchPlay play = {.scenario = scenario, .runs = runs};
    if (!crew_start(&crew, 2, take_seat, pair, error)) return false;
    bool good = play_with(pair, &play, error);
    crew_end(&crew, good);
    *rate = (double)play.offers / play.seconds;
    return good;
}

static bool write_script(const Bench *bench, const char *strategy, Pair *pair, Error *error) {
    FILE *file = fopen(bench_file(bench, "bench.py", pair->script), "w");
    bool good = file != NULL && fprintf(file, script, QUESTIONS, strategy) > 0;
    if (file != NULL) good = fclose(file) == 0 && good;
    return good || error_set(error, ERROR_CANT_CREATE, "%s: %s", pair->script, strerror(errno));
}

static Scenario *boulware_pair(unsigned rounds, Error *error) {
    char mechanism[96];
    snprintf(mechanism, sizeof mechanism,
             "{kind: stacked-alternating-offers, turn: 1d, rounds: %u}", rounds);
    BenchTable table = {.mechanism = mechanism,
                        .strategy = "boulware",
                        .seats = 2,
                        .issues = 5,
                        .options = 5,
                        .days = rounds * 2};
    return bench_scenario(&table, error);
}

static bool measure_questions(Bench *bench, Pair *pair, Error *error) {
    static const BenchCase said = {
        .name = "strategy/python-question",
        .unit = "calls/s",
        .what = "A question to the host in Python, the worth of a package of 5 issues: limit is a "
                "strategy in C, in this process, that asks the same."};
    Samples values = {.count = 0}, limits = {.count = 0};
    Scenario *scenario = boulware_pair(10, error);
    bool good = scenario != NULL && write_script(bench, "Asker", pair, error);
    for (unsigned i = 0; good && i < bench->repeats; i++) {
        double value = 0, limit = 0;
        good =
            bench_strategy_question(bench, &limit, error) && go(pair, scenario, 1, &value, error);
        samples_add(&limits, limit);
        samples_add(&values, value * QUESTIONS);
    }
    if (good) bench_add(bench, said, &values, &limits);
    scenario_destroy(scenario);
    return good;
}

static bool measure_steps(Bench *bench, Pair *pair, Error *error) {
    static const BenchCase said = {
        .name = "strategy/python-step",
        .unit = "steps/s",
        .what = "A step of boulware in Python over processes on one core, the exchange included: "
                "limit is the program's own boulware over the same lane."};
    Samples values = {.count = 0}, limits = {.count = 0};
    Pair own = {.script = ""};
    Scenario *scenario = boulware_pair(100, error);
    bool good = scenario != NULL && write_script(bench, "Boulware", pair, error);
    memcpy(own.address, pair->address, sizeof own.address);
    for (unsigned i = 0; good && i < bench->repeats; i++) {
        double value = 0, limit = 0;
        unsigned runs = bench_size(bench, 5);
        good = go(&own, scenario, runs, &limit, error) && go(pair, scenario, runs, &value, error);
        samples_add(&limits, limit);
        samples_add(&values, value);
    }
    if (good) bench_add(bench, said, &values, &limits);
    scenario_destroy(scenario);
    return good;
}

bool bench_python(Bench *bench, Error *error) {
    Pair pair = {.script = ""};
    bool there = false;
    if (!is_there(&there, error)) return false;
    if (!there) {
        output_note("strategy/python is left out: %s is not there, or has no package nonpaper, "
                    "zmq or protobuf",
                    python);
        return true;
    }
    snprintf(pair.address, sizeof pair.address, "ipc://%s/python", bench->directory.path);
    return measure_questions(bench, &pair, error) && measure_steps(bench, &pair, error);
}
