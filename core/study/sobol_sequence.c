#include "core/study/sobol_sequence.h"

#include <assert.h>

enum { MOST_DEGREE = 12 };

/* A primitive polynomial, its inner coefficients as bits, the highest power first, and as many odd m_i < 2^i. */
typedef struct Row {
    uint16_t degree, inner, m[MOST_DEGREE];
} Row;

static const Row row[SOBOL_MOST_DIMENSIONS - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 1}},
};

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
    const Row *from = &row[dimension - 1];
    uint32_t s = from->degree;
    SobolColumn column;
    uint32_t *v = column.direction;
    for (uint32_t k = 0; k < s; k++) v[k] = (uint32_t)from->m[k] << (SOBOL_DIGITS - 1 - k);
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
