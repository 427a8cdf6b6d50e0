/* The least change of one parameter of a seat that makes a package acceptable to it. */
#ifndef CORE_ANALYSIS_PARAMETER_CHANGE_H
#define CORE_ANALYSIS_PARAMETER_CHANGE_H

#include "core/analysis/requirement.h"

/* Fills `changes` and `change` of a seat that refuses the package, from what else is known of it there. */
void parameter_changes_find(const Question *question, SeatId seat, const Outcome *package,
                            SeatRequirement *requirement);

#endif
