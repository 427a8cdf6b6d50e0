#include "core/analysis/improvement.h"

#include "core/analysis/descent.h"
#include "core/analysis/merit.h"

/* The question whose zone, but for packages that are as good for everybody, are the improvements: every seat must
 * consent, its utility now is its threshold, and what is settled changes nothing. */
typedef struct Resettlement {
    Terms terms;
    Profile profile[NP_MAX_SEATS];
    Question question;
} Resettlement;

/* A line that is crossed already stands in nobody's way. */
static void forget_crossed(Profile *profile, const Outcome *settlement) {
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].hard && condition_holds(&profile->red_line[i].when, settlement))
            profile->red_line[i].hard = false;
}

static Resettlement *resettle(const Question *question, const Outcome *settlement) {
    Resettlement *again = memory_new(1, sizeof *again);
    again->terms = *question->terms;
    again->terms.consent.unanimous = true;
    again->terms.consent.all = (SeatSet)((UINT64_C(1) << question->terms->seats) - 1);
    for (SeatId seat = 0; seat < question->terms->seats; seat++) {
        again->profile[seat] = question->profile[seat];
        forget_crossed(&again->profile[seat], settlement);
    }
    again->question = *question;
    again->question.terms = &again->terms;
    again->question.profile = again->profile;
    again->question.scope = SCOPE_ZONE;
    again->question.status_quo = *settlement;
    question_utilities(question, settlement, again->question.threshold);
    return again;
}

/* --- counting --- */

typedef struct Search {
    const Prospect *prospect;
    Improvement *answer;
    Merit merit;
    Utility best[NP_MAX_SEATS];
} Search;

/* What all completions have in common: HEADING_DOWN while they differ. */
static Heading judge(const Search *search, const Partial *partial, bool *all_improve) {
    const Prospect *prospect = search->prospect;
    bool sure = partial->exclusions == 0, better = false;
    for (SeatId seat = 0; seat < prospect->seats; seat++) {
        Extent utility = prospect_utility(prospect, partial, seat);
        Utility had = prospect->question->threshold[seat];
        if (utility.most < had || partial->seat[seat].crossed) return HEADING_SKIP;
        sure = sure && utility.least >= had && !prospect_may_cross(prospect, partial, seat);
        better = better || utility.least > had;
    }
    *all_improve = sure && better;
    return sure && (better || partial->depth == prospect->issues) ? HEADING_SKIP : HEADING_DOWN;
}

static Heading count_improvements(void *who, const Partial *partial) {
    Search *search = who;
    bool all_improve = false;
    Heading heading = judge(search, partial, &all_improve);
    if (all_improve) search->answer->packages += search->prospect->size[partial->depth];
    return heading;
}

/* --- the best --- */

static bool may_precede(const Search *search, const Partial *partial) {
    const Outcome *best = &search->answer->best;
    for (uint8_t issue = 0; issue < search->prospect->issues; issue++) {
        uint8_t option = partial->package.option[issue];
        if (option == NP_NO_OPTION) option = 0;
        if (option != best->option[issue]) return option < best->option[issue];
    }
    return false;
}

/* At a complete package the bound is its utility. */
static Heading seek_best(void *who, const Partial *partial) {
    Search *search = who;
    const Prospect *prospect = search->prospect;
    Improvement *answer = search->answer;
    Utility bound[NP_MAX_SEATS] = {0};
    for (SeatId seat = 0; seat < prospect->seats; seat++) {
        if (partial->seat[seat].crossed) return HEADING_SKIP;
        bound[seat] = prospect_utility(prospect, partial, seat).most;
    }
    if (!utilities_dominate(bound, search->merit.disagreement, prospect->seats))
        return HEADING_SKIP;
    int order = answer->found ? merit_compare(&search->merit, bound, search->best) : 1;
    if (order < 0 || (order == 0 && !may_precede(search, partial))) return HEADING_SKIP;
    if (partial->depth < prospect->issues) return HEADING_DOWN;
    answer->found = true;
    answer->best = partial->package;
    for (SeatId seat = 0; seat < prospect->seats; seat++) {
        search->best[seat] = bound[seat];
        answer->gain[seat] = bound[seat] - search->merit.disagreement[seat];
    }
    return HEADING_SKIP;
}

/* What all gain most by is tried first. */
static void lean(Descent *descent) {
    const Prospect *prospect = descent->prospect;
    for (uint8_t issue = 0; issue < prospect->issues; issue++) {
        Utility rank[NP_MAX_OPTIONS] = {0};
        for (SeatId seat = 0; seat < prospect->seats; seat++)
            for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++)
                rank[option] += prospect->seat[seat].value[issue][option];
        descent_try_first(descent, issue, rank);
    }
}

static bool search_with(Search *search, Heading (*meet)(void *, const Partial *), double *unseen) {
    Descent descent = descent_over(search->prospect, search->prospect->question->budget);
    lean(&descent);
    descent.meet = meet;
    descent.who = search;
    bool whole = descend(&descent);
    *unseen = descent.unseen;
    return whole;
}

Improvement improvement_find(const Question *question, const Outcome *settlement) {
    Improvement answer = {.best = outcome_empty()};
    Resettlement *again = resettle(question, settlement);
    Prospect *prospect = prospect_create(&again->question);
    Search search = {.prospect = prospect,
                     .answer = &answer,
                     .merit = {.kind = SOLUTION_NASH,
                               .seats = prospect->seats,
                               .disagreement = again->question.threshold}};
    double unseen;
    answer.exact = search_with(&search, count_improvements, &answer.uncounted);
    answer.best_exact = search_with(&search, seek_best, &unseen);
    prospect_destroy(prospect);
    memory_free(again);
    return answer;
}

/* --- later steps --- */

static StepGain weigh_step(const Question *question, const Outcome *from, const Outcome *to) {
    const Terms *terms = question->terms;
    StepGain gain = {.feasible = domain_excludes(&terms->domain, to) == NULL, .agreed = true};
    SeatSet needed = consent_needed(&terms->consent, &terms->domain, from, to);
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const Profile *profile = &question->profile[seat];
        gain.gain[seat] = profile_utility(profile, &terms->domain, to) -
                          profile_utility(profile, &terms->domain, from);
        if (seat_in(needed, seat) && gain.gain[seat] < 0) gain.agreed = false;
    }
    return gain;
}

uint32_t improvement_steps(const Negotiation *negotiation, const Question *question,
                           const Outcome *settlement, StepGain *gain, uint32_t room) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < negotiation->steps && count < room; i++) {
        const LaterStep *step = &negotiation->step[i];
        Outcome to = domain_fill(&question->terms->domain, &step->to, settlement);
        if (!condition_holds(&step->when, settlement) || outcome_equal(&to, settlement)) continue;
        gain[count] = weigh_step(question, settlement, &to);
        gain[count++].step = i;
    }
    return count;
}
