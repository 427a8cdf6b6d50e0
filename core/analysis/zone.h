/* The zone of agreement: complete packages that every seat whose consent they need prefers to walking
 * away, and that cross no hard red line of such a seat (Raiffa 1982). A finding, not a verdict. */
#ifndef CORE_ANALYSIS_ZONE_H
#define CORE_ANALYSIS_ZONE_H

#include "core/negotiation/negotiation.h"

typedef enum ZoneAnswer {
    ZONE_EMPTY,
    ZONE_EXISTS,
    ZONE_UNKNOWN /* space too large to walk */
} ZoneAnswer;

enum { ZONE_MAX_WALKED = 1 << 20 };

ZoneAnswer zone_exists(const Negotiation *negotiation);

#endif
