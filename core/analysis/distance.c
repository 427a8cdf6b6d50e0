#include "core/analysis/distance.h"

#include "core/base/real.h"

/* Whole numbers: |difference| < 2^60, sixteen squares of it fit. */
static unsigned __int128 square_apart(const Utility *a, const Utility *b, uint8_t seats) {
    unsigned __int128 sum = 0;
    for (uint8_t seat = 0; seat < seats; seat++) {
        __int128 apart = a[seat] - b[seat];
        sum += (unsigned __int128)(apart * apart);
    }
    return sum;
}

static double distance_of(unsigned __int128 square) {
    return real_sqrt((double)square) / (double)UTILITY_ONE;
}

double utilities_apart(const Utility *a, const Utility *b, uint8_t seats) {
    return distance_of(square_apart(a, b, seats));
}

static Utility least_gain(const Utility *to, const Utility *from, uint8_t seats) {
    Utility least = to[0] - from[0];
    for (uint8_t seat = 1; seat < seats; seat++)
        if (to[seat] - from[seat] < least) least = to[seat] - from[seat];
    return least;
}

static void note_gains(Distance *distance, const Utility *to, const Utility *from, uint8_t seats) {
    distance->dominated = true;
    for (uint8_t seat = 0; seat < seats; seat++)
        if (to[seat] - from[seat] > distance->gain[seat])
            distance->gain[seat] = to[seat] - from[seat];
}

Distance distance_to_frontier(const Frontier *frontier, const Utility utility[NP_MAX_SEATS]) {
    Distance distance = {.exact = frontier->exact};
    unsigned __int128 best = 0;
    bool gains = false;
    for (size_t i = 0; i < frontier->count; i++) {
        const Utility *point = frontier->point[i].utility;
        unsigned __int128 square = square_apart(point, utility, frontier->seats);
        if (i == 0 || square < best) {
            best = square;
            distance.nearest = i;
        }
        if (!utilities_dominate(point, utility, frontier->seats)) continue;
        Utility uniform = least_gain(point, utility, frontier->seats);
        note_gains(&distance, point, utility, frontier->seats);
        if (gains && uniform <= distance.uniform_gain) continue;
        gains = true;
        distance.uniform_gain = uniform;
        distance.uniform = i;
    }
    distance.to_frontier = distance_of(best);
    if (!gains) distance.uniform = distance.nearest;
    return distance;
}
