#include "core/analysis/refusal.h"

#include <string.h>

#include "core/analysis/descent.h"

static uint32_t hard_lines_crossed(const Profile *profile, const Outcome *package) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].hard && condition_holds(&profile->red_line[i].when, package))
            count++;
    return count;
}

static void add_refuser(Refusal *refusal, SeatId seat, uint32_t hard_lines, Utility shortfall) {
    refusal->refusers++;
    refusal->seats |= seat_bit(seat);
    refusal->hard_lines += hard_lines;
    refusal->shortfall += shortfall;
}

Refusal refusal_of(const Question *question, const Outcome *package) {
    const Terms *terms = question->terms;
    Refusal refusal = {0};
    SeatSet needed =
        consent_needed(&terms->consent, &terms->domain, &question->status_quo, package);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        if (!seat_in(needed, seat)) continue;
        const Profile *profile = &question->profile[seat];
        Utility short_of =
            question->threshold[seat] - profile_utility(profile, &terms->domain, package);
        uint32_t hard = hard_lines_crossed(profile, package);
        if (short_of > 0 || hard > 0)
            add_refuser(&refusal, seat, hard, short_of > 0 ? short_of : 0);
    }
    return refusal;
}

/* A seat that has not crossed a line yet may not; one is enough to refuse. */
Refusal refusal_at_least(const Prospect *prospect, const Partial *partial) {
    Refusal refusal = {0};
    for (SeatId seat = 0; seat < prospect->seats; seat++) {
        if (!seat_in(partial->needed, seat)) continue;
        Utility short_of =
            prospect->question->threshold[seat] - prospect_utility(prospect, partial, seat).most;
        uint32_t hard = partial->seat[seat].crossed ? 1 : 0;
        if (short_of > 0 || hard > 0)
            add_refuser(&refusal, seat, hard, short_of > 0 ? short_of : 0);
    }
    return refusal;
}

int refusal_compare(const Refusal *a, const Refusal *b) {
    if (a->refusers != b->refusers) return a->refusers < b->refusers ? -1 : 1;
    if (a->hard_lines != b->hard_lines) return a->hard_lines < b->hard_lines ? -1 : 1;
    if (a->shortfall != b->shortfall) return a->shortfall < b->shortfall ? -1 : 1;
    return 0;
}

/* --- climbing --- */

/* Climbing goes by what is missing first: the number of those who refuse falls only at the last step. */
static bool is_nearer(const Refusal *a, const Refusal *b, bool by_refusers) {
    if (by_refusers) return refusal_compare(a, b) < 0;
    if (a->hard_lines != b->hard_lines) return a->hard_lines < b->hard_lines;
    return a->shortfall != b->shortfall ? a->shortfall < b->shortfall : a->refusers < b->refusers;
}

/* Packages that all climbs of one question may try: wide spaces have millions of neighbours. */
enum { CLIMB_BUDGET = 1 << 18 };

typedef struct Climb {
    const Prospect *prospect;
    uint64_t left; /* to be tried */
    bool by_refusers;
    Outcome here;
    Refusal refusal;
} Climb;

static bool try_package(Climb *climb, const Outcome *package) {
    const Question *question = climb->prospect->question;
    const Terms *terms = question->terms;
    climb->left--;
    if (domain_excludes(&terms->domain, package) != NULL) return false;
    if (!question_changes(question, package)) return false;
    Refusal refusal = refusal_of(question, package);
    if (!is_nearer(&refusal, &climb->refusal, climb->by_refusers)) return false;
    climb->here = *package;
    climb->refusal = refusal;
    return true;
}

static bool is_choice(const Climb *climb, uint8_t issue, uint8_t option) {
    return (climb->prospect->among[issue] >> option & 1u) != 0 &&
           climb->here.option[issue] != option;
}

/* One of the issues after `least` besides; no further ones when `more` is 0. */
static bool change(Climb *climb, const Outcome *from, uint8_t least, int more) {
    for (uint8_t issue = least; issue < climb->prospect->issues; issue++)
        for (uint8_t option = 0; option < climb->prospect->domain->issue[issue].options; option++) {
            if (!is_choice(climb, issue, option)) continue;
            if (climb->left == 0) return false;
            Outcome package = *from;
            package.option[issue] = option;
            if (more == 0 && try_package(climb, &package)) return true;
            if (more > 0 && change(climb, &package, (uint8_t)(issue + 1), more - 1)) return true;
        }
    return false;
}

/* Every step has less of what it goes by, in whole billionths: it ends. */
static void climb_up(Climb *climb) {
    for (bool moved = true; moved && climb->refusal.refusers > 0;) {
        Outcome from = climb->here;
        moved = change(climb, &from, 0, 0) || change(climb, &from, 0, 1);
    }
}

/* --- beginnings --- */

typedef struct FirstFound {
    const Prospect *prospect;
    bool found;
    Outcome package;
} FirstFound;

