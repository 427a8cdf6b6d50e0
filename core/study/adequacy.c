#include "core/study/adequacy.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "core/base/real.h"
#include "core/study/normal.h"
#include "core/study/proportion.h"

__attribute__((format(printf, 3, 4))) static void warn(Adequacy *adequacy, const char *word,
                                                       const char *format, ...) {
    if (adequacy->count == ADEQUACY_WARNINGS) {
        adequacy->dropped++;
        return;
    }
    AdequacyWarning *warning = &adequacy->warning[adequacy->count++];
    va_list arguments;
    va_start(arguments, format);
    warning->word = word;
    vsnprintf(warning->sentence, sizeof warning->sentence, format, arguments);
    va_end(arguments);
}

/* Three decimals with a point, whatever the locale: 0.098. For x in [0, 10^9). */
typedef struct Decimal {
    char text[24];
} Decimal;

static Decimal decimal(double x) {
    Decimal out;
    uint64_t thousandths = (uint64_t)(x * 1000 + 0.5);
    snprintf(out.text, sizeof out.text, "%" PRIu64 ".%03" PRIu64, thousandths / 1000,
             thousandths % 1000);
    return out;
}

/* Percents, with decimals only where there are any: 95, 99.5. */
static Decimal percent(double share) {
    Decimal out;
    uint64_t tenths = (uint64_t)(share * 1000 + 0.5);
    if (tenths % 10 == 0)
        snprintf(out.text, sizeof out.text, "%" PRIu64 " %%", tenths / 10);
    else
        snprintf(out.text, sizeof out.text, "%" PRIu64 ".%" PRIu64 " %%", tenths / 10, tenths % 10);
    return out;
}

static uint64_t rounded_up(double x) {
    uint64_t whole = (uint64_t)x;
    return whole + (x - (double)whole > 1e-9);
}

/* 2^(1-n): how often n coins all fall the same way. */
static double all_alike(uint64_t n) {
    double chance = 2;
    for (uint64_t i = 0; i < n && chance > 0; i++) chance /= 2;
    return chance;
}

/* The least n whose coins all fall the same way with a chance of at most `chance`. */
static uint64_t enough_to_differ(double chance) {
    uint64_t n = 1;
    while (all_alike(n) > chance + 1e-12) n++;
    return n;
}

void adequacy_of_runs(Adequacy *adequacy, uint64_t finished, uint64_t planned) {
    if (finished == 0)
        warn(adequacy, "no_runs", "No run has a result: nothing can be said.");
    else if (finished < planned)
        warn(adequacy, "incomplete",
             "%" PRIu64 " of %" PRIu64
             " runs have no result; what is said is said of the other %" PRIu64
             ", which may be the easier ones.",
             planned - finished, planned, finished);
}

static void warn_of_three(Adequacy *adequacy, uint64_t hits, uint64_t count) {
    double away = 1 - real_exp(real_log(0.05) / (double)count);
    if (hits == 0)
        warn(adequacy, "rule_of_three",
             "It did not happen in %" PRIu64
             " runs; that does not mean never: its share may be as high as %s (95 %%, one-sided).",
             count, decimal(away).text);
    else
        warn(adequacy, "rule_of_three",
             "It happened in all %" PRIu64
             " runs; that does not mean always: its share may be as low as %s (95 %%, one-sided).",
             count, decimal(1 - away).text);
}

void adequacy_of_proportion(Adequacy *adequacy, uint64_t hits, uint64_t count, double z,
                            double wanted) {
    Interval interval = proportion_wilson(hits, count, z);
    double half = (interval.most - interval.least) / 2;
    if (count > 0 && (hits == 0 || hits == count)) warn_of_three(adequacy, hits, count);
    if (count > 0 && half > wanted)
        warn(adequacy, "wide_proportion",
             "From %" PRIu64
             " runs the share is known to within %s only; for %s whatever the share, %" PRIu64
             " runs are enough.",
             count, decimal(half).text, decimal(wanted).text,
             rounded_up(z * z / (4 * wanted * wanted) - z * z));
}

/* Student's quantile from the normal one (Abramowitz and Stegun 26.7.5); good to three digits from four degrees
 * of freedom on. */
