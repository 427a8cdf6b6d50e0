#include "proto/wall_clock.h"

#include <time.h>

int64_t wall_unix_seconds(void) {
    return (int64_t)time(NULL);
}

int64_t wall_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void wall_sleep_ns(int64_t ns) {
    if (ns <= 0) return;
    struct timespec span = {.tv_sec = (time_t)(ns / 1000000000),
                            .tv_nsec = (long)(ns % 1000000000)};
    nanosleep(&span, NULL);
}
