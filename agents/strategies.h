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
extern const Strategy strategy_mediator;
extern const Strategy strategy_hill_climber;
extern const Strategy strategy_annealer;
extern const Strategy strategy_monotonic_concession;
extern const Strategy strategy_subgame_perfect;
extern const Strategy strategy_staller;
extern const Strategy strategy_unilateral_conceder;
extern const Strategy strategy_pressure;
extern const Strategy strategy_step_by_step;
extern const Strategy strategy_maximalist;
extern const Strategy strategy_micro;
extern const Strategy strategy_hard_headed;
extern const Strategy strategy_random_walker;
extern const Strategy strategy_relative_tit_for_tat;
extern const Strategy strategy_random_tit_for_tat;
extern const Strategy strategy_averaged_tit_for_tat;
extern const Strategy strategy_nice_tit_for_tat;
extern const Strategy strategy_boa;

StrategyCatalogue strategies_builtin(void);

#endif
