#include "core/study/paired_proportion.h"

#include <float.h>

#include "core/base/real.h"
#include "core/study/proportion.h"

PairedTable paired_table(const double *first, const double *second, size_t count) {
    PairedTable table = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        if (first[i] != first[i] || second[i] != second[i]) continue;
        table.both += first[i] != 0 && second[i] != 0;
        table.first_only += first[i] != 0 && second[i] == 0;
        table.second_only += first[i] == 0 && second[i] != 0;
        table.neither += first[i] == 0 && second[i] == 0;
    }
    return table;
}

uint64_t paired_count(const PairedTable *table) {
    return table->both + table->first_only + table->second_only + table->neither;
}

/* Newcombe's correlation between the two, held back by a correction for continuity where it is positive. */
static double correlation(const PairedTable *table) {
    double a = (double)table->both, b = (double)table->first_only;
    double c = (double)table->second_only, d = (double)table->neither;
    double root = real_sqrt((a + b) * (c + d)) * real_sqrt((a + c) * (b + d));
    double cross = a * d - b * c, half = (a + b + c + d) / 2;
    if (root <= 0) return 0;
    if (cross < 0) return cross / root;
    return cross > half ? (cross - half) / root : 0;
}

static double square_and_add(double x, double y, double correlation) {
    double square = x * x - 2 * correlation * x * y + y * y;
    return square > 0 ? real_sqrt(square) : 0;
}

Interval paired_newcombe(const PairedTable *table, double z) {
    uint64_t count = paired_count(table);
    if (count == 0) return (Interval){0, -1, 1};
    Interval first = proportion_wilson(table->both + table->first_only, count, z);
    Interval second = proportion_wilson(table->both + table->second_only, count, z);
    double phi = correlation(table);
    double difference = ((double)table->first_only - (double)table->second_only) / (double)count;
    double below = square_and_add(first.estimate - first.least, second.most - second.estimate, phi);
    double above = square_and_add(first.most - first.estimate, second.estimate - second.least, phi);
    return (Interval){
        .estimate = difference,
        .least = difference - below < -1 ? -1 : difference - below,
        .most = difference + above > 1 ? 1 : difference + above,
    };
}

/* Terms of the binomial, relative to its middle and outwards from there: no factorial, no power of 1/2, and
 * what gets too small to add is too small to matter. */
double paired_mcnemar(const PairedTable *table) {
    uint64_t differing = table->first_only + table->second_only;
    uint64_t fewer =
        table->first_only < table->second_only ? table->first_only : table->second_only;
    uint64_t middle = differing / 2;
    double term = 1, all = 0, tail = 0;
    if (differing == 2 * fewer) return 1;
    for (uint64_t hits = middle; term >= DBL_MIN; hits--) {
        all += differing == 2 * hits ? term : 2 * term;
        if (hits <= fewer) tail += 2 * term;
        if (hits == 0) break;
        term *= (double)hits / (double)(differing - hits + 1);
    }
    return tail > 0 ? tail / all : DBL_MIN;
}
