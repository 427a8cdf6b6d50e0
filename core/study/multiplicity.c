#include "core/study/multiplicity.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

typedef struct Test {
    double p;
    size_t index;
} Test;

static int ascending(const void *a, const void *b) {
    const Test *x = a, *y = b;
    if (x->p != y->p) return x->p < y->p ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The tests that were made, in order of p; how many. Those that were not made stay NaN. */
static size_t in_order(const double *p, size_t count, Test *test) {
    size_t made = 0;
    for (size_t i = 0; i < count; i++)
        if (p[i] == p[i]) test[made++] = (Test){p[i], i};
    qsort(test, made, sizeof *test, ascending);
    return made;
}

static Test *begin(const double *p, size_t count, double *adjusted, size_t *made) {
    Test *test = memory_new(count + 1, sizeof *test);
    *made = in_order(p, count, test);
    memmove(adjusted, p, count * sizeof *adjusted);
    return test;
}

void multiplicity_holm(const double *p, size_t count, double *adjusted) {
    size_t made;
    Test *test = begin(p, count, adjusted, &made);
    double most = 0;
    for (size_t i = 0; i < made; i++) {
        double times = (double)(made - i) * test[i].p;
        if (times > most) most = times < 1 ? times : 1;
        adjusted[test[i].index] = most;
    }
    memory_free(test);
}

void multiplicity_benjamini_hochberg(const double *p, size_t count, double *adjusted) {
    size_t made;
    Test *test = begin(p, count, adjusted, &made);
    double least = 1;
    for (size_t i = made; i-- > 0;) {
        double share = (double)made * test[i].p / (double)(i + 1);
        if (share < least) least = share;
        adjusted[test[i].index] = least;
    }
    memory_free(test);
}
