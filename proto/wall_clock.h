/* Wall time: the one place that knows it. Simulated time is core/base/sim_time.h. */
#ifndef PROTO_WALL_CLOCK_H
#define PROTO_WALL_CLOCK_H

#include <stdint.h>

int64_t wall_unix_seconds(void); /* since 1970-01-01 */
int64_t wall_monotonic_ns(void); /* only differences mean something */
void wall_sleep_ns(int64_t ns);  /* may end early on a signal */

#endif
