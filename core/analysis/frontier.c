#include "core/analysis/frontier.h"

#include <string.h>

#include "core/analysis/frontier_merge.h"

static FrontierPoint point_of(const Diagram *diagram, const Merged *merged, int64_t *row) {
    FrontierPoint point = {.packages = row_packages(row, merged->shape),
                           .package = outcome_empty()};
    memcpy(point.utility, row, diagram->seats * sizeof point.utility[0]);
    for (uint8_t issue = 0; issue < diagram->issues; issue++)
        point.package.option[issue] = rank_option(row_rank(row, merged->shape), issue);
    return point;
}

Frontier frontier_find(const Question *question) {
    Diagram *diagram = diagram_create(question);
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
