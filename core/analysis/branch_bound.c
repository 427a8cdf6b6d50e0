#include "core/analysis/branch_bound.h"

#include <string.h>

typedef struct Search {
    const Diagram *diagram;
    const Aim *aim;
    uint64_t left; /* nodes */
    bool cut;      /* ran out of them */
    bool ties;     /* the best is known; what is as good is counted */
    Solution best;
    Outcome trail;
    Utility *point; /* [best.points][seats]: different ones, while ties are counted */
    size_t room;
} Search;

/* --- aims --- */

static bool admits(const Search *search, const Utility *utility) {
    const Utility *floor = search->aim->floor;
    for (SeatId seat = 0; floor != NULL && seat < search->diagram->seats; seat++)
        if (utility[seat] < floor[seat]) return false;
    return true;
}

static int prefer(const Aim *aim, const Utility *a, const Utility *b) {
    if (aim->merit != NULL) return merit_compare(aim->merit, a, b);
    int order = (a[aim->seat] > b[aim->seat]) - (a[aim->seat] < b[aim->seat]);
    return aim->least ? -order : order;
}

/* Nothing that begins so is better than this. */
typedef struct Hope {
    Utility utility[NP_MAX_SEATS];
    Utility sum;
} Hope;

static Hope hope_of(const Search *search, const Sums *sums, const Layer *layer, uint32_t node) {
    const Diagram *diagram = search->diagram;
    Hope hope = {{0}, 0};
    for (SeatId seat = 0; seat < diagram->seats; seat++) {
        hope.utility[seat] = diagram_most(diagram, seat, sums, layer, node);
        hope.sum += hope.utility[seat];
    }
    Utility sum = sums->term[DIAGRAM_SUM] + layer->most[node].term[DIAGRAM_SUM];
    if (diagram->durability == NULL && sum < hope.sum) hope.sum = sum;
    return hope;
}

/* Is it worth going on? */
static bool promises(const Search *search, const Hope *hope) {
    if (!admits(search, hope->utility)) return false;
    if (!search->best.found) return true;
    int order = prefer(search->aim, hope->utility, search->best.utility);
    if (order < 0 || (order == 0 && !search->ties)) return false;
    return search->aim->merit == NULL ||
           merit_within(search->aim->merit, hope->utility, hope->sum, search->best.utility);
}

/* --- what is found --- */

static void take(Search *search, const Utility *utility) {
    search->best.found = true;
    search->best.package = search->trail;
    memcpy(search->best.utility, utility, search->diagram->seats * sizeof *utility);
}

static void count_point(Search *search, const Utility *utility) {
    size_t count = (size_t)search->best.points, seats = search->diagram->seats;
    for (size_t i = 0; i < count; i++)
        if (utilities_equal(search->point + i * seats, utility, search->diagram->seats)) return;
    if (count == search->room) {
        search->room = search->room == 0 ? 16 : 2 * search->room;
        search->point = memory_grow(search->point, search->room * seats, sizeof *search->point);
    }
    memcpy(search->point + count * seats, utility, seats * sizeof *utility);
    search->best.points++;
}

static void consider(Search *search, const Sums *sums, const NodeKey *key) {
    const Diagram *diagram = search->diagram;
    Utility utility[NP_MAX_SEATS] = {0};
    SeatSet demanding = diagram_demanding(diagram, key);
    for (SeatId seat = 0; seat < diagram->seats; seat++) {
        utility[seat] = diagram_worth(diagram, seat, sums);
        if (seat_in(demanding, seat) && utility[seat] < diagram->question->threshold[seat]) return;
    }
    if (!admits(search, utility)) return;
    int order = search->best.found ? prefer(search->aim, utility, search->best.utility) : 1;
    if (order > 0) take(search, utility);
    if (order != 0 || !search->ties) return;
    search->best.packages++;
    count_point(search, utility);
    if (memcmp(&search->trail, &search->best.package, sizeof search->trail) < 0)
        take(search, utility);
}

/* --- the search --- */

typedef struct Branch {
    uint8_t option;
    uint32_t node;
    Sums sums;
    Hope hope;
} Branch;

static bool comes_first(const Search *search, const Branch *a, const Branch *b) {
    int order = prefer(search->aim, a->hope.utility, b->hope.utility);
    return order != 0 ? order > 0 : a->hope.sum > b->hope.sum;
}

/* Looks at a choice; false where it does not lead on. */
static bool look(Search *search, uint8_t number, uint32_t node, Branch *branch) {
    const Layer *layer = &search->diagram->layer[number];
    branch->node = layer->child[(size_t)node * layer->options + branch->option];
    if (branch->node == DIAGRAM_NOWHERE) return false;
    if (search->left == 0) {
        search->cut = true;
        return false;
    }
    search->left--;
    diagram_add(search->diagram, number, node, branch->option, &branch->sums);
    if (diagram_hopeless(search->diagram, &branch->sums, layer + 1, branch->node)) return false;
    branch->hope = hope_of(search, &branch->sums, layer + 1, branch->node);
    if (search->aim->least)
        branch->hope.utility[search->aim->seat] = diagram_least(
            search->diagram, search->aim->seat, &branch->sums, layer + 1, branch->node);
    return promises(search, &branch->hope);
}

static void descend(Search *search, uint8_t number, uint32_t node, const Sums *sums) {
    const Layer *layer = &search->diagram->layer[number];
    if (number == search->diagram->issues) {
        consider(search, sums, &layer->key[node]);
        return;
    }
    Branch branch[NP_MAX_OPTIONS];
    uint8_t order[NP_MAX_OPTIONS], count = 0;
    for (uint8_t option = 0; option < layer->options; option++) {
        branch[option].option = option;
        branch[option].sums = *sums;
        if (!look(search, number, node, &branch[option])) continue;
        uint8_t place = count++;
        for (; place > 0 && comes_first(search, &branch[option], &branch[order[place - 1]]);
             place--)
            order[place] = order[place - 1];
        order[place] = option;
    }
    for (uint8_t i = 0; i < count; i++) {
        const Branch *next = &branch[order[i]];
        if (!promises(search, &next->hope)) continue;
        search->trail.option[layer->issue] = next->option;
        descend(search, (uint8_t)(number + 1), next->node, &next->sums);
    }
}

static void consider_apart(Search *search) {
    Utility utility[NP_MAX_SEATS] = {0};
    const Outcome *known = &search->diagram->known;
    question_utilities(search->diagram->question, known, utility);
    if (!admits(search, utility)) return;
    if (search->best.found && prefer(search->aim, utility, search->best.utility) <= 0) return;
    search->trail = *known;
    take(search, utility);
}

static void run(Search *search) {
    const Sums nothing = {{0}};
    search->left = search->diagram->question->budget;
    search->cut = false;
    search->trail = outcome_empty();
    if (!search->diagram->empty) descend(search, 0, 0, &nothing);
}

Solution branch_and_bound(const Diagram *diagram, const Aim *aim, const Solution *known) {
    Search search = {.diagram = diagram, .aim = aim, .best = *known};
    if (diagram->apart) consider_apart(&search);
    run(&search);
    search.best.exact = diagram->whole && !search.cut;
    search.best.counted = search.best.exact;
    if (!search.best.found || aim->merit == NULL) return search.best;
    search.ties = true;
    search.best.points = search.best.packages = 0;
    run(&search);
    search.best.counted = search.best.exact && !search.cut;
    if (search.best.packages == 0) search.best.points = search.best.packages = 1;
    memory_free(search.point);
    return search.best;
}
