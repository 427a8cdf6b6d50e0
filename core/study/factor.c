#include "core/study/factor.h"

#include "core/base/real.h"
#include "core/base/scalar.h"
#include "core/base/sim_time.h"

/* --- choosing --- */

static uint32_t level_of(const Factor *factor, double unit) {
    uint32_t level = (uint32_t)(unit * factor->levels);
    return level < factor->levels ? level : factor->levels - 1;
}

static double range_of(const Factor *factor, double unit) {
    double value = factor->least + unit * (factor->most - factor->least);
    if (factor->duration) value = (double)(int64_t)(value + 0.5);
    return value > factor->most ? factor->most : value;
}

uint32_t factor_dimensions(const Factor *factor) {
    return factor->kind == FACTOR_RANKED ? factor->ranked : 1;
}

/* --- weights that respect a ranking --- */

static void simplex_of(const double *unit, uint32_t count, double *share) {
    double sum = 0;
    for (uint32_t k = 0; k < count; k++) sum += share[k] = 0 - real_log(1 - unit[k]); /* no -0 */
    for (uint32_t k = 0; k < count; k++) share[k] = sum > 0 ? share[k] / sum : 1.0 / count;
}

/* Does item j come before item i, by what each drew? */
static bool precedes(const double *share, uint32_t j, uint32_t i) {
    return share[j] > share[i] || (share[j] == share[i] && j < i);
}

/* The place of item i among items from … to - 1. */
static uint32_t place_among(const double *share, uint32_t from, uint32_t to, uint32_t i) {
    uint32_t place = from;
    for (uint32_t j = from; j < to; j++) place += precedes(share, j, i);
    return place;
}

/* Not outside of what it is the mean of, as rounding could have it. */
static double mean_of_places(const double *sorted, uint32_t from, uint32_t to) {
    double sum = 0;
    for (uint32_t i = from; i < to; i++) sum += sorted[i];
    double mean = sum / (to - from);
    if (mean > sorted[from]) mean = sorted[from];
    return mean < sorted[to - 1] ? sorted[to - 1] : mean;
}

static uint32_t end_of_tier(const Factor *factor, uint32_t from) {
    uint32_t to = from + 1;
    while (to < factor->ranked && ((factor->tied | factor->silent) >> to & 1u) != 0) to++;
    return to;
}

static void weights_of(const Factor *factor, const double *unit, double *weight) {
    double share[FACTOR_MOST_RANKED], sorted[FACTOR_MOST_RANKED];
    uint32_t count = factor->ranked;
    simplex_of(unit, count, share);
    for (uint32_t i = 0; i < count; i++) sorted[place_among(share, 0, count, i)] = share[i];
    for (uint32_t from = 0, to; from < count; from = to) {
        to = end_of_tier(factor, from);
        bool equal = to > from + 1 && (factor->tied >> (from + 1) & 1u) != 0;
        for (uint32_t i = from; i < to; i++)
            weight[i] =
                equal ? mean_of_places(sorted, from, to) : sorted[place_among(share, from, to, i)];
    }
}

/* --- as a setting --- */

static void add_range(const Factor *factor, double unit, Text *out) {
    char shown[32];
    double value = range_of(factor, unit);
    text_add(out,
             factor->duration ? duration_format(shown, (SimTime)value) : text_double(shown, value));
}

static void add_weights(const Factor *factor, const double *unit, Text *out) {
    double weight[FACTOR_MOST_RANKED];
    char shown[32];
    weights_of(factor, unit, weight);
    for (uint32_t i = 0; i < factor->ranked; i++)
        text_addf(out, "%s%s: %s", i == 0 ? "{" : ", ", factor->item[i],
                  text_double(shown, weight[i]));
    text_add(out, "}");
}

void factor_setting(const Factor *factor, const double *unit, Text *out) {
    text_addf(out, "%s=", factor->path);
    switch (factor->kind) {
    case FACTOR_LEVELS: text_add(out, factor->level[level_of(factor, *unit)]); break;
    case FACTOR_RANGE: add_range(factor, *unit, out); break;
    case FACTOR_RANKED: add_weights(factor, unit, out); break;
    }
}

/* --- as a number --- */

static double level_number(const Factor *factor, uint32_t level) {
    double number = level;
    SimTime seconds = 0;
    if (factor->scale == FACTOR_NUMBERS) scalar_number(factor->level[level], &number);
    if (factor->scale == FACTOR_DAYS && duration_parse(factor->level[level], &seconds))
        number = (double)seconds / SIM_DAY;
    return number;
}

bool factor_is_words(const Factor *factor) {
    return factor->kind == FACTOR_LEVELS && factor->scale == FACTOR_PLACES;
}

double factor_number(const Factor *factor, const double *unit) {
    double weight[FACTOR_MOST_RANKED];
    switch (factor->kind) {
    case FACTOR_LEVELS: return level_number(factor, level_of(factor, *unit));
    case FACTOR_RANGE: return range_of(factor, *unit) / (factor->duration ? SIM_DAY : 1);
    case FACTOR_RANKED: break;
    }
    weights_of(factor, unit, weight);
    return weight[0];
}
