/* Search among the packages that one seat can accept: feasible, crossing no hard red line, and changing
 * something. Ties go to the package whose options come first.
 *
 * Small spaces (at most INVERSE_MAX_RANKED raw packages) are ranked once by utility, after which every
 * question is answered exactly. Larger ones are searched issue by issue, best first, within a node
 * budget that is part of the definition, never within a time; `exact` then says no. Where the budget is
 * spent, what was found, or else the best package, is improved by changing an issue or two at a time; the
 * nearest is then sought once more, and again as long as it comes nearer. Of 200 questions over sixteen entangled
 * issues (tests/core/negotiation/inverse_nearest_test.c) none goes unanswered, and with bands of 0.02 and of 0.001 at most 1
 * and 4 in a hundred answers differ from the reference on more issues than they need. */
#ifndef CORE_NEGOTIATION_INVERSE_UTILITY_H
#define CORE_NEGOTIATION_INVERSE_UTILITY_H

#include "core/negotiation/domain.h"
#include "core/negotiation/profile.h"

enum { INVERSE_MAX_RANKED = 1 << 17, INVERSE_NODE_BUDGET = 20000 };

typedef struct InverseUtility InverseUtility;

/* Both are borrowed and must not change. */
InverseUtility *inverse_create(const Domain *domain, const Profile *profile);
/* The same for a profile that differs from that of `known` in what appraisals change and in nothing else
 * (reservation, aftermath, erosion, hazard), over the same domain: what both need is shared. */
InverseUtility *inverse_create_like(const InverseUtility *known, const Domain *domain,
                                    const Profile *profile);
void inverse_destroy(InverseUtility *inverse);
bool inverse_exact(const InverseUtility *inverse);
size_t inverse_bytes(const InverseUtility *inverse); /* of memory that it holds */

/* Meaning and ties as in nonpaper_host: best, at_least, nearest, best_with, between, next_best. */
bool inverse_best(const InverseUtility *inverse, Outcome *out);
bool inverse_at_least(const InverseUtility *inverse, Utility target, Outcome *out);
bool inverse_nearest(const InverseUtility *inverse, Utility target, Utility slack,
                     const Outcome *reference, Outcome *out);
bool inverse_best_with(const InverseUtility *inverse, uint8_t issue, uint8_t option, Outcome *out);
uint32_t inverse_between(const InverseUtility *inverse, Utility floor, Utility ceiling,
                         Outcome *out, uint32_t room);
/* `after` may be any package, or NULL. */
bool inverse_next_best(const InverseUtility *inverse, const Outcome *after, Outcome *out);

#endif
