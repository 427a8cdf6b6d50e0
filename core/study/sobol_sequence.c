#include "core/study/sobol_sequence.h"

#include <assert.h>

#include "core/study/sobol_numbers.h"

/* The first dimension is van der Corput's sequence, which has no polynomial. */
static SobolColumn van_der_corput(void) {
    SobolColumn column;
    for (uint32_t k = 0; k < SOBOL_DIGITS; k++)
        column.direction[k] = UINT32_C(1) << (SOBOL_DIGITS - 1 - k);
    return column;
}

SobolColumn sobol_column(uint32_t dimension) {
    assert(dimension < SOBOL_MOST_DIMENSIONS);
    if (dimension == 0) return van_der_corput();
    const SobolNumbers *from = &sobol_numbers[dimension - 1];
    uint32_t s = from->degree;
    SobolColumn column;
    uint32_t *v = column.direction;
    for (uint32_t k = 0; k < s && k < SOBOL_MOST_DEGREE; k++)
        v[k] = (uint32_t)from->m[k] << (SOBOL_DIGITS - 1 - k);
    for (uint32_t k = s; k < SOBOL_DIGITS; k++) {
        v[k] = v[k - s] ^ v[k - s] >> s;
        for (uint32_t i = 1; i < s; i++)
            if (from->inner >> (s - 1 - i) & 1u) v[k] ^= v[k - i];
    }
    return column;
}

uint32_t sobol_point(const SobolColumn *column, uint32_t index) {
    uint32_t point = 0, gray = index ^ index >> 1;
    for (uint32_t k = 0; gray != 0; k++, gray >>= 1)
        if (gray & 1u) point ^= column->direction[k];
    return point;
}
