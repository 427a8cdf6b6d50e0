#include "core/negotiation/inverse_utility.h"

#include "core/base/memory.h"
#include "core/negotiation/inverse_classes.h"
#include "core/negotiation/inverse_polish.h"
#include "core/negotiation/inverse_ranking.h"
#include "core/negotiation/inverse_search.h"

struct InverseUtility {
    const Domain *domain;
    bool exact;
    bool
        appraised; /* exact, and what appraisals change matters: by classes, else ranked outright */
    ClassView view;
    Ranking ranking;
    size_t bytes; /* what is shared counts for who made it */
    Space space;  /* for searching; exact ones need it while they are built */
    bool has_best;
    Outcome best;
};

static void rank(InverseUtility *inverse, const Profile *profile, uint32_t raw) {
    uint8_t order[NP_MAX_ISSUES];
    for (uint8_t issue = 0; issue < inverse->domain->issues; issue++) order[issue] = issue;
    space_init(&inverse->space, inverse->domain, profile, order);
    ranking_build(&inverse->ranking, &inverse->space, raw);
    inverse->bytes += inverse->ranking.count * sizeof(Ranked);
    inverse->has_best = ranking_best(&inverse->ranking, &inverse->best);
}

/* --- searching --- */

static const Wanted anything = {.floor = INT64_MIN,
                                .ceiling = INT64_MAX,
                                .budget = INVERSE_NODE_BUDGET,
                                .issue = NP_MAX_ISSUES};

/* A search that ran out of its nodes is polished: what it found, or else what is given instead. */
static bool search(const InverseUtility *inverse, const Wanted *wanted, const Outcome *instead,
                   Outcome *out) {
    bool complete, found = search_find(&inverse->space, wanted, out, &complete);
    if (complete) return found;
    if (!found && instead == NULL) return false;
    if (!found) *out = *instead;
    return polish_run(&inverse->space, wanted, out);
}

static void prepare_search(InverseUtility *inverse, const Profile *profile) {
    uint8_t order[NP_MAX_ISSUES];
    search_order(inverse->domain, profile, order);
    space_init(&inverse->space, inverse->domain, profile, order);
    inverse->has_best = search(inverse, &anything, NULL, &inverse->best);
}

/* --- life --- */

/* NULL where they are ranked outright. */
static Classes *classes_for(const InverseUtility *known, const Domain *domain,
                            const Profile *profile, uint32_t raw) {
    if (profile->durability == NULL && profile->eroded == 0) return NULL;
    if (known != NULL && known->appraised) return classes_share(known->view.classes);
    return classes_create(domain, profile, raw);
}

static void prepare_exact(InverseUtility *inverse, const InverseUtility *known,
                          const Profile *profile, uint32_t raw) {
    Classes *classes = classes_for(known, inverse->domain, profile, raw);
    inverse->appraised = classes != NULL;
    if (!inverse->appraised) {
        rank(inverse, profile, raw);
        return;
    }
    class_view_init(&inverse->view, classes, profile);
    inverse->bytes += classes->classes * (sizeof(Utility) + sizeof(double));
    if (classes->users == 1) inverse->bytes += classes->ranking.count * sizeof(Ranked);
    inverse->has_best = class_view_best(&inverse->view, &inverse->best);
}

InverseUtility *inverse_create_like(const InverseUtility *known, const Domain *domain,
                                    const Profile *profile) {
    InverseUtility *inverse = memory_new(1, sizeof *inverse);
    inverse->domain = domain;
    inverse->bytes = sizeof *inverse;
    double raw = domain_raw_count(domain);
    inverse->exact = raw <= INVERSE_MAX_RANKED;
    if (inverse->exact)
        prepare_exact(inverse, known, profile, (uint32_t)raw);
    else
        prepare_search(inverse, profile);
    return inverse;
}

InverseUtility *inverse_create(const Domain *domain, const Profile *profile) {
    return inverse_create_like(NULL, domain, profile);
}

void inverse_destroy(InverseUtility *inverse) {
    if (inverse == NULL) return;
    class_view_finish(&inverse->view);
    ranking_finish(&inverse->ranking);
    memory_free(inverse);
}

