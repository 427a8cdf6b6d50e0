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

/* --- the cells, and the values of their factors --- */

/* Prints one table under its title. */
typedef struct Printer {
    const SweepResult *result;
    bool markdown;
    Text *out;
} Printer;

static void begin_part(const Printer *printer, const char *title) {
    text_addf(printer->out, printer->markdown ? "\n## %s\n\n" : "\n%s\n", title);
}

static void end_table(const Printer *printer, Grid *grid, const char *title) {
    begin_part(printer, title);
    grid_print(grid, printer->markdown, printer->out);
    grid_finish(grid);
}

typedef void (*AddRow)(Grid *grid, const SweepResult *result, const CellNumbers *cell);

static void add_rows(Grid *grid, const SweepResult *result, AddRow add) {
    uint64_t lines = 0;
    for (uint64_t i = 0; i < result->plan->cells && lines < MOST_LINES; i++) {
        const CellNumbers *cell = &result->cell[i];
        if (cell->tally.runs == 0) continue;
        add(grid, result, cell);
        lines++;
    }
}

static void add_number(Grid *grid, const CellNumbers *cell) {
    grid_add(grid, "%llu", (unsigned long long)cell->cell);
}

static bool has_levels(const SweepPlan *plan, uint32_t factor) {
    return plan->factor[factor].kind == FACTOR_LEVELS;
}

static void add_cell(Grid *grid, const SweepResult *result, const CellNumbers *cell) {
    SettingList *list = memory_new(1, sizeof *list);
    sweep_cell_values(result->plan, cell->cell, list);
    for (uint32_t i = 0; i < result->plan->factors; i++)
        if (has_levels(result->plan, i))
            grid_add(grid, "%s", sweep_cell_value(result->plan, list, i));
    add_number(grid, cell);
    setting_list_finish(list);
    memory_free(list);
}

/* Values are long; what is told of a cell stands under its number. */
static void tell_cells(const Printer *printer) {
    const SweepPlan *plan = printer->result->plan;
    uint32_t columns = 1;
    for (uint32_t i = 0; i < plan->factors; i++) columns += has_levels(plan, i);
    if (columns == 1) return;
    Grid grid = grid_begin(columns);
    for (uint32_t i = 0; i < plan->factors; i++)
        if (has_levels(plan, i)) grid_add(&grid, "%s", plan->factor[i].path);
    grid_add(&grid, "cell");
    add_rows(&grid, printer->result, add_cell);
    end_table(printer, &grid, "Cells");
}

static void tell_drawn(const Printer *printer) {
    const SweepPlan *plan = printer->result->plan;
    bool any = false;
    for (uint32_t i = 0; i < plan->factors; i++) {
        if (has_levels(plan, i)) continue;
        text_add(printer->out,
                 any ? ", " : "\nDrawn anew in each repetition, alike in all cells: ");
        text_add_safe(printer->out, plan->factor[i].path);
        any = true;
    }
    if (any) text_add(printer->out, "\n");
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

static void add_p(Grid *grid, double p) {
    if (p != p)
        grid_add(grid, "–");
    else
        grid_add(grid, p < 0.0005 ? "<0.001" : "%.3f", p);
}

static void add_ends(Grid *grid, const SweepResult *result, const CellNumbers *cell) {
    const ShareNumbers *agreement = &result->share[0].number[cell->cell];
    add_number(grid, cell);
    grid_add(grid, "%llu", (unsigned long long)cell->tally.runs);
    if (cell->finished > 0)
        add_interval(grid, &cell->agreement, 3);
    else
        grid_add(grid, "–");
    if (result->compares) add_interval(grid, &agreement->difference, 3);
    if (result->compares) add_p(grid, agreement->p_holm);
    add_interval(grid, &cell->days, 1);
    add_breakdowns(grid, &cell->tally);
}

static void tell_ends(const Printer *printer) {
    bool compares = printer->result->compares;
    Grid grid = grid_begin(compares ? 7 : 5);
    grid_add(&grid, "cell");
    grid_add(&grid, "runs");
    grid_add(&grid, "agreement");
    if (compares) grid_add(&grid, "less cell 0's");
    if (compares) grid_add(&grid, "p");
    grid_add(&grid, "days");
    grid_add(&grid, "breakdowns");
    add_rows(&grid, printer->result, add_ends);
    end_table(printer, &grid, "How they ended");
}

/* Every seat of a cell has a row. */
static void add_seats(Grid *grid, const SweepResult *result, const CellNumbers *cell) {
    const Terms *terms = sweep_plan_terms(result->plan);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const SeatNumbers *numbers = &cell->seat[seat];
        add_number(grid, cell);
        grid_add(grid, "%s", terms->seat[seat].id);
        add_interval(grid, &numbers->utility, 3);
        add_interval(grid, &numbers->median, 3);
        add_interval(grid, &numbers->gain, 3);
        if (!result->compares) continue;
        add_interval(grid, &numbers->difference.difference, 3);
        add_p(grid, numbers->p_holm);
    }
}

