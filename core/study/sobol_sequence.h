/* The sequence of Sobol' (1967) in base 2: points of which every run of 2^m, from a multiple of it on, fills the unit cube
 * evenly. Direction numbers: Joe and Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM
 * Journal on Scientific Computing 30, 2008 (new-joe-kuo-6.21201). */
#ifndef CORE_STUDY_SOBOL_SEQUENCE_H
#define CORE_STUDY_SOBOL_SEQUENCE_H

#include <stdint.h>

enum { SOBOL_DIGITS = 32, SOBOL_MOST_DIMENSIONS = 256 };

/* One dimension: digit k of a point's number chooses direction[k]. */
typedef struct SobolColumn {
    uint32_t direction[SOBOL_DIGITS];
} SobolColumn;

/* dimension < SOBOL_MOST_DIMENSIONS. With the polynomial x^s + a_1 x^(s-1) + … + a_(s-1) x + 1 over GF(2),
 *
 *     m_k = 2 a_1 m_(k-1) xor 4 a_2 m_(k-2) xor … xor 2^s m_(k-s) xor m_(k-s),   direction[k-1] = m_k / 2^k. */
SobolColumn sobol_column(uint32_t dimension);
/* 32 binary digits of point number `index`, from 0, in the order of the Gray code (Antonov and Saleev 1979): the x of the
 * point is this divided by 2^32. Point 0 is 0. */
uint32_t sobol_point(const SobolColumn *column, uint32_t index);

#endif
