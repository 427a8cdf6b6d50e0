#include "core/negotiation/inverse_search.h"

#include <string.h>

enum { ANY_CHANGES = NP_MAX_ISSUES };

/* Bounds on what the issues from each depth on add up to, by how many of them may still leave the
 * reference: [depth][changes]. Without a reference only [depth][ANY_CHANGES] is used. */
typedef struct Bounds {
    Utility high[NP_MAX_ISSUES + 1][ANY_CHANGES + 1];
    Utility low[NP_MAX_ISSUES + 1][ANY_CHANGES + 1];
} Bounds;

typedef struct Search {
    const Space *space;
    const Wanted *wanted;
    const Durability *durability;                    /* NULL: a peace holds for sure */
    uint8_t by_value[NP_MAX_ISSUES][NP_MAX_OPTIONS]; /* [depth]: options in the order of trying */
    uint8_t options[NP_MAX_ISSUES];                  /* [depth] how many */
    Bounds worth, effect;                            /* effect: with durability only */
    Utility floor, ceiling;                          /* narrowed as better packages are found */
    uint32_t left;                                   /* nodes */
    bool cut;                                        /* ran out of nodes */
    bool found;
    Utility best_utility;
    Outcome best, trail;
    Outcome *list; /* where all are kept that are found, best first; NULL: the best alone */
    uint32_t listed, room;
} Search;

/* --- order --- */

/* What a unit of worth and a unit of effect on the log hazard come to, nearly: the tangent of U at the
 * middle of the space. It says only what to try first. */
typedef struct Leaning {
    const Durability *durability;
    double worth, effect;
} Leaning;

typedef struct Extent {
    Utility least, most;
} Extent;

static Extent extent_of(const Utility *number, uint8_t count) {
    Extent extent = {number[0], number[0]};
    for (uint8_t i = 1; i < count; i++) {
        if (number[i] < extent.least) extent.least = number[i];
        if (number[i] > extent.most) extent.most = number[i];
    }
    return extent;
}

static Leaning leaning_of(const Domain *domain, const Profile *profile) {
    const Durability *durability = profile->durability;
    if (durability == NULL) return (Leaning){NULL, 1, 0};
    Utility sum = 0, middle = profile->hazard;
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        Extent effect = extent_of(durability->effect[issue], domain->issue[issue].options);
        sum += extent_of(profile->value[issue], domain->issue[issue].options).most;
        middle += (effect.least + effect.most) / 2;
    }
    double slope = durability_share(durability, middle + UTILITY_ONE / 2) -
                   durability_share(durability, middle - UTILITY_ONE / 2);
    return (Leaning){durability, durability_share(durability, middle),
                     slope * utility_real(sum - profile->aftermath)};
}

/* What having each option comes to, nearly. */
static void lean(const Leaning *leaning, const Domain *domain, uint8_t issue, const Utility *value,
                 Utility score[NP_MAX_OPTIONS]) {
    memcpy(score, value, domain->issue[issue].options * sizeof score[0]);
    if (leaning->durability == NULL) return;
    for (uint8_t option = 0; option < domain->issue[issue].options; option++)
        score[option] = utility_from(leaning->worth * utility_real(value[option]) +
                                     leaning->effect *
                                         utility_real(leaning->durability->effect[issue][option]));
}

void search_order(const Domain *domain, const Profile *profile, uint8_t order[NP_MAX_ISSUES]) {
    Leaning leaning = leaning_of(domain, profile);
    Utility score[NP_MAX_OPTIONS], spread[NP_MAX_ISSUES];
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        lean(&leaning, domain, issue, profile->value[issue], score);
        Extent extent = extent_of(score, domain->issue[issue].options);
        spread[issue] = extent.most - extent.least;
        uint8_t place = issue;
        for (; place > 0 && spread[order[place - 1]] < spread[issue]; place--)
            order[place] = order[place - 1];
        order[place] = issue;
    }
}

static bool may_have(const Search *search, uint8_t issue, uint8_t option) {
    if ((search->space->never[issue] >> option & 1u) != 0) return false;
    return search->wanted->issue != issue || search->wanted->option == option;
}

/* Looking for the highest, good options are tried first; for the lowest, poor ones. */
static void list_options(Search *search, const Leaning *leaning, uint8_t depth) {
    uint8_t issue = search->space->order[depth], count = 0;
    Utility score[NP_MAX_OPTIONS];
    lean(leaning, search->space->domain, issue, search->space->value[issue], score);
    uint8_t *list = search->by_value[depth];
    for (uint8_t option = 0; option < search->space->domain->issue[issue].options; option++) {
        if (!may_have(search, issue, option)) continue;
        uint8_t place = count++;
        for (; place > 0 && (search->wanted->lowest ? score[list[place - 1]] > score[option]
                                                    : score[list[place - 1]] < score[option]);
             place--)
            list[place] = list[place - 1];
        list[place] = option;
    }
    search->options[depth] = count;
}

/* --- bounds --- */

static Extent listed_extent(const Search *search, uint8_t depth, const Utility *number) {
    const uint8_t *list = search->by_value[depth];
    Extent extent = {number[list[0]], number[list[0]]};
    for (uint8_t i = 1; i < search->options[depth]; i++) {
        if (number[list[i]] < extent.least) extent.least = number[list[i]];
        if (number[list[i]] > extent.most) extent.most = number[list[i]];
    }
    return extent;
}