static void tell_seats(const Printer *printer) {
    static const char *const head[] = {"seat", "utility", "median", "gain", "less cell 0's", "p"};
    uint32_t own = printer->result->compares ? 6 : 4;
    Grid grid = grid_begin(1 + own);
    grid_add(&grid, "cell");
    for (uint32_t i = 0; i < own; i++) grid_add(&grid, "%s", head[i]);
    add_rows(&grid, printer->result, add_seats);
    end_table(printer, &grid, "What it was worth to each seat");
}

/* --- what was agreed --- */

static const char *row_name(const Issue *issue, uint32_t row) {
    return row < issue->options ? issue->option[row] : "no agreement";
}

static bool is_ever_hit(const SweepResult *result, const ShareTable *table, uint32_t row) {
    for (uint64_t cell = 0; cell < result->plan->cells; cell++)
        if (table->number[cell * table->rows + row].hits > 0) return true;
    return false;
}

static void add_share(Grid *grid, const SweepResult *result, const ShareNumbers *numbers) {
    add_interval(grid, &numbers->share, 3);
    if (!result->compares) return;
    add_interval(grid, &numbers->difference, 3);
    add_p(grid, numbers->p_holm);
}

static void tell_share(const Printer *printer, const ShareTable *table) {
    const SweepResult *result = printer->result;
    const Issue *issue = &sweep_plan_terms(result->plan)->domain.issue[table->issue];
    Grid grid = grid_begin(result->compares ? 5 : 3);
    Text title = {0};
    uint64_t lines = 0;
    grid_add(&grid, "cell");
    grid_add(&grid, "option");
    grid_add(&grid, "share of runs");
    if (result->compares) grid_add(&grid, "less cell 0's");
    if (result->compares) grid_add(&grid, "p");
    for (uint64_t i = 0; i < result->plan->cells && lines < MOST_LINES; i++) {
        if (result->cell[i].tally.runs == 0) continue;
        lines++;
        for (uint32_t row = 0; row < table->rows; row++) {
            if (!is_ever_hit(result, table, row)) continue;
            add_number(&grid, &result->cell[i]);
            grid_add(&grid, "%s", row_name(issue, row));
            add_share(&grid, result, &table->number[i * table->rows + row]);
        }
    }
    text_add(&title, "What was agreed on ");
    text_add_safe(&title, issue->id);
    end_table(printer, &grid, text_get(&title));
    text_finish(&title);
}

static void tell_shares(const Printer *printer) {
    for (uint32_t i = 1; i <= printer->result->plan->shares; i++)
        tell_share(printer, &printer->result->share[i]);
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
        text_addf(out, "  … and %u more: --json has all\n", result->lost_count - MOST_LOST);
}

void sweep_result_table(const SweepResult *result, bool markdown, Text *out) {
    Printer printer = {result, markdown, out};
    tally_words(&result->tally, out);
    text_addf(out, "\n%llu cell%s, up to %llu repetition%s, study seed %llu\n",
              (unsigned long long)result->plan->cells, result->plan->cells == 1 ? "" : "s",
              (unsigned long long)result->repetitions, result->repetitions == 1 ? "" : "s",
              (unsigned long long)result->plan->seed);
    if (result->compares) {
        tell_cells(&printer);
        tell_drawn(&printer);
        tell_ends(&printer);
        tell_shares(&printer);
        tell_seats(&printer);
    }
    sweep_influence_table(result, out);
    sweep_warnings_table(result, out);
    if (result->cells > MOST_LINES || !result->compares)
        text_addf(out, "\nAll of the %llu cells: --resume --format csv\n",
                  (unsigned long long)result->cells);
    sweep_faults_table(result, out);
    tell_lost(result, out);
    text_add(out, "\nIn brackets 95 % intervals");
    text_add(out, result->compares
                      ? ": Wilson's for shares, the bootstrap's for means and medians, none where "
                        "luck changes nothing, Newcombe's for differences of shares; p from paired "
                        "sign flips and McNemar's test, each corrected for all comparisons of its "
                        "table (Holm). "
                      : " (bootstrap). ");
    text_add(out, "Results are properties of the model and not forecasts.\n");
}
