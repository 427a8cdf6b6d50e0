/* Has the symbol, and no table behind it. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return NULL;
}
