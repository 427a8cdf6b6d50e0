/* The numbers from which each dimension of the Sobol' sequence but the first is made. */
#ifndef CORE_STUDY_SOBOL_NUMBERS_H
#define CORE_STUDY_SOBOL_NUMBERS_H

#include "core/study/sobol_sequence.h"

enum { SOBOL_MOST_DEGREE = 11 };

/* A primitive polynomial x^degree + ... + 1, its inner coefficients as bits, the highest power first, and as many odd
 * m_i < 2^i. */
typedef struct SobolNumbers {
    uint16_t degree, inner, m[SOBOL_MOST_DEGREE];
} SobolNumbers;

extern const SobolNumbers sobol_numbers[SOBOL_MOST_DIMENSIONS - 1];

#endif
