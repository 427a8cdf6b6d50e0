#include "core/negotiation/inverse_search.h"

#include <string.h>

enum { ANY_CHANGES = NP_MAX_ISSUES };

/* Bounds on what the issues from each depth on are worth, by how many of them may still leave the
 * reference: [depth][changes]. Without a reference only [depth][ANY_CHANGES] is used. */
typedef struct Bounds {
    Utility high[NP_MAX_ISSUES + 1][ANY_CHANGES + 1];
    Utility low[NP_MAX_ISSUES + 1][ANY_CHANGES + 1];
} Bounds;

typedef struct Search {
    const Space *space;
    const Wanted *wanted;
    uint8_t by_value[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* [depth]: options in the order of trying */
    uint8_t options[NP_MAX_ISSUES];                  /* [depth] how many */
    Bounds bounds;
    Utility floor, ceiling; /* narrowed as better packages are found */
    uint32_t left;          /* nodes */
    bool cut;               /* ran out of nodes */
    bool found;
    Utility best_utility;
    Outcome best, trail;
} Search;

/* --- order --- */

static Utility spread(const Domain *domain, const Profile *profile, uint8_t issue) {
    Utility least = profile->value[issue][0], most = least;
    for (uint8_t option = 1; option < domain->issue[issue].options; option++) {
        Utility value = profile->value[issue][option];
        if (value < least) least = value;
        if (value > most) most = value;
    }
    return most - least;
}

void search_order(const Domain *domain, const Profile *profile, uint8_t order[NP_MAX_ISSUES]) {
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        Utility own = spread(domain, profile, issue);
        uint8_t place = issue;
        for (; place > 0 && spread(domain, profile, order[place - 1]) < own; place--)
            order[place] = order[place - 1];
        order[place] = issue;
    }
}

static bool may_have(const Search *search, uint8_t issue, uint8_t option) {
    if ((search->space->never[issue] >> option & 1u) != 0) return false;
    return search->wanted->issue != issue || search->wanted->option == option;
}

/* Looking for the highest, good options are tried first; for the lowest, poor ones. */
static void list_options(Search *search, uint8_t depth) {
    uint8_t issue = search->space->order[depth], count = 0;
    const Utility *value = search->space->value[issue];
    uint8_t *list = search->by_value[depth];
    for (uint8_t option = 0; option < search->space->domain->issue[issue].options; option++) {
        if (!may_have(search, issue, option)) continue;
        uint8_t place = count++;
        for (; place > 0 && (search->wanted->lowest ? value[list[place - 1]] > value[option]
                                                    : value[list[place - 1]] < value[option]);
             place--)
            list[place] = list[place - 1];
        list[place] = option;
    }
    search->options[depth] = count;
}

/* --- bounds --- */

static void extend_bounds(Search *search, uint8_t depth) {
    uint8_t issue = search->space->order[depth];
    const Utility *value = search->space->value[issue];
    const uint8_t *list = search->by_value[depth];
    Utility first = value[list[0]], last = value[list[search->options[depth] - 1]];
    Utility high = first > last ? first : last, low = first > last ? last : first;
    const Outcome *reference = search->wanted->reference;
    uint8_t kept = reference == NULL ? NP_NO_OPTION : reference->option[issue];
    bool can_keep = kept < NP_MAX_OPTIONS && may_have(search, issue, kept);
    Bounds *bounds = &search->bounds;
    for (uint8_t changes = 0; changes <= ANY_CHANGES; changes++) {
        Utility up = bounds->high[depth + 1][changes], down = bounds->low[depth + 1][changes];
        /* An issue on which the reference cannot be kept is taken as free: a looser bound, but one. */
        Utility keep_high = can_keep ? up + value[kept] : up + high;
        Utility keep_low = can_keep ? down + value[kept] : down + low;
        if (changes > 0) {
            Utility turn_high = bounds->high[depth + 1][changes - 1] + high;
            Utility turn_low = bounds->low[depth + 1][changes - 1] + low;
            if (turn_high > keep_high) keep_high = turn_high;
            if (turn_low < keep_low) keep_low = turn_low;
        }
        bounds->high[depth][changes] = keep_high;
        bounds->low[depth][changes] = keep_low;
    }
}

static bool hopeless(const Search *search, uint8_t depth, uint8_t changes, const Partway *partway) {
    const Bounds *bounds = &search->bounds;
    Utility high = partway->sum + bounds->high[depth][changes];
    if (high + space_pending_gain(search->space, partway) < search->floor) return true;
    Utility low = partway->sum + bounds->low[depth][changes];
    return low - space_pending_loss(search->space, partway) > search->ceiling;
}

/* --- the search --- */

static void consider(Search *search, const Partway *partway) {
    if (outcome_equal(&search->trail, &search->space->status_quo)) return;
    Utility utility = partway->sum;
    if (utility < search->floor || utility > search->ceiling) return;
    bool tie = search->found && utility == search->best_utility;
    if (tie && memcmp(&search->trail, &search->best, sizeof search->best) > 0) return;
    search->found = true;
    search->best = search->trail;
    search->best_utility = utility;
    *(search->wanted->lowest ? &search->ceiling : &search->floor) = utility;
}

static void descend(Search *search, uint8_t depth, uint8_t changes, const Partway *partway) {
    if (depth == search->space->issues) {
        consider(search, partway);
        return;
    }
    uint8_t issue = search->space->order[depth];
    const Outcome *reference = search->wanted->reference;
    for (uint8_t i = 0; i < search->options[depth]; i++) {
        uint8_t option = search->by_value[depth][i];
        bool change = reference != NULL && reference->option[issue] != option;
        if (change && changes == 0) continue;
        if (search->left == 0) {
            search->cut = true;
            return;
        }
        search->left--;
        Partway next = *partway;
        uint8_t remaining = (uint8_t)(changes - change);
        if (!space_decide(search->space, depth, option, &next)) continue;
        if (hopeless(search, depth + 1, remaining, &next)) continue;
        search->trail.option[issue] = option;
        descend(search, depth + 1, remaining, &next);
    }
}

/* False when an issue has no option left. */
static bool search_init(Search *search, const Space *space, const Wanted *wanted) {
    memset(search, 0, sizeof *search);
    search->space = space;
    search->wanted = wanted;
    search->floor = wanted->floor;
    search->ceiling = wanted->ceiling;
    search->trail = outcome_empty();
    for (uint8_t depth = space->issues; depth-- > 0;) {
        list_options(search, depth);
        if (search->options[depth] == 0) return false;
        extend_bounds(search, depth);
    }
    return true;
}

static void search_within(Search *search, uint8_t changes, uint32_t budget) {
    Partway start = {0, search->space->all};
    search->left = budget;
    if (!hopeless(search, 0, changes, &start)) descend(search, 0, changes, &start);
}

/* Few changes first. A quarter of what is left is spent on each number of changes, so that one that
 * cannot be exhausted does not keep the next from being tried. */
static void search_near(Search *search, uint32_t budget) {
    for (uint8_t changes = 0; changes <= search->space->issues && !search->found; changes++) {
        uint32_t share = (budget + 3) / 4;
        search_within(search, changes, share);
        budget -= share - search->left;
    }
}

bool search_find(const Space *space, const Wanted *wanted, Outcome *out, bool *complete) {
    Search search;
    *complete = true;
    if (!search_init(&search, space, wanted)) return false;
    if (wanted->reference != NULL)
        search_near(&search, wanted->budget);
    else
        search_within(&search, ANY_CHANGES, wanted->budget);
    *complete = !search.cut;
    if (search.found) *out = search.best;
    return search.found;
}
