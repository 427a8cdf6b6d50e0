/* A good one. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_strategy table = {PLAIN};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
