/* Cannot begin. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_strategy table = {PLAIN, .open = NULL};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
