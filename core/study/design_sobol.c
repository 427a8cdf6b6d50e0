#include "core/study/design_points.h"

/* The first point of the sequence is the origin, and the number of points should be a power of two: leaving the first out
 * would spoil that (Owen, On dropping the first Sobol' point, 2020). A random digital shift keeps it, keeps the net, and
 * makes each point uniform (Cranley and Patterson's idea in base 2; L'Ecuyer and Lemieux 2002). */
static uint64_t shift_of(const Design *design, const char *path, uint32_t number,
                         const char *what) {
    Rng rng = rng_stream(design_key(design, what, path, number));
    uint64_t high = rng_u32(&rng);
    uint64_t low = rng_u32(&rng);
    return (high << 32 | low) >> 11;
}

/* Columns 0 … D - 1 of the sequence are A, D … 2 D - 1 are B. */
static void axis_open(const Design *design, uint32_t dimension, const char *path, uint32_t number) {
    Axis *axis = &design->axis[dimension];
    axis->a.column = sobol_column(dimension);
    axis->b.column = sobol_column(dimension + design->dimensions);
    axis->a.shift = shift_of(design, path, number, "sobol/a");
    axis->b.shift = shift_of(design, path, number, "sobol/b");
}

void sobol_open(Design *design) {
    for (uint32_t f = 0; f < design->factors; f++) {
        uint32_t dimensions = factor_dimensions(&design->factor[f]);
        for (uint32_t d = 0; d < dimensions; d++)
            axis_open(design, design->first[f] + d, design->factor[f].path, d);
    }
}

double sobol_unit(const Design *design, uint32_t factor, uint32_t dimension, uint64_t cell) {
    uint64_t places = design->factors + 2, row = cell / places, place = cell % places;
    const Axis *axis = &design->axis[dimension];
    const SobolAxis *half = place == 1 || place == factor + 2 ? &axis->b : &axis->a;
    uint64_t digits = (uint64_t)sobol_point(&half->column, (uint32_t)row) << 21;
    return (double)(digits ^ half->shift) * 0x1p-53;
}
