#include "core/analysis/requirement.h"

#include "core/analysis/descent.h"
#include "core/analysis/parameter_change.h"
#include "core/analysis/refusal.h"

/* --- the package asked about --- */

static void take_complete(const Question *question, const Outcome *asked, Requirement *answer) {
    answer->exclusion = domain_excludes(&question->terms->domain, asked);
    answer->feasible = answer->exclusion == NULL;
    answer->exact = true;
    answer->package = *asked;
}

static void narrow(Prospect *prospect, const Outcome *asked) {
    for (uint8_t issue = 0; issue < prospect->issues; issue++)
        if (asked->option[issue] != NP_NO_OPTION)
            prospect->among[issue] = 1u << asked->option[issue];
    prospect_resize(prospect);
}

/* Not found and not sure: the options may go together, but nothing shows how. */
static void complete_partial(const Question *question, const Outcome *asked, Requirement *answer) {
    Prospect *prospect = prospect_create(question);
    narrow(prospect, asked);
    LeastRefused least = refusal_least(prospect, question->budget, false);
    prospect_destroy(prospect);
    answer->feasible = least.found;
    answer->exact = least.exact;
    answer->package = least.package;
    if (!least.found) answer->exclusion = domain_excludes(&question->terms->domain, asked);
}

/* --- who would have to move --- */

static void note_hard_lines(const Profile *profile, const Outcome *package, SeatRequirement *seat) {
    for (uint32_t i = profile->red_lines; i-- > 0;)
        if (profile->red_line[i].hard && condition_holds(&profile->red_line[i].when, package)) {
            seat->hard_lines++;
            seat->first_hard = i;
        }
}

static void describe_seat(const Question *question, SeatId number, Requirement *answer) {
    SeatRequirement *seat = &answer->seat[number];
    const Profile *profile = &question->profile[number];
    seat->needed = seat_in(answer->needed, number);
    seat->threshold = question->threshold[number];
    seat->utility = profile_utility(profile, &question->terms->domain, &answer->package);
    if (seat->utility < seat->threshold) seat->shortfall = seat->threshold - seat->utility;
    note_hard_lines(profile, &answer->package, seat);
    seat->refuses = seat->needed && (seat->shortfall > 0 || seat->hard_lines > 0);
    if (!seat->refuses) return;
    answer->must_move |= seat_bit(number);
    parameter_changes_find(question, number, &answer->package, seat);
}

static void describe(const Question *question, Requirement *answer) {
    const Terms *terms = question->terms;
    answer->needed =
        consent_needed(&terms->consent, &terms->domain, &question->status_quo, &answer->package);
    for (SeatId seat = 0; seat < terms->seats; seat++) describe_seat(question, seat, answer);
}

/* --- the nearest in the zone --- */

typedef struct Nearest {
    const Prospect *prospect;
    const Outcome *asked;
    uint8_t most; /* differences */
    bool found;
    Outcome package;
} Nearest;

static uint8_t differences(const Outcome *asked, const Outcome *package, uint8_t issues) {
    uint8_t count = 0;
    for (uint8_t issue = 0; issue < issues; issue++)
        if (asked->option[issue] != NP_NO_OPTION && package->option[issue] != NP_NO_OPTION &&
            asked->option[issue] != package->option[issue])
            count++;
    return count;
}

static Heading look_near(void *who, const Partial *partial) {
    Nearest *nearest = who;
    uint8_t issues = nearest->prospect->issues;
    if (differences(nearest->asked, &partial->package, issues) > nearest->most) return HEADING_SKIP;
    if (refusal_at_least(nearest->prospect, partial).refusers > 0) return HEADING_SKIP;
    if (partial->depth < issues || !partial->changes) return HEADING_DOWN;
    nearest->found = true;
    nearest->package = partial->package;
    return HEADING_STOP;
}

static bool search_near(Nearest *nearest, uint64_t *budget) {
    Descent descent = descent_over(nearest->prospect, *budget);
    for (uint8_t issue = 0; issue < nearest->prospect->issues; issue++) {
        Utility rank[NP_MAX_OPTIONS] = {0};
        if (nearest->asked->option[issue] != NP_NO_OPTION) rank[nearest->asked->option[issue]] = 1;
        descent_try_first(&descent, issue, rank);
    }
    descent.meet = look_near;
    descent.who = nearest;
    bool whole = descend(&descent);
    *budget -= descent.nodes;
    return whole;
}

/* A member from anywhere, led back to what was asked for one issue at a time. */
static bool approach(const Prospect *prospect, const Question *question, Nearest *nearest) {
    Refusal refusal;
    if (!refusal_climb(prospect, &nearest->package, &refusal) || refusal.refusers > 0) return false;
    for (uint8_t issue = 0; issue < prospect->issues; issue++) {
        Outcome nearer = nearest->package;
        if (nearest->asked->option[issue] == NP_NO_OPTION) continue;
        nearer.option[issue] = nearest->asked->option[issue];
        Question zone = *question;
        zone.scope = SCOPE_ZONE;
        if (question_admits(&zone, &nearer)) nearest->package = nearer;
    }
    return true;
}

/* Difference by difference: the first level with a member is the least, if all before were searched whole. */
static void find_nearest(const Question *question, const Outcome *asked, Requirement *answer) {
    Prospect *prospect = prospect_create(question);
    Nearest nearest = {.prospect = prospect, .asked = asked};
    uint64_t budget = question->budget;
    bool whole = true;
    for (; nearest.most <= prospect->issues && whole && !nearest.found; nearest.most++)
        whole = search_near(&nearest, &budget);
    answer->nearest_exact = whole || nearest.found;
    if (!nearest.found && !whole) nearest.found = approach(prospect, question, &nearest);
    answer->nearest_found = nearest.found;
    answer->nearest = nearest.found ? nearest.package : outcome_empty();
    if (nearest.found)
        answer->nearest_differs = differences(asked, &nearest.package, prospect->issues);
    prospect_destroy(prospect);
}

static void take_as_nearest(Requirement *answer) {
    answer->nearest_found = answer->nearest_exact = true;
    answer->nearest = answer->package;
}

Requirement requirement_find(const Question *question, const Outcome *asked) {
    Requirement answer = {.package = outcome_empty()};
    if (domain_complete(&question->terms->domain, asked))
        take_complete(question, asked, &answer);
    else
        complete_partial(question, asked, &answer);
    if (answer.feasible) describe(question, &answer);
    if (answer.feasible && question_changes(question, &answer.package) && answer.must_move == 0)
        take_as_nearest(&answer);
    else
        find_nearest(question, asked, &answer);
    return answer;
}
