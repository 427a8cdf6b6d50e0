/* Built for another contract. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_strategy table = {PLAIN, .abi = NP_STRATEGY_ABI + 1};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
