#include "core/analysis/merit.h"

#include <string.h>

static int order_of(Utility a, Utility b) {
    return (a > b) - (a < b);
}

/* --- products --- */

enum { LIMBS = NP_MAX_SEATS };

/* A whole number in base 2^64, least first: each factor is below 2^64. */
typedef struct Product {
    uint64_t limb[LIMBS];
} Product;

static Product product_of(const Utility *factor, uint8_t count) {
    Product product = {{1}};
    for (uint8_t i = 0; i < count; i++) {
        unsigned __int128 carry = 0;
        for (uint8_t limb = 0; limb <= i; limb++) {
            carry += (unsigned __int128)product.limb[limb] * (uint64_t)factor[i];
            product.limb[limb] = (uint64_t)carry;
            carry >>= 64;
        }
        if (i + 1 < LIMBS) product.limb[i + 1] = (uint64_t)carry;
    }
    return product;
}

static int products_compare_exactly(const Utility *a, const Utility *b, uint8_t count) {
    Product x = product_of(a, count), y = product_of(b, count);
    for (uint8_t limb = LIMBS; limb-- > 0;)
        if (x.limb[limb] != y.limb[limb]) return x.limb[limb] > y.limb[limb] ? 1 : -1;
    return 0;
}

/* Sixteen factors, each rounded to a double and multiplied, are wrong by at most 32 roundings, of 2^-53 each:
 * products that differ by more than this share are what they seem. None overflows: (2^63)^16 < 2^1024. */
#define SURELY (1 + 1e-14)

int products_compare(const Utility *a, const Utility *b, uint8_t count) {
    double x = 1, y = 1;
    for (uint8_t i = 0; i < count; i++) {
        x *= (double)a[i];
        y *= (double)b[i];
    }
    if (x > y * SURELY) return 1;
    if (y > x * SURELY) return -1;
    return products_compare_exactly(a, b, count);
}

/* --- the solutions --- */

static uint8_t gains_of(const Merit *merit, const Utility *utility, Utility gain[NP_MAX_SEATS]) {
    uint8_t count = 0;
    for (uint8_t seat = 0; seat < merit->seats; seat++)
        if (utility[seat] > merit->disagreement[seat])
            gain[count++] = utility[seat] - merit->disagreement[seat];
    return count;
}

static int compare_nash(const Merit *merit, const Utility *a, const Utility *b) {
    Utility x[NP_MAX_SEATS], y[NP_MAX_SEATS];
    uint8_t gaining = gains_of(merit, a, x), others = gains_of(merit, b, y);
    return gaining != others ? (gaining > others ? 1 : -1) : products_compare(x, y, gaining);
}

static int compare_sum(const Merit *merit, const Utility *a, const Utility *b) {
    Utility x = 0, y = 0;
    for (uint8_t seat = 0; seat < merit->seats; seat++) {
        x += a[seat];
        y += b[seat];
    }
    return order_of(x, y);
}

/* A number as a fraction, of >= 1. */
typedef struct Share {
    Utility part, whole;
} Share;

static int shares_compare(Share a, Share b) {
    __int128 x = (__int128)a.part * b.whole, y = (__int128)b.part * a.whole;
    return (x > y) - (x < y);
}

/* What the solution would have equal among the seats, least first. */
static uint8_t shares_of(const Merit *merit, const Utility *utility, Share share[NP_MAX_SEATS]) {
    uint8_t count = 0;
    for (uint8_t seat = 0; seat < merit->seats; seat++) {
        Share own = {utility[seat], 1};
        if (merit->kind != SOLUTION_EGALITARIAN) own.part -= merit->disagreement[seat];
        if (merit->kind == SOLUTION_KALAI_SMORODINSKY)
            own.whole = merit->ideal[seat] - merit->disagreement[seat];
        if (own.whole == 0) continue;
        uint8_t place = count++;
        for (; place > 0 && shares_compare(share[place - 1], own) > 0; place--)
            share[place] = share[place - 1];
        share[place] = own;
    }
    return count;
}

static int compare_leximin(const Merit *merit, const Utility *a, const Utility *b) {
    Share x[NP_MAX_SEATS], y[NP_MAX_SEATS];
    uint8_t count = shares_of(merit, a, x);
    shares_of(merit, b, y);
    for (uint8_t i = 0; i < count; i++) {
        int order = shares_compare(x[i], y[i]);
        if (order != 0) return order;
    }
    return 0;
}

/* --- bounds by the sum --- */

/* The product of k gains is greatest where they are equal. Doubles, with a margin for their rounding. */
static bool within_nash(const Merit *merit, const Utility *most, Utility sum, const Utility *best) {
    Utility x[NP_MAX_SEATS], y[NP_MAX_SEATS];
    uint8_t gaining = gains_of(merit, most, x), others = gains_of(merit, best, y);
    if (gaining != others) return gaining > others;
    double share = (double)sum, bound = 1, product = 1;
    for (uint8_t seat = 0; seat < merit->seats; seat++) share -= (double)merit->disagreement[seat];
    for (uint8_t i = 0; i < gaining; i++) {
        bound *= share / gaining * (1 + 1e-12);
        product *= (double)y[i];
    }
    return bound >= product;
}

/* Who has the least share of what is to be equal has no more than all have together. */
static bool within_leximin(const Merit *merit, Utility sum, const Utility *best) {
    Share least[NP_MAX_SEATS];
    if (shares_of(merit, best, least) == 0) return true;
    Utility part = sum, whole = 0;
    for (uint8_t seat = 0; seat < merit->seats; seat++) {
        if (merit->kind != SOLUTION_EGALITARIAN) part -= merit->disagreement[seat];
        whole += merit->kind == SOLUTION_KALAI_SMORODINSKY
                     ? merit->ideal[seat] - merit->disagreement[seat]
                     : 1;
    }
    return shares_compare((Share){part, whole}, least[0]) >= 0;
}

bool merit_within(const Merit *merit, const Utility *most, Utility sum, const Utility *best) {
    if (merit->kind == SOLUTION_NASH) return within_nash(merit, most, sum, best);
    if (merit->kind != SOLUTION_UTILITARIAN) return within_leximin(merit, sum, best);
    Utility known = 0;
    for (uint8_t seat = 0; seat < merit->seats; seat++) known += best[seat];
    return sum >= known;
}

bool merit_admits(const Merit *merit, const Utility *utility) {
    if (merit->kind == SOLUTION_EGALITARIAN || merit->kind == SOLUTION_UTILITARIAN) return true;
    for (uint8_t seat = 0; seat < merit->seats; seat++)
        if (utility[seat] < merit->disagreement[seat]) return false;
    return true;
}

int merit_compare(const Merit *merit, const Utility *a, const Utility *b) {
    if (merit->kind == SOLUTION_NASH) return compare_nash(merit, a, b);
    return merit->kind == SOLUTION_UTILITARIAN ? compare_sum(merit, a, b)
                                               : compare_leximin(merit, a, b);
}
