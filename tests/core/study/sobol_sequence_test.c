#include "core/study/sobol_sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/real.h"
#include "core/base/rng.h"
#include "core/study/sobol_numbers.h"

static double x(uint32_t dimension, uint32_t index) {
    SobolColumn column = sobol_column(dimension);
    return sobol_point(&column, index) * 0x1p-32;
}

/* The example that Joe and Kuo give beside their numbers: ten points in three dimensions. */
static void the_first_points_are_those_published(void **state) {
    (void)state;
    static const double published[10][3] = {
        {0, 0, 0},
        {0.5, 0.5, 0.5},
        {0.75, 0.25, 0.25},
        {0.25, 0.75, 0.75},
        {0.375, 0.375, 0.625},
        {0.875, 0.875, 0.125},
        {0.625, 0.125, 0.875},
        {0.125, 0.625, 0.375},
        {0.1875, 0.3125, 0.9375},
        {0.6875, 0.8125, 0.4375},
    };
    for (uint32_t i = 0; i < 10; i++)
        for (uint32_t d = 0; d < 3; d++) assert_true(x(d, i) == published[i][d]);
}

/* Rows of new-joe-kuo-6.21201, read off other copies of it than the table was made from. */
static void rows_of_the_table_are_those_published(void **state) {
    (void)state;
    static const struct {
        uint32_t dimension; /* as there, from 1 */
        SobolNumbers row;
    } published[] = {
        {2, {1, 0, {1}}},
        {3, {2, 1, {1, 3}}},
        {7, {4, 4, {1, 3, 5, 13}}},
        {10, {5, 7, {1, 1, 7, 11, 19}}},
        {15, {6, 13, {1, 1, 1, 15, 21, 21}}},
        {19, {6, 25, {1, 1, 5, 5, 19, 61}}},
        {50, {8, 97, {1, 1, 1, 3, 23, 43, 57, 177}}},
        {100, {9, 244, {1, 1, 5, 5, 11, 5, 45, 117, 217}}},
        {200, {11, 227, {1, 3, 1, 3, 29, 25, 21, 155, 11, 191, 197}}},
    };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++)
        assert_memory_equal(&sobol_numbers[published[i].dimension - 2], &published[i].row,
                            sizeof published[i].row);
}

/* --- what makes it such a sequence --- */

/* x^power modulo the polynomial, over GF(2). */
static uint32_t multiply(uint32_t a, uint32_t b, uint32_t polynomial, uint32_t degree) {
    uint32_t product = 0;
    for (; b != 0; b >>= 1) {
        if (b & 1u) product ^= a;
        a <<= 1;
        if (a >> degree & 1u) a ^= polynomial;
    }
    return product;
}

/* The order of x, by counting. */
static uint32_t order_of_x(uint32_t polynomial, uint32_t degree) {
    uint32_t start = degree > 1 ? 2 : polynomial ^ 2u, power = start, order = 1;
    for (; power != 1; order++) power = multiply(power, start, polynomial, degree);
    return order;
}

static void polynomials_are_primitive_and_none_comes_twice(void **state) {
    (void)state;
    uint32_t before = 0;
    for (uint32_t i = 0; i < SOBOL_MOST_DIMENSIONS - 1; i++) {
        const SobolNumbers *row = &sobol_numbers[i];
        uint32_t polynomial = UINT32_C(1) << row->degree | (uint32_t)row->inner << 1 | 1u;
        assert_int_equal(order_of_x(polynomial, row->degree), (UINT32_C(1) << row->degree) - 1);
        assert_true(polynomial > before);
        before = polynomial;
    }
}

static void initial_numbers_are_odd_and_small_enough(void **state) {
    (void)state;
    for (uint32_t i = 0; i < SOBOL_MOST_DIMENSIONS - 1; i++)
        for (uint32_t k = 0; k < sobol_numbers[i].degree; k++) {
            uint32_t m = sobol_numbers[i].m[k];
            assert_true(m % 2 == 1 && m < UINT32_C(2) << k);
        }
}

/* Of every 2^m points from a multiple of 2^m on, one lies in each of 2^m equal strata, in every dimension. */
static void every_dimension_fills_its_strata(void **state) {
    (void)state;
    enum { BITS = 10, COUNT = 1 << BITS };
    for (uint32_t d = 0; d < SOBOL_MOST_DIMENSIONS; d++) {
        SobolColumn column = sobol_column(d);
        for (uint32_t from = 0; from < 3 * COUNT; from += COUNT) {
            bool seen[COUNT] = {false};
            for (uint32_t i = 0; i < COUNT; i++) {
                uint32_t stratum = sobol_point(&column, from + i) >> (SOBOL_DIGITS - BITS);
                assert_false(seen[stratum]);
                seen[stratum] = true;
            }
        }
    }
}

