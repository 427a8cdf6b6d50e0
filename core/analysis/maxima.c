#include "core/analysis/maxima.h"

#include <string.h>

#include "core/base/memory.h"

/* Rows in lexicographic order are dominated by earlier ones only. Halve: of each half, its own maxima; then
 * those of the second half are sifted by those of the first, which have at least as much of the first
 * criterion, so that one criterion less is left to look at. Sifting halves in turn, by the last criterion
 * that is left; with two left, a sweep along the one keeps the best of the other. Lists are kept in falling
 * order of the second criterion, hence nothing is ever sorted: n log^(d-2) n comparisons for d > 2. */

typedef struct Sieve {
    const int64_t *cell;
    size_t stride;
    uint8_t criteria;
    uint8_t *dominated; /* [rows] */
} Sieve;

typedef struct List {
    uint32_t *row;
    size_t count;
} List;

/* Where so few pairs are left, each is looked at. */
enum { FEW_PAIRS = 512, SAMPLE = 15, FEW_ROWS = 12 };

static const int64_t *row_of(const Sieve *sieve, uint32_t row) {
    return sieve->cell + row * sieve->stride;
}

static int64_t number(const Sieve *sieve, uint32_t row, uint8_t criterion) {
    return sieve->cell[row * sieve->stride + criterion];
}

/* Is `a` at least as good from the second criterion to `last`? */
static bool covers(const int64_t *a, const int64_t *b, uint8_t last) {
    for (uint8_t criterion = 1; criterion <= last; criterion++)
        if (a[criterion] < b[criterion]) return false;
    return true;
}

static void sift_pairs(Sieve *sieve, List by, List of, uint8_t last) {
    for (size_t i = 0; i < of.count; i++) {
        const int64_t *row = row_of(sieve, of.row[i]);
        for (size_t j = 0; j < by.count && !sieve->dominated[of.row[i]]; j++)
            if (covers(row_of(sieve, by.row[j]), row, last)) sieve->dominated[of.row[i]] = 1;
    }
}

static void sift_sweep(Sieve *sieve, List by, List of) {
    int64_t best = INT64_MIN;
    size_t next = 0;
    for (size_t i = 0; i < of.count; i++) {
        const int64_t *row = row_of(sieve, of.row[i]);
        for (; next < by.count && number(sieve, by.row[next], 1) >= row[1]; next++) {
            int64_t other = number(sieve, by.row[next], 2);
            if (other > best) best = other;
        }
        if (next > 0 && best >= row[2]) sieve->dominated[of.row[i]] = 1;
    }
}

typedef struct Range {
    int64_t least, most;
} Range;

static Range range_of(const Sieve *sieve, List list, uint8_t criterion) {
    Range range = {number(sieve, list.row[0], criterion), number(sieve, list.row[0], criterion)};
    for (size_t i = 1; i < list.count; i++) {
        int64_t value = number(sieve, list.row[i], criterion);
        if (value < range.least) range.least = value;
        if (value > range.most) range.most = value;
    }
    return range;
}

/* A number about which to halve: above the least, at most the most. */
static int64_t pivot_of(const Sieve *sieve, List by, List of, uint8_t criterion, Range range) {
    int64_t sample[SAMPLE];
    size_t all = by.count + of.count;
    for (size_t i = 0; i < SAMPLE; i++) {
        size_t at = (2 * i + 1) * all / (2 * SAMPLE), place = i;
        uint32_t row = at < by.count ? by.row[at] : of.row[at - by.count];
        int64_t value = number(sieve, row, criterion);
        for (; place > 0 && sample[place - 1] > value; place--) sample[place] = sample[place - 1];
        sample[place] = value;
    }
    /* Where most are equal to the least, these are one half. */
    return sample[SAMPLE / 2] > range.least ? sample[SAMPLE / 2] : range.least + 1;
}

/* Those with at least the pivot come to `high`, in order; of dominated ones neither. */
static void part(const Sieve *sieve, List list, uint8_t criterion, int64_t pivot, List *high,
                 List *low) {
    for (size_t i = 0; i < list.count; i++) {
        uint32_t row = list.row[i];
        if (sieve->dominated[row]) continue;
        List *to = number(sieve, row, criterion) >= pivot ? high : low;
        to->row[to->count++] = row;
    }
}

static void sift(Sieve *sieve, List by, List of, uint8_t last);

