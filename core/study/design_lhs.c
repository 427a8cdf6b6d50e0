#include "core/base/memory.h"
#include "core/study/design_points.h"

/* Fisher and Yates, from the end. */
static void shuffle(uint32_t *item, uint32_t count, RngKey key) {
    Rng rng = rng_stream(key);
    for (uint32_t i = count; i > 1; i--) {
        uint32_t other = rng_below(&rng, i), kept = item[i - 1];
        item[i - 1] = item[other];
        item[other] = kept;
    }
}

static void axis_open(const Design *design, const char *path, uint32_t number, Axis *axis) {
    uint32_t points = (uint32_t)design->points;
    axis->within = design_key(design, "lhs/within", path, number);
    axis->stratum = memory_new(points, sizeof *axis->stratum);
    for (uint32_t i = 0; i < points; i++) axis->stratum[i] = i;
    shuffle(axis->stratum, points, design_key(design, "lhs/order", path, number));
}

void lhs_open(Design *design) {
    for (uint32_t f = 0; f < design->factors; f++) {
        uint32_t dimensions = factor_dimensions(&design->factor[f]);
        for (uint32_t d = 0; d < dimensions; d++)
            axis_open(design, design->factor[f].path, d, &design->axis[design->first[f] + d]);
    }
}

void lhs_close(Design *design) {
    for (uint32_t d = 0; d < design->dimensions; d++) memory_free(design->axis[d].stratum);
}

/* A point's place within its stratum is a draw of its own: block `cell` of the stream. */
double lhs_unit(const Design *design, uint32_t dimension, uint64_t cell) {
    const Axis *axis = &design->axis[dimension];
    Rng rng = rng_stream(axis->within);
    rng.counter = cell;
    double unit = (axis->stratum[cell] + rng_unit(&rng)) / (double)design->points;
    double top = (axis->stratum[cell] + 1) / (double)design->points;
    return unit < top ? unit : axis->stratum[cell] / (double)design->points;
}