/* Of the first dimensions: of every 2^d points from a multiple of that on, one lies in each of the 2^d boxes that halving
 * each of the d axes makes (Sobol' 1976). Joe and Kuo's numbers have it up to dimension 1111. */
static void the_first_dimensions_have_property_a(void **state) {
    (void)state;
    enum { MOST = 14 };
    SobolColumn column[MOST];
    for (uint32_t d = 0; d < MOST; d++) column[d] = sobol_column(d);
    for (uint32_t dimensions = 1; dimensions <= MOST; dimensions++) {
        uint32_t count = UINT32_C(1) << dimensions;
        for (uint32_t from = 0; from < 2 * count; from += count) {
            uint8_t *seen = memory_new(count, 1);
            for (uint32_t i = from; i < from + count; i++) {
                uint32_t box = 0;
                for (uint32_t d = 0; d < dimensions; d++)
                    box = box << 1 | sobol_point(&column[d], i) >> 31;
                assert_int_equal(seen[box]++, 0);
            }
            memory_free(seen);
        }
    }
}

/* Property A of all dimensions at once is that a matrix over GF(2), of the first digits of the directions, has full
 * rank. */
static void all_dimensions_have_property_a(void **state) {
    (void)state;
    enum { WORDS = SOBOL_DIGITS };
    uint32_t row[WORDS];
    for (uint32_t d = 0; d < WORDS; d++) { /* as many as there are digits */
        SobolColumn column = sobol_column(d);
        row[d] = 0;
        for (uint32_t k = 0; k < WORDS; k++) row[d] |= (column.direction[k] >> 31) << k;
    }
    for (uint32_t rank = 0; rank < WORDS; rank++) {
        uint32_t pivot = rank;
        while (pivot < WORDS && (row[pivot] >> rank & 1u) == 0) pivot++;
        assert_true(pivot < WORDS);
        uint32_t kept = row[rank];
        row[rank] = row[pivot];
        row[pivot] = kept;
        for (uint32_t d = rank + 1; d < WORDS; d++)
            if (row[d] >> rank & 1u) row[d] ^= row[rank];
    }
}

/* --- what it is for --- */

/* The g-function of Sobol' with a = 0, 1, 2, 3, 4; its integral is 1. */
static double g_function(const double *point) {
    double product = 1;
    for (int d = 0; d < 5; d++) {
        double wave = 4 * point[d] - 2;
        product *= ((wave < 0 ? -wave : wave) + d) / (1 + d);
    }
    return product;
}

static double error_of(uint32_t points, Rng *rng) {
    double sum = 0;
    SobolColumn column[5];
    for (uint32_t d = 0; d < 5; d++) column[d] = sobol_column(d);
    for (uint32_t i = 0; i < points; i++) {
        double point[5];
        for (uint32_t d = 0; d < 5; d++)
            point[d] = rng ? rng_unit(rng) : sobol_point(&column[d], i) * 0x1p-32;
        sum += g_function(point);
    }
    double error = sum / points - 1;
    return error < 0 ? -error : error;
}

/* From 2^8 to 2^14 points, 64 times as many: the error of chance falls to an eighth, that of the sequence to less than a
 * sixteenth, and it is smaller throughout than the mean error of chance. */
static void an_integral_converges_faster_than_by_chance(void **state) {
    (void)state;
    for (uint32_t bits = 8; bits <= 14; bits += 2) {
        double chance = 0;
        Rng rng = rng_stream(rng_key(bits, "integral"));
        for (int i = 0; i < 20; i++) chance += error_of(UINT32_C(1) << bits, &rng) / 20;
        assert_true(error_of(UINT32_C(1) << bits, NULL) < chance / 2);
    }
    assert_true(error_of(1 << 14, NULL) < error_of(1 << 8, NULL) / 16);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_points_are_those_published),
        cmocka_unit_test(rows_of_the_table_are_those_published),
        cmocka_unit_test(polynomials_are_primitive_and_none_comes_twice),
        cmocka_unit_test(initial_numbers_are_odd_and_small_enough),
        cmocka_unit_test(every_dimension_fills_its_strata),
        cmocka_unit_test(the_first_dimensions_have_property_a),
        cmocka_unit_test(all_dimensions_have_property_a),
        cmocka_unit_test(an_integral_converges_faster_than_by_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
