#include "core/study/rank_correlation.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/base/real.h"
#include "core/study/resample.h"

/* What is left of a variance of 1 counts as nothing when it is less than this. */
#define NOTHING 1e-10

typedef struct Placed {
    double value;
    uint32_t row;
} Placed;

/* All that is ranked: a column for each factor, the output's last. */
typedef struct Ranking {
    uint32_t rows, columns;
    Placed *placed;  /* [columns][rows], each column in order */
    double *rank;    /* [columns][rows], less their mean */
    double *product; /* [columns][columns]: sums of products of ranks, below and on the diagonal */
    double *root;    /* [columns][columns]: room for a Cholesky factor */
    uint32_t *order; /* [columns]: of the columns in it */
    uint32_t *times; /* [rows]: how often each row is there */
} Ranking;

/* --- ranks --- */

static int ascending(const void *a, const void *b) {
    const Placed *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Midranks of rows that are there times[row] times (NULL: once), each less `offset`. */
static void rank_rows(const Placed *placed, uint32_t rows, const uint32_t *times, double offset,
                      double *rank) {
    uint64_t before = 0;
    for (uint32_t begin = 0, end = 0; begin < rows; begin = end) {
        uint64_t equal = 0;
        for (; end < rows && placed[end].value == placed[begin].value; end++)
            equal += times == NULL ? 1 : times[placed[end].row];
        double shared = (double)before + ((double)equal + 1) / 2 - offset;
        for (uint32_t i = begin; i < end; i++) rank[placed[i].row] = shared;
        before += equal;
    }
}

static void place_rows(const double *value, uint32_t rows, Placed *placed) {
    for (uint32_t row = 0; row < rows; row++) placed[row] = (Placed){value[row], row};
    qsort(placed, rows, sizeof *placed, ascending);
}

void rank_midranks(const double *value, uint32_t count, double *rank) {
    Placed *placed = memory_new((size_t)count + 1, sizeof *placed);
    place_rows(value, count, placed);
    rank_rows(placed, count, NULL, 0, rank);
    memory_free(placed);
}

/* --- a ranking --- */

static void ranking_init(Ranking *ranking, uint32_t rows, uint32_t columns) {
    size_t cells = (size_t)rows * columns, pairs = (size_t)columns * columns;
    *ranking = (Ranking){.rows = rows, .columns = columns};
    ranking->placed = memory_new(cells + 1, sizeof *ranking->placed);
    ranking->rank = memory_new(cells + 1, sizeof *ranking->rank);
    ranking->product = memory_new(pairs, sizeof *ranking->product);
    ranking->root = memory_new(pairs, sizeof *ranking->root);
    ranking->order = memory_new(columns, sizeof *ranking->order);
    ranking->times = memory_new((size_t)rows + 1, sizeof *ranking->times);
}

static void ranking_finish(Ranking *ranking) {
    memory_free(ranking->placed);
    memory_free(ranking->rank);
    memory_free(ranking->product);
    memory_free(ranking->root);
    memory_free(ranking->order);
    memory_free(ranking->times);
}

/* The complete rows of the observations, column by column. */
static void ranking_read(Ranking *ranking, const Observations *seen) {
    uint32_t factors = seen->factors;
    double *value = memory_new((size_t)ranking->rows + 1, sizeof *value);
    for (uint32_t column = 0; column < ranking->columns; column++) {
        uint32_t rows = 0;
        for (uint32_t row = 0; row < seen->rows; row++) {
            if (seen->output[row] != seen->output[row]) continue;
            value[rows++] =
                column == factors ? seen->output[row] : seen->input[(size_t)row * factors + column];
        }
        place_rows(value, rows, ranking->placed + (size_t)column * rows);
    }
    memory_free(value);
}

static double sum_of_products(const Ranking *ranking, uint32_t a, uint32_t b) {
    const double *x = ranking->rank + (size_t)a * ranking->rows;
    const double *y = ranking->rank + (size_t)b * ranking->rows;
    double sum = 0;
    for (uint32_t row = 0; row < ranking->rows; row++)
        sum += ranking->times[row] * (x[row] * y[row]);
    return sum;
}

/* The mean of n midranks is (n + 1)/2 whatever ties there are, and with it taken off all sums are whole
 * quarters: up to some 10^5 rows they are exact, and the order of rows is of no consequence. */
static void ranking_rank(Ranking *ranking) {
    uint32_t rows = ranking->rows, columns = ranking->columns;
    for (uint32_t column = 0; column < columns; column++)
        rank_rows(ranking->placed + (size_t)column * rows, rows, ranking->times, (rows + 1.0) / 2,
                  ranking->rank + (size_t)column * rows);
    for (uint32_t a = 0; a < columns; a++)
        for (uint32_t b = 0; b <= a; b++)
            ranking->product[a * columns + b] = sum_of_products(ranking, a, b);
}

/* --- coefficients --- */

static double variation(const Ranking *ranking, uint32_t column) {
    return ranking->product[column * ranking->columns + column];
}

/* NaN where either does not vary. */
static double correlation(const Ranking *ranking, uint32_t a, uint32_t b) {
    double size = real_sqrt(variation(ranking, a)) * real_sqrt(variation(ranking, b));
    double product = ranking->product[a > b ? a * ranking->columns + b : b * ranking->columns + a];
    if (a == b) return 1;
    if (size <= 0) return interval_unknown().estimate;
    double r = product / size;
    return r < -1 ? -1 : r > 1 ? 1 : r;
}

/* Columns that vary, `factor` and the output last; how many. */
static uint32_t put_last(Ranking *ranking, uint32_t factor) {
    uint32_t output = ranking->columns - 1, count = 0;
    for (uint32_t column = 0; column < output; column++)
        if (column != factor && variation(ranking, column) > 0) ranking->order[count++] = column;
    ranking->order[count++] = factor;
    ranking->order[count++] = output;
    return count;
}

/* One row of the Cholesky factor of the correlation matrix. A column that those before it determine adds
 * nothing: its diagonal is 0, and what would be divided by it is 0 too. */
static void root_row(Ranking *ranking, uint32_t row) {
    double *root = ranking->root + (size_t)row * ranking->columns;
    double left = 1;
    for (uint32_t j = 0; j < row; j++) {
        const double *other = ranking->root + (size_t)j * ranking->columns;
        double sum = correlation(ranking, ranking->order[row], ranking->order[j]);
        for (uint32_t k = 0; k < j; k++) sum -= root[k] * other[k];
        root[j] = other[j] > 0 ? sum / other[j] : 0;
        left -= root[j] * root[j];
    }
    root[row] = left > NOTHING ? real_sqrt(left) : 0;
}

static double partial_correlation(Ranking *ranking, uint32_t factor) {
    double unknown = interval_unknown().estimate;
    uint32_t output = ranking->columns - 1;
    if (variation(ranking, factor) <= 0 || variation(ranking, output) <= 0) return unknown;
    uint32_t count = put_last(ranking, factor), last = count - 1;
    if (ranking->rows < count + 1) return unknown;
    for (uint32_t row = 0; row < count; row++) root_row(ranking, row);
    const double *y = ranking->root + (size_t)last * ranking->columns;
    double own = ranking->root[(last - 1) * ranking->columns + last - 1];
    double left = y[last - 1] * y[last - 1] + y[last] * y[last];
    return own > 0 && left > NOTHING ? y[last - 1] / real_sqrt(left) : unknown;
}

double rank_spearman(const double *x, const double *y, uint32_t count) {
    Ranking ranking;
    ranking_init(&ranking, count, 2);
    place_rows(x, count, ranking.placed);
    place_rows(y, count, ranking.placed + count);
    for (uint32_t row = 0; row < count; row++) ranking.times[row] = 1;
    ranking_rank(&ranking);
    double spearman = correlation(&ranking, 0, 1);
    ranking_finish(&ranking);
    return spearman;
}

/* --- with intervals --- */

/* value[2 factor] Spearman's, [2 factor + 1] partial, `stride` apart. */
static void coefficients(Ranking *ranking, double *value, size_t stride) {
    uint32_t output = ranking->columns - 1;
    ranking_rank(ranking);
    for (uint32_t i = 0; i < output; i++) {
        value[2 * i * stride] = correlation(ranking, i, output);
        value[(2 * i + 1) * stride] = partial_correlation(ranking, i);
    }
}

static uint32_t complete_rows(const Observations *seen) {
    uint32_t complete = 0;
    for (uint32_t row = 0; row < seen->rows; row++)
        complete += seen->output[row] == seen->output[row];
    return complete;
}

static Interval interval_of(double estimate, double *replicate, const Bootstrap *bootstrap) {
    if (estimate != estimate) return interval_unknown();
    return resample_interval(estimate, replicate, bootstrap->replicates, bootstrap->confidence);
}

static void estimate(Ranking *ranking, const Bootstrap *bootstrap, RankCorrelation *result) {
    size_t replicates = bootstrap->replicates, figures = 2 * ((size_t)ranking->columns - 1);
    double *replicate = memory_new(figures * replicates, sizeof *replicate);
    double *value = memory_new(figures, sizeof *value);
    Rng rng = rng_stream(bootstrap->key);
    for (uint32_t row = 0; row < ranking->rows; row++) ranking->times[row] = 1;
    coefficients(ranking, value, 1);
    for (size_t b = 0; b < replicates; b++) {
        resample_times(&rng, ranking->rows, ranking->times);
        coefficients(ranking, replicate + b, replicates);
    }
    for (size_t i = 0; i < figures / 2; i++) {
        double *of = replicate + 2 * i * replicates;
        result[i].spearman = interval_of(value[2 * i], of, bootstrap);
        result[i].partial = interval_of(value[2 * i + 1], of + replicates, bootstrap);
    }
    memory_free(value);
    memory_free(replicate);
}

uint32_t rank_correlations(const Observations *observations, const Bootstrap *bootstrap,
                           RankCorrelation *result) {
    Ranking ranking;
    uint32_t complete = complete_rows(observations), factors = observations->factors;
    assert(factors > 0 && bootstrap->replicates >= 2);
    for (uint32_t i = 0; i < factors; i++)
        result[i] = (RankCorrelation){interval_unknown(), interval_unknown()};
    if (complete == 0) return 0;
    ranking_init(&ranking, complete, factors + 1);
    ranking_read(&ranking, observations);
    estimate(&ranking, bootstrap, result);
    ranking_finish(&ranking);
    return complete;
}
