/* Maxima of many vectors are those that comparing each with each leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/analysis/maxima.h"
#include "core/base/memory.h"
#include "core/base/rng.h"

static Rows any_rows(Rng *rng, RowShape shape, size_t count, uint32_t values) {
    size_t stride = rows_stride(shape);
    Rows rows = {count, memory_new(count * stride, sizeof(int64_t))};
    for (size_t i = 0; i < count; i++) {
        int64_t *row = rows.cell + i * stride;
        for (uint8_t c = 0; c < shape.criteria; c++)
            row[c] = (int64_t)rng_below(rng, values) - values / 2;
        row_set_packages(row, shape, 1);
        row_rank(row, shape)[0] = (int64_t)i;
    }
    return rows;
}

/* What is good for some is bad for the last: few vectors are dominated. */
static void oppose(Rows *rows, RowShape shape) {
    for (size_t i = 0; i < rows->count; i++) {
        int64_t *row = rows->cell + i * rows_stride(shape), sum = 0;
        for (uint8_t c = 0; c + 1 < shape.criteria; c++) sum += row[c];
        row[shape.criteria - 1] = row[shape.criteria - 1] / 8 - sum;
    }
}

static bool covers(const int64_t *a, const int64_t *b, uint8_t criteria) {
    for (uint8_t c = 0; c < criteria; c++)
        if (a[c] < b[c]) return false;
    return true;
}

/* Every row is covered by one that is left, and no row that is left by another one. */
static void assert_maxima(const Rows *all, const Rows *left, RowShape shape) {
    size_t stride = rows_stride(shape);
    double packages = 0;
    for (size_t i = 0; i < left->count; i++) {
        const int64_t *row = left->cell + i * stride;
        for (size_t j = 0; j < left->count; j++)
            assert_true(i == j || !covers(left->cell + j * stride, row, shape.criteria));
        for (size_t j = 0; j < all->count; j++)
            packages += memcmp(all->cell + j * stride, row, shape.criteria * sizeof *row) == 0;
        assert_true(i == 0 || row[0] <= row[-(ptrdiff_t)stride]);
    }
    double counted = 0;
    for (size_t i = 0; i < left->count; i++)
        counted += row_packages(left->cell + i * stride, shape);
    assert_true(packages == counted);
    for (size_t i = 0; i < all->count; i++) {
        bool covered = false;
        for (size_t j = 0; j < left->count && !covered; j++)
            covered = covers(left->cell + j * stride, all->cell + i * stride, shape.criteria);
        assert_true(covered);
    }
}

static void try_rows(Rng *rng, uint8_t criteria, size_t count, uint32_t values, bool opposed) {
    RowShape shape = {criteria, 1};
    Rows all = any_rows(rng, shape, count, values);
    if (opposed) oppose(&all, shape);
    Rows left = {count, memory_new(count * rows_stride(shape), sizeof(int64_t))};
    memcpy(left.cell, all.cell, count * rows_stride(shape) * sizeof(int64_t));
    rows_sort(shape, &left);
    rows_keep_maxima(shape, &left);
    assert_maxima(&all, &left, shape);
    memory_free(all.cell);
    memory_free(left.cell);
}

static void maxima_are_what_nothing_covers(void **state) {
    (void)state;
    static const uint32_t values[] = {2, 3, 10, 1000, 1000000};
    for (uint8_t criteria = 1; criteria <= 9; criteria++)
        for (int v = 0; v < 5; v++)
            for (int opposed = 0; opposed < 2; opposed++) {
                Rng rng = rng_stream(rng_key((uint64_t)criteria * 10 + (uint64_t)v, "maxima"));
                try_rows(&rng, criteria, 1500, values[v], opposed == 1 && criteria > 1);
                try_rows(&rng, criteria, 1 + rng_below(&rng, 40), values[v], false);
            }
}

/* Nine of ten numbers are the same: halving about the middle one would get nowhere. */
static void most_numbers_may_be_the_same(void **state) {
    (void)state;
    Rng rng = rng_stream(rng_key(1, "maxima/same"));
    RowShape shape = {5, 1};
    Rows all = any_rows(&rng, shape, 3000, 1000000);
    for (size_t i = 0; i < all.count; i++)
        for (uint8_t c = 0; c < shape.criteria; c++)
            if (rng_below(&rng, 10) > 0) all.cell[i * rows_stride(shape) + c] = -1000000;
    Rows left = {all.count, memory_new(all.count * rows_stride(shape), sizeof(int64_t))};
    memcpy(left.cell, all.cell, all.count * rows_stride(shape) * sizeof(int64_t));
    rows_sort(shape, &left);
    rows_keep_maxima(shape, &left);
    assert_maxima(&all, &left, shape);
    memory_free(all.cell);
    memory_free(left.cell);
}

static void a_union_of_shifted_sets_is_in_order_and_counts_ties(void **state) {
    (void)state;
    RowShape shape = {2, 1};
    int64_t low[] = {5, 1, 0, 7, 3, 2, 0, 4}; /* (5, 1) and (3, 2) */
    row_set_packages(low, shape, 2);
    row_set_packages(low + 4, shape, 1);
    Rows rows = {2, low};
    const int64_t add_first[] = {0, 0, 0, 0}, add_second[] = {2, -1, 0, 32};
    const Part part[] = {{&rows, add_first}, {&rows, add_second}};
    Rows sum = rows_unite(shape, part, 2);
    static const int64_t expected[3][3] = {{7, 0, 39}, {5, 1, 7}, {3, 2, 4}};
    static const double packages[3] = {2, 3, 1};
    assert_int_equal(sum.count, 3);
    for (int i = 0; i < 3; i++) {
        assert_memory_equal(sum.cell + i * 4, expected[i], 2 * sizeof(int64_t));
        assert_true(sum.cell[i * 4 + 3] == expected[i][2]);
        assert_true(row_packages(sum.cell + i * 4, shape) == packages[i]);
    }
    memory_free(sum.cell);
}

static void ranks_order_packages_as_their_bytes_do(void **state) {
    (void)state;
    int64_t early[MAXIMA_RANKS] = {0}, late[MAXIMA_RANKS] = {0};
    for (uint8_t issue = 0; issue < 32; issue++) {
        rank_choose(early, issue, (uint8_t)(31 - issue));
        rank_choose(late, issue, (uint8_t)(issue == 0 ? 31 : 31 - issue + (issue == 31)));
    }
    for (uint8_t issue = 0; issue < 32; issue++)
        assert_int_equal(rank_option(early, issue), 31 - issue);
    assert_true(early[0] == late[0] && early[1] == late[1] && early[2] < late[2]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maxima_are_what_nothing_covers),
        cmocka_unit_test(most_numbers_may_be_the_same),
        cmocka_unit_test(a_union_of_shifted_sets_is_in_order_and_counts_ties),
        cmocka_unit_test(ranks_order_packages_as_their_bytes_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
