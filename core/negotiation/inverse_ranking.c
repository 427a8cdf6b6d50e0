#include "core/negotiation/inverse_ranking.h"

#include <assert.h>
#include <string.h>

#include "core/base/memory.h"

/* --- packing --- */

static uint8_t bits_for(uint8_t options) {
    uint8_t bits = 0;
    while (1u << bits < options) bits++;
    return bits;
}

/* At most 2^17 packages: with the bit to spare, which stands in an even place, fields take at most 2 bits for each
 * factor of two, plus issues of one option. */
void ranking_lay_out(Ranking *ranking, const Domain *domain) {
    uint8_t shift = 0;
    memset(ranking, 0, sizeof *ranking);
    ranking->domain = domain;
    for (uint8_t issue = ranking->domain->issues; issue-- > 0;) {
        ranking->width[issue] = bits_for(ranking->domain->issue[issue].options);
        shift = (uint8_t)(shift + (shift + ranking->width[issue]) % 2);
        ranking->shift[issue] = shift;
        shift = (uint8_t)(shift + ranking->width[issue] + 1);
    }
    assert(shift <= 64);
}

Outcome ranking_unpack(const Ranking *ranking, uint64_t packed) {
    Outcome outcome = outcome_empty();
    for (uint8_t issue = 0; issue < ranking->domain->issues; issue++)
        outcome.option[issue] =
            (uint8_t)(packed >> ranking->shift[issue] & ((1u << ranking->width[issue]) - 1));
    return outcome;
}

/* --- ranking --- */

typedef struct Walk {
    const Ranking *ranking;
    const Space *space;
    RankingNote *note;
    void *context;
    bool has_status_quo; /* one that is silent somewhere is no package to begin with */
    uint64_t status_quo;
} Walk;

static void walk_from(const Walk *walk, uint8_t depth, uint64_t packed, const Partway *partway) {
    const Ranking *ranking = walk->ranking;
    if (depth == ranking->domain->issues) {
        if (!walk->has_status_quo || packed != walk->status_quo)
            walk->note(walk->context, packed, partway);
        return;
    }
    for (uint8_t option = 0; option < ranking->domain->issue[depth].options; option++) {
        Partway next = *partway;
        if (!space_decide(walk->space, depth, option, &next)) continue;
        walk_from(walk, depth + 1, packed | (uint64_t)option << ranking->shift[depth], &next);
    }
}

void ranking_walk(const Ranking *ranking, const Space *space, RankingNote *note, void *context) {
    Walk walk = {.ranking = ranking, .space = space, .note = note, .context = context};
    walk.has_status_quo = domain_complete(ranking->domain, &space->status_quo);
    for (uint8_t issue = 0; walk.has_status_quo && issue < ranking->domain->issues; issue++)
        walk.status_quo |= (uint64_t)space->status_quo.option[issue] << ranking->shift[issue];
    Partway start = space_start(space);
    walk_from(&walk, 0, 0, &start);
}

/* Neighbours mostly do the same to the peace, so its share is kept. */
typedef struct Filling {
    Ranking *ranking;
    const Space *space;
    Utility effect; /* whose share this is */
    double share;
} Filling;

static void fill(void *context, uint64_t packed, const Partway *partway) {
    Filling *filling = context;
    const Profile *profile = filling->space->profile;
    Utility worth = partway->sum;
    if (profile->durability != NULL && partway->effect != filling->effect) {
        filling->effect = partway->effect;
        filling->share = profile_share(profile, partway->effect);
    }
    if (profile->durability != NULL) worth = profile_weighted(profile, worth, filling->share);
    filling->ranking->ranked[filling->ranking->count++] = (Ranked){worth, packed};
}

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

