#include "core/negotiation/inverse_classes.h"

#include <string.h>

#include "core/base/memory.h"

/* --- sorting into classes --- */

/* Packages as they are walked, and the class of each. */
typedef struct Sorting {
    Classes *classes;
    const Profile *profile; /* nothing of its penalties is in the sums */
    uint16_t *class_of;     /* [count] */
    uint32_t latest;        /* neighbours are often of one class */
    bool too_many;
} Sorting;

static uint32_t soft_lines_crossed(const Profile *profile, const Outcome *outcome) {
    uint32_t crossed = 0;
    for (uint32_t i = 0; i < profile->red_lines; i++)
        if (profile->red_line[i].penalty != 0 &&
            condition_holds(&profile->red_line[i].when, outcome))
            crossed |= UINT32_C(1) << i;
    return crossed;
}

static bool is_of(const PackageClass *class, Utility effect, uint32_t crossed) {
    return class->effect == effect && class->crossed == crossed;
}

static uint32_t find_class(Sorting *sorting, Utility effect, uint32_t crossed) {
    Classes *classes = sorting->classes;
    if (classes->classes > 0 && is_of(&classes->class[sorting->latest], effect, crossed))
        return sorting->latest;
    for (uint32_t i = 0; i < classes->classes; i++)
        if (is_of(&classes->class[i], effect, crossed)) return sorting->latest = i;
    if (classes->classes == CLASSES_MOST) {
        sorting->too_many = true;
        return 0;
    }
    classes->class[classes->classes] = (PackageClass){.effect = effect, .crossed = crossed};
    return sorting->latest = classes->classes++;
}

static void note(void *context, uint64_t packed, const Partway *partway) {
    Sorting *sorting = context;
    if (sorting->too_many) return;
    Ranking *ranking = &sorting->classes->ranking;
    uint32_t crossed = 0;
    if (sorting->profile->red_lines > 0) {
        Outcome outcome = ranking_unpack(ranking, packed);
        crossed = soft_lines_crossed(sorting->profile, &outcome);
    }
    uint32_t class = find_class(sorting, partway->effect, crossed);
    sorting->class_of[ranking->count] = (uint16_t) class;
    ranking->ranked[ranking->count++] = (Ranked){partway->sum, packed};
    sorting->classes->class[class].to++; /* how many, as yet */
}

/* Class by class, packages in their own order within each; then every class by sum. */
static void part(Sorting *sorting) {
    Classes *classes = sorting->classes;
    Ranking *ranking = &classes->ranking;
    Ranked *parted = memory_new(ranking->count, sizeof *parted);
    uint32_t next[CLASSES_MOST], place = 0;
    for (uint32_t i = 0; i < classes->classes; i++) {
        PackageClass *class = &classes->class[i];
        class->from = next[i] = place;
        place = class->to = place + class->to;
    }
    for (uint32_t i = 0; i < ranking->count; i++)
        parted[next[sorting->class_of[i]]++] = ranking->ranked[i];
    for (uint32_t i = 0; i < classes->classes; i++) {
        const PackageClass *class = &classes->class[i];
        uint32_t count = class->to - class->from;
        Ranked *own = memory_new(count, sizeof *own);
        memcpy(own, parted + class->from, count * sizeof *own);
        own = ranked_sort(own, count);
        memcpy(parted + class->from, own, count * sizeof *own);
        memory_free(own);
    }
    memory_free(ranking->ranked);
    ranking->ranked = parted;
}

