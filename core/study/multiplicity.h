/* Many comparisons at once: p-values made larger, so that "below 0.05" keeps a meaning for all of them
 * together.
 *
 * With p_(1) <= ... <= p_(m):
 *
 *     Holm                    max over j <= i of (m - j + 1) p_(j), at most 1
 *     Benjamini and Hochberg  min over j >= i of m p_(j) / j, at most 1
 *
 * Holm (A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979)
 * bounds the chance of even one false finding, however the tests depend on each other. Benjamini and Hochberg
 * (Controlling the false discovery rate, JRSS B 57, 1995) bound the expected share of false findings among the
 * findings, if tests are independent or positively dependent. m is the number of comparisons that were made, not
 * of those that are shown. */
#ifndef CORE_STUDY_MULTIPLICITY_H
#define CORE_STUDY_MULTIPLICITY_H

#include <stddef.h>

/* adjusted[i] belongs to p[i]; the two may be one array. A NaN (no test could be made) is not counted and stays
 * NaN. */
void multiplicity_holm(const double *p, size_t count, double *adjusted);
void multiplicity_benjamini_hochberg(const double *p, size_t count, double *adjusted);

#endif
