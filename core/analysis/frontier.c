#include "core/analysis/frontier.h"

#include <string.h>

#include "core/analysis/diagram_answers.h"
#include "core/analysis/frontier_merge.h"

static FrontierPoint point_of(const Diagram *diagram, const Merged *merged, int64_t *row) {
    FrontierPoint point = {.packages = row_packages(row, merged->shape),
                           .package = outcome_empty()};
    memcpy(point.utility, row, diagram->seats * sizeof point.utility[0]);
    for (uint8_t issue = 0; issue < diagram->issues; issue++)
        point.package.option[issue] = rank_option(row_rank(row, merged->shape), issue);
    return point;
}

static void admit_apart(const Diagram *diagram, Frontier *frontier) {
    Utility utility[NP_MAX_SEATS] = {0};
    question_utilities(diagram->question, &diagram->known, utility);
    frontier_admit(frontier, utility, &diagram->known);
}

Frontier frontier_on(const Diagram *diagram) {
    Merged merged = frontier_merge(diagram);
    Frontier frontier = {.seats = diagram->seats,
                         .exact = merged.exact,
                         .counted = merged.counted,
                         .count = merged.rows.count,
                         .states = merged.states};
    frontier.point = memory_new(frontier.count + 1, sizeof *frontier.point);
    for (size_t i = 0; i < frontier.count; i++) {
        frontier.point[i] =
            point_of(diagram, &merged, merged.rows.cell + i * rows_stride(merged.shape));
        frontier.packages += frontier.point[i].packages;
    }
    memory_free(merged.rows.cell);
    if (diagram->apart) admit_apart(diagram, &frontier);
    return frontier;
}

Frontier frontier_find(const Question *question) {
    Diagram *diagram = diagram_create(question);
    Frontier frontier = frontier_on(diagram);
    diagram_destroy(diagram);
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

/* --- admitting --- */

static bool has_better(const Frontier *frontier, const Utility *utility) {
    for (size_t i = 0; i < frontier->count; i++)
        if (utilities_equal(frontier->point[i].utility, utility, frontier->seats) ||
            utilities_dominate(frontier->point[i].utility, utility, frontier->seats))
            return true;
    return false;
}

static void drop_dominated(Frontier *frontier, const Utility *utility) {
    size_t kept = 0;
    for (size_t i = 0; i < frontier->count; i++) {
        if (utilities_dominate(utility, frontier->point[i].utility, frontier->seats))
            frontier->packages -= frontier->point[i].packages;
        else
            frontier->point[kept++] = frontier->point[i];
    }
    frontier->count = kept;
}

void frontier_admit(Frontier *frontier, const Utility *utility, const Outcome *package) {
    if (frontier->exact || has_better(frontier, utility)) return;
    drop_dominated(frontier, utility);
    size_t place = frontier->count++;
    frontier->point = memory_grow(frontier->point, frontier->count, sizeof *frontier->point);
    for (; place > 0 && against(frontier->point[place - 1].utility, utility, frontier->seats) > 0;
         place--)
        frontier->point[place] = frontier->point[place - 1];
    frontier->point[place] = (FrontierPoint){.packages = 1, .package = *package};
    memcpy(frontier->point[place].utility, utility, frontier->seats * sizeof *utility);
    frontier->packages++;
}
