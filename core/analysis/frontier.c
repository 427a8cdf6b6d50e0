#include "core/analysis/frontier.h"

#include <stdlib.h>
#include <string.h>

static void add_point(Frontier *frontier, size_t *room, const PackageWalk *walk) {
    if (frontier->count == *room) {
        *room = *room == 0 ? 64 : 2 * *room;
        frontier->point = memory_grow(frontier->point, *room, sizeof *frontier->point);
    }
    FrontierPoint *point = &frontier->point[frontier->count++];
    *point = (FrontierPoint){.packages = 1, .package = walk->package};
    memcpy(point->utility, walk->utility, frontier->seats * sizeof point->utility[0]);
}

/* False when a point says that there is nothing new in it. */
static bool is_new(Frontier *frontier, const Utility *utility) {
    for (size_t i = 0; i < frontier->count; i++) {
        FrontierPoint *point = &frontier->point[i];
        bool equal = utilities_equal(point->utility, utility, frontier->seats);
        point->packages += equal;
        if (equal || utilities_dominate(point->utility, utility, frontier->seats)) return false;
    }
    return true;
}

static void drop_dominated(Frontier *frontier, const Utility *utility) {
    size_t kept = 0;
    for (size_t i = 0; i < frontier->count; i++)
        if (!utilities_dominate(utility, frontier->point[i].utility, frontier->seats))
            frontier->point[kept++] = frontier->point[i];
    frontier->count = kept;
}

static int point_order(const void *a, const void *b) {
    const FrontierPoint *x = a, *y = b;
    for (uint8_t seat = 0; seat < NP_MAX_SEATS; seat++)
        if (x->utility[seat] != y->utility[seat])
            return x->utility[seat] > y->utility[seat] ? -1 : 1;
    return 0;
}

Frontier frontier_find(const Question *question) {
    Frontier frontier = {.seats = question->terms->seats, .exact = true};
    size_t room = 0;
    PackageWalk walk = walk_start(question);
    while (walk_next(&walk)) {
        if (frontier.states++ == question->budget) {
            frontier.exact = false;
            break;
        }
        if (!is_new(&frontier, walk.utility)) continue;
        drop_dominated(&frontier, walk.utility);
        add_point(&frontier, &room, &walk);
    }
    if (frontier.count > 1)
        qsort(frontier.point, frontier.count, sizeof *frontier.point, point_order);
    for (size_t i = 0; i < frontier.count; i++) frontier.packages += frontier.point[i].packages;
    return frontier;
}

void frontier_finish(Frontier *frontier) {
    memory_free(frontier->point);
    *frontier = (Frontier){0};
}

static int against(const Utility *a, const Utility *b, uint8_t seats) {
    for (uint8_t seat = 0; seat < seats; seat++)
        if (a[seat] != b[seat]) return a[seat] > b[seat] ? -1 : 1;
    return 0;
}

const FrontierPoint *frontier_at(const Frontier *frontier, const Utility *utility) {
    size_t from = 0, end = frontier->count;
    while (from < end) {
        size_t middle = from + (end - from) / 2;
        int order = against(frontier->point[middle].utility, utility, frontier->seats);
        if (order == 0) return &frontier->point[middle];
        if (order < 0)
            from = middle + 1;
        else
            end = middle;
    }
    return NULL;
}
