/* What a second worker brings: the memory lane in two processes against one, beside two loops that share nothing but
 * the machine. */
#include <sys/mman.h>

#include "cli/bench.h"
#include "cli/bench_crew.h"
#include "cli/bench_play.h"
#include "proto/wall_clock.h"

enum { WORKERS = 2 };

/* What a worker does; `rate` is shared with the bench. */
typedef struct Shift {
    const Scenario *scenario; /* NULL: spin */
    unsigned size;
    double *rate; /* [WORKERS]: work a second */
} Shift;

/* As much arithmetic as keeps a core busy, and no memory. */
static double spin(unsigned turns) {
    uint64_t luck = 1;
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < turns; i++)
        for (unsigned k = 0; k < 1000; k++) {
            luck = luck * UINT64_C(6364136223846793005) + 1442695040888963407u;
            __asm__ volatile("" : "+r"(luck));
        }
    return turns / bench_seconds_since(began);
}

static void work(const void *context, unsigned number) {
    const Shift *shift = context;
    BenchPlay play = {.scenario = shift->scenario, .runs = shift->size};
    Error error = {0};
    if (shift->scenario == NULL)
        shift->rate[number] = spin(shift->size);
    else if (bench_play_in_memory(&play, &error))
        shift->rate[number] = (double)play.offers / play.seconds;
}

/* The rates of so many workers at once, summed; 0 when one of them failed. */
static double work_together(const Shift *shift, unsigned workers, Error *error) {
    Crew crew;
    double sum = 0;
    for (unsigned i = 0; i < workers; i++) shift->rate[i] = 0;
    if (!crew_start(&crew, workers, work, shift, error)) return 0;
    crew_end(&crew, true);
    for (unsigned i = 0; i < workers; i++) {
        if (shift->rate[i] <= 0) return 0;
        sum += shift->rate[i];
    }
    return sum;
}

/* How many times the work of one two of them do. */
static bool add_gain(const Shift *shift, Samples *gains, Error *error) {
    double one = work_together(shift, 1, error), two = work_together(shift, WORKERS, error);
    if (one <= 0 || two <= 0)
        return error_set(error, ERROR_INTERNAL, "a worker of the bench came to nothing");
    samples_add(gains, two / one);
    return true;
}

static bool measure(Bench *bench, const Shift *play, const Shift *idle, Error *error) {
    static const BenchCase said = {
        .name = "memory/two-workers",
        .unit = "times",
        .what = "The machine's cores, and what else runs on them: the offers of two seats in two "
                "processes against one. Limit is two spinning loops against one."};
    Samples values = {.count = 0}, limits = {.count = 0};
    for (unsigned i = 0; i < bench->repeats; i++)
        if (!add_gain(idle, &limits, error) || !add_gain(play, &values, error)) return false;
    bench_add(bench, said, &values, &limits);
    return true;
}

bool bench_workers(Bench *bench, Error *error) {
    double *rate = mmap(NULL, WORKERS * sizeof *rate, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (rate == MAP_FAILED)
        return error_set(error, ERROR_UNAVAILABLE, "no memory to share with workers");
    Scenario *scenario = bench_boulware(2, 100, error);
    Shift play = {.scenario = scenario, .size = bench_size(bench, 1000), .rate = rate};
    Shift idle = {.size = bench_size(bench, 200000), .rate = rate};
    bool good = scenario != NULL && measure(bench, &play, &idle, error);
    scenario_destroy(scenario);
    munmap(rate, WORKERS * sizeof *rate);
    return good;
}
