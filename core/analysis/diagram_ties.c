/* What options and combinations of them mean, before any package is built. */
#include <string.h>

#include "core/analysis/diagram_parts.h"

/* Options that the condition does not name make it impossible. */
static void enter(Diagram *diagram, const Condition *when, Tie tie) {
    uint32_t word = diagram->ties / 64;
    uint64_t bit = UINT64_C(1) << diagram->ties % 64;
    for (uint8_t term = 0; term < when->terms; term++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
            if ((when->options[term] >> option & 1u) == 0)
                diagram->fits[when->issue[term]][option][word] &= ~bit;
    diagram->tie[diagram->ties++] = tie;
}

/* A condition on one issue is a property of its options. */
static void enter_single(Diagram *diagram, const Condition *when, Tie tie) {
    uint8_t issue = when->issue[0];
    bool forbids =
        tie.kind == TIE_EXCLUSION || (tie.kind == TIE_RED_LINE && seat_in(diagram->sure, tie.seat));
    if (forbids) diagram->never[issue] |= when->options[0];
    for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
        if ((when->options[0] >> option & 1u) == 0) continue;
        if (tie.kind == TIE_WORTH) diagram->value[tie.seat][issue][option] += tie.worth;
        if (tie.kind == TIE_RED_LINE) diagram->crosses[issue][option] |= seat_bit(tie.seat);
    }
}

static void enter_any(Diagram *diagram, const Condition *when, Tie tie) {
    if (tie.kind == TIE_WORTH && tie.worth == 0) return;
    if (when->terms == 1)
        enter_single(diagram, when, tie);
    else
        enter(diagram, when, tie);
}

static void enter_seat(Diagram *diagram, SeatId seat) {
    const Profile *profile = &diagram->question->profile[seat];
    memcpy(diagram->value[seat], profile->value, sizeof profile->value);
    for (uint32_t i = 0; i < profile->linkages; i++)
        enter_any(diagram, &profile->linkage[i].when,
                  (Tie){TIE_WORTH, seat, profile->linkage[i].bonus});
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        const RedLine *line = &profile->red_line[i];
        enter_any(diagram, &line->when, (Tie){TIE_WORTH, seat, -profile_penalty(profile, line)});
        if (line->hard && diagram->question->scope != SCOPE_FEASIBLE)
            enter_any(diagram, &line->when, (Tie){TIE_RED_LINE, seat, 0});
    }
}

void diagram_enter_ties(Diagram *diagram) {
    const Domain *domain = &diagram->question->terms->domain;
    memset(diagram->fits, 0xff, sizeof diagram->fits);
    for (uint32_t i = 0; i < domain->exclusions; i++)
        enter_any(diagram, &domain->exclusion[i].when, (Tie){TIE_EXCLUSION, 0, 0});
    for (SeatId seat = 0; seat < diagram->seats; seat++) enter_seat(diagram, seat);
}

/* --- whose consent matters --- */

static bool has_hard_lines(const Profile *profile) {
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].hard) return true;
    return false;
}

/* A bound on utility before durability, issue by issue. */
Utility diagram_floor(const Diagram *diagram, SeatId seat) {
    Utility sum = 0;
    for (uint8_t issue = 0; issue < diagram->issues; issue++) {
        const Utility *value = diagram->value[seat][issue];
        Utility least = value[0];
        for (uint8_t o = 1; o < diagram->question->terms->domain.issue[issue].options; o++)
            if (value[o] < least) least = value[o];
        sum += least;
    }
    for (uint32_t i = 0; i < diagram->ties; i++)
        if (diagram->tie[i].kind == TIE_WORTH && diagram->tie[i].seat == seat &&
            diagram->tie[i].worth < 0)
            sum += diagram->tie[i].worth;
    return sum;
}

/* Can the seat come to lie below its threshold? */
static bool may_refuse(const Diagram *diagram, SeatId seat) {
    const Profile *profile = &diagram->question->profile[seat];
    Utility floor = diagram_floor(diagram, seat);
    if (profile->durability != NULL && profile->aftermath < floor) floor = profile->aftermath;
    return floor < diagram->question->threshold[seat];
}

void diagram_find_consent(Diagram *diagram) {
    const Question *question = diagram->question;
    const Consent *consent = &question->terms->consent;
    if (question->scope == SCOPE_FEASIBLE) return;
    diagram->sure = consent->unanimous ? consent->all : consent->always;
    for (SeatId seat = 0; seat < diagram->seats; seat++)
        if (!seat_in(diagram->sure, seat) &&
            (has_hard_lines(&question->profile[seat]) || question->scope == SCOPE_ZONE))
            diagram->tracked |= seat_bit(seat);
}

/* Once the tables are filled: a threshold that is always met asks for no tracking. */
void diagram_relax_consent(Diagram *diagram) {
    for (SeatId seat = 0; seat < diagram->seats; seat++)
        if (seat_in(diagram->tracked, seat) && !has_hard_lines(&diagram->question->profile[seat]) &&
            !may_refuse(diagram, seat))
            diagram->tracked &= ~seat_bit(seat);
}