bool inverse_exact(const InverseUtility *inverse) {
    return inverse->exact;
}

size_t inverse_bytes(const InverseUtility *inverse) {
    return inverse->bytes;
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
    return search(inverse, &wanted, inverse->has_best ? &inverse->best : NULL, out);
}

bool inverse_at_least(const InverseUtility *inverse, Utility target, Outcome *out) {
    if (inverse->appraised) return class_view_at_least(&inverse->view, target, out);
    return inverse->exact ? ranking_at_least(&inverse->ranking, target, out)
                          : search_at_least(inverse, target, out);
}

/* A search that ran out of its nodes and found nothing is polished from the least package above the target: when
 * that is within the band, the polish has only to come nearer. Polishing gets stuck; searching below what is
 * known to be near enough gets on from there. */
static bool search_nearest(const InverseUtility *inverse, const Wanted *wanted, Outcome *out) {
    bool complete, found = search_find(&inverse->space, wanted, out, &complete);
    if (complete) return found;
    if (!found && !search_at_least(inverse, wanted->floor, out)) return false;
    if (!polish_run(&inverse->space, wanted, out)) return false;
    while (search_nearer(&inverse->space, wanted, out)) polish_run(&inverse->space, wanted, out);
    return true;
}

bool inverse_nearest(const InverseUtility *inverse, Utility target, Utility slack,
                     const Outcome *reference, Outcome *out) {
    Utility ceiling = slack > INT64_MAX - (target > 0 ? target : 0) ? INT64_MAX : target + slack;
    if (inverse->appraised)
        return class_view_nearest(&inverse->view, target, ceiling, reference, out);
    if (inverse->exact) return ranking_nearest(&inverse->ranking, target, ceiling, reference, out);
    Wanted wanted = anything;
    wanted.floor = target;
    wanted.ceiling = ceiling;
    wanted.reference = reference;
    return search_nearest(inverse, &wanted, out);
}

bool inverse_best_with(const InverseUtility *inverse, uint8_t issue, uint8_t option, Outcome *out) {
    if (issue >= inverse->domain->issues || option >= inverse->domain->issue[issue].options)
        return false;
    if (inverse->appraised) return class_view_best_with(&inverse->view, issue, option, out);
    if (inverse->exact) return ranking_best_with(&inverse->ranking, issue, option, out);
    Wanted wanted = anything;
    wanted.issue = issue;
    wanted.option = option;
    if (!inverse->has_best) return search(inverse, &wanted, NULL, out);
    Outcome likely = inverse->best;
    likely.option[issue] = option;
    return search(inverse, &wanted, &likely, out);
}

uint32_t inverse_between(const InverseUtility *inverse, Utility floor, Utility ceiling,
                         Outcome *out, uint32_t room) {
    if (inverse->appraised) return class_view_between(&inverse->view, floor, ceiling, out, room);
    if (inverse->exact) return ranking_between(&inverse->ranking, floor, ceiling, out, room);
    Wanted wanted = anything;
    wanted.floor = floor;
    wanted.ceiling = ceiling;
    uint32_t count = search_list(&inverse->space, &wanted, out, room);
    if (count > 0 || room == 0) return count;
    return search(inverse, &wanted, inverse->has_best ? &inverse->best : NULL, out) ? 1 : 0;
}

/* A search that runs out of its nodes is polished from the package itself: the next one is often close by. */
bool inverse_next_best(const InverseUtility *inverse, const Outcome *after, Outcome *out) {
    if (after == NULL) return inverse_best(inverse, out);
    Outcome from = *after; /* it may be `out` */
    Wanted wanted = anything;
    const Profile *profile = inverse->appraised ? inverse->view.profile : inverse->space.profile;
    wanted.ceiling = profile_utility(profile, inverse->domain, &from);
    wanted.after = &from;
    if (inverse->appraised) return class_view_next(&inverse->view, wanted.ceiling, &from, out);
    if (inverse->exact) return ranking_next(&inverse->ranking, wanted.ceiling, &from, out);
    bool whole = domain_complete(inverse->domain, &from);
    return search(inverse, &wanted, whole ? &from : NULL, out);
}
