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

/* How far packages lie from a reference: fields on which it is silent count for no package. */
typedef struct Yardstick {
    uint64_t packed, fill, spare;
} Yardstick;

/* Lays the fields out; `ranked` is the caller's to fill. */
void ranking_lay_out(Ranking *ranking, const Domain *domain);
/* All acceptable packages in their own order, each with the sum and the effect that `note` is told. */
typedef void RankingNote(void *context, uint64_t packed, const Partway *partway);
void ranking_walk(const Ranking *ranking, const Space *space, RankingNote *note, void *context);
Outcome ranking_unpack(const Ranking *ranking, uint64_t packed);
Yardstick ranking_yardstick(const Ranking *ranking, const Outcome *reference);
int yardstick_differences(const Yardstick *yardstick, uint64_t packed);
/* By utility, then package, when packages come in their own order. Gives the sorted array back, which is
 * as long as it must be. */
Ranked *ranked_sort(Ranked *ranked, uint32_t count);

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
