#include "core/analysis/prospect.h"

#include <string.h>

/* --- conditions --- */

static uint8_t last_depth(const Condition *when, const uint8_t *depth_of) {
    uint8_t last = 0;
    for (uint8_t term = 0; term < when->terms; term++)
        if (depth_of[when->issue[term]] > last) last = depth_of[when->issue[term]];
    return last;
}

/* Does the option of the issue leave the condition possible? */
static bool fits(const Condition *when, uint8_t issue, uint8_t option) {
    for (uint8_t term = 0; term < when->terms; term++)
        if (when->issue[term] == issue && (when->options[term] >> option & 1u) == 0) return false;
    return true;
}

static void enter_exclusions(Prospect *prospect, const uint8_t *depth_of) {
    const Domain *domain = prospect->domain;
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        const Condition *when = &domain->exclusion[i].when;
        uint64_t bit = UINT64_C(1) << i;
        prospect->all_exclusions |= bit;
        prospect->exclusions_close[last_depth(when, depth_of)] |= bit;
        for (uint8_t issue = 0; issue < domain->issues; issue++)
            for (uint8_t option = 0; option < domain->issue[issue].options; option++)
                if (fits(when, issue, option)) prospect->exclusions[issue][option] |= bit;
    }
}

static void add_to_options(SeatProspect *seat, const Condition *when, Utility worth) {
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
        if ((when->options[0] >> option & 1u) != 0) seat->value[when->issue[0]][option] += worth;
}

static void enter_linkages(const Domain *domain, SeatProspect *seat, const uint8_t *depth_of) {
    for (uint32_t i = 0; i < seat->profile->linkages; i++) {
        const Linkage *linkage = &seat->profile->linkage[i];
        uint64_t bit = UINT64_C(1) << i;
        if (linkage->when.terms == 1) {
            add_to_options(seat, &linkage->when, linkage->bonus);
            continue;
        }
        seat->all_linkages |= bit;
        seat->linkages_close[last_depth(&linkage->when, depth_of)] |= bit;
        for (uint8_t issue = 0; issue < domain->issues; issue++)
            for (uint8_t option = 0; option < domain->issue[issue].options; option++)
                if (fits(&linkage->when, issue, option)) seat->linkages[issue][option] |= bit;
    }
}

static void enter_red_lines(const Domain *domain, SeatProspect *seat, const uint8_t *depth_of) {
    for (uint32_t i = 0; i < seat->profile->red_lines; i++) {
        const RedLine *line = &seat->profile->red_line[i];
        uint32_t bit = 1u << i;
        seat->penalty[i] = line->penalty == 0 ? 0 : profile_penalty(seat->profile, line);
        if (line->when.terms == 1 && !line->hard) {
            add_to_options(seat, &line->when, -seat->penalty[i]);
            continue;
        }
        seat->all_red_lines |= bit;
        if (line->hard) seat->hard |= bit;
        seat->red_lines_close[last_depth(&line->when, depth_of)] |= bit;
        for (uint8_t issue = 0; issue < domain->issues; issue++)
            for (uint8_t option = 0; option < domain->issue[issue].options; option++)
                if (fits(&line->when, issue, option)) seat->red_lines[issue][option] |= bit;
    }
}

/* --- order --- */

static Extent extent_among(const Utility *number, uint32_t among) {
    Extent extent = {0, 0};
    bool any = false;
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
        if ((among >> option & 1u) == 0) continue;
        if (!any || number[option] < extent.least) extent.least = number[option];
        if (!any || number[option] > extent.most) extent.most = number[option];
        any = true;
    }
    return extent;
}

/* How much is decided with an issue: what seats can win or lose by it; and exclusions that name it, since what they
 * leave open cannot be counted at once. */
static Utility breadth(const Question *question, uint8_t issue, uint32_t among) {
    const Domain *domain = &question->terms->domain;
    Utility sum = 0;
    for (SeatId seat = 0; seat < question->terms->seats; seat++) {
        Extent extent = extent_among(question->profile[seat].value[issue], among);
        sum += extent.most - extent.least;
    }
    for (uint32_t i = 0; i < domain->exclusions; i++)
        for (uint8_t term = 0; term < domain->exclusion[i].when.terms; term++)
            if (domain->exclusion[i].when.issue[term] == issue) sum += UTILITY_ONE / 20;
    return sum;
}

