/* Sets of vectors of whole numbers, one a row, and the maxima among them: the rows that no other one
 * dominates (Kung, Luccio and Preparata 1975). For this folder.
 *
 * A row is `criteria` numbers, more of each being better; then how many packages it stands for; then the rank
 * of the first of them. Rows lie in falling lexicographic order, which adding one vector to all of them
 * keeps; so sums of sets are merged and never sorted. */
#ifndef CORE_ANALYSIS_MAXIMA_H
#define CORE_ANALYSIS_MAXIMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAXIMA_RANKS = 3, MAXIMA_RANK_BITS = 5, MAXIMA_RANK_ISSUES = 12 };

typedef struct RowShape {
    uint8_t criteria; /* >= 1 */
    uint8_t ranks; /* words of a rank: 5 bits an issue, 12 issues a word, the first weighing most */
} RowShape;

typedef struct Rows {
    size_t count;
    int64_t *cell; /* [count][rows_stride]; memory_free */
} Rows;

static inline size_t rows_stride(RowShape shape) {
    return (size_t)shape.criteria + 1 + shape.ranks;
}

/* Packages are counted in real numbers: exact up to 2^53, and never overflowing. */
double row_packages(const int64_t *row, RowShape shape);
void row_set_packages(int64_t *row, RowShape shape, double packages);
static inline int64_t *row_rank(int64_t *row, RowShape shape) {
    return row + shape.criteria + 1;
}
/* The rank with that option chosen on an issue that it did not name. */
void rank_choose(int64_t *rank, uint8_t issue, uint8_t option);
uint8_t rank_option(const int64_t *rank, uint8_t issue);

/* One part of a sum of sets: rows, and what is added to each of them. */
typedef struct Part {
    const Rows *rows;
    const int64_t *add; /* [rows_stride]; what is in place of the number of packages is not used */
} Part;

/* The union of the parts, in order, equal vectors as one row. */
Rows rows_unite(RowShape shape, const Part *part, size_t parts);
/* Brings rows in any order into order; equal vectors become one row. */
void rows_sort(RowShape shape, Rows *rows);
/* Leaves the maxima. Rows are in order, and no two are equal. */
void rows_keep_maxima(RowShape shape, Rows *rows);

#endif