static void sift_halves(Sieve *sieve, List by, List of, uint8_t last, int64_t pivot) {
    uint32_t *room = memory_grow(NULL, 2 * (by.count + of.count), sizeof *room);
    List by_high = {room, 0}, by_low = {by_high.row + by.count, 0};
    List of_high = {by_low.row + by.count, 0}, of_low = {of_high.row + of.count, 0};
    part(sieve, by, last, pivot, &by_high, &by_low);
    part(sieve, of, last, pivot, &of_high, &of_low);
    sift(sieve, by_high, of_low, (uint8_t)(last - 1));
    sift(sieve, by_high, of_high, last);
    sift(sieve, by_low, of_low, last);
    memory_free(room);
}

/* Marks rows of `of` that some row of `by` covers; the first criterion has been seen to. */
static void sift(Sieve *sieve, List by, List of, uint8_t last) {
    if (by.count == 0 || of.count == 0) return;
    if (last == 2) {
        sift_sweep(sieve, by, of);
        return;
    }
    if (by.count * of.count <= FEW_PAIRS) {
        sift_pairs(sieve, by, of, last);
        return;
    }
    Range above = range_of(sieve, by, last), below = range_of(sieve, of, last);
    if (above.most < below.least) return;
    if (above.least >= below.most) {
        sift(sieve, by, of, (uint8_t)(last - 1));
        return;
    }
    Range both = {above.least < below.least ? above.least : below.least,
                  above.most > below.most ? above.most : below.most};
    sift_halves(sieve, by, of, last, pivot_of(sieve, by, of, last, both));
}

/* --- halving by the first criterion --- */

static size_t few_survivors(Sieve *sieve, size_t from, size_t end, uint32_t *list) {
    size_t count = 0;
    for (size_t row = from; row < end; row++) {
        const int64_t *numbers = row_of(sieve, (uint32_t)row);
        bool beaten = false;
        for (size_t i = 0; i < count && !beaten; i++)
            beaten = covers(row_of(sieve, list[i]), numbers, (uint8_t)(sieve->criteria - 1));
        sieve->dominated[row] = beaten;
        if (beaten) continue;
        size_t place = count++;
        for (; place > 0 && number(sieve, list[place - 1], 1) < numbers[1]; place--)
            list[place] = list[place - 1];
        list[place] = (uint32_t)row;
    }
    return count;
}

/* Two lists by falling second criterion into one, without what is dominated. */
static size_t join(const Sieve *sieve, List a, List b, uint32_t *out) {
    size_t i = 0, j = 0, count = 0;
    while (i < a.count || j < b.count) {
        bool first = j == b.count ||
                     (i < a.count && number(sieve, a.row[i], 1) >= number(sieve, b.row[j], 1));
        uint32_t row = first ? a.row[i++] : b.row[j++];
        if (!sieve->dominated[row]) out[count++] = row;
    }
    return count;
}

/* The maxima of rows from .. end-1 into `list`; `spare` is as long. */
static size_t survivors(Sieve *sieve, size_t from, size_t end, uint32_t *list, uint32_t *spare) {
    if (end - from <= FEW_ROWS) return few_survivors(sieve, from, end, list);
    size_t half = (end - from) / 2;
    List first = {spare, 0}, second = {spare + half, 0};
    first.count = survivors(sieve, from, from + half, first.row, list);
    second.count = survivors(sieve, from + half, end, second.row, list + half);
    sift(sieve, first, second, (uint8_t)(sieve->criteria - 1));
    return join(sieve, first, second, list);
}

/* --- the whole --- */

static void mark_plane(Sieve *sieve, size_t count) {
    int64_t best = INT64_MIN;
    for (size_t row = 0; row < count; row++) {
        int64_t second = number(sieve, (uint32_t)row, 1);
        sieve->dominated[row] = row > 0 && second <= best;
        if (second > best) best = second;
    }
}

static void mark(Sieve *sieve, size_t count) {
    if (sieve->criteria == 1) {
        memset(sieve->dominated + 1, 1, count - 1);
        return;
    }
    if (sieve->criteria == 2) {
        mark_plane(sieve, count);
        return;
    }
    uint32_t *list = memory_grow(NULL, 2 * count, sizeof *list);
    survivors(sieve, 0, count, list, list + count);
    memory_free(list);
}

void rows_keep_maxima(RowShape shape, Rows *rows) {
    if (rows->count < 2) return;
    uint8_t *dominated = memory_new(rows->count, 1);
    Sieve sieve = {rows->cell, rows_stride(shape), shape.criteria, dominated};
    mark(&sieve, rows->count);
    size_t kept = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (dominated[row]) continue;
        if (kept < row)
            memcpy(rows->cell + kept * sieve.stride, rows->cell + row * sieve.stride,
                   sieve.stride * sizeof *rows->cell);
        kept++;
    }
    rows->count = kept;
    memory_free(dominated);
}
