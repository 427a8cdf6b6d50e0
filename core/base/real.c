#include "core/base/real.h"

#include <stdint.h>
#include <string.h>

/* The polynomials and the splitting of pow are those of msun:
 *
 * Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that
 * this notice is preserved.
 */

static const double INFINITE = __builtin_inf();
static const double LN2_HIGH = 6.93147180369123816490e-01; /* 33 bits: exact times an exponent */
static const double LN2_LOW = 1.90821492927058770002e-10;
static const double SQRT_TWO = 1.41421356237309514547;

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* One NaN for all: which of its many patterns arithmetic yields varies by processor. */
static double not_a_number(void) {
    return from_bits(UINT64_C(0x7ff8000000000000));
}

/* x without the lower half of its bits, so that products of two heads are exact. */
static double head_of(double x) {
    return from_bits(bits_of(x) & UINT64_C(0xffffffff00000000));
}

/* x times 2^n for x in [1/2, 2] and n in -1080 .. 1024, rounded once. */
static double scale(double x, int n) {
    double rest = 1.0;
    if (n > 1000) {
        n -= 60;
        rest = 0x1p60;
    } else if (n < -1000) {
        n += 100;
        rest = 0x1p-100;
    }
    return x * from_bits((uint64_t)(n + 1023) << 52) * rest;
}

/* x > 0, finite: x = m 2^n, m in [sqrt(1/2), sqrt(2)). */
static double take_exponent(double x, int *n) {
    *n = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        *n = -54;
    }
    uint64_t bits = bits_of(x);
    *n += (int)(bits >> 52) - 1023;
    double m = from_bits((bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000));
    if (m < SQRT_TWO) return m;
    *n += 1;
    return m * 0.5;
}

/* x - x^2 (1/6 - x^2/360 + …), from which e^x follows by one division (Remez, |x| < 0.35). */
static double exp_kernel(double x) {
    double t = x * x;
    return x - t * (1.66666666666666019037e-01 +
                    t * (-2.77777777770155933842e-03 +
                         t * (6.61375632143793436117e-05 +
                              t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
}

/* e^(high + low) 2^n with |low| far below |high| < 0.35. What the sum 1 + high loses is added back,
 * so that the last rounding is nearly the only one. */
static double exp_of(double high, double low, int n) {
    double r = high + low;
    double c = exp_kernel(r);
    double sum = 1.0 + high;
    double lost = high - (sum - 1.0);
    return scale(sum + (lost + (r * c / (2.0 - c) + low)), n);
}

double real_exp(double x) {
    if (x != x) return not_a_number();
    if (x > 7.09782712893383973096e+02) return INFINITE;
    if (x < -7.45133219101941108420e+02) return 0.0;
    int n = (int)(1.44269504088896338700 * x + (x < 0 ? -0.5 : 0.5));
    return exp_of(x - n * LN2_HIGH, -(n * LN2_LOW), n);
}

double real_log(double x) {
    if (x != x || x < 0) return not_a_number();
    if (x == 0) return -INFINITE;
    if (x == INFINITE) return x;
    int n;
    double f = take_exponent(x, &n) - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double even = w * (3.999999999940941908e-01 +
                       w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double odd = z * (6.666666666666735130e-01 +
                      w * (2.857142874366239149e-01 +
                           w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
    double half = 0.5 * f * f;
    return n * LN2_HIGH - ((half - (s * (half + (even + odd)) + n * LN2_LOW)) - f);
}

double real_sqrt(double x) {
    return x < 0 || x != x ? not_a_number() : __builtin_sqrt(x);
}

/* --- pow: 2^(y log2 x), with the logarithm in two parts of together about 70 bits --- */

typedef struct TwoPart {
    double head, tail;
} TwoPart;

/* The nearest of 1 and 1.5 is divided out first; its logarithm in two parts. */
typedef struct Centre {
    double value;
    TwoPart log2;
} Centre;

static const Centre centre[] = {
    {1.0, {0.0, 0.0}},
    {1.5, {5.84962487220764160156e-01, 1.35003920212974897128e-08}},
};

/* (m - c)/(m + c) in two parts. */
static TwoPart ratio(double m, double c) {
    double difference = m - c;
    double inverse = 1.0 / (m + c);
    double quotient = difference * inverse;
    double head = head_of(quotient);
    double sum_head = head_of(m + c);
    double sum_tail = m - (sum_head - c);
    return (TwoPart){head, inverse * ((difference - head * sum_head) - head * sum_tail)};
}

/* log((1 + s)/(1 - s)) times 3/2: 3s + s^3 + …, in two parts. */
static TwoPart log_kernel(TwoPart s) {
    double whole = s.head + s.tail;
    double z = whole * whole;
    double r =
        z * z *
        (5.99999999999994648725e-01 +
         z * (4.28571428578550184252e-01 +
              z * (3.33333329818377432918e-01 +
                   z * (2.72728123808534006489e-01 +
                        z * (2.30660745775561754067e-01 + z * 2.06975017800338417784e-01)))));
    r += s.tail * (s.head + whole);
    double square = s.head * s.head;
    double factor_head = head_of(3.0 + square + r);
    double factor_tail = r - ((factor_head - 3.0) - square);
    double u = s.head * factor_head;
    double v = s.tail * factor_head + factor_tail * whole;
    double head = head_of(u + v);
    return (TwoPart){head, v - (head - u)};
}

static TwoPart log2_of(double x) {
    const double per = 9.61796693925975554329e-01; /* 2/(3 ln 2), and the same in two parts */
    const TwoPart part = {9.61796700954437255859e-01, -7.02846165095275826516e-09};
    int n;
    double m = take_exponent(x, &n);
    if (m < 0.8660254037844386) { /* there 2m is nearer to 1.5 than m to 1 */
        m *= 2.0;
        n -= 1;
    }
    const Centre *c = &centre[m > 1.2247448713915890];
    TwoPart p = log_kernel(ratio(m, c->value));
    double u = part.head * p.head;
    double v = part.tail * p.head + p.tail * per + c->log2.tail;
    double head = head_of(((u + v) + c->log2.head) + n);
    return (TwoPart){head, v - (((head - n) - c->log2.head) - u)};
}

/* 2^(e.head + e.tail), which must lie within the range of double. */
static double exp2_of(TwoPart e) {
    double whole = e.head + e.tail;
    int n = (int)(whole + (whole < 0 ? -0.5 : 0.5));
    e.head -= n;
    double t = head_of(e.head + e.tail);
    double u = t * 6.93147182464599609375e-01;
    double v =
        (e.tail - (t - e.head)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09;
    return exp_of(u, v, n);
}

/* x in {0, infinity}, or y so large that only the side of 1 matters. */
static double pow_extreme(double x, double y) {
    return (x > 1) == (y > 0) ? INFINITE : 0.0;
}

double real_pow(double x, double y) {
    if (y == 0 || x == 1) return 1.0;
    if (x != x || y != y || x < 0) return not_a_number();
    if (x == 0 || x == INFINITE || y >= 0x1p64 || y <= -0x1p64) return pow_extreme(x, y);
    TwoPart log2 = log2_of(x);
    double y_head = head_of(y);
    TwoPart e = {y_head * log2.head, (y - y_head) * log2.head + y * log2.tail};
    double whole = e.head + e.tail;
    double rest = e.tail - (whole - e.head);
    if (whole > 1024 || (whole == 1024 && rest + 8.0085662595372944372e-17 > 0)) return INFINITE;
    if (whole < -1075 || (whole == -1075 && rest <= 0)) return 0.0;
    return exp2_of(e);
}
