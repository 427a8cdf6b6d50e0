/* An analysis for people. */
#include <stdio.h>

#include "cli/analyse.h"
#include "cli/output.h"
#include "core/base/sim_time.h"
#include "report/sentence.h"
#include "report/story.h"

enum { WORDS = 128, MOST_LISTED = 20 };

static const char *number(char out[32], Utility utility) {
    snprintf(out, 32, "%.4f", utility_real(utility));
    return out;
}

static void say_count(Text *out, double count, const char *one, const char *many) {
    text_addf(out, "%.0f %s", count, count == 1 ? one : many);
}

static void say_subject(const Analysis *analysis, Text *out) {
    const Terms *terms = analysis_terms(analysis);
    text_add_safe(out,
                  analysis->scenario->title[0] != '\0' ? analysis->scenario->title : terms->name);
    text_add(out, " (");
    text_add_safe(out, terms->name);
    text_add(out, ")");
    if (analysis->run != NULL)
        text_addf(out, ", run %llu", (unsigned long long)analysis->run->row.run);
    text_add(out, ": ");
    output_packages(out, domain_raw_count(&terms->domain), analysis->feasible);
    text_add(out, "\n");
}

/* --- what each seat can have --- */

static void add_seat_names(Grid *grid, const Terms *terms) {
    char safe[WORDS];
    for (SeatId seat = 0; seat < terms->seats; seat++)
        grid_add(grid, "%s", text_safe(safe, sizeof safe, terms->seat[seat].name));
}

static void add_utilities(Grid *grid, const Terms *terms, const Utility *utility) {
    char digits[32];
    for (SeatId seat = 0; seat < terms->seats; seat++)
        grid_add(grid, "%s", number(digits, utility[seat]));
}

static void say_disagreement(const Analysis *analysis, Text *out) {
    const YardstickRequest *request = &analysis->yardstick.request;
    static const char *const words[] = {
        "the least that any feasible package gives each seat (minimum)",
        "walk-away values as the talks open (reservation)", "outside options on "};
    text_addf(out, "Disagreement point: %s", words[request->kind]);
    if (request->kind == DISAGREEMENT_OUTSIDE)
        phrase_date(out, analysis_terms(analysis), request->at);
    text_add(out, analysis->yardstick.survey.disagreement_exact ? "\n"
                                                                : ", as far as it was searched\n");
}

static void add_row(Grid *grid, const Terms *terms, const char *what, const Utility *utility) {
    grid_add(grid, "%s", what);
    if (utility != NULL) {
        add_utilities(grid, terms, utility);
        return;
    }
    for (SeatId seat = 0; seat < terms->seats; seat++) grid_add(grid, "-");
}

static void print_bounds(const Analysis *analysis, Text *out) {
    const Yardstick *yardstick = &analysis->yardstick;
    const AnalysisBounds *bounds = &yardstick->survey.bounds;
    const Solutions *solutions = &yardstick->survey.solutions;
    const Terms *terms = analysis_terms(analysis);
    Grid grid = grid_begin(1 + terms->seats);
    Utility reservation[NP_MAX_SEATS];
    disagreement_reservation(&yardstick->question, reservation);
    grid_add(&grid, " ");
    add_seat_names(&grid, terms);
    add_row(&grid, terms, "least", bounds->any ? bounds->least : NULL);
    add_row(&grid, terms, "most", bounds->any ? bounds->most : NULL);
    add_row(&grid, terms, "walks away at", reservation);
    add_row(&grid, terms, "disagreement", yardstick->survey.disagreement);
    add_row(&grid, terms, "ideal", solutions->rational ? solutions->ideal : NULL);
    grid_print(&grid, false, out);
    grid_finish(&grid);
    if (!bounds->exact || !solutions->ideal_exact)
        text_add(out, "  (least, most and ideal as far as it was searched)\n");
}

/* --- solutions --- */

static void add_solution(Grid *grid, const Terms *terms, SolutionKind kind,
                         const Solution *solution) {
    add_row(grid, terms, solution_name(kind), solution->found ? solution->utility : NULL);
}