static void set_order(Prospect *prospect) {
    Utility by[NP_MAX_ISSUES];
    for (uint8_t issue = 0; issue < prospect->issues; issue++) {
        Utility wide = breadth(prospect->question, issue, prospect->among[issue]);
        uint8_t place = issue;
        for (; place > 0 && by[place - 1] < wide; place--) {
            by[place] = by[place - 1];
            prospect->order[place] = prospect->order[place - 1];
        }
        by[place] = wide;
        prospect->order[place] = issue;
    }
}

/* --- tables --- */

static void set_consent(Prospect *prospect) {
    const Question *question = prospect->question;
    const Consent *consent = &question->terms->consent;
    for (uint8_t issue = 0; issue < prospect->issues; issue++)
        for (uint8_t option = 0; option < prospect->domain->issue[issue].options; option++) {
            if (option == question->status_quo.option[issue]) continue;
            prospect->consent[issue][option] =
                consent->unanimous ? consent->all : consent->needs[issue][option] | consent->always;
        }
}

static void resize_seat(const Prospect *prospect, SeatProspect *seat) {
    const Durability *durability = seat->profile->durability;
    seat->later[prospect->issues] = seat->later_effect[prospect->issues] = (Extent){0, 0};
    for (uint8_t depth = prospect->issues; depth-- > 0;) {
        uint8_t issue = prospect->order[depth];
        Extent here = extent_among(seat->value[issue], prospect->among[issue]), effect = {0, 0};
        if (durability != NULL)
            effect = extent_among(durability->effect[issue], prospect->among[issue]);
        seat->later[depth] = (Extent){seat->later[depth + 1].least + here.least,
                                      seat->later[depth + 1].most + here.most};
        seat->later_effect[depth] = (Extent){seat->later_effect[depth + 1].least + effect.least,
                                             seat->later_effect[depth + 1].most + effect.most};
    }
}

void prospect_resize(Prospect *prospect) {
    prospect->size[prospect->issues] = 1;
    prospect->later_consent[prospect->issues] = 0;
    for (uint8_t depth = prospect->issues; depth-- > 0;) {
        uint8_t issue = prospect->order[depth];
        SeatSet consent = prospect->later_consent[depth + 1];
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            if ((prospect->among[issue] >> option & 1u) != 0)
                consent |= prospect->consent[issue][option];
        prospect->later_consent[depth] = consent;
        prospect->size[depth] =
            prospect->size[depth + 1] * __builtin_popcount(prospect->among[issue]);
    }
    for (SeatId seat = 0; seat < prospect->seats; seat++)
        resize_seat(prospect, &prospect->seat[seat]);
}

Prospect *prospect_create(const Question *question) {
    Prospect *prospect = memory_new(1, sizeof *prospect);
    const Domain *domain = &question->terms->domain;
    prospect->question = question;
    prospect->domain = domain;
    prospect->seats = question->terms->seats;
    prospect->issues = domain->issues;
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        prospect->among[issue] = (uint32_t)((UINT64_C(1) << domain->issue[issue].options) - 1);
    set_order(prospect);
    uint8_t depth_of[NP_MAX_ISSUES] = {0};
    for (uint8_t depth = 0; depth < domain->issues; depth++)
        depth_of[prospect->order[depth]] = depth;
    enter_exclusions(prospect, depth_of);
    set_consent(prospect);
    for (SeatId number = 0; number < prospect->seats; number++) {
        SeatProspect *seat = &prospect->seat[number];
        seat->profile = &question->profile[number];
        memcpy(seat->value, seat->profile->value, sizeof seat->value);
        enter_linkages(domain, seat, depth_of);
        enter_red_lines(domain, seat, depth_of);
    }
    prospect_resize(prospect);
    return prospect;
}

void prospect_destroy(Prospect *prospect) {
    memory_free(prospect);
}

/* --- packages under construction --- */

