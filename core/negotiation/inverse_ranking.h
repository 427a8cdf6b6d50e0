/* All acceptable packages of a small space, ranked by utility, and the answers that this makes easy.
 * Not for other folders. */
#ifndef CORE_NEGOTIATION_INVERSE_RANKING_H
#define CORE_NEGOTIATION_INVERSE_RANKING_H

#include "core/negotiation/inverse_space.h"

/* A package in one word: a field per issue, the first issue highest, so that words are ordered as the
 * packages are. Each field has a spare bit on top, which is what makes counting differences cheap. */
typedef struct Ranked {
    Utility utility;
    uint64_t packed;
} Ranked;

typedef struct Ranking {
    const Domain *domain;
    Ranked *ranked; /* by utility, then package */
    uint32_t count;
    uint8_t shift[NP_MAX_ISSUES], width[NP_MAX_ISSUES]; /* width without the spare bit */
} Ranking;

/* The space must list the issues in their own order; `raw` is its number of packages. */
void ranking_build(Ranking *ranking, const Space *space, uint32_t raw);
void ranking_finish(Ranking *ranking);

/* As in inverse_utility.h. */
bool ranking_best(const Ranking *ranking, Outcome *out);
bool ranking_at_least(const Ranking *ranking, Utility target, Outcome *out);
bool ranking_nearest(const Ranking *ranking, Utility target, Utility ceiling,
                     const Outcome *reference, Outcome *out);
bool ranking_best_with(const Ranking *ranking, uint8_t issue, uint8_t option, Outcome *out);
uint32_t ranking_between(const Ranking *ranking, Utility floor, Utility ceiling, Outcome *out,
                         uint32_t room);
/* What comes next below a package, acceptable or not, that is worth `utility`. */
bool ranking_next(const Ranking *ranking, Utility utility, const Outcome *after, Outcome *out);

#endif
