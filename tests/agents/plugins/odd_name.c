/* Has a name that would be read as a specification. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const nonpaper_strategy table = {PLAIN, .name = "plain(e=1)"};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table;
}
