/* How often, out of how many: a proportion with the score interval of Wilson (Probable inference, the law of
 * succession, and statistical inference, JASA 22, 1927). With p = hits / count its ends are
 *
 *     (p + z^2/2n ± z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n),
 *
 * without a correction for continuity. They lie in [0, 1] and are of use at 0 and at n hits. */
#ifndef CORE_STUDY_PROPORTION_H
#define CORE_STUDY_PROPORTION_H

#include <stdint.h>

#include "core/study/interval.h"

/* The standard normal's 97.5th percentile, for an interval of 95 %. */
#define STUDY_Z95 1.959963984540054

/* hits <= count, z > 0. Of nothing (count 0) nothing is known: 0.5 in [0, 1]. */
Interval proportion_wilson(uint64_t hits, uint64_t count, double z);

#endif
