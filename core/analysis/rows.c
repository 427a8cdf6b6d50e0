/* Rows in order: sums of sets, and unions. */
#include <string.h>

#include "core/analysis/maxima.h"
#include "core/base/memory.h"

double row_packages(const int64_t *row, RowShape shape) {
    double packages;
    memcpy(&packages, row + shape.criteria, sizeof packages);
    return packages;
}

void row_set_packages(int64_t *row, RowShape shape, double packages) {
    memcpy(row + shape.criteria, &packages, sizeof packages);
}

static unsigned shift_of(uint8_t issue) {
    return MAXIMA_RANK_BITS * (MAXIMA_RANK_ISSUES - 1u - issue % MAXIMA_RANK_ISSUES);
}

void rank_choose(int64_t *rank, uint8_t issue, uint8_t option) {
    rank[issue / MAXIMA_RANK_ISSUES] += (int64_t)option << shift_of(issue);
}

uint8_t rank_option(const int64_t *rank, uint8_t issue) {
    return (uint8_t)(rank[issue / MAXIMA_RANK_ISSUES] >> shift_of(issue) &
                     ((1 << MAXIMA_RANK_BITS) - 1));
}

/* > 0: a comes first. */
static int compare(const int64_t *a, const int64_t *b, size_t numbers) {
    for (size_t i = 0; i < numbers; i++)
        if (a[i] != b[i]) return a[i] > b[i] ? 1 : -1;
    return 0;
}

/* Two rows of equal criteria become the one: the lesser rank is the first package. */
static void absorb(RowShape shape, int64_t *row, const int64_t *other) {
    size_t from = (size_t)shape.criteria + 1;
    row_set_packages(row, shape, row_packages(row, shape) + row_packages(other, shape));
    if (compare(other + from, row + from, shape.ranks) < 0)
        memcpy(row + from, other + from, shape.ranks * sizeof *row);
}

static int64_t *write_shifted(RowShape shape, const Part *part, int64_t *to) {
    size_t stride = rows_stride(shape);
    for (size_t i = 0; i < part->rows->count; i++, to += stride) {
        const int64_t *from = part->rows->cell + i * stride;
        for (size_t c = 0; c < stride; c++) to[c] = from[c] + part->add[c];
        to[shape.criteria] = from[shape.criteria];
    }
    return to;
}

/* Two sorted runs that follow each other into one elsewhere; its number of rows. */
static size_t merge_runs(RowShape shape, const int64_t *run, size_t first, size_t second,
                         int64_t *to) {
    size_t stride = rows_stride(shape), size = stride * sizeof *run;
    const int64_t *a = run, *a_end = run + first * stride, *b = a_end, *b_end = b + second * stride;
    int64_t *out = to;
    for (; a < a_end && b < b_end; out += stride) {
        int order = compare(a, b, shape.criteria);
        memcpy(out, order >= 0 ? a : b, size);
        if (order == 0) absorb(shape, out, b);
        if (order >= 0) a += stride;
        if (order <= 0) b += stride;
    }
    memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
    out += a_end - a;
    memcpy(out, b, (size_t)(b_end - b) * sizeof *b);
    out += b_end - b;
    return (size_t)(out - to) / stride;
}

/* Merges neighbouring runs until one is left: `length` [runs] is used up. Which of the two holds it is
 * returned; the other is free for use. */
static int64_t *merge_all(RowShape shape, int64_t *cells, int64_t *spare, size_t *length,
                          size_t runs) {
    size_t stride = rows_stride(shape);
    while (runs > 1) {
        size_t made = 0, from = 0, to = 0;
        for (size_t i = 0; i < runs; i += 2) {
            size_t second = i + 1 < runs ? length[i + 1] : 0, whole = length[i] + second;
            length[made] =
                merge_runs(shape, cells + from * stride, length[i], second, spare + to * stride);
            from += whole;
            to += length[made++];
        }
        runs = made;
        int64_t *swap = cells;
        cells = spare;
        spare = swap;
    }
    return cells;
}

/* One sorted set out of runs that follow each other in `cells`, which is used up. */
static Rows collect(RowShape shape, int64_t *cells, size_t count, size_t *length, size_t runs) {
    int64_t *spare = memory_grow(NULL, count * rows_stride(shape) + 1, sizeof *spare);
    int64_t *merged = merge_all(shape, cells, spare, length, runs);
    memory_free(merged == cells ? spare : cells);
    return (Rows){runs == 0 ? 0 : length[0], merged};
}

Rows rows_unite(RowShape shape, const Part *part, size_t parts) {
    size_t count = 0;
    for (size_t i = 0; i < parts; i++) count += part[i].rows->count;
    int64_t *cells = memory_grow(NULL, count * rows_stride(shape) + 1, sizeof *cells), *end = cells;
    size_t *length = memory_new(parts + 1, sizeof *length);
    for (size_t i = 0; i < parts; i++) {
        length[i] = part[i].rows->count;
        end = write_shifted(shape, &part[i], end);
    }
    Rows rows = collect(shape, cells, count, length, parts);
    memory_free(length);
    return rows;
}

void rows_sort(RowShape shape, Rows *rows) {
    size_t *length = memory_new(rows->count + 1, sizeof *length);
    for (size_t i = 0; i < rows->count; i++) length[i] = 1;
    *rows = collect(shape, rows->cell, rows->count, length, rows->count);
    memory_free(length);
}