/* `number` is what each option of the issue at `depth` adds. */
static void extend_bounds(Search *search, Bounds *bounds, uint8_t depth, const Utility *number) {
    uint8_t issue = search->space->order[depth];
    Extent any = listed_extent(search, depth, number), keep = any;
    const Outcome *reference = search->wanted->reference;
    uint8_t kept = reference == NULL ? NP_NO_OPTION : reference->option[issue];
    /* An issue on which the reference cannot be kept is taken as free: a looser bound, but one. */
    if (kept < NP_MAX_OPTIONS && may_have(search, issue, kept))
        keep = (Extent){number[kept], number[kept]};
    for (uint8_t changes = 0; changes <= ANY_CHANGES; changes++) {
        Utility high = bounds->high[depth + 1][changes] + keep.most;
        Utility low = bounds->low[depth + 1][changes] + keep.least;
        if (changes > 0) {
            Utility turn_high = bounds->high[depth + 1][changes - 1] + any.most;
            Utility turn_low = bounds->low[depth + 1][changes - 1] + any.least;
            if (turn_high > high) high = turn_high;
            if (turn_low < low) low = turn_low;
        }
        bounds->high[depth][changes] = high;
        bounds->low[depth][changes] = low;
    }
}

/* The most, and the least, that a sum and an effect within their bounds can be worth. A sum above the
 * aftermath gains by the peace holding, one below loses; whoever can choose the sum between has the
 * aftermath itself, which is no more than the most and no less than the least. */
static Utility most_worth(const Search *search, Utility sum, Extent effect) {
    return space_worth(search->space, sum,
                       sum >= search->space->profile->aftermath ? effect.least : effect.most);
}

static Utility least_worth(const Search *search, Utility sum, Extent effect) {
    return space_worth(search->space, sum,
                       sum >= search->space->profile->aftermath ? effect.most : effect.least);
}

static bool hopeless(const Search *search, uint8_t depth, uint8_t changes, const Partway *partway) {
    Extent effect = {partway->effect, partway->effect};
    if (search->durability != NULL) {
        effect.least += search->effect.low[depth][changes];
        effect.most += search->effect.high[depth][changes];
    }
    Utility high = partway->sum + search->worth.high[depth][changes] +
                   space_pending_gain(search->space, partway);
    if (most_worth(search, high, effect) < search->floor) return true;
    Utility low = partway->sum + search->worth.low[depth][changes] -
                  space_pending_loss(search->space, partway);
    return least_worth(search, low, effect) > search->ceiling;
}

/* --- the search --- */

bool wanted_skips(const Wanted *wanted, Utility utility, const Outcome *package) {
    return wanted->after != NULL && utility == wanted->ceiling &&
           memcmp(package, wanted->after, sizeof *package) <= 0;
}

static Utility worth_of(const Space *space, const Outcome *package) {
    return profile_utility(space->profile, space->domain, package);
}

/* Is the one on the list to stay ahead of the other? */
static bool stays_ahead(const Search *search, const Outcome *listed, const Outcome *other,
                        Utility utility) {
    Utility worth = worth_of(search->space, listed);
    return worth != utility ? worth > utility : memcmp(listed, other, sizeof *other) < 0;
}

/* Once the list is full, only what is worth as much as its last can come on it. */
static void enlist(Search *search, Utility utility) {
    uint32_t place = 0, end = search->listed;
    while (place < end) {
        uint32_t middle = place + (end - place) / 2;
        if (stays_ahead(search, &search->list[middle], &search->trail, utility))
            place = middle + 1;
        else
            end = middle;
    }
    if (place == search->room) return;
    if (search->listed < search->room) search->listed++;
    memmove(search->list + place + 1, search->list + place,
            (search->listed - 1 - place) * sizeof *search->list);
    search->list[place] = search->trail;
    if (search->listed == search->room)
        search->floor = worth_of(search->space, &search->list[search->room - 1]);
}

static void consider(Search *search, const Partway *partway) {
    if (outcome_equal(&search->trail, &search->space->status_quo)) return;
    Utility utility = space_worth(search->space, partway->sum, partway->effect);
    if (utility < search->floor || utility > search->ceiling) return;
    if (wanted_skips(search->wanted, utility, &search->trail)) return;
    if (search->list != NULL) {
        enlist(search, utility);
        return;
    }
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
    search->durability = space->profile->durability;
    search->floor = wanted->floor;
    search->ceiling = wanted->ceiling;
    search->trail = outcome_empty();
    Leaning leaning = leaning_of(space->domain, space->profile);
    for (uint8_t depth = space->issues; depth-- > 0;) {
        uint8_t issue = space->order[depth];
        list_options(search, &leaning, depth);
        if (search->options[depth] == 0) return false;
        extend_bounds(search, &search->worth, depth, space->value[issue]);
        if (search->durability != NULL)
            extend_bounds(search, &search->effect, depth, search->durability->effect[issue]);
    }
    return true;
}

static void search_within(Search *search, uint8_t changes, uint32_t budget) {
    Partway start = space_start(search->space);
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

uint32_t search_list(const Space *space, const Wanted *wanted, Outcome *out, uint32_t room) {
    Search search;
    if (room == 0 || !search_init(&search, space, wanted)) return 0;
    search.list = out;
    search.room = room;
    search_within(&search, ANY_CHANGES, wanted->budget);
    return search.listed;
}

bool search_nearer(const Space *space, const Wanted *wanted, Outcome *package) {
    Search search;
    uint8_t apart = 0;
    for (uint8_t issue = 0; issue < space->issues; issue++)
        apart += package->option[issue] != wanted->reference->option[issue];
    if (apart == 0 || !search_init(&search, space, wanted)) return false;
    search_within(&search, (uint8_t)(apart - 1), wanted->budget);
    if (search.found) *package = search.best;
    return search.found;
}
