#include "core/negotiation/inverse_utility.h"

#include <assert.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/negotiation/inverse_search.h"

/* A package in one word: a field per issue, the first issue highest, so that words are ordered as the
 * packages are. Each field has a spare bit on top, which is what makes counting differences cheap. */
typedef struct Ranked {
    Utility utility;
    uint64_t packed;
} Ranked;

struct InverseUtility {
    const Domain *domain;
    bool exact;
    Outcome best;
    bool has_best;

    Ranked *ranked; /* by utility, then package; exact ones only */
    uint32_t count;
    uint8_t shift[NP_MAX_ISSUES], width[NP_MAX_ISSUES]; /* width without the spare bit */
    int32_t best_with[NP_MAX_ISSUES][NP_MAX_OPTIONS];   /* place in ranked, or -1 */

    Space space; /* for searching; ranked ones need it while they are built */
};

/* --- packing --- */

static uint8_t bits_for(uint8_t options) {
    uint8_t bits = 0;
    while (1u << bits < options) bits++;
    return bits;
}

/* At most 2^17 packages: fields take at most 2 bits for each factor of two, plus issues of one option. */
static void lay_out(InverseUtility *inverse) {
    uint8_t shift = 0;
    for (uint8_t issue = inverse->domain->issues; issue-- > 0;) {
        inverse->width[issue] = bits_for(inverse->domain->issue[issue].options);
        inverse->shift[issue] = shift;
        shift = (uint8_t)(shift + inverse->width[issue] + 1);
    }
    assert(shift <= 64);
}

static Outcome unpack(const InverseUtility *inverse, uint64_t packed) {
    Outcome outcome = outcome_empty();
    for (uint8_t issue = 0; issue < inverse->domain->issues; issue++)
        outcome.option[issue] =
            (uint8_t)(packed >> inverse->shift[issue] & ((1u << inverse->width[issue]) - 1));
    return outcome;
}

/* --- ranking --- */

static void rank_from(InverseUtility *inverse, uint8_t depth, uint64_t packed,
                      const Partway *partway) {
    if (depth == inverse->domain->issues) {
        inverse->ranked[inverse->count++] = (Ranked){partway->sum, packed};
        return;
    }
    for (uint8_t option = 0; option < inverse->domain->issue[depth].options; option++) {
        Partway next = *partway;
        if (!space_decide(&inverse->space, depth, option, &next)) continue;
        rank_from(inverse, depth + 1, packed | (uint64_t)option << inverse->shift[depth], &next);
    }
}

static void leave_out_status_quo(InverseUtility *inverse) {
    const Outcome *status_quo = &inverse->space.status_quo;
    if (!domain_complete(inverse->domain, status_quo)) return;
    uint64_t packed = 0;
    for (uint8_t issue = 0; issue < inverse->domain->issues; issue++)
        packed |= (uint64_t)status_quo->option[issue] << inverse->shift[issue];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < inverse->count; i++)
        if (inverse->ranked[i].packed != packed) inverse->ranked[kept++] = inverse->ranked[i];
    inverse->count = kept;
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
static void sort_by_utility(InverseUtility *inverse) {
    if (inverse->count == 0) return;
    Utility least = inverse->ranked[0].utility, most = least;
    for (uint32_t i = 1; i < inverse->count; i++) {
        if (inverse->ranked[i].utility < least) least = inverse->ranked[i].utility;
        if (inverse->ranked[i].utility > most) most = inverse->ranked[i].utility;
    }
    Ranked *other = memory_new(inverse->count, sizeof *other);
    for (unsigned shift = 0; shift < 64 && (uint64_t)(most - least) >> shift != 0;
         shift += DIGIT_BITS) {
        sort_pass(inverse->ranked, other, inverse->count, least, shift);
        Ranked *sorted = other;
        other = inverse->ranked;
        inverse->ranked = sorted;
    }
    memory_free(other);
}

