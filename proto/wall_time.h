/* The wall clock: how long to wait, never what happens. Simulated time knows nothing of it. */
#ifndef PROTO_WALL_TIME_H
#define PROTO_WALL_TIME_H

#include <stdint.h>

/* Microseconds on a clock that only goes forward. */
int64_t wall_now_us(void);

#endif
