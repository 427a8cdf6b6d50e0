/* How a sweep's results follow its factors. A row is a point of the design; what counts of it is the mean of its
 * repetitions. */
#include "cli/grid.h"
#include "cli/interval_json.h"
#include "cli/sweep_result.h"
#include "core/study/resample.h"

enum { REPLICATES = 499 };

static Bootstrap bootstrap_of(const SweepResult *result) {
    return (Bootstrap){.replicates = REPLICATES,
                       .confidence = 0.95,
                       .key = rng_key(result->plan->seed, "bootstrap/influence")};
}

/* Result 0 is whether they agreed, the others are the gains of the seats. NaN where nothing was played. */
static double output_of(const SweepResult *result, uint64_t cell, uint32_t what) {
    const CellNumbers *numbers = &result->cell[cell];
    if (numbers->finished == 0) return interval_unknown().estimate;
    if (what > 0) return numbers->seat[what - 1].gain.estimate;
    return (double)numbers->tally.agreements / (double)numbers->finished;
}

/* Of two words the coefficient says how the second differs from the first; of more, only in which order they were
 * written. */
static bool is_without_order(const Factor *factor) {
    return factor_is_words(factor) && factor->levels > 2;
}

static void reckon_ranks(SweepResult *result, Influence *influence, const double *output,
                         Adequacy *adequacy) {
    const SweepPlan *plan = result->plan;
    Bootstrap bootstrap = bootstrap_of(result);
    double *input = memory_new(plan->cells * plan->factors, sizeof *input);
    for (uint64_t cell = 0; cell < plan->cells; cell++)
        for (uint32_t f = 0; f < plan->factors; f++)
            input[cell * plan->factors + f] = design_number(plan->design, cell, f);
    Observations observations = {
        .input = input, .output = output, .rows = (uint32_t)plan->cells, .factors = plan->factors};
    influence->rank = arena_new(&result->arena, plan->factors * sizeof *influence->rank);
    influence->complete = rank_correlations(&observations, &bootstrap, influence->rank);
    adequacy_of_regression(adequacy, influence->complete, plan->factors);
    memory_free(input);
    for (uint32_t f = 0; f < plan->factors; f++)
        if (is_without_order(&plan->factor[f]))
            influence->rank[f] = (RankCorrelation){interval_unknown(), interval_unknown()};
}

static void warn_of_words(SweepResult *result) {
    for (uint32_t f = 0; f < result->plan->factors; f++) {
        const Factor *factor = &result->plan->factor[f];
        Adequacy adequacy = {0};
        if (!is_without_order(factor)) continue;
        adequacy_of_words(&adequacy, factor->levels);
        sweep_warn_of(result, factor->path, &adequacy);
    }
}

static double widest(const SweepPlan *plan, const SobolIndex *index) {
    double half = 0;
    for (uint32_t f = 0; f < plan->factors; f++) {
        double first = (index[f].first.most - index[f].first.least) / 2;
        double total = (index[f].total.most - index[f].total.least) / 2;
        if (!(first <= half)) half = first;
        if (!(total <= half)) half = total;
    }
    return half;
}

static void reckon_indices(SweepResult *result, Influence *influence, const double *output,
                           Adequacy *adequacy) {
    const SweepPlan *plan = result->plan;
    Bootstrap bootstrap = bootstrap_of(result);
    uint32_t rows = (uint32_t)(plan->cells / (plan->factors + 2));
    influence->index = arena_new(&result->arena, plan->factors * sizeof *influence->index);
    influence->complete =
        sensitivity_sobol(output, rows, plan->factors, &bootstrap, influence->index).complete;
    adequacy_of_indices(adequacy, influence->complete, widest(plan, influence->index), 0.1);
}

void sweep_influence_reckon(SweepResult *result) {
    const SweepPlan *plan = result->plan;
    const Terms *terms = sweep_plan_terms(plan);
    if (plan->kind == DESIGN_GRID) return;
    double *output = memory_new(plan->cells, sizeof *output);
    result->influences = terms->seats + 1u;
    result->influence = memory_new(result->influences, sizeof *result->influence);
    for (uint32_t what = 0; what < result->influences; what++) {
        Influence *influence = &result->influence[what];
        Adequacy adequacy = {0};
        influence->of = what == 0 ? "agreement" : terms->seat[what - 1].id;
        for (uint64_t cell = 0; cell < plan->cells; cell++)
            output[cell] = output_of(result, cell, what);
        (plan->kind == DESIGN_LHS ? reckon_ranks : reckon_indices)(result, influence, output,
                                                                   &adequacy);
        sweep_warn_of(result, influence->of, &adequacy);
    }
    if (plan->kind == DESIGN_LHS) warn_of_words(result);
    memory_free(output);
}

/* --- telling --- */

static void add_interval(Grid *grid, const Interval *interval) {
    if (interval->estimate != interval->estimate)
        grid_add(grid, "–");
    else if (interval->least != interval->least)
        grid_add(grid, "%.3f", interval->estimate);
    else
        grid_add(grid, "%.3f [%.3f, %.3f]", interval->estimate, interval->least, interval->most);
}

static void add_rows(const SweepResult *result, Grid *grid) {
    const SweepPlan *plan = result->plan;
    for (uint32_t what = 0; what < result->influences; what++)
        for (uint32_t f = 0; f < plan->factors; f++) {
            const Influence *influence = &result->influence[what];
            bool ranks = influence->rank != NULL;
            if (what == 0)
                grid_add(grid, "agreement");
            else
                grid_add(grid, "gain of %s", influence->of);
            grid_add(grid, "%s", plan->factor[f].path);
            add_interval(grid, ranks ? &influence->rank[f].partial : &influence->index[f].first);
            add_interval(grid, ranks ? &influence->rank[f].spearman : &influence->index[f].total);
        }
}

void sweep_influence_table(const SweepResult *result, Text *out) {
    bool ranks = result->plan->kind == DESIGN_LHS;
    if (result->influences == 0) return;
    Grid grid = grid_begin(4);
    grid_add(&grid, "result");
    grid_add(&grid, "factor");
    grid_add(&grid, ranks ? "partial rank correlation" : "first-order index");
    grid_add(&grid, ranks ? "rank correlation" : "total index");
    add_rows(result, &grid);
    text_addf(out, "\n%s\n",
              ranks ? "How monotonically results follow the factors"
                    : "Which share of a result's variance goes back to a factor");
    grid_print(&grid, false, out);
    grid_finish(&grid);
}

void sweep_influence_json(const SweepResult *result, Json *json) {
    const SweepPlan *plan = result->plan;
    if (result->influences == 0) return;
    json_array(json, "influence");
    for (uint32_t what = 0; what < result->influences; what++) {
        const Influence *influence = &result->influence[what];
        json_object(json, NULL);
        json_string(json, "of", what == 0 ? "agreement" : "gain");
        json_string(json, "seat", what == 0 ? NULL : influence->of);
        json_int(json, "rows", (int64_t)influence->complete);
        json_object(json, "factors");
        for (uint32_t f = 0; f < plan->factors; f++) {
            bool ranks = influence->rank != NULL;
            json_object(json, plan->factor[f].path);
            interval_json(json, ranks ? "partial_rank_correlation" : "first_order",
                          ranks ? &influence->rank[f].partial : &influence->index[f].first);
            interval_json(json, ranks ? "rank_correlation" : "total",
                          ranks ? &influence->rank[f].spearman : &influence->index[f].total);
            json_end_object(json);
        }
        json_end_object(json);
        json_end_object(json);
    }
    json_end_array(json);
}
