/* The standard normal distribution: where a share of it lies below (algorithm AS 241, PPND16: Wichura, The percentage
 * points of the normal distribution, Applied Statistics 37, 1988, good to about 1 in 10^16), and what lies above
 * (Marsaglia, Evaluating the normal distribution, Journal of Statistical Software 11, 2004; far out the continued
 * fraction of Laplace, Abramowitz and Stegun 26.2.14). */
#ifndef CORE_STUDY_NORMAL_H
#define CORE_STUDY_NORMAL_H

/* x with P(X <= x) = share, 0 < share < 1: 1.959963984540054 for 0.975. */
double normal_quantile(double share);
/* The z of a two-sided interval: of 0.95, the quantile at 0.975. 0 < confidence < 1. */
double normal_z(double confidence);
/* P(X > x), x >= 0, to 12 digits and more; 0 from about 38 on, where no double is small enough. */
double normal_tail(double x);

#endif
