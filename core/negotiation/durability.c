#include "core/negotiation/durability.h"

#include "core/base/real.h"

/* Gauss and Legendre's rule with eight nodes, over x = log t. In x the integrand t d^t exp(-k t^g) is
 * analytic and no larger than t e^(pi/2) in a disk of radius r = (pi/2) / max(1, g), for there all
 * exponents keep a negative real part. So its 16th derivative is at most 16! e^(pi/2) t / r^16 (Cauchy),
 * and on a panel of width w = 1 / max(1, g) the rule is wrong by at most
 *
 *     w^17 (8!)^4 / (17 (16!)^3) 16! e^(pi/2) t / r^16  <  1.3e-12 w t.
 *
 * The panels reach from 1e-13 to 40 times the longest time that counts, min(H, 1 / -log d): what they
 * leave out is less than 1e-12, and they sum to an error of s below 1e-10. All weights are positive and
 * every node's term falls in z, so the sum falls in z too. */
enum { NODES = 8, MOST_PANELS = 512 };
static const double node[NODES] = {-0.9602898564975363, -0.7966664774136267, -0.5255324099163290,
                                   -0.1834346424956498, 0.1834346424956498,  0.5255324099163290,
                                   0.7966664774136267,  0.9602898564975363};
static const double node_weight[NODES] = {
    0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.3626837833783620,
    0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763};

#define SHORTEST      30.0 /* -log of the shortest time that counts, against the longest */
#define MOST_DISCOUNT 40.0 /* what comes later counts less than e^-40 */
#define CERTAIN       1e300

enum { KNOT_STEP = 2 * DURABILITY_MOST_EFFECT * UTILITY_ONE / DURABILITY_KNOTS };

/* The times that the rule looks at: what each counts, and the cumulated hazard by then at z = 0. */
typedef struct Times {
    uint32_t count;
    double counts[MOST_PANELS * NODES], hazard[MOST_PANELS * NODES];
} Times;

static void times_fill(Times *times, const Durability *durability) {
    double rate = -real_log(durability->discount), end = durability->horizon, counting = end;
    if (rate * end > 1) counting = 1 / rate;
    if (rate * end > MOST_DISCOUNT) end = MOST_DISCOUNT / rate;
    double from = real_log(counting) - SHORTEST, length = real_log(end) - from;
    double wanted = length * (durability->shape > 1 ? durability->shape : 1) + 1;
    uint32_t panels = wanted < MOST_PANELS ? (uint32_t)wanted : MOST_PANELS;
    double half = length / panels / 2;
    times->count = 0;
    for (uint32_t panel = 0; panel < panels; panel++)
        for (int i = 0; i < NODES; i++) {
            double x = from + half * (2 * panel + 1 + node[i]), t = real_exp(x);
            times->counts[times->count] = node_weight[i] * t * real_exp(-rate * t);
            double hazard = durability->base * real_exp(durability->shape * x);
            times->hazard[times->count++] = hazard < CERTAIN ? hazard : CERTAIN;
        }
}

#define NONE_SURVIVES 746.0 /* e^-746 is 0 */

/* The hazard rises with time, so that once nothing survives nothing is added any more. */
static double sum_surviving(const Times *times, double multiple) {
    double sum = 0;
    for (uint32_t i = 0; i < times->count && multiple * times->hazard[i] < NONE_SURVIVES; i++)
        sum += times->counts[i] * real_exp(-multiple * times->hazard[i]);
    return sum;
}

void durability_settle(Durability *durability) {
    Times times;
    times_fill(&times, durability);
    double all = sum_surviving(&times, 0), before = 1;
    for (int knot = 0; knot <= DURABILITY_KNOTS; knot++) {
        double z = utility_real((Utility)knot * KNOT_STEP) - DURABILITY_MOST_EFFECT;
        double share = sum_surviving(&times, real_exp(z)) / all;
        /* Falling to the last bit, whatever the last bits of exp do. */
        if (share < before) before = share;
        durability->share[knot] = before;
    }
}

Utility durability_effect(const Durability *durability, const Outcome *outcome, Utility world) {
    Utility sum = world;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        if (outcome->option[issue] < NP_MAX_OPTIONS)
            sum += durability->effect[issue][outcome->option[issue]];
    return sum;
}

static Utility bounded(Utility effect) {
    const Utility most = DURABILITY_MOST_EFFECT * UTILITY_ONE;
    if (effect > most) return most;
    return effect < -most ? -most : effect;
}

double durability_share(const Durability *durability, Utility effect) {
    Utility place = bounded(effect) + DURABILITY_MOST_EFFECT * UTILITY_ONE;
    Utility knot = place / KNOT_STEP;
    if (knot == DURABILITY_KNOTS) return durability->share[DURABILITY_KNOTS];
    double above = durability->share[knot], below = durability->share[knot + 1];
    double share = above + (below - above) * ((double)(place % KNOT_STEP) / (double)KNOT_STEP);
    return share < below ? below : share; /* rounding must not let it rise at the next knot */
}

/* 1 - e^-x for x >= 0, also where e^-x is nearly 1. */
static double chance_of(double x) {
    if (x < 1e-5) return x * (1 - x / 2 * (1 - x / 3));
    return 1 - real_exp(-x);
}

double durability_break(const Durability *durability, Utility effect, double from, double until) {
    if (from < 0) from = 0;
    if (!(until > from)) return 0;
    double cumulated = real_pow(until, durability->shape) - real_pow(from, durability->shape);
    double rate = durability->base * real_exp(utility_real(bounded(effect)));
    return cumulated > 0 ? chance_of(rate * cumulated) : 0;
}