Classes *classes_create(const Domain *domain, const Profile *profile, uint32_t raw) {
    Classes *classes = memory_new(1, sizeof *classes);
    Profile without = *profile;
    without.eroded = UTILITY_ONE; /* penalties are taken off class by class */
    uint8_t order[NP_MAX_ISSUES];
    for (uint8_t issue = 0; issue < domain->issues; issue++) order[issue] = issue;
    classes->users = 1;
    classes->domain = *domain;
    Space space;
    space_init(&space, &classes->domain, &without, order);
    ranking_lay_out(&classes->ranking, &classes->domain);
    classes->ranking.ranked = memory_new(raw, sizeof(Ranked));
    classes->class = memory_new(CLASSES_MOST, sizeof *classes->class);
    Sorting sorting = {
        .classes = classes, .profile = profile, .class_of = memory_new(raw, sizeof(uint16_t))};
    ranking_walk(&classes->ranking, &space, note, &sorting);
    if (!sorting.too_many) part(&sorting);
    memory_free(sorting.class_of);
    if (!sorting.too_many) return classes;
    classes_release(classes);
    return NULL;
}

Classes *classes_share(Classes *classes) {
    classes->users++;
    return classes;
}

void classes_release(Classes *classes) {
    if (--classes->users > 0) return;
    ranking_finish(&classes->ranking);
    memory_free(classes->class);
    memory_free(classes);
}

/* --- under one profile --- */

void class_view_init(ClassView *view, Classes *classes, const Profile *profile) {
    view->classes = classes;
    view->profile = profile;
    view->penalty = memory_new(classes->classes, sizeof *view->penalty);
    view->share = memory_new(classes->classes, sizeof *view->share);
    for (uint32_t i = 0; i < classes->classes; i++) {
        const PackageClass *class = &classes->class[i];
        for (uint32_t line = 0; line < profile->red_lines; line++)
            if ((class->crossed >> line & 1u) != 0)
                view->penalty[i] += profile_penalty(profile, &profile->red_line[line]);
        view->share[i] = profile->durability ? profile_share(profile, class->effect) : 1;
    }
}

void class_view_finish(ClassView *view) {
    if (view->classes == NULL) return;
    memory_free(view->penalty);
    memory_free(view->share);
    classes_release(view->classes);
}

/* It rises with the sum. */
static Utility worth(const ClassView *view, uint32_t class, const Ranked *ranked) {
    Utility utility = ranked->utility - view->penalty[class];
    if (view->profile->durability == NULL) return utility;
    return profile_weighted(view->profile, utility, view->share[class]);
}

static const Ranked *place(const ClassView *view, uint32_t at) {
    return &view->classes->ranking.ranked[at];
}

