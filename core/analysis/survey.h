/* What could be agreed, all at once: one diagram of the question's packages serves the bounds, the frontier and the
 * solutions, and the solutions that are found enter a frontier that is not exact. */
#ifndef CORE_ANALYSIS_SURVEY_H
#define CORE_ANALYSIS_SURVEY_H

#include "core/analysis/solution.h"

typedef struct SurveyRequest {
    const Question *question;
    const Utility
        *disagreement; /* [seats]; NULL: each seat's least in any package of SCOPE_FEASIBLE */
    bool brief;        /* the frontier and the Nash solution alone, no bounds */
} SurveyRequest;

typedef struct Survey {
    Utility disagreement[NP_MAX_SEATS];
    bool disagreement_exact; /* if not, no solution that measures gains from it is exact */
    AnalysisBounds bounds;
    Frontier frontier;
    Solutions solutions;
} Survey;

/* The budget is the question's for the diagram, for the frontier and for every search. The caller finishes it. */
Survey survey_take(const SurveyRequest *request);
void survey_finish(Survey *survey);

#endif
