/* What could have been agreed: frontier and Nash point of a million packages, against touching as many vectors
 * once as the merge has to. */
#include <stdlib.h>
#include <string.h>

#include "cli/bench.h"
#include "core/analysis/solution.h"
#include "core/base/memory.h"
#include "core/base/rng.h"
#include "proto/wall_clock.h"

enum { ISSUES = 10, OPTIONS = 4 };

/* Wishes that are partly opposed, partly a matter of taste: made up. */
static void wish(Rng *rng, SeatId seat, Profile *profile) {
    double weight[ISSUES], sum = 0;
    for (uint8_t issue = 0; issue < ISSUES; issue++) sum += weight[issue] = 0.25 + rng_unit(rng);
    for (uint8_t issue = 0; issue < ISSUES; issue++)
        for (uint8_t option = 0; option < OPTIONS; option++) {
            double end = (seat % 2 == 1 ? option : OPTIONS - 1 - option) / (double)(OPTIONS - 1);
            double taste = 0.4 * end + 0.6 * rng_unit(rng);
            profile->value[issue][option] = utility_from(taste * weight[issue] / sum);
        }
}

static Negotiation *million_packages(uint8_t seats) {
    Negotiation *negotiation = memory_new(1, sizeof *negotiation);
    Rng rng = rng_stream(rng_key(1, "bench/analysis"));
    negotiation->terms.seats = seats;
    negotiation->terms.domain.issues = ISSUES;
    for (uint8_t issue = 0; issue < ISSUES; issue++) {
        negotiation->terms.domain.issue[issue].options = OPTIONS;
        negotiation->terms.domain.issue[issue].status_quo = NP_NO_OPTION;
    }
    for (SeatId seat = 0; seat < seats; seat++) wish(&rng, seat, &negotiation->profile[seat]);
    return negotiation;
}

/* --- the limit --- */

typedef struct Vector {
    int64_t number[4];
} Vector;

static int falling(const void *a, const void *b) {
    const Vector *x = a, *y = b;
    for (int i = 0; i < 4; i++)
        if (x->number[i] != y->number[i]) return x->number[i] > y->number[i] ? -1 : 1;
    return 0;
}

/* Seconds to sort as many vectors and to sweep over them once, keeping what is best in the second number:
 * with two utilities that is all that finding maxima takes, with more it is where it begins. */
static double sort_and_sweep(uint64_t count) {
    Vector *vector = memory_new(count, sizeof *vector);
    Rng rng = rng_stream(rng_key(2, "bench/analysis"));
    for (uint64_t i = 0; i < count; i++)
        for (int k = 0; k < 4; k++) vector[i].number[k] = rng_u32(&rng);
    int64_t began = wall_monotonic_ns();
    qsort(vector, count, sizeof *vector, falling);
    int64_t best = -1;
    for (uint64_t i = 0; i < count; i++)
        if (vector[i].number[1] > best) best = vector[i].number[1];
    double seconds = bench_seconds_since(began);
    if (best < 0) seconds = 0; /* so that nobody optimises the sweep away */
    memory_free(vector);
    return seconds;
}

/* --- the case --- */

/* Analyses a second; `states` is what one of them looked at. */
static double analyse(const Negotiation *negotiation, unsigned times, uint64_t *states) {
    Question question = question_about(negotiation, SCOPE_FEASIBLE);
    Utility disagreement[NP_MAX_SEATS] = {0};
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < times; i++) {
        Frontier frontier = frontier_find(&question);
        solutions_find(&question, &frontier, disagreement);
        *states = frontier.states;
        frontier_finish(&frontier);
    }
    return times / bench_seconds_since(began);
}

static void measure(Bench *bench, uint8_t seats, unsigned times, BenchCase said) {
    Samples values = {.count = 0}, limits = {.count = 0};
    Negotiation *negotiation = million_packages(seats);
    for (unsigned i = 0; i < bench->repeats; i++) {
        uint64_t states = 0;
        double seconds = 0;
        samples_add(&values, analyse(negotiation, times, &states));
        for (unsigned k = 0; k < times; k++) seconds += sort_and_sweep(states);
        samples_add(&limits, times / seconds);
    }
    bench_add(bench, said, &values, &limits);
    memory_free(negotiation);
}

bool bench_analysis(Bench *bench, Error *error) {
    (void)error;
    measure(bench, 2, bench_size(bench, 100),
            (BenchCase){.name = "analysis/two-seats",
                        .unit = "analyses/s",
                        .what = "Pareto frontier and five solutions, 10 issues of 4 options: limit "
                                "is to sort and sweep as many vectors as are merged."});
    measure(bench, 4, bench_size(bench, 2),
            (BenchCase){.name = "analysis/four-seats",
                        .unit = "analyses/s",
                        .what = "The same with four utilities, where no sweep says what is "
                                "dominated: limit is the same, without the sieve."});
    return true;
}