static double student_of(double z, double freedom) {
    double s = z * z, v = 1 / freedom;
    double g1 = z * (s + 1) / 4;
    double g2 = z * ((5 * s + 16) * s + 3) / 96;
    double g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384;
    double g4 = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
    return z + v * (g1 + v * (g2 + v * (g3 + v * g4)));
}

/* A bootstrap interval's width as a share of Student's. */
static double share_of_student(uint64_t count, double confidence) {
    double n = (double)count, z = normal_z(confidence);
    return real_sqrt((n - 1) / n) * z / student_of(z, n - 1);
}

void adequacy_of_bootstrap(Adequacy *adequacy, uint64_t count, const Bootstrap *bootstrap) {
    double outside = 1 - bootstrap->confidence;
    Decimal confidence = percent(bootstrap->confidence);
    if ((bootstrap->replicates + 1.0) * outside / 2 < 1 - 1e-9)
        warn(adequacy, "few_replicates",
             "%" PRIu32 " bootstrap replicates do not reach out to %s; at least %" PRIu64 " do.",
             bootstrap->replicates, confidence.text, rounded_up(2 / outside - 1));
    if (count == 0) return;
    uint64_t enough = enough_to_differ(outside);
    if (count < enough)
        warn(adequacy, "no_bootstrap",
             "%" PRIu64 " values are too few for an interval of %s: not even their whole range is "
             "one; at least %" PRIu64 " are needed, and many more are better.",
             count, confidence.text, enough);
    else if (share_of_student(count, bootstrap->confidence) < 0.95)
        warn(adequacy, "narrow_bootstrap",
             "From %" PRIu64
             " values a bootstrap interval of a mean is narrower than it should be, by about %s.",
             count, percent(1 - share_of_student(count, bootstrap->confidence)).text);
}

void adequacy_of_pairs(Adequacy *adequacy, uint64_t pairs, uint64_t planned, uint64_t differing,
                       double confidence) {
    if (pairs == 0)
        warn(adequacy, "no_pairs", "No pair has a result on both sides: nothing can be compared.");
    else if (pairs < planned)
        warn(adequacy, "incomplete_pairs",
             "%" PRIu64 " of %" PRIu64 " pairs have no result on one side or both and are left "
             "out; luck that makes runs fail is no fair luck.",
             planned - pairs, planned);
    if (pairs > 0 && all_alike(differing) > 1 - confidence + 1e-12)
        warn(adequacy, "few_pairs",
             "Only %" PRIu64 " of %" PRIu64
             " pairs differ: even if all did so in the same direction, that would be too few to "
             "tell it from luck at %s (%" PRIu64 " are needed).",
             differing, pairs, percent(confidence).text, enough_to_differ(1 - confidence));
}

void adequacy_of_regression(Adequacy *adequacy, uint64_t rows, uint64_t factors) {
    if (rows < factors + 2)
        warn(adequacy, "no_regression",
             "%" PRIu64 " rows cannot carry partial correlations with %" PRIu64
             " factors; at least %" PRIu64 " can, barely.",
             rows, factors, factors + 2);
    else if (rows < 10 * factors)
        warn(adequacy, "few_rows",
             "%" PRIu64 " rows for %" PRIu64 " factors: partial correlations come out too far from "
             "0; ten rows a factor are the custom.",
             rows, factors);
}

void adequacy_of_words(Adequacy *adequacy, uint64_t levels) {
    if (levels > 2)
        warn(adequacy, "no_order",
             "Its %" PRIu64 " levels are words, which have no order that results could follow: it "
             "has no rank correlation. A grid compares them one by one.",
             levels);
}

void adequacy_of_indices(Adequacy *adequacy, uint64_t rows, double half_width, double wanted) {
    if (half_width != half_width)
        warn(
            adequacy, "no_indices",
            "There are no Sobol indices with intervals: the output does not vary, varies in hardly "
            "any row, or too few rows are complete.");
    else if (half_width > wanted)
        warn(adequacy, "wide_indices",
             "From %" PRIu64
             " base rows the least known index is known to within %s only; some %" PRIu64
             " rows may bring that down to %s.",
             rows, decimal(half_width).text,
             rounded_up((double)rows * (half_width / wanted) * (half_width / wanted)),
             decimal(wanted).text);
}
