/* A tournament's tables for people: plain or as Markdown. */
#include "cli/grid.h"
#include "cli/tournament.h"

typedef struct Page {
    const Tournament *tournament;
    const TournamentResult *result;
    bool markdown;
    Text *out;
} Page;

static const char *name_of(const Page *page, uint32_t entrant) {
    return page->tournament->entrant[entrant].given;
}

static void heading(const Page *page, const char *words) {
    text_addf(page->out, page->markdown ? "\n### %s\n\n" : "\n%s\n", words);
}

/* --- numbers --- */

static bool is_number(double x) {
    return x == x;
}

/* What rounds to nothing has no sign: never -0.000. */
static double shown(double x) {
    return x > -0.0005 && x < 0.0005 ? 0 : x;
}

/* One seed says nothing of luck, and neither do seeds that all say the same. */
static void add_interval(const Page *page, Grid *grid, const Interval *interval) {
    if (!is_number(interval->estimate))
        grid_add(grid, "–");
    else if (page->tournament->seeds < 2 || interval->least == interval->most)
        grid_add(grid, "%.3f", shown(interval->estimate));
    else
        grid_add(grid, "%.3f [%.3f, %.3f]", shown(interval->estimate), shown(interval->least),
                 shown(interval->most));
}

static void add_number(Grid *grid, double x) {
    if (is_number(x))
        grid_add(grid, "%.3f", shown(x));
    else
        grid_add(grid, "–");
}

/* --- the tables --- */

static void add_standings(const Page *page) {
    const TournamentResult *result = page->result;
    Grid grid = grid_begin(8);
    static const char *const head[] = {"strategy", "rank",       "gain",        "behind the first",
                                       "utility",  "agreements", "joint value", "scenarios"};
    for (size_t i = 0; i < 8; i++) grid_add(&grid, "%s", head[i]);
    for (uint32_t i = 0; i < result->field.strategies; i++) {
        const Standing *standing = &result->standing[i];
        if (standing->games == 0) continue;
        grid_add(&grid, "%s", name_of(page, standing->strategy));
        if (standing->rank > 0)
            grid_add(&grid, "%u", standing->rank);
        else
            grid_add(&grid, "–");
        add_interval(page, &grid, &standing->measure[MEASURE_GAIN]);
        add_interval(page, &grid, &standing->behind);
        add_interval(page, &grid, &standing->measure[MEASURE_UTILITY]);
        add_interval(page, &grid, &standing->measure[MEASURE_AGREEMENT]);
        add_interval(page, &grid, &standing->measure[MEASURE_JOINT]);
        grid_add(&grid, "%u of %u", standing->venues, result->field.venues);
    }
    heading(page, "Standings");
    grid_print(&grid, page->markdown, page->out);
    grid_finish(&grid);
}

static void add_self_play(const Page *page) {
    static const Measure shown[] = {MEASURE_GAIN, MEASURE_AGREEMENT, MEASURE_JOINT};
    Grid grid = grid_begin(4);
    grid_add(&grid, "strategy");
    grid_add(&grid, "gain");
    grid_add(&grid, "agreements");
    grid_add(&grid, "joint value");
    for (uint32_t i = 0; i < page->result->field.strategies; i++) {
        const Standing *self = &page->result->self[page->result->standing[i].strategy];
        if (self->games == 0) continue;
        grid_add(&grid, "%s", name_of(page, self->strategy));
        for (size_t k = 0; k < 3; k++) add_interval(page, &grid, &self->measure[shown[k]]);
    }
    heading(page, "In self-play");
    grid_print(&grid, page->markdown, page->out);
    grid_finish(&grid);
}

/* Rows and columns in the order of the standings; columns by their numbers, which the rows tell. */
static void add_pairs(const Page *page) {
    const TournamentResult *result = page->result;
    uint32_t entrants = result->field.strategies, played = 0;
    while (played < entrants && result->standing[played].games > 0) played++;
    Grid grid = grid_begin(played + 1);
    grid_add(&grid, "gain of / against");
    for (uint32_t i = 0; i < played; i++) grid_add(&grid, "%u", i + 1);
    for (uint32_t i = 0; i < played; i++) {
        uint32_t own = result->standing[i].strategy;
        grid_add(&grid, "%u %s", i + 1, name_of(page, own));
        for (uint32_t k = 0; k < played; k++)
            add_number(&grid, result->pair[(size_t)own * entrants + result->standing[k].strategy]);
    }
    heading(page, "Against each");
    grid_print(&grid, page->markdown, page->out);
    grid_finish(&grid);
}

