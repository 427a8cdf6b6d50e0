#include "core/study/design.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/study/design_points.h"

/* --- luck --- */

static uint64_t first_draw(RngKey key) {
    Rng rng = rng_stream(key);
    uint64_t high = rng_u32(&rng);
    uint64_t low = rng_u32(&rng);
    return high << 32 | low;
}

uint64_t study_seed(uint64_t seed, uint64_t repetition) {
    char name[48];
    snprintf(name, sizeof name, "study/%llu", (unsigned long long)repetition);
    return first_draw(rng_key(seed, name)) >> 1;
}

RngKey design_key(const Design *design, const char *what, const char *path, uint64_t number) {
    char name[FACTOR_MOST_PATH + 64];
    snprintf(name, sizeof name, "study/%s/%s/%llu", what, path, (unsigned long long)number);
    return rng_key(design->seed, name);
}

bool shard_plays(Shard shard, uint64_t cell, uint64_t repetition) {
    assert(shard.shard < shard.shards);
    uint64_t sum = cell % shard.shards + repetition % shard.shards;
    return sum % shard.shards == shard.shard;
}

/* --- what is refused --- */

/* One path is the other, or lies inside it. */
static bool overlap(const char *a, const char *b) {
    size_t length = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    if (strncmp(a, b, length) != 0) return false;
    const char *longer = strlen(a) > length ? a : b;
    return longer[length] == '\0' || longer[length] == '.';
}

static bool check_paths(const Factor *factor, uint32_t factors, Error *error) {
    char a[128], b[128];
    for (uint32_t i = 1; i < factors; i++)
        for (uint32_t j = 0; j < i; j++)
            if (overlap(factor[i].path, factor[j].path))
                return error_set(error, ERROR_USAGE,
                                 strcmp(factor[i].path, factor[j].path) == 0
                                     ? "%s is varied twice"
                                     : "%s and %s are both varied, and one lies within the other",
                                 text_safe(a, sizeof a, factor[j].path),
                                 text_safe(b, sizeof b, factor[i].path));
    return true;
}

static bool check_points(const Design *design, Error *error) {
    static const char *const name[] = {"grid", "lhs", "sobol"};
    bool has = design->points > 0;
    if (design->kind == DESIGN_GRID)
        return !has ||
               error_set(error, ERROR_USAGE,
                         "a grid has as many points as its levels make; none can be asked for");
    if (design->factors == 0)
        return error_set(error, ERROR_USAGE, "design %s: there is nothing to vary",
                         name[design->kind]);
    return has || error_set(error, ERROR_USAGE, "design %s: how many points?", name[design->kind]);
}

static bool check_cells(const Design *design, Error *error) {
    if (design->cells > DESIGN_MOST_CELLS)
        return error_set(error, ERROR_USAGE, "these are more than %d cells", DESIGN_MOST_CELLS);
    if (design->kind == DESIGN_SOBOL && 2 * design->dimensions > SOBOL_MOST_DIMENSIONS)
        return error_set(
            error, ERROR_USAGE,
            "design sobol: %u dimensions, of which the sequence has %d for each of its "
            "two halves; a ranking takes as many as it has items",
            design->dimensions, SOBOL_MOST_DIMENSIONS / 2);
    if (design->kind == DESIGN_LHS && design->points * design->dimensions > DESIGN_MOST_STRATA)
        return error_set(
            error, ERROR_USAGE, "design lhs: %llu points in %u dimensions; at most %d in all",
            (unsigned long long)design->points, design->dimensions, DESIGN_MOST_STRATA);
    return true;
}

/* --- making one --- */

/* Stops counting once there are too many. */
static uint64_t count_cells(const Design *design) {
    uint64_t cells = 1;
    if (design->kind != DESIGN_GRID) {
        cells = design->kind == DESIGN_SOBOL ? design->factors + 2 : 1;
        return design->points > DESIGN_MOST_CELLS ? design->points : cells * design->points;
    }
    for (uint32_t f = 0; f < design->factors && cells <= DESIGN_MOST_CELLS; f++)
        if (design->factor[f].kind == FACTOR_LEVELS) cells *= design->factor[f].levels;
    return cells;
}

