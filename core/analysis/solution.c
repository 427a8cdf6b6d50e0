#include "core/analysis/solution.h"

#include <string.h>

#include "core/analysis/branch_bound.h"
#include "core/analysis/diagram_answers.h"
#include "core/analysis/merit.h"

static const char *const keys[SOLUTIONS] = {"nash", "kalai", "kalai_smorodinsky", "egalitarian",
                                            "utilitarian"};
static const char *const names[SOLUTIONS] = {"Nash", "Kalai", "Kalai-Smorodinsky", "egalitarian",
                                             "utilitarian"};

const char *solution_key(SolutionKind kind) {
    return keys[kind];
}

const char *solution_name(SolutionKind kind) {
    return names[kind];
}

/* --- over a frontier --- */

static void take(Solution *solution, const FrontierPoint *point) {
    solution->found = true;
    solution->package = point->package;
    memcpy(solution->utility, point->utility, sizeof solution->utility);
    solution->points = 1;
    solution->packages = point->packages;
}

static void take_tied(Solution *solution, const FrontierPoint *point) {
    solution->points++;
    solution->packages += point->packages;
    if (memcmp(&point->package, &solution->package, sizeof point->package) > 0) return;
    solution->package = point->package;
    memcpy(solution->utility, point->utility, sizeof solution->utility);
}

static Solution best_on(const Frontier *frontier, const Merit *merit) {
    Solution solution = {.exact = frontier->exact, .counted = frontier->counted};
    for (size_t i = 0; i < frontier->count; i++) {
        const FrontierPoint *point = &frontier->point[i];
        if (!merit_admits(merit, point->utility)) continue;
        int order = solution.found ? merit_compare(merit, point->utility, solution.utility) : 1;
        if (order > 0) take(&solution, point);
        if (order == 0) take_tied(&solution, point);
    }
    return solution;
}

/* --- where the frontier is not whole --- */

/* `diagram` is NULL where it is. */
static Solution best_of(const Frontier *frontier, const Diagram *diagram, const Merit *merit) {
    bool rational = merit->kind != SOLUTION_EGALITARIAN && merit->kind != SOLUTION_UTILITARIAN;
    Aim aim = {.merit = merit, .floor = rational ? merit->disagreement : NULL};
    Solution known = best_on(frontier, merit);
    return diagram == NULL ? known : branch_and_bound(diagram, &aim, &known);
}

/* Any rational point is enough to start from. */
static Solution some_rational(const Frontier *frontier, const Utility *disagreement, SeatId seat) {
    const Merit rational = {.seats = frontier->seats, .disagreement = disagreement};
    Solution known = {.found = false};
    for (size_t i = 0; i < frontier->count; i++) {
        const FrontierPoint *point = &frontier->point[i];
        if (!merit_admits(&rational, point->utility)) continue;
        if (!known.found || point->utility[seat] > known.utility[seat]) take(&known, point);
    }
    return known;
}

static void find_ideal(const Frontier *frontier, const Diagram *diagram,
                       const Utility *disagreement, Solutions *solutions) {
    memcpy(solutions->ideal, disagreement, frontier->seats * sizeof *disagreement);
    solutions->ideal_exact = true;
    for (SeatId seat = 0; seat < frontier->seats; seat++) {
        Aim aim = {.seat = seat, .floor = disagreement};
        Solution most = some_rational(frontier, disagreement, seat);
        if (diagram != NULL) {
            most = branch_and_bound(diagram, &aim, &most);
            solutions->ideal_exact = solutions->ideal_exact && most.exact;
        }
        if (!most.found) continue;
        solutions->rational = true;
        solutions->ideal[seat] = most.utility[seat];
    }
}

Solutions solutions_on(const Diagram *diagram, const Frontier *frontier,
                       const Utility *disagreement, bool nash) {
    Solutions solutions = {.rational = false};
    if (frontier->exact) diagram = NULL;
    if (!nash) find_ideal(frontier, diagram, disagreement, &solutions);
    for (int kind = 0; kind < SOLUTIONS; kind++) {
        if (nash && kind != SOLUTION_NASH) continue;
        Merit merit = {(SolutionKind)kind, frontier->seats, disagreement, solutions.ideal};
        solutions.of[kind] = best_of(frontier, diagram, &merit);
    }
    Solution *smorodinsky = &solutions.of[SOLUTION_KALAI_SMORODINSKY];
    smorodinsky->exact = smorodinsky->exact && solutions.ideal_exact;
    smorodinsky->counted = smorodinsky->counted && solutions.ideal_exact;
    return solutions;
}

Solutions solutions_find(const Question *question, const Frontier *frontier,
                         const Utility *disagreement) {
    Diagram *diagram = frontier->exact ? NULL : diagram_create(question);
    Solutions solutions = solutions_on(diagram, frontier, disagreement, false);
    diagram_destroy(diagram);
    return solutions;
}

/* --- bounds and disagreement points --- */

static void bound_seat(const Diagram *diagram, SeatId seat, AnalysisBounds *bounds) {
    static const Solution nothing = {.found = false};
    Aim least = {.seat = seat, .least = true}, most = {.seat = seat};
    Solution low = branch_and_bound(diagram, &least, &nothing);
    Solution high = branch_and_bound(diagram, &most, &nothing);
    bounds->least_exact = bounds->least_exact && low.exact;
    bounds->exact = bounds->exact && low.exact && high.exact;
    if (!low.found || !high.found) return;
    bounds->any = true;
    bounds->least[seat] = low.utility[seat];
    bounds->most[seat] = high.utility[seat];
}

AnalysisBounds bounds_on(const Diagram *diagram) {
    AnalysisBounds bounds = {.exact = true, .least_exact = true};
    for (SeatId seat = 0; seat < diagram->seats; seat++) bound_seat(diagram, seat, &bounds);
    return bounds;
}

AnalysisBounds analysis_bounds(const Question *question) {
    Diagram *diagram = diagram_create(question);
    AnalysisBounds bounds = bounds_on(diagram);
    diagram_destroy(diagram);
    return bounds;
}

bool disagreement_minimum(const Question *question, Utility disagreement[NP_MAX_SEATS]) {
    Question all = *question;
    all.scope = SCOPE_FEASIBLE;
    AnalysisBounds bounds = analysis_bounds(&all);
    memcpy(disagreement, bounds.least, sizeof bounds.least);
    return bounds.least_exact;
}

void disagreement_reservation(const Question *question, Utility disagreement[NP_MAX_SEATS]) {
    memset(disagreement, 0, NP_MAX_SEATS * sizeof *disagreement);
    for (SeatId seat = 0; seat < question->terms->seats; seat++)
        disagreement[seat] = question->profile[seat].reservation;
}
