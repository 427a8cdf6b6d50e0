/* bench_plain.so, as strangers would build it. */
#include "cli/bench_plain.h"

const nonpaper_strategy *nonpaper_strategy_table(void);
const nonpaper_strategy *nonpaper_strategy_table(void) {
    return bench_plain();
}