/* One line says both. */
static bool same_answer(const Solution *a, const Solution *b) {
    if (a->found != b->found || a->exact != b->exact) return false;
    return !a->found || (a->packages == b->packages && outcome_equal(&a->package, &b->package));
}

/* "Nash, Kalai: " with all that choose the same package, out of as many that are as good. */
static void say_names(const Solution *solution, int kind, Text *line) {
    text_add(line, solution_name((SolutionKind)kind));
    for (int other = kind + 1; other < SOLUTIONS; other++)
        if (same_answer(&solution[kind], &solution[other]))
            text_addf(line, ", %s", solution_name((SolutionKind)other));
    text_add(line, ": ");
}

static void say_package(const Analysis *analysis, const Solution *solution, Text *line) {
    const Terms *terms = analysis_terms(analysis);
    if (solution->found)
        story_package(&terms->domain, &solution->package, NULL, line);
    else if (!analysis->yardstick.survey.bounds.any)
        text_add(line, "there is none: no package counts (--scope)");
    else
        text_add(line, "there is none: no package gives every seat its disagreement value");
    if (solution->found && solution->packages > 1)
        text_addf(line, " (the first of %.0f that are equally good)", solution->packages);
    if (!solution->exact) text_add(line, " (as far as it was searched)");
}

static bool was_said(const Solution *solution, int kind) {
    for (int earlier = 0; earlier < kind; earlier++)
        if (same_answer(&solution[earlier], &solution[kind])) return true;
    return false;
}

static void say_packages(const Analysis *analysis, Text *out) {
    const Solution *solution = analysis->yardstick.survey.solutions.of;
    Text line = {0};
    for (int kind = 0; kind < SOLUTIONS; kind++) {
        if (was_said(solution, kind)) continue;
        say_names(solution, kind, &line);
        say_package(analysis, &solution[kind], &line);
        text_add(out, "  ");
        sentence_fold(out, text_get(&line), 2, 4);
        text_clear(&line);
    }
    text_finish(&line);
}

static void print_solutions(const Analysis *analysis, Text *out) {
    const Terms *terms = analysis_terms(analysis);
    const Solution *solution = analysis->yardstick.survey.solutions.of;
    Grid grid = grid_begin(1 + terms->seats);
    grid_add(&grid, " ");
    add_seat_names(&grid, terms);
    for (int kind = 0; kind < SOLUTIONS; kind++)
        add_solution(&grid, terms, (SolutionKind)kind, &solution[kind]);
    text_add(out, "\nSolutions\n");
    grid_print(&grid, false, out);
    grid_finish(&grid);
    say_packages(analysis, out);
}

/* --- the frontier --- */

static void print_points(const Analysis *analysis, Text *out) {
    const Terms *terms = analysis_terms(analysis);
    const Frontier *frontier = &analysis->yardstick.survey.frontier;
    bool all = option_given(analysis->options, "points");
    if (!all && frontier->count > MOST_LISTED) {
        text_add(out, "  --points lists them\n");
        return;
    }
    Grid grid = grid_begin(1 + terms->seats);
    Text words = {0};
    grid_add(&grid, " ");
    add_seat_names(&grid, terms);
    for (size_t i = 0; i < frontier->count; i++) {
        text_clear(&words);
        story_package(&terms->domain, &frontier->point[i].package, NULL, &words);
        grid_add(&grid, "%s", text_get(&words));
        add_utilities(&grid, terms, frontier->point[i].utility);
    }
    grid_print(&grid, false, out);
    grid_finish(&grid);
    text_finish(&words);
}

static void print_frontier(const Analysis *analysis, Text *out) {
    const Frontier *frontier = &analysis->yardstick.survey.frontier;
    text_add(out, "\nPareto frontier: ");
    say_count(out, (double)frontier->count, "point", "points");
    text_add(out, ", ");
    say_count(out, frontier->packages, "package", "packages");
    text_add(out, frontier->exact ? "\n" : " (as far as it was searched: --budget)\n");
    if (frontier->count > 0) print_points(analysis, out);
}

/* --- what was tabled --- */

