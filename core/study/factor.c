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
    uint32_t tied = 0;
    if (factor->kind != FACTOR_RANKED) return 1;
    for (uint32_t i = 1; i < factor->ranked; i++) tied += factor->ties >> i & 1u;
    return factor->ranked - tied;
}

/* y_k: uniform on the simplex. */
static void simplex_of(const double *unit, uint32_t count, double *share) {
    double sum = 0;
    for (uint32_t k = 0; k < count; k++) sum += share[k] = -real_log(1 - unit[k]);
    for (uint32_t k = 0; k < count; k++) share[k] = sum > 0 ? share[k] / sum : 1.0 / count;
}

/* From the last item up: where a tie ends, its share is added to all before. */
static void weights_of(const Factor *factor, const double *unit, double *weight) {
    double share[FACTOR_MOST_RANKED], sum = 0;
    uint32_t k = factor_dimensions(factor);
    simplex_of(unit, k, share);
    for (uint32_t i = factor->ranked; i-- > 0;) {
        bool last_of_tie = i + 1 == factor->ranked || (factor->ties >> (i + 1) & 1u) == 0;
        if (last_of_tie) sum += share[--k] / (i + 1);
        weight[i] = sum < 1 ? sum : 1;
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
