/* The built-in strategies: one file and one row of the table each. */
#ifndef AGENTS_STRATEGIES_H
#define AGENTS_STRATEGIES_H

#include "core/scenario/scenario.h"

extern const Strategy strategy_boulware;
extern const Strategy strategy_linear;
extern const Strategy strategy_conceder;
extern const Strategy strategy_tit_for_tat;
extern const Strategy strategy_plan_ladder;
extern const Strategy strategy_menu;

StrategyCatalogue strategies_builtin(void);

#endif