/* "#4", of a menu "#4 package 2" as log has it, "×3" when it was tabled so often in a row. */
static void say_offer(const TabledPackage *tabled, char *words, size_t size) {
    char package[24] = "", times[24] = "";
    if (tabled->menu > 1) snprintf(package, sizeof package, " package %u", tabled->package + 1u);
    if (tabled->times > 1) snprintf(times, sizeof times, " ×%u", tabled->times);
    snprintf(words, size, "#%u%s%s", tabled->offer, package, times);
}

static void add_tabled(Grid *grid, const Analysis *analysis, const TabledPackage *tabled) {
    const Terms *terms = analysis_terms(analysis);
    char date[32], safe[WORDS];
    grid_add(grid, "%s", date_format(date, terms->epoch + tabled->at));
    grid_add(grid, "%s", text_safe(safe, sizeof safe, terms->seat[tabled->seat].name));
    say_offer(tabled, safe, sizeof safe);
    grid_add(grid, "%s", safe);
    grid_add(grid, "%.4f", utility_real(tabled->place.utility[tabled->seat]));
    if (tabled->place.known)
        grid_add(grid, "%.4f", tabled->place.distance.to_frontier);
    else
        grid_add(grid, "-");
    if (tabled->place.solved)
        grid_add(grid, "%.4f", tabled->place.to_nash);
    else
        grid_add(grid, "-");
}

static void print_tabled(const Analysis *analysis, Text *out) {
    const TabledPackages *tabled = &analysis->tabled;
    static const char *const head[] = {"tabled",      "by",          "offer",
                                       "own utility", "to frontier", "to Nash"};
    text_add(out, "\nPackages that were tabled\n");
    Grid grid = grid_begin(6);
    for (size_t i = 0; i < 6; i++) grid_add(&grid, "%s", head[i]);
    for (size_t i = 0; i < tabled->count; i++) add_tabled(&grid, analysis, &tabled->package[i]);
    grid_print(&grid, false, out);
    grid_finish(&grid);
    if (tabled->partial > 0)
        text_addf(out, "%llu partial packages are left out: they have no place\n",
                  (unsigned long long)tabled->partial);
}

static void print_end(const Analysis *analysis, Text *out) {
    const RunRow *row = &analysis->run->row;
    PackagePlace place;
    if (!analysis->ended) {
        text_add(out, "\nThe run is not finished.\n");
        return;
    }
    bool agreed = row->kind == VERDICT_AGREEMENT;
    place = yardstick_place(&analysis->yardstick, agreed ? &analysis->agreement : NULL);
    text_add(out, "\n");
    if (place.known) yardstick_tell(&place, analysis->yardstick.request.kind, agreed, out);
}

static void print_zone(const Analysis *analysis, Text *out) {
    const ZoneCount *zone = &analysis->yardstick.zone;
    const Terms *terms = analysis_terms(analysis);
    Text line = {0};
    char safe[WORDS];
    say_count(&line, zone->packages, "package", "packages");
    text_add(&line, " that nobody whose consent is needed would refuse");
    if (!zone->exact)
        text_addf(&line, " and were found (%.0f were not looked at)", zone->uncounted);
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (zone->refused_by_alone[seat] > 0)
            text_addf(&line, "; %.0f that %s alone refuses", zone->refused_by_alone[seat],
                      text_safe(safe, sizeof safe, terms->seat[seat].name));
    text_add(out, "\nZone of agreement: ");
    sentence_fold(out, text_get(&line), 19, 2);
    text_finish(&line);
}

void analyse_print(const Analysis *analysis, Text *out) {
    say_subject(analysis, out);
    say_disagreement(analysis, out);
    text_add(out, "\nWhat each seat can have\n");
    print_bounds(analysis, out);
    print_solutions(analysis, out);
    print_frontier(analysis, out);
    print_zone(analysis, out);
    if (analysis->run != NULL) print_tabled(analysis, out);
    if (analysis->run != NULL) print_end(analysis, out);
    if (analysis->settled != NULL) analyse_package_print(analysis, out);
    text_add(out, "\nUtilities are as the seats value packages ");
    if (analysis->yardstick.request.kind == DISAGREEMENT_OUTSIDE)
        text_add(out, "on that date, the world going as expected.\n");
    else
        text_add(out, "when the talks open.\n");
    text_add(out, "Results are properties of the model and not forecasts.\n");
}