Partial prospect_start(const Prospect *prospect) {
    Partial partial = {.package = outcome_empty(), .exclusions = prospect->all_exclusions};
    for (SeatId seat = 0; seat < prospect->seats; seat++) {
        partial.seat[seat].linkages = prospect->seat[seat].all_linkages;
        partial.seat[seat].red_lines = prospect->seat[seat].all_red_lines;
    }
    return partial;
}

static Utility sum_bonuses(const Profile *profile, uint64_t linkages) {
    Utility sum = 0;
    for (; linkages != 0; linkages &= linkages - 1)
        sum += profile->linkage[__builtin_ctzll(linkages)].bonus;
    return sum;
}

static Utility sum_penalties(const SeatProspect *seat, uint32_t red_lines) {
    Utility sum = 0;
    for (; red_lines != 0; red_lines &= red_lines - 1)
        sum += seat->penalty[__builtin_ctz(red_lines)];
    return sum;
}

static void decide_seat(const SeatProspect *seat, uint8_t depth, uint8_t issue, uint8_t option,
                        PartialSeat *partial) {
    partial->sum += seat->value[issue][option];
    if (seat->profile->durability != NULL)
        partial->effect += seat->profile->durability->effect[issue][option];
    partial->linkages &= seat->linkages[issue][option];
    partial->red_lines &= seat->red_lines[issue][option];
    uint64_t holds = partial->linkages & seat->linkages_close[depth];
    uint32_t crossed = partial->red_lines & seat->red_lines_close[depth];
    partial->sum += sum_bonuses(seat->profile, holds) - sum_penalties(seat, crossed);
    partial->crossed = partial->crossed || (crossed & seat->hard) != 0;
    partial->linkages &= ~holds;
    partial->red_lines &= ~crossed;
}

bool prospect_decide(const Prospect *prospect, Partial *partial, uint8_t option) {
    uint8_t depth = partial->depth++, issue = prospect->order[depth];
    partial->exclusions &= prospect->exclusions[issue][option];
    if ((partial->exclusions & prospect->exclusions_close[depth]) != 0) return false;
    partial->package.option[issue] = option;
    partial->needed |= prospect->consent[issue][option];
    if (option != prospect->question->status_quo.option[issue]) partial->changes = true;
    for (SeatId seat = 0; seat < prospect->seats; seat++)
        decide_seat(&prospect->seat[seat], depth, issue, option, &partial->seat[seat]);
    return true;
}

/* What the conditions that are still open can add and take. */
static Extent pending(const SeatProspect *seat, const PartialSeat *partial) {
    Extent extent = {-sum_penalties(seat, partial->red_lines), 0};
    for (uint64_t left = partial->linkages; left != 0; left &= left - 1) {
        Utility bonus = seat->profile->linkage[__builtin_ctzll(left)].bonus;
        *(bonus < 0 ? &extent.least : &extent.most) += bonus;
    }
    return extent;
}

/* U rises with u; with z it is monotone for a fixed u, so that its ends are at the corners. */
static Extent weigh(const Profile *profile, Extent sum, Extent effect) {
    double safe = profile_share(profile, effect.least),
           unsafe = profile_share(profile, effect.most);
    Utility low = profile_weighted(profile, sum.least, safe);
    Utility low_unsafe = profile_weighted(profile, sum.least, unsafe);
    Utility high = profile_weighted(profile, sum.most, safe);
    Utility high_unsafe = profile_weighted(profile, sum.most, unsafe);
    return (Extent){low < low_unsafe ? low : low_unsafe, high > high_unsafe ? high : high_unsafe};
}

Extent prospect_utility(const Prospect *prospect, const Partial *partial, SeatId seat) {
    const SeatProspect *own = &prospect->seat[seat];
    const PartialSeat *here = &partial->seat[seat];
    Extent later = own->later[partial->depth], open = pending(own, here);
    Extent sum = {here->sum + later.least + open.least, here->sum + later.most + open.most};
    if (own->profile->durability == NULL) return sum;
    Extent effect = own->later_effect[partial->depth];
    effect.least += here->effect;
    effect.most += here->effect;
    return weigh(own->profile, sum, effect);
}

bool prospect_may_cross(const Prospect *prospect, const Partial *partial, SeatId seat) {
    return (partial->seat[seat].red_lines & prospect->seat[seat].hard) != 0;
}
