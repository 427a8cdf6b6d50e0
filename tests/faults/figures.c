/* By hand: what it costs to bring an agent back and to resume a run, as a function of what has happened so far.
 * In memory, so that it is the work itself that is measured: the referee, a built-in strategy, and nothing in
 * between. Prints a table; asserts nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "tests/faults/nemesis.h"
#include "tests/faults/witness.h"
#include "tests/fixtures/negotiations.h"

enum { SEATS = 4, ISSUES = 6, OPTIONS = 5, REPEATS = 15 };

static const char *const strategy[SEATS] = {"linear(every=1)", "linear(every=1)", "linear(every=1)",
                                            "linear(every=1)"};

/* Of the processor, so that it does not matter what else the machine is busy with. */
static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

typedef struct Task {
    BrokerRun run;
    uint64_t kill_at; /* 0: nobody is */
    const Script *known;
    uint64_t restarts, events;
} Task;

static double play_once(Task *task) {
    NemesisPlan plan = {.runs = &task->run,
                        .count = 1,
                        .one_at_once = true,
                        .patient = true,
                        .restarts = 3,
                        .kill_at = task->kill_at};
    Witness witness;
    Damage damage;
    witness_begin(&witness, 1);
    if (task->known != NULL) witness_remember(&witness, 1, task->known);
    double begun = now_ms();
    nemesis_drive(&plan, 1, &task->run, 1, witness_sink(&witness), &damage);
    double took = now_ms() - begun;
    task->events = witness.of[0].events.count;
    task->restarts = damage.restarts;
    witness_finish(&witness);
    return took;
}

static double median(Task *task) {
    double took[REPEATS];
    for (int i = 0; i < REPEATS; i++) took[i] = play_once(task);
    qsort(took, REPEATS, sizeof took[0], compare);
    return took[REPEATS / 2];
}

static Script record(const Task *task) {
    NemesisPlan plan = {.runs = &task->run, .count = 1, .one_at_once = true};
    Witness witness;
    Damage damage;
    witness_begin(&witness, 1);
    nemesis_drive(&plan, 1, &task->run, 1, witness_sink(&witness), &damage);
    return witness.of[0].events;
}

/* The last answer at which a kill still brings an agent back. */
static uint64_t last_answer(Task *task, uint64_t events) {
    for (uint64_t at = events * 4; at > 0; at -= 1 + at / 50) {
        task->kill_at = at;
        play_once(task);
        if (task->restarts > 0) return at;
    }
    return 0;
}

static void measure(long days) {
    Negotiation *negotiation = fixture_plain(&mechanism_open_table, SEATS, ISSUES, OPTIONS);
    negotiation->terms.deadline = DAYS(days);
    Task task = {.run = {.run = 1, .negotiation = negotiation, .seed = 1, .strategy = strategy}};
    Script known = record(&task);
    double alone = median(&task);
    uint64_t events = known.count;
    task.kill_at = last_answer(&task, events);
    double killed = median(&task);
    task.kill_at = 0;
    task.known = &known;
    double resumed = median(&task);
    printf("%8llu %12.3f %12.3f %12.2f %12.3f\n", (unsigned long long)events, alone, killed - alone,
           (killed - alone) * 1e3 / (double)events, resumed);
    script_finish(&known);
    fixture_finish(negotiation);
}

int main(void) {
    static const long days[] = {16, 160, 500, 1600, 5000, 10000};
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("%8s %12s %12s %12s %12s\n", "events", "run, ms", "back, ms", "us an event",
           "resume, ms");
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) measure(days[i]);
    return 0;
}
