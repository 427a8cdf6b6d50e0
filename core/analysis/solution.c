#include "core/analysis/solution.h"

#include <string.h>

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
    Solution solution = {.exact = frontier->exact};
    for (size_t i = 0; i < frontier->count; i++) {
        const FrontierPoint *point = &frontier->point[i];
        if (!merit_admits(merit, point->utility)) continue;
        int order = solution.found ? merit_compare(merit, point->utility, solution.utility) : 1;
        if (order > 0) take(&solution, point);
        if (order == 0) take_tied(&solution, point);
    }
    return solution;
}

static void find_ideal(const Frontier *frontier, const Utility *disagreement,
                       Solutions *solutions) {
    const Merit rational = {.seats = frontier->seats, .disagreement = disagreement};
    memcpy(solutions->ideal, disagreement, frontier->seats * sizeof *disagreement);
    for (size_t i = 0; i < frontier->count; i++) {
        const Utility *utility = frontier->point[i].utility;
        if (!merit_admits(&rational, utility)) continue;
        solutions->rational = true;
        for (uint8_t seat = 0; seat < frontier->seats; seat++)
            if (utility[seat] > solutions->ideal[seat]) solutions->ideal[seat] = utility[seat];
    }
}

Solutions solutions_find(const Question *question, const Frontier *frontier,
                         const Utility disagreement[NP_MAX_SEATS]) {
    Solutions solutions = {.ideal_exact = frontier->exact};
    (void)question;
    find_ideal(frontier, disagreement, &solutions);
    for (int kind = 0; kind < SOLUTIONS; kind++) {
        Merit merit = {(SolutionKind)kind, frontier->seats, disagreement, solutions.ideal};
        solutions.of[kind] = best_on(frontier, &merit);
    }
    return solutions;
}

/* --- bounds and disagreement points --- */

AnalysisBounds analysis_bounds(const Question *question) {
    AnalysisBounds bounds = {.exact = true};
    PackageWalk walk = walk_start(question);
    for (uint64_t left = question->budget; walk_next(&walk); left--) {
        if (left == 0) {
            bounds.exact = false;
            break;
        }
        for (uint8_t seat = 0; seat < question->terms->seats; seat++) {
            Utility utility = walk.utility[seat];
            if (!bounds.any || utility < bounds.least[seat]) bounds.least[seat] = utility;
            if (!bounds.any || utility > bounds.most[seat]) bounds.most[seat] = utility;
        }
        bounds.any = true;
    }
    return bounds;
}

bool disagreement_minimum(const Question *question, Utility disagreement[NP_MAX_SEATS]) {
    Question all = *question;
    all.scope = SCOPE_FEASIBLE;
    AnalysisBounds bounds = analysis_bounds(&all);
    memcpy(disagreement, bounds.least, sizeof bounds.least);
    return bounds.exact;
}

void disagreement_reservation(const Question *question, Utility disagreement[NP_MAX_SEATS]) {
    memset(disagreement, 0, NP_MAX_SEATS * sizeof *disagreement);
    for (SeatId seat = 0; seat < question->terms->seats; seat++)
        disagreement[seat] = question->profile[seat].reservation;
}