/* One stable pass of counting on one digit of (utility - least). */
static void sort_pass(const Ranked *from, Ranked *to, uint32_t count, Utility least,
                      unsigned shift) {
    uint32_t start[DIGITS + 1] = {0};
    for (uint32_t i = 0; i < count; i++)
        start[((uint64_t)(from[i].utility - least) >> shift & (DIGITS - 1)) + 1]++;
    for (uint32_t digit = 1; digit < DIGITS; digit++) start[digit] += start[digit - 1];
    for (uint32_t i = 0; i < count; i++)
        to[start[(uint64_t)(from[i].utility - least) >> shift & (DIGITS - 1)]++] = from[i];
}

/* Radix sort: it is stable, and packages come in their own order, so ties stay in that order. This is
 * on the way to the first offer, where comparing would take ten times as long. */
Ranked *ranked_sort(Ranked *ranked, uint32_t count) {
    if (count == 0) return ranked;
    Utility least = ranked[0].utility, most = least;
    for (uint32_t i = 1; i < count; i++) {
        if (ranked[i].utility < least) least = ranked[i].utility;
        if (ranked[i].utility > most) most = ranked[i].utility;
    }
    Ranked *other = memory_new(count, sizeof *other);
    for (unsigned shift = 0; shift < 64 && (uint64_t)(most - least) >> shift != 0;
         shift += DIGIT_BITS) {
        sort_pass(ranked, other, count, least, shift);
        Ranked *sorted = other;
        other = ranked;
        ranked = sorted;
    }
    memory_free(other);
    return memory_grow(ranked, count, sizeof *ranked);
}

