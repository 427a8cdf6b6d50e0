#include "agents/strategies.h"

static const Strategy *const builtin[] = {
    &strategy_boulware,
    &strategy_linear,
    &strategy_conceder,
    &strategy_tit_for_tat,
    &strategy_plan_ladder,
    &strategy_menu,
    &strategy_mediator,
    &strategy_hill_climber,
    &strategy_annealer,
    &strategy_monotonic_concession,
    &strategy_subgame_perfect,
    &strategy_staller,
    &strategy_unilateral_conceder,
    &strategy_pressure,
    &strategy_step_by_step,
    &strategy_maximalist,
    &strategy_micro,
    &strategy_hard_headed,
    &strategy_random_walker,
    &strategy_relative_tit_for_tat,
    &strategy_random_tit_for_tat,
    &strategy_averaged_tit_for_tat,
    &strategy_nice_tit_for_tat,
    &strategy_boa,
};

StrategyCatalogue strategies_builtin(void) {
    return (StrategyCatalogue){builtin, sizeof builtin / sizeof builtin[0]};
}