static uint32_t first_at_least(const InverseUtility *inverse, Utility target) {
    const Ranked *base = inverse->ranked;
    uint32_t count = inverse->count;
    while (count > 0) {
        uint32_t half = count / 2;
        if (base[half].utility < target) {
            base += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return (uint32_t)(base - inverse->ranked);
}

/* The place of the best package with each option: from the top down, the first of equals last. */
static void note_best_with(InverseUtility *inverse) {
    memset(inverse->best_with, -1, sizeof inverse->best_with);
    for (uint32_t i = inverse->count; i-- > 0;) {
        Utility utility = inverse->ranked[i].utility;
        for (uint8_t issue = 0; issue < inverse->domain->issues; issue++) {
            uint64_t option = inverse->ranked[i].packed >> inverse->shift[issue] &
                              ((1u << inverse->width[issue]) - 1);
            int32_t *place = &inverse->best_with[issue][option];
            if (*place < 0 || inverse->ranked[*place].utility == utility) *place = (int32_t)i;
        }
    }
}

static void rank(InverseUtility *inverse, uint32_t raw) {
    uint8_t order[NP_MAX_ISSUES];
    for (uint8_t issue = 0; issue < inverse->domain->issues; issue++) order[issue] = issue;
    space_init(&inverse->space, inverse->domain, inverse->space.profile, order);
    lay_out(inverse);
    inverse->ranked = memory_new(raw, sizeof *inverse->ranked);
    rank_from(inverse, 0, 0, &(Partway){0, inverse->space.all});
    leave_out_status_quo(inverse);
    sort_by_utility(inverse);
    note_best_with(inverse);
    inverse->has_best = inverse->count > 0;
    if (!inverse->has_best) return;
    Utility most = inverse->ranked[inverse->count - 1].utility;
    inverse->best = unpack(inverse, inverse->ranked[first_at_least(inverse, most)].packed);
}

/* --- searching --- */

static const Wanted anything = {.floor = INT64_MIN,
                                .ceiling = INT64_MAX,
                                .budget = INVERSE_NODE_BUDGET,
                                .issue = NP_MAX_ISSUES};

static bool search(const InverseUtility *inverse, const Wanted *wanted, Outcome *out) {
    bool complete;
    return search_find(&inverse->space, wanted, out, &complete);
}

static void prepare_search(InverseUtility *inverse) {
    uint8_t order[NP_MAX_ISSUES];
    const Profile *profile = inverse->space.profile;
    search_order(inverse->domain, profile, order);
    space_init(&inverse->space, inverse->domain, profile, order);
    inverse->has_best = search(inverse, &anything, &inverse->best);
}

/* --- life --- */

InverseUtility *inverse_create(const Domain *domain, const Profile *profile) {
    InverseUtility *inverse = memory_new(1, sizeof *inverse);
    inverse->domain = domain;
    inverse->space.profile = profile;
    double raw = domain_raw_count(domain);
    inverse->exact = raw <= INVERSE_MAX_RANKED;
    if (inverse->exact)
        rank(inverse, (uint32_t)raw);
    else
        prepare_search(inverse);
    return inverse;
}

void inverse_destroy(InverseUtility *inverse) {
    if (inverse == NULL) return;
    memory_free(inverse->ranked);
    memory_free(inverse);
}

bool inverse_exact(const InverseUtility *inverse) {
    return inverse->exact;
}

/* --- questions --- */

bool inverse_best(const InverseUtility *inverse, Outcome *out) {
    if (inverse->has_best) *out = inverse->best;
    return inverse->has_best;
}

static bool search_at_least(const InverseUtility *inverse, Utility target, Outcome *out) {
    Wanted wanted = anything;
    wanted.floor = target;
    wanted.lowest = true;
    if (search(inverse, &wanted, out)) return true;
    if (!inverse->has_best) return false;
    *out = inverse->best;
    return profile_utility(inverse->space.profile, inverse->domain, out) >= target;
}

bool inverse_at_least(const InverseUtility *inverse, Utility target, Outcome *out) {
    if (!inverse->exact) return search_at_least(inverse, target, out);
    uint32_t place = first_at_least(inverse, target);
    if (place == inverse->count) return false;
    *out = unpack(inverse, inverse->ranked[place].packed);
    return true;
}

/* A reference ready for comparing: fields on which it is silent count for no package. */
typedef struct Yardstick {
    uint64_t packed, fill, spare;
} Yardstick;

static Yardstick yardstick_of(const InverseUtility *inverse, const Outcome *reference) {
    Yardstick yardstick = {0, 0, 0};
    for (uint8_t issue = 0; issue < inverse->domain->issues; issue++) {
        if (reference->option[issue] >= inverse->domain->issue[issue].options) continue;
        uint8_t shift = inverse->shift[issue], width = inverse->width[issue];
        yardstick.packed |= (uint64_t)reference->option[issue] << shift;
        yardstick.fill |= ((UINT64_C(1) << width) - 1) << shift;
        yardstick.spare |= UINT64_C(1) << (shift + width);
    }
    return yardstick;
}

/* Written out, because where the processor's instruction may not be assumed the compiler calls a table. */
static int count_bits(uint64_t bits) {
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (int)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* Adding ones to a field that differs anywhere carries into its spare bit. */
static int differences(const Yardstick *yardstick, uint64_t packed) {
    uint64_t differs = (packed ^ yardstick->packed) & yardstick->fill;
    return count_bits((differs + yardstick->fill) & yardstick->spare);
}

static bool rank_nearest(const InverseUtility *inverse, Utility target, Utility ceiling,
                         const Outcome *reference, Outcome *out) {
    Yardstick yardstick = yardstick_of(inverse, reference);
    const Ranked *chosen = NULL;
    int least = NP_MAX_ISSUES + 1;
    const Ranked *end = inverse->ranked + inverse->count;
    for (const Ranked *at = inverse->ranked + first_at_least(inverse, target);
         at < end && at->utility <= ceiling; at++) {
        int apart = differences(&yardstick, at->packed);
        if (apart > least || (apart == least && at->utility == chosen->utility)) continue;
        least = apart;
        chosen = at;
    }
    if (chosen != NULL) *out = unpack(inverse, chosen->packed);
    return chosen != NULL;
}

bool inverse_nearest(const InverseUtility *inverse, Utility target, Utility slack,
                     const Outcome *reference, Outcome *out) {
    Utility ceiling = slack > INT64_MAX - (target > 0 ? target : 0) ? INT64_MAX : target + slack;
    if (inverse->exact) return rank_nearest(inverse, target, ceiling, reference, out);
    Wanted wanted = anything;
    wanted.floor = target;
    wanted.ceiling = ceiling;
    wanted.reference = reference;
    return search(inverse, &wanted, out);
}

bool inverse_best_with(const InverseUtility *inverse, uint8_t issue, uint8_t option, Outcome *out) {
    if (issue >= inverse->domain->issues || option >= inverse->domain->issue[issue].options)
        return false;
    if (!inverse->exact) {
        Wanted wanted = anything;
        wanted.issue = issue;
        wanted.option = option;
        return search(inverse, &wanted, out);
    }
    int32_t place = inverse->best_with[issue][option];
    if (place >= 0) *out = unpack(inverse, inverse->ranked[place].packed);
    return place >= 0;
}