static bool lay_out(Design *design, Error *error) {
    for (uint32_t f = 0; f < design->factors; f++) {
        design->first[f] = design->dimensions;
        design->dimensions += factor_dimensions(&design->factor[f]);
    }
    design->cells = count_cells(design);
    return check_points(design, error) && check_cells(design, error);
}

static void open_points(Design *design) {
    if (design->kind == DESIGN_GRID) return;
    design->axis = memory_new(design->dimensions, sizeof *design->axis);
    if (design->kind == DESIGN_LHS)
        lhs_open(design);
    else
        sobol_open(design);
}

Design *design_create(DesignKind kind, const Factor *factor, uint32_t factors, uint64_t points,
                      uint64_t seed, Error *error) {
    if (factors > DESIGN_MOST_FACTORS) {
        error_set(error, ERROR_USAGE, "at most %d values can be varied", DESIGN_MOST_FACTORS);
        return NULL;
    }
    if (!check_paths(factor, factors, error)) return NULL;
    Design *design = memory_new(1, sizeof *design);
    *design = (Design){
        .kind = kind, .factor = factor, .factors = factors, .points = points, .seed = seed};
    if (!lay_out(design, error)) {
        design_destroy(design);
        return NULL;
    }
    open_points(design);
    return design;
}

void design_destroy(Design *design) {
    if (design == NULL) return;
    if (design->kind == DESIGN_LHS && design->axis != NULL) lhs_close(design);
    memory_free(design->axis);
    memory_free(design);
}

uint64_t design_cells(const Design *design) {
    return design->cells;
}

/* --- what a cell is --- */

static bool is_drawn(const Design *design, uint32_t factor) {
    return design->kind == DESIGN_GRID && design->factor[factor].kind != FACTOR_LEVELS;
}

/* The last factor's levels change from cell to cell, the first's least often. The middle of the level, so that rounding
 * cannot lead to its neighbour. */
static double grid_unit(const Design *design, uint32_t factor, uint64_t cell) {
    for (uint32_t f = design->factors; f-- > factor + 1;)
        if (!is_drawn(design, f)) cell /= design->factor[f].levels;
    uint32_t levels = design->factor[factor].levels;
    return ((double)(cell % levels) + 0.5) / levels;
}

static void units_of_cell(const Design *design, uint32_t factor, uint64_t cell, double *unit) {
    uint32_t dimensions = factor_dimensions(&design->factor[factor]);
    for (uint32_t d = 0; d < dimensions; d++) {
        uint32_t dimension = design->first[factor] + d;
        switch (design->kind) {
        case DESIGN_GRID: unit[d] = grid_unit(design, factor, cell); break;
        case DESIGN_LHS: unit[d] = lhs_unit(design, dimension, cell); break;
        case DESIGN_SOBOL: unit[d] = sobol_unit(design, factor, dimension, cell); break;
        }
    }
}

/* The same in every cell. */
static void units_drawn(const Design *design, uint32_t factor, uint64_t repetition, double *unit) {
    const Factor *drawn = &design->factor[factor];
    Rng rng = rng_stream(design_key(design, "draw", drawn->path, repetition));
    uint32_t dimensions = factor_dimensions(drawn);
    for (uint32_t d = 0; d < dimensions; d++) unit[d] = rng_unit(&rng);
}

void design_settings(const Design *design, uint64_t cell, uint64_t repetition, bool drawn,
                     Text *out) {
    double unit[FACTOR_MOST_RANKED];
    Text setting = {0};
    Json json = {.text = out};
    assert(cell < design->cells);
    json_array(&json, NULL);
    for (uint32_t f = 0; f < design->factors; f++) {
        if (is_drawn(design, f) && !drawn) continue;
        if (is_drawn(design, f))
            units_drawn(design, f, repetition, unit);
        else
            units_of_cell(design, f, cell, unit);
        text_clear(&setting);
        factor_setting(&design->factor[f], unit, &setting);
        json_string(&json, NULL, text_get(&setting));
    }
    json_end_array(&json);
    text_finish(&setting);
}

double design_number(const Design *design, uint64_t cell, uint32_t factor) {
    double unit[FACTOR_MOST_RANKED];
    assert(cell < design->cells && factor < design->factors);
    if (is_drawn(design, factor)) return __builtin_nan("");
    units_of_cell(design, factor, cell, unit);
    return factor_number(&design->factor[factor], unit);
}
