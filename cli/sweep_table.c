/* A sweep's results for people. */
#include "cli/grid.h"
#include "cli/sweep_cell.h"
#include "cli/sweep_result.h"

enum { MOST_LINES = 64, MOST_LOST = 20 };

/* What rounds to nothing has no sign: never -0.000. */
static double shown(double x) {
    return x > -0.0005 && x < 0.0005 ? 0 : x;
}

/* No interval where nothing is known of it, or where luck changes nothing. */
static void add_interval(Grid *grid, const Interval *interval, int decimals) {
    if (interval->estimate != interval->estimate)
        grid_add(grid, "–");
    else if (interval->least != interval->least || interval->least == interval->most)
        grid_add(grid, "%.*f", decimals, shown(interval->estimate));
    else
        grid_add(grid, "%.*f [%.*f, %.*f]", decimals, shown(interval->estimate), decimals,
                 shown(interval->least), decimals, shown(interval->most));
}

/* --- a cell's name: the values of its factors --- */

static void add_values(Grid *grid, const SweepPlan *plan, uint64_t cell, SettingList *list) {
    sweep_cell_values(plan, cell, list);
    for (uint32_t i = 0; i < plan->factors; i++)
        grid_add(grid, "%s", sweep_cell_value(plan, list, i));
    setting_list_finish(list);
}

static void add_names(Grid *grid, const SweepPlan *plan) {
    grid_add(grid, "cell");
    for (uint32_t i = 0; i < plan->factors; i++) grid_add(grid, "%s", plan->factor[i].path);
}

typedef void (*AddRow)(Grid *grid, const SweepResult *result, const CellNumbers *cell);

static void add_rows(Grid *grid, const SweepResult *result, AddRow add) {
    SettingList *list = memory_new(1, sizeof *list);
    uint64_t lines = 0;
    for (uint64_t i = 0; i < result->plan->cells && lines < MOST_LINES; i++) {
        const CellNumbers *cell = &result->cell[i];
        if (cell->tally.runs == 0) continue;
        grid_add(grid, "%llu", (unsigned long long)cell->cell);
        add_values(grid, result->plan, cell->cell, list);
        add(grid, result, cell);
        lines++;
    }
    memory_free(list);
}

static void end_table(Grid *grid, const char *title, Text *out) {
    text_addf(out, "\n%s\n", title);
    grid_print(grid, false, out);
    grid_finish(grid);
}

/* --- the tables --- */

static void add_breakdowns(Grid *grid, const Tally *tally) {
    Text words = {0};
    for (uint8_t reason = REASON_WALK_OUT; reason <= REASON_AGENT_FAULT; reason++)
        if (tally->breakdowns[reason] > 0)
            text_addf(&words, "%s%s %llu", words.length > 0 ? ", " : "", reason_name(reason),
                      (unsigned long long)tally->breakdowns[reason]);
    grid_add(grid, "%s", words.length > 0 ? text_get(&words) : "–");
    text_finish(&words);
}

static void add_ends(Grid *grid, const SweepResult *result, const CellNumbers *cell) {
    (void)result;
    grid_add(grid, "%llu", (unsigned long long)cell->tally.runs);
    if (cell->finished > 0)
        add_interval(grid, &cell->agreement, 3);
    else
        grid_add(grid, "–");
    add_interval(grid, &cell->days, 1);
    add_breakdowns(grid, &cell->tally);
}

static void tell_ends(const SweepResult *result, Text *out) {
    Grid grid = grid_begin(result->plan->factors + 5);
    add_names(&grid, result->plan);
    grid_add(&grid, "runs");
    grid_add(&grid, "agreement");
    grid_add(&grid, "days");
    grid_add(&grid, "breakdowns");
    add_rows(&grid, result, add_ends);
    end_table(&grid, "How they ended", out);
}

static void add_p(Grid *grid, double p) {
    if (p != p)
        grid_add(grid, "–");
    else
        grid_add(grid, p < 0.0005 ? "<0.001" : "%.3f", p);
}

/* Every seat of a cell has a row. */
static void add_seats(Grid *grid, const SweepResult *result, const CellNumbers *cell) {
    const Terms *terms = sweep_plan_terms(result->plan);
    SettingList *list = memory_new(1, sizeof *list);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const SeatNumbers *numbers = &cell->seat[seat];
        if (seat > 0) {
            grid_add(grid, "%llu", (unsigned long long)cell->cell);
            add_values(grid, result->plan, cell->cell, list);
        }
        grid_add(grid, "%s", terms->seat[seat].id);
        add_interval(grid, &numbers->utility, 3);
        add_interval(grid, &numbers->median, 3);
        add_interval(grid, &numbers->gain, 3);
        if (!result->compares) continue;
        add_interval(grid, &numbers->difference.difference, 3);
        add_p(grid, numbers->p_holm);
    }
    memory_free(list);
}

static void tell_seats(const SweepResult *result, Text *out) {
    static const char *const head[] = {"seat", "utility", "median", "gain", "less cell 0's", "p"};
    uint32_t own = result->compares ? 6 : 4;
    Grid grid = grid_begin(result->plan->factors + 1 + own);
    add_names(&grid, result->plan);
    for (uint32_t i = 0; i < own; i++) grid_add(&grid, "%s", head[i]);
    add_rows(&grid, result, add_seats);
    end_table(&grid, "What it was worth to each seat", out);
}

/* --- words --- */

static void tell_lost(const SweepResult *result, Text *out) {
    if (result->lost_count == 0) return;
    text_add(out, "\nWithout a result\n");
    for (uint32_t i = 0; i < result->lost_count && i < MOST_LOST; i++) {
        const LostJob *lost = &result->lost[i];
        text_addf(out, "  cell %llu, repetition %llu, tried %u time%s: ",
                  (unsigned long long)lost->job.cell, (unsigned long long)lost->job.repetition,
                  lost->attempts, lost->attempts == 1 ? "" : "s");
        text_add_safe(out, lost->why);
        text_add(out, "\n    ");
        sweep_cell_command(result->plan, lost->job, out);
        text_add(out, "\n");
    }
    if (result->lost_count > MOST_LOST)
        text_addf(out, "  … and %u more: --format jsonl has all\n", result->lost_count - MOST_LOST);
}

void sweep_result_table(const SweepResult *result, Text *out) {
    tally_words(&result->tally, out);
    text_addf(out, "\n%llu cell%s, up to %llu repetition%s, study seed %llu\n",
              (unsigned long long)result->plan->cells, result->plan->cells == 1 ? "" : "s",
              (unsigned long long)result->repetitions, result->repetitions == 1 ? "" : "s",
              (unsigned long long)result->plan->seed);
    if (result->compares) tell_ends(result, out);
    if (result->compares) tell_seats(result, out);
    sweep_influence_table(result, out);
    sweep_warnings_table(result, out);
    if (result->cells > MOST_LINES || !result->compares)
        text_addf(out, "\nAll of the %llu cells: --resume --format csv\n",
                  (unsigned long long)result->cells);
    tell_lost(result, out);
    text_add(out,
             "\nIn brackets 95 % intervals: Wilson's for shares, the bootstrap's for means and "
             "medians; p from paired sign flips, corrected for all comparisons (Holm). "
             "Results are properties of the model and not forecasts.\n");
}
