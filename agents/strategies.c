#include "agents/strategies.h"

static const Strategy *const builtin[] = {
    &strategy_boulware,    &strategy_linear,      &strategy_conceder,
    &strategy_tit_for_tat, &strategy_plan_ladder, &strategy_menu,
};

StrategyCatalogue strategies_builtin(void) {
    return (StrategyCatalogue){builtin, sizeof builtin / sizeof builtin[0]};
}