static Heading take_first(void *who, const Partial *partial) {
    FirstFound *first = who;
    if (partial->depth < first->prospect->issues) return HEADING_DOWN;
    if (!partial->changes) return HEADING_SKIP;
    first->found = true;
    first->package = partial->package;
    return HEADING_STOP;
}

/* What the options of an issue are worth to the seats of a set, together. */
static void rank_options(const Prospect *prospect, uint8_t issue, SeatSet seats,
                         Utility rank[NP_MAX_OPTIONS]) {
    memset(rank, 0, NP_MAX_OPTIONS * sizeof *rank);
    for (SeatId seat = 0; seat < prospect->seats; seat++)
        for (uint8_t option = 0; option < NP_MAX_OPTIONS && seat_in(seats, seat); option++)
            rank[option] += prospect->seat[seat].value[issue][option];
}

static void lean_towards(Descent *descent, SeatSet seats) {
    for (uint8_t issue = 0; issue < descent->prospect->issues; issue++) {
        Utility rank[NP_MAX_OPTIONS];
        rank_options(descent->prospect, issue, seats, rank);
        descent_try_first(descent, issue, rank);
    }
}

enum { BEGINNING_BUDGET = 1 << 14 };

static bool begin_climb(Climb *climb, SeatSet seats) {
    FirstFound first = {.prospect = climb->prospect};
    Descent descent = descent_over(climb->prospect, BEGINNING_BUDGET);
    lean_towards(&descent, seats);
    descent.meet = take_first;
    descent.who = &first;
    descend(&descent);
    if (!first.found) return false;
    climb->here = first.package;
    climb->refusal = refusal_of(climb->prospect->question, &first.package);
    return true;
}

/* From what all like best together, then from what each seat does. */
bool refusal_climb(const Prospect *prospect, Outcome *package, Refusal *refusal) {
    bool found = false;
    uint64_t budget = prospect->question->budget, left = CLIMB_BUDGET;
    if (budget < left) left = budget;
    for (int begin = -1; begin < prospect->seats; begin++) {
        Climb climb = {.prospect = prospect, .left = left};
        SeatSet seats = begin < 0 ? ~(SeatSet)0 : seat_bit((SeatId)begin);
        if (!begin_climb(&climb, seats)) continue;
        climb_up(&climb);
        climb.by_refusers = true;
        climb_up(&climb);
        left = climb.left;
        if (!found || refusal_compare(&climb.refusal, refusal) < 0) {
            *package = climb.here;
            *refusal = climb.refusal;
        }
        found = true;
        if (refusal->refusers == 0) break;
    }
    return found;
}

/* --- the least --- */

typedef struct Least {
    const Prospect *prospect;
    LeastRefused *answer;
    bool enough;
} Least;

/* Could a completion come before that package in order? */
static bool may_precede(const Prospect *prospect, const Partial *partial, const Outcome *package) {
    for (uint8_t issue = 0; issue < prospect->issues; issue++) {
        uint8_t option = partial->package.option[issue];
        if (option == NP_NO_OPTION) option = (uint8_t)__builtin_ctz(prospect->among[issue]);
        if (option != package->option[issue]) return option < package->option[issue];
    }
    return false;
}

static Heading look_for_least(void *who, const Partial *partial) {
    Least *least = who;
    LeastRefused *answer = least->answer;
    Refusal bound = refusal_at_least(least->prospect, partial);
    int order = answer->found ? refusal_compare(&bound, &answer->refusal) : -1;
    if (order > 0) return HEADING_SKIP;
    if (order == 0 && !may_precede(least->prospect, partial, &answer->package)) return HEADING_SKIP;
    if (partial->depth < least->prospect->issues) return HEADING_DOWN;
    if (!partial->changes) return HEADING_SKIP;
    Refusal refusal = refusal_of(least->prospect->question, &partial->package);
    order = answer->found ? refusal_compare(&refusal, &answer->refusal) : -1;
    if (order > 0 || (order == 0 && !may_precede(least->prospect, partial, &answer->package)))
        return HEADING_SKIP;
    answer->found = true;
    answer->package = partial->package;
    answer->refusal = refusal;
    return least->enough && refusal.refusers == 0 ? HEADING_STOP : HEADING_SKIP;
}

LeastRefused refusal_least(const Prospect *prospect, uint64_t budget, bool enough) {
    LeastRefused answer = {0};
    answer.found = refusal_climb(prospect, &answer.package, &answer.refusal);
    if (enough && answer.found && answer.refusal.refusers == 0) {
        answer.exact = true;
        return answer;
    }
    Least least = {prospect, &answer, enough};
    Descent descent = descent_over(prospect, budget);
    lean_towards(&descent, ~(SeatSet)0);
    descent.meet = look_for_least;
    descent.who = &least;
    answer.exact = descend(&descent);
    answer.nodes = descent.nodes;
    return answer;
}
