#include "core/analysis/zone.h"

#include "core/analysis/descent.h"
#include "core/analysis/refusal.h"

/* As many as there were packages in the largest space that was once walked. */
enum { EXISTENCE_BUDGET = 1 << 20 };

ZoneAnswer zone_member(const Question *question, Outcome *member) {
    Prospect *prospect = prospect_create(question);
    LeastRefused least = refusal_least(prospect, question->budget, true);
    prospect_destroy(prospect);
    bool exists = least.found && least.refusal.refusers == 0;
    if (exists && member != NULL) *member = least.package;
    if (exists) return ZONE_EXISTS;
    return least.exact ? ZONE_EMPTY : ZONE_UNKNOWN;
}

ZoneAnswer zone_exists(const Negotiation *negotiation) {
    Question question = question_about(negotiation, SCOPE_ZONE);
    question.budget = EXISTENCE_BUDGET;
    return zone_member(&question, NULL);
}

/* --- counting --- */

/* What every completion has in common, by depth: a seat that surely refuses goes on refusing below. */
typedef struct Count {
    const Prospect *prospect;
    ZoneCount *answer;
    SeatSet accepts[NP_MAX_ISSUES + 1], refuses[NP_MAX_ISSUES + 1];
} Count;

/* Seats that are not needed in any completion accept. */
static void judge_seat(Count *count, const Partial *partial, SeatId seat) {
    const Prospect *prospect = count->prospect;
    uint8_t depth = partial->depth;
    SeatSet bit = seat_bit(seat);
    if ((prospect_may_need(prospect, partial) & bit) == 0) {
        count->accepts[depth] |= bit;
        return;
    }
    Extent utility = prospect_utility(prospect, partial, seat);
    Utility threshold = prospect->question->threshold[seat];
    bool crossed = partial->seat[seat].crossed;
    if (utility.least >= threshold && !crossed && !prospect_may_cross(prospect, partial, seat))
        count->accepts[depth] |= bit;
    else if ((utility.most < threshold || crossed) && (partial->needed & bit) != 0)
        count->refuses[depth] |= bit;
}

static void add_packages(ZoneCount *answer, SeatSet refuses, double packages) {
    if (refuses == 0)
        answer->packages += packages;
    else
        answer->refused_by_alone[__builtin_ctz(refuses)] += packages;
}

static Heading count_node(void *who, const Partial *partial) {
    Count *count = who;
    const Prospect *prospect = count->prospect;
    uint8_t depth = partial->depth;
    count->accepts[depth] = depth > 0 ? count->accepts[depth - 1] : 0;
    count->refuses[depth] = depth > 0 ? count->refuses[depth - 1] : 0;
    SeatSet all = (SeatSet)((UINT64_C(1) << prospect->seats) - 1);
    for (SeatId seat = 0; seat < prospect->seats; seat++)
        if (!seat_in(count->accepts[depth] | count->refuses[depth], seat))
            judge_seat(count, partial, seat);
    SeatSet refuses = count->refuses[depth];
    if ((refuses & (refuses - 1)) != 0) return HEADING_SKIP;
    bool same =
        (count->accepts[depth] | refuses) == all && partial->exclusions == 0 && partial->changes;
    if (!same) return HEADING_DOWN;
    add_packages(count->answer, refuses, prospect->size[depth]);
    return HEADING_SKIP;
}

ZoneCount zone_count(const Question *question) {
    ZoneCount answer = {.feasible = domain_feasible_count(&question->terms->domain)};
    Prospect *prospect = prospect_create(question);
    Count count = {.prospect = prospect, .answer = &answer};
    Descent descent = descent_over(prospect, question->budget);
    descent.meet = count_node;
    descent.who = &count;
    answer.exact = descend(&descent);
    answer.uncounted = descent.unseen;
    answer.nodes = descent.nodes;
    prospect_destroy(prospect);
    return answer;
}
