/* Small negotiations of every kind, for holding searches against walking all packages: few different values,
 * so that ties abound, and conditions, consent and durability at random. */
#ifndef TESTS_CORE_ANALYSIS_SMALL_DOMAINS_H
#define TESTS_CORE_ANALYSIS_SMALL_DOMAINS_H

#include "core/analysis/frontier.h"
#include "core/base/rng.h"
#include "tests/fixtures/negotiations.h"

typedef struct SmallDomain {
    Negotiation *negotiation;
    Durability durability; /* that of all seats, where it is used */
    Question question;     /* about it, of any scope */
} SmallDomain;

/* 2 to 5 seats, 1 to 5 issues of 2 to 4 options. The one given stays where it is until it is finished. */
void small_domain_make(SmallDomain *domain, uint64_t seed);
void small_domain_finish(SmallDomain *domain);

/* All packages, and all frontier points by comparing each with each. */
typedef struct Everything {
    size_t packages;
    FrontierPoint *package; /* [packages] that the question admits, in order */
    Frontier frontier;
} Everything;

Everything everything_walk(const Question *question);
void everything_finish(Everything *everything);

#endif
