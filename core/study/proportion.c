#include "core/study/proportion.h"

#include <assert.h>

#include "core/base/real.h"

static double within_unit(double x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* The ends at no hit and at nothing but hits are 0 and 1 in exact arithmetic, and said to be. */
Interval proportion_wilson(uint64_t hits, uint64_t count, double z) {
    assert(hits <= count && z > 0);
    if (count == 0) return (Interval){0.5, 0, 1};
    double n = (double)count, p = (double)hits / n;
    double scale = 1 + z * z / n;
    double centre = (p + z * z / (2 * n)) / scale;
    double half = z * real_sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / scale;
    return (Interval){
        .estimate = p,
        .least = hits == 0 ? 0 : within_unit(centre - half),
        .most = hits == count ? 1 : within_unit(centre + half),
    };
}
