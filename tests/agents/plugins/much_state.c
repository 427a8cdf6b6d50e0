/* Wants more state than there is. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_strategy table = {PLAIN, .state_size = NP_MAX_STRATEGY_STATE + 1};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
