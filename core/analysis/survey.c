#include "core/analysis/survey.h"

#include <string.h>

#include "core/analysis/diagram_answers.h"

static void take_disagreement(const SurveyRequest *request, Survey *survey) {
    const Question *question = request->question;
    size_t size = question->terms->seats * sizeof(Utility);
    survey->disagreement_exact = true;
    if (request->disagreement != NULL) {
        memcpy(survey->disagreement, request->disagreement, size);
    } else if (question->scope == SCOPE_FEASIBLE && !request->brief) {
        memcpy(survey->disagreement, survey->bounds.least, size);
        survey->disagreement_exact = survey->bounds.least_exact;
    } else {
        survey->disagreement_exact = disagreement_minimum(question, survey->disagreement);
    }
}

/* Gains from a point that is not sure are not sure either. */
static void doubt(Solutions *solutions) {
    static const SolutionKind kinds[] = {SOLUTION_NASH, SOLUTION_KALAI, SOLUTION_KALAI_SMORODINSKY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        solutions->of[kinds[i]].exact = solutions->of[kinds[i]].counted = false;
    solutions->ideal_exact = false;
}

static void admit_found(Survey *survey) {
    for (int kind = 0; kind < SOLUTIONS; kind++) {
        const Solution *solution = &survey->solutions.of[kind];
        if (solution->found)
            frontier_admit(&survey->frontier, solution->utility, &solution->package);
    }
}

Survey survey_take(const SurveyRequest *request) {
    Survey survey = {.disagreement = {0}};
    Diagram *diagram = diagram_create(request->question);
    if (!request->brief) survey.bounds = bounds_on(diagram);
    take_disagreement(request, &survey);
    survey.frontier = frontier_on(diagram);
    survey.solutions = solutions_on(diagram, &survey.frontier, survey.disagreement, request->brief);
    diagram_destroy(diagram);
    if (!survey.disagreement_exact) doubt(&survey.solutions);
    admit_found(&survey);
    return survey;
}

void survey_finish(Survey *survey) {
    frontier_finish(&survey->frontier);
}