static uint32_t first_at_least(const Ranking *ranking, Utility target) {
    const Ranked *base = ranking->ranked;
    uint32_t count = ranking->count;
    while (count > 0) {
        uint32_t half = count / 2;
        if (base[half].utility < target) {
            base += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return (uint32_t)(base - ranking->ranked);
}

void ranking_build(Ranking *ranking, const Space *space, uint32_t raw) {
    ranking_lay_out(ranking, space->domain);
    ranking->ranked = memory_new(raw, sizeof *ranking->ranked);
    Filling filling = {.ranking = ranking, .space = space, .effect = INT64_MIN};
    ranking_walk(ranking, space, fill, &filling);
    ranking->ranked = ranked_sort(ranking->ranked, ranking->count);
}

void ranking_finish(Ranking *ranking) {
    memory_free(ranking->ranked);
}

/* --- questions --- */

bool ranking_at_least(const Ranking *ranking, Utility target, Outcome *out) {
    uint32_t place = first_at_least(ranking, target);
    if (place == ranking->count) return false;
    *out = ranking_unpack(ranking, ranking->ranked[place].packed);
    return true;
}

bool ranking_best(const Ranking *ranking, Outcome *out) {
    if (ranking->count == 0) return false;
    return ranking_at_least(ranking, ranking->ranked[ranking->count - 1].utility, out);
}

static uint32_t highest_within(const Ranking *ranking, Utility ceiling) {
    return ceiling == INT64_MAX ? ranking->count : first_at_least(ranking, ceiling + 1);
}

/* Packages rise with utility, and equals lie in their own order: whoever walks from the top down goes through each
 * group of equals forwards. */
uint32_t ranking_between(const Ranking *ranking, Utility floor, Utility ceiling, Outcome *out,
                         uint32_t room) {
    uint32_t lowest = first_at_least(ranking, floor), end = highest_within(ranking, ceiling);
    uint32_t count = 0;
    while (end > lowest && count < room) {
        uint32_t group = first_at_least(ranking, ranking->ranked[end - 1].utility);
        for (uint32_t i = group; i < end && count < room; i++)
            out[count++] = ranking_unpack(ranking, ranking->ranked[i].packed);
        end = group;
    }
    return count;
}

/* The first of the equals from `group` to `end` that comes after the package; `end` when none does. */
static uint32_t first_after(const Ranking *ranking, uint32_t group, uint32_t end,
                            const Outcome *after) {
    while (group < end) {
        uint32_t middle = group + (end - group) / 2;
        Outcome package = ranking_unpack(ranking, ranking->ranked[middle].packed);
        if (memcmp(&package, after, sizeof package) > 0)
            end = middle;
        else
            group = middle + 1;
    }
    return group;
}

bool ranking_next(const Ranking *ranking, Utility utility, const Outcome *after, Outcome *out) {
    uint32_t group = first_at_least(ranking, utility), end = highest_within(ranking, utility);
    uint32_t place = first_after(ranking, group, end, after);
    if (place == end) {
        if (group == 0) return false;
        place = first_at_least(ranking, ranking->ranked[group - 1].utility);
    }
    *out = ranking_unpack(ranking, ranking->ranked[place].packed);
    return true;
}

/* From the top down to the first with the option, and on among its equals. Asked seldom, and mostly answered
 * soon: a table of all answers would cost more than the ranking. */
bool ranking_best_with(const Ranking *ranking, uint8_t issue, uint8_t option, Outcome *out) {
    uint64_t field = ((UINT64_C(1) << ranking->width[issue]) - 1) << ranking->shift[issue];
    uint64_t wanted = (uint64_t)option << ranking->shift[issue];
    const Ranked *chosen = NULL;
    for (uint32_t i = ranking->count; i-- > 0;) {
        const Ranked *at = &ranking->ranked[i];
        if (chosen != NULL && at->utility != chosen->utility) break;
        if ((at->packed & field) == wanted) chosen = at;
    }
    if (chosen != NULL) *out = ranking_unpack(ranking, chosen->packed);
    return chosen != NULL;
}

Yardstick ranking_yardstick(const Ranking *ranking, const Outcome *reference) {
    Yardstick yardstick = {0, 0, 0};
    for (uint8_t issue = 0; issue < ranking->domain->issues; issue++) {
        if (reference->option[issue] >= ranking->domain->issue[issue].options) continue;
        uint8_t shift = ranking->shift[issue], width = ranking->width[issue];
        yardstick.packed |= (uint64_t)reference->option[issue] << shift;
        yardstick.fill |= ((UINT64_C(1) << width) - 1) << shift;
        yardstick.spare |= UINT64_C(1) << (shift + width);
    }
    return yardstick;
}

/* Of bits in even places. Written out, because where the processor's instruction may not be assumed the compiler
 * calls a table. */
static int count_even_bits(uint64_t bits) {
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (int)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* Adding ones to a field that differs anywhere carries into its spare bit; where the reference is silent there are no
 * ones to add. */
int yardstick_differences(const Yardstick *yardstick, uint64_t packed) {
    uint64_t differs = packed ^ yardstick->packed;
    return count_even_bits((differs + yardstick->fill) & yardstick->spare);
}

/* Of equals the first that is as near. */
static uint32_t first_as_near(const Ranking *ranking, const Yardstick *yardstick, uint32_t place) {
    const Ranked *ranked = ranking->ranked;
    int apart = yardstick_differences(yardstick, ranked[place].packed);
    for (uint32_t i = place; i-- > 0 && ranked[i].utility == ranked[place].utility;)
        if (yardstick_differences(yardstick, ranked[i].packed) == apart) place = i;
    return place;
}

/* Of those that are as near the best wins. Both in one number, the less the better: which of two is better is
 * anybody's guess, a processor's too, so nothing branches by it. */
bool ranking_nearest(const Ranking *ranking, Utility target, Utility ceiling,
                     const Outcome *reference, Outcome *out) {
    const Yardstick yardstick = ranking_yardstick(ranking, reference);
    uint32_t place = first_at_least(ranking, target);
    uint64_t best = UINT64_MAX;
    for (; place < ranking->count && ranking->ranked[place].utility <= ceiling; place++) {
        uint64_t apart = (uint64_t)yardstick_differences(&yardstick, ranking->ranked[place].packed);
        uint64_t poor = (apart << 32) + (UINT32_MAX - place);
        best = poor < best ? poor : best;
    }
    if (best == UINT64_MAX) return false;
    place = first_as_near(ranking, &yardstick, UINT32_MAX - (uint32_t)best);
    *out = ranking_unpack(ranking, ranking->ranked[place].packed);
    return true;
}