static uint32_t first_at_least(const ClassView *view, uint32_t number, Utility target) {
    const PackageClass *class = &view->classes->class[number];
    uint32_t at = class->from, count = class->to - class->from;
    while (count > 0) {
        uint32_t half = count / 2;
        if (worth(view, number, place(view, at + half)) < target) {
            at += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return at;
}

/* The best candidate so far. Ties go to the package that comes first. */
typedef struct Candidate {
    bool any;
    Utility worth;
    uint64_t packed;
} Candidate;

static bool answer(const ClassView *view, const Candidate *candidate, Outcome *out) {
    if (candidate->any) *out = ranking_unpack(&view->classes->ranking, candidate->packed);
    return candidate->any;
}

static void take(Candidate *candidate, Utility worth, uint64_t packed) {
    if (candidate->any && candidate->worth == worth && candidate->packed < packed) return;
    *candidate = (Candidate){true, worth, packed};
}

bool class_view_at_least(const ClassView *view, Utility target, Outcome *out) {
    Candidate least = {.any = false};
    for (uint32_t i = 0; i < view->classes->classes; i++) {
        uint32_t at = first_at_least(view, i, target), end = view->classes->class[i].to;
        if (at == end) continue;
        Utility found = worth(view, i, place(view, at));
        if (least.any && found > least.worth) continue;
        for (; at < end && worth(view, i, place(view, at)) == found; at++)
            take(&least, found, place(view, at)->packed);
    }
    return answer(view, &least, out);
}

bool class_view_best(const ClassView *view, Outcome *out) {
    Utility most = INT64_MIN;
    for (uint32_t i = 0; i < view->classes->classes; i++) {
        Utility top = worth(view, i, place(view, view->classes->class[i].to - 1));
        if (top > most) most = top;
    }
    return view->classes->classes > 0 && class_view_at_least(view, most, out);
}

bool class_view_nearest(const ClassView *view, Utility target, Utility ceiling,
                        const Outcome *reference, Outcome *out) {
    Yardstick yardstick = ranking_yardstick(&view->classes->ranking, reference);
    Candidate nearest = {.any = false};
    int least = NP_MAX_ISSUES + 1;
    for (uint32_t i = 0; i < view->classes->classes; i++) {
        uint32_t end = view->classes->class[i].to;
        for (uint32_t at = first_at_least(view, i, target); at < end; at++) {
            const Ranked *ranked = place(view, at);
            Utility found = worth(view, i, ranked);
            if (found > ceiling) break;
            int apart = yardstick_differences(&yardstick, ranked->packed);
            if (apart > least || (apart == least && found < nearest.worth)) continue;
            if (apart < least) nearest.any = false;
            least = apart;
            take(&nearest, found, ranked->packed);
        }
    }
    return answer(view, &nearest, out);
}

bool class_view_best_with(const ClassView *view, uint8_t issue, uint8_t option, Outcome *out) {
    const Ranking *ranking = &view->classes->ranking;
    uint64_t field = ((UINT64_C(1) << ranking->width[issue]) - 1) << ranking->shift[issue];
    uint64_t wanted = (uint64_t)option << ranking->shift[issue];
    Candidate best = {.any = false};
    for (uint32_t i = 0; i < view->classes->classes; i++) {
        const PackageClass *class = &view->classes->class[i];
        for (uint32_t at = class->to; at-- > class->from;) {
            const Ranked *ranked = place(view, at);
            Utility found = worth(view, i, ranked);
            if (best.any && found < best.worth) break;
            if ((ranked->packed & field) != wanted) continue;
            take(&best, found, ranked->packed);
        }
    }
    return answer(view, &best, out);
}

/* --- from the best down --- */

static bool comes_after(const ClassView *view, uint64_t packed, const Outcome *package) {
    Outcome outcome = ranking_unpack(&view->classes->ranking, packed);
    return memcmp(&outcome, package, sizeof outcome) > 0;
}

/* Among the class's packages that are worth exactly this, those that come after the package; and the best of
 * those that are worth less. */
static void look_below(const ClassView *view, uint32_t number, Utility utility,
                       const Outcome *after, Candidate *equal, Candidate *below) {
    const PackageClass *class = &view->classes->class[number];
    uint32_t at = first_at_least(view, number, utility);
    if (at > class->from) {
        Utility less = worth(view, number, place(view, at - 1));
        uint32_t first = at;
        if (!below->any || less >= below->worth) first = first_at_least(view, number, less);
        if (below->any && less > below->worth) below->any = false;
        for (; first < at; first++) take(below, less, place(view, first)->packed);
    }
    for (; at < class->to && worth(view, number, place(view, at)) == utility; at++)
        if (comes_after(view, place(view, at)->packed, after))
            take(equal, utility, place(view, at)->packed);
}

static Candidate next_below(const ClassView *view, Utility utility, const Outcome *after) {
    Candidate equal = {.any = false}, below = {.any = false};
    for (uint32_t i = 0; i < view->classes->classes; i++)
        look_below(view, i, utility, after, &equal, &below);
    return equal.any ? equal : below;
}

bool class_view_next(const ClassView *view, Utility utility, const Outcome *after, Outcome *out) {
    Candidate next = next_below(view, utility, after);
    return answer(view, &next, out);
}

uint32_t class_view_between(const ClassView *view, Utility floor, Utility ceiling, Outcome *out,
                            uint32_t room) {
    Utility utility = ceiling < INT64_MAX ? ceiling + 1 : ceiling;
    Outcome after = outcome_empty(); /* no package comes after it */
    uint32_t count = 0;
    while (count < room) {
        Candidate next = next_below(view, utility, &after);
        if (!next.any || next.worth < floor) break;
        utility = next.worth;
        after = out[count++] = ranking_unpack(&view->classes->ranking, next.packed);
    }
    return count;
}
