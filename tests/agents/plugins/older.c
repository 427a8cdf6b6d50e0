/* From an older program: its table ends with `act`. What lies behind it in memory belongs to somebody else. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

#include <stddef.h>

static nonpaper_strategy table = {PLAIN};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    table.size = offsetof(nonpaper_strategy, act) + sizeof table.act;
    table.close = (void (*)(void *, const nonpaper_host *))(size_t)0xbad;
    return &table;
}
