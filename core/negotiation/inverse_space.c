#include "core/negotiation/inverse_space.h"

#include <string.h>

/* Enters one condition, whose bit lies in the word at `word` of every Conditions. */
static void enter(Space *space, const Condition *when, size_t word, uint64_t bit,
                  const uint8_t *depth_of) {
    uint8_t last = 0;
    for (uint8_t term = 0; term < when->terms; term++) {
        uint8_t issue = when->issue[term];
        if (depth_of[issue] > last) last = depth_of[issue];
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            if ((when->options[term] >> option & 1u) == 0)
                ((uint64_t *)&space->fits[issue][option])[word] &= ~bit;
    }
    ((uint64_t *)&space->closes[last])[word] |= bit;
}

enum { EXCLUSIONS, LINKAGES, RED_LINES };

static void forbid(Space *space, const Condition *when) {
    space->never[when->issue[0]] |= when->options[0];
}

static void add_worth(Space *space, const Condition *when, Utility worth) {
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
        if ((when->options[0] >> option & 1u) != 0) space->value[when->issue[0]][option] += worth;
}

static void enter_exclusions(Space *space, const uint8_t *depth_of) {
    for (uint32_t i = 0; i < space->domain->exclusions; i++) {
        const Condition *when = &space->domain->exclusion[i].when;
        if (when->terms == 1)
            forbid(space, when);
        else
            enter(space, when, EXCLUSIONS, UINT64_C(1) << i, depth_of);
    }
}

static void enter_linkages(Space *space, const uint8_t *depth_of) {
    for (uint32_t i = 0; i < space->profile->linkages; i++) {
        const Linkage *linkage = &space->profile->linkage[i];
        if (linkage->when.terms == 1) {
            add_worth(space, &linkage->when, linkage->bonus);
            continue;
        }
        enter(space, &linkage->when, LINKAGES, UINT64_C(1) << i, depth_of);
        *(linkage->bonus > 0 ? &space->bonuses : &space->maluses) |= UINT64_C(1) << i;
    }
}

static void enter_red_lines(Space *space, const uint8_t *depth_of) {
    for (uint32_t i = 0; i < space->profile->red_lines; i++) {
        const RedLine *line = &space->profile->red_line[i];
        space->penalty[i] = profile_penalty(space->profile, line);
        if (line->when.terms == 1) {
            if (line->hard) forbid(space, &line->when);
            add_worth(space, &line->when, -space->penalty[i]);
            continue;
        }
        enter(space, &line->when, RED_LINES, UINT64_C(1) << i, depth_of);
        if (line->hard) space->hard |= UINT64_C(1) << i;
    }
}

static void sum_up(Space *space) {
    for (uint8_t depth = 0; depth < space->issues; depth++) {
        space->all.exclusions |= space->closes[depth].exclusions;
        space->all.linkages |= space->closes[depth].linkages;
        space->all.red_lines |= space->closes[depth].red_lines;
    }
}

void space_init(Space *space, const Domain *domain, const Profile *profile, const uint8_t *order) {
    memset(space, 0, sizeof *space);
    space->domain = domain;
    space->profile = profile;
    space->issues = domain->issues;
    memcpy(space->order, order, domain->issues);
    space->status_quo = domain_status_quo(domain);
    memcpy(space->value, profile->value, sizeof space->value);
    uint8_t depth_of[NP_MAX_ISSUES] = {0};
    for (uint8_t depth = 0; depth < domain->issues; depth++) depth_of[order[depth]] = depth;
    memset(space->fits, 0xff, sizeof space->fits);
    enter_exclusions(space, depth_of);
    enter_linkages(space, depth_of);
    enter_red_lines(space, depth_of);
    sum_up(space);
}

static Utility bonuses_of(const Profile *profile, uint64_t linkages) {
    Utility sum = 0;
    for (; linkages != 0; linkages &= linkages - 1)
        sum += profile->linkage[__builtin_ctzll(linkages)].bonus;
    return sum;
}

static Utility penalties_of(const Space *space, uint64_t red_lines) {
    Utility sum = 0;
    for (; red_lines != 0; red_lines &= red_lines - 1)
        sum += space->penalty[__builtin_ctzll(red_lines)];
    return sum;
}

Partway space_start(const Space *space) {
    return (Partway){.alive = space->all};
}

bool space_decide(const Space *space, uint8_t depth, uint8_t option, Partway *partway) {
    uint8_t issue = space->order[depth];
    if ((space->never[issue] >> option & 1u) != 0) return false;
    const Conditions *fits = &space->fits[issue][option], *closes = &space->closes[depth];
    Conditions *alive = &partway->alive;
    alive->exclusions &= fits->exclusions;
    alive->linkages &= fits->linkages;
    alive->red_lines &= fits->red_lines;
    uint64_t crossed = alive->red_lines & closes->red_lines;
    if ((alive->exclusions & closes->exclusions) != 0 || (crossed & space->hard) != 0) return false;
    partway->sum += space->value[issue][option] +
                    bonuses_of(space->profile, alive->linkages & closes->linkages) -
                    penalties_of(space, crossed);
    if (space->profile->durability != NULL)
        partway->effect += space->profile->durability->effect[issue][option];
    alive->linkages &= ~closes->linkages;
    alive->red_lines &= ~closes->red_lines;
    return true;
}

Utility space_worth(const Space *space, Utility sum, Utility effect) {
    const Profile *profile = space->profile;
    if (profile->durability == NULL) return sum;
    return profile_weighted(profile, sum, profile_share(profile, effect));
}

Utility space_pending_gain(const Space *space, const Partway *partway) {
    return bonuses_of(space->profile, partway->alive.linkages & space->bonuses);
}

Utility space_pending_loss(const Space *space, const Partway *partway) {
    return penalties_of(space, partway->alive.red_lines & ~space->hard) -
           bonuses_of(space->profile, partway->alive.linkages & space->maluses);
}