static void add_venues(const Page *page) {
    const TournamentResult *result = page->result;
    uint32_t entrants = result->field.strategies, venues = result->field.venues;
    Grid grid = grid_begin(venues + 1);
    grid_add(&grid, "gain");
    for (uint32_t venue = 0; venue < venues; venue++)
        grid_add(&grid, "%s", tournament_terms(page->tournament, venue)->name);
    for (uint32_t i = 0; i < entrants; i++) {
        uint32_t own = result->standing[i].strategy;
        if (result->standing[i].games == 0) continue;
        grid_add(&grid, "%s", name_of(page, own));
        for (uint32_t venue = 0; venue < venues; venue++)
            add_number(
                &grid,
                result->by_venue[(size_t)venue * entrants + own].measure[MEASURE_GAIN].estimate);
    }
    heading(page, "In each scenario");
    grid_print(&grid, page->markdown, page->out);
    grid_finish(&grid);
}

/* --- words --- */

static void add_design(const Page *page) {
    const Tournament *tournament = page->tournament;
    text_addf(page->out, "%u strateg%s, %u scenario%s, %u seed%s from %llu: %llu runs.\n",
              tournament->entrants, tournament->entrants == 1 ? "y" : "ies", tournament->venues,
              tournament->venues == 1 ? "" : "s", tournament->seeds,
              tournament->seeds == 1 ? "" : "s", (unsigned long long)tournament->first_seed,
              (unsigned long long)tournament->runs);
    for (uint32_t venue = 0; venue < tournament->venues; venue++) {
        const Venue *one = &tournament->venue[venue];
        text_add(page->out, page->markdown ? "- " : "  ");
        text_add_safe(page->out, one->scenario->negotiation.terms.name);
        text_addf(page->out,
                  one->seats == 2
                      ? ": both seats, all ordered pairs\n"
                      : ": each of %u seats, the others all playing one other strategy\n",
                  one->seats);
    }
}

static void add_remarks(const Page *page, const Remarks *remarks, const char *words, bool faults) {
    const Tournament *tournament = page->tournament;
    if (remarks->count == 0) return;
    heading(page, words);
    for (size_t i = 0; i < remarks->count; i++) {
        const Remark *remark = &remarks->remark[i];
        const Terms *terms = tournament_terms(tournament, remark->venue);
        text_add(page->out, page->markdown ? "- " : "  ");
        text_add_safe(page->out, name_of(page, remark->entrant));
        text_add(page->out, " in ");
        text_add_safe(page->out, terms->name);
        if (faults)
            text_addf(page->out, ", %llu time%s, first as %s with seed %llu",
                      (unsigned long long)remark->count, remark->count == 1 ? "" : "s",
                      terms->seat[remark->seat].id, (unsigned long long)remark->seed);
        text_add(page->out, ": ");
        text_add_safe(page->out, remark->why);
        text_add(page->out, "\n");
    }
}

void tournament_print(const Tournament *tournament, const TournamentResult *result, bool markdown,
                      Text *out) {
    Page page = {tournament, result, markdown, out};
    add_design(&page);
    add_standings(&page);
    add_self_play(&page);
    add_pairs(&page);
    add_venues(&page);
    add_remarks(&page, &tournament->unfit, "Left out where they do not fit", false);
    add_remarks(&page, &tournament->faults, "Failed", true);
    text_add(out, "\n");
    if (tournament->seeds > 1)
        text_add(out, "Means with 95 % intervals over the seeds, which are the same for all "
                      "(bootstrap); none where luck changes nothing. ");
    text_add(out, "Gain is utility less the walk-away value; joint value the mean utility at the "
                  "table; scenarios count alike. Results are properties of the model and not "
                  "forecasts.\n");
}
