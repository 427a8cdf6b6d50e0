/* Small random negotiations, half of them on a coarse scale so that ties are common, and what a walk over all
 * packages says of each by the definitions alone. */
#ifndef TESTS_CORE_ANALYSIS_SMALL_QUESTION_H
#define TESTS_CORE_ANALYSIS_SMALL_QUESTION_H

#include "core/analysis/packages.h"
#include "tests/fixtures/worlds.h"

/* Exclusions, linkages, red lines, consent by provision, peaces that may break, a status quo or none; finish with
 * fixture_finish. */
Negotiation *small_negotiation(uint64_t seed);

/* The seats that refuse a package; *needed: whose consent it needs. */
SeatSet plain_refusers(const Question *question, const Outcome *package, SeatSet *needed);

#endif
