/* Answers from a diagram that is there already; frontier.h and solution.h say what they are. For this folder. */
#ifndef CORE_ANALYSIS_DIAGRAM_ANSWERS_H
#define CORE_ANALYSIS_DIAGRAM_ANSWERS_H

#include "core/analysis/diagram.h"
#include "core/analysis/solution.h"

Frontier frontier_on(const Diagram *diagram);
AnalysisBounds bounds_on(const Diagram *diagram);
/* Of the diagram's frontier. `nash`: that solution alone; the others are not found, ideals not sought. */
Solutions solutions_on(const Diagram *diagram, const Frontier *frontier,
                       const Utility *disagreement, bool nash);

#endif
