/* From the future: it brings functions that nobody here has heard of. */
#pragma GCC diagnostic ignored "-Woverride-init"
#include "plain.h"

static const struct {
    nonpaper_strategy known;
    void (*foresee)(void);
    double wisdom[64];
} table = {.known = {PLAIN, .size = sizeof(nonpaper_strategy) + 520}};

const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &table.known;
}
