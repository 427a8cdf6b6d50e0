/* The domain: issues, their options, and the combinations that cannot be. */
#ifndef CORE_NEGOTIATION_DOMAIN_H
#define CORE_NEGOTIATION_DOMAIN_H

#include "core/base/outcome.h"

enum { CONDITION_MAX_TERMS = 6, DOMAIN_MAX_EXCLUSIONS = 64 };

/* A conjunction over issues: it holds for an outcome when each named issue has one of the named
 * options. Exclusions, linkages, red lines and consent provisions are all of this one form. */
typedef struct Condition {
    uint8_t terms; /* 1 .. CONDITION_MAX_TERMS */
    uint8_t issue[CONDITION_MAX_TERMS];
    uint32_t options[CONDITION_MAX_TERMS]; /* a bit per option */
} Condition;

/* An infeasible combination and the reason. */
typedef struct Exclusion {
    Condition when;
    const char *because;
} Exclusion;

typedef struct Domain {
    uint8_t issues;
    Issue issue[NP_MAX_ISSUES];
    uint32_t exclusions;
    Exclusion exclusion[DOMAIN_MAX_EXCLUSIONS];
} Domain;

/* An issue on which the outcome is silent makes a condition that names it false. */
bool condition_holds(const Condition *condition, const Outcome *outcome);

Outcome outcome_empty(void); /* silent on everything */

/* Do the named options exist, and is nothing named past the last issue? */
bool domain_contains(const Domain *domain, const Outcome *outcome);
bool domain_complete(const Domain *domain, const Outcome *outcome); /* silent on nothing */
/* The exclusion that the outcome violates, or NULL when it is feasible. */
const Exclusion *domain_excludes(const Domain *domain, const Outcome *outcome);
/* `outcome` with the options of `base` where it is silent. */
Outcome domain_fill(const Domain *domain, const Outcome *outcome, const Outcome *base);
/* The status-quo options (silent where an issue has none). */
Outcome domain_status_quo(const Domain *domain);

/* Numbers of complete packages: all, and without the excluded ones. Exact up to 2^53; counted over
 * the issues that exclusions name, never by walking the whole space. DOMAIN_UNCOUNTED where the
 * exclusions are too entangled for that. */
#define DOMAIN_UNCOUNTED (-1.0)
double domain_raw_count(const Domain *domain);
double domain_feasible_count(const Domain *domain);

/* The index of a name, or -1. */
int domain_find_issue(const Domain *domain, const char *id);
int issue_find_option(const Issue *issue, const char *name);

#endif
