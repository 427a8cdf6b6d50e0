#include "core/study/normal.h"

#include <assert.h>

#include "core/base/real.h"

/* A ratio of two polynomials of degree 7, constant terms first. */
typedef struct Ratio {
    double above[8], below[8];
} Ratio;

static const Ratio middle = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3},
};
static const Ratio tail = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9},
};
static const Ratio far_tail = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15},
};

static double ratio_at(const Ratio *ratio, double x) {
    double above = 0, below = 0;
    for (int i = 7; i >= 0; i--) {
        above = above * x + ratio->above[i];
        below = below * x + ratio->below[i];
    }
    return above / below;
}

double normal_quantile(double share) {
    assert(share > 0 && share < 1);
    double q = share - 0.5;
    if (q >= -0.425 && q <= 0.425) return q * ratio_at(&middle, 0.180625 - q * q);
    double r = real_sqrt(-real_log(q < 0 ? share : 1 - share));
    double x = r <= 5 ? ratio_at(&tail, r - 1.6) : ratio_at(&far_tail, r - 5);
    return q < 0 ? -x : x;
}

double normal_z(double confidence) {
    assert(confidence > 0 && confidence < 1);
    return -normal_quantile((1 - confidence) / 2);
}

/* --- what lies above --- */

static double density(double x) {
    static const double inverse_root = 0.39894228040143267794; /* 1 / sqrt(2 pi) */
    return inverse_root * real_exp(-x * x / 2);
}

/* Between 0 and x over the density at x: x + x^3/3 + x^5/(3 5) + ... */
static double series(double x) {
    double term = x, sum = x;
    for (int i = 3; term > sum * 1e-17; i += 2) {
        term *= x * x / i;
        sum += term;
    }
    return sum;
}

/* 1/(x + 1/(x + 2/(x + 3/(x + ...)))) */
static double fraction(double x) {
    double rest = x;
    for (int i = 160; i > 0; i--) rest = x + i / rest;
    return 1 / rest;
}

double normal_tail(double x) {
    assert(x >= 0);
    return x < 3 ? 0.5 - density(x) * series(x) : density(x) * fraction(x);
}
