#include "cli/sweep_shelf.h"

static uint32_t find_place(const SweepShelf *shelf, const SweepPlan *plan, SweepJob job) {
    uint32_t oldest = 0;
    for (uint32_t i = 0; i < SWEEP_SHELF; i++) {
        if (sweep_cell_serves(&shelf->cell[i], plan, job)) return i;
        if (shelf->taken[i] < shelf->taken[oldest]) oldest = i;
    }
    return oldest;
}

const SweepCell *sweep_shelf_take(SweepShelf *shelf, const SweepPlan *plan, SweepJob job,
                                  Error *error) {
    uint32_t place = find_place(shelf, plan, job);
    SweepCell *cell = &shelf->cell[place];
    if (!sweep_cell_serves(cell, plan, job)) {
        sweep_cell_finish(cell);
        shelf->taken[place] = 0;
        if (!sweep_cell_open(cell, plan, job, error)) {
            sweep_cell_finish(cell);
            return NULL;
        }
    }
    shelf->taken[place] = ++shelf->clock;
    return cell;
}

void sweep_shelf_finish(SweepShelf *shelf) {
    for (uint32_t i = 0; i < SWEEP_SHELF; i++) sweep_cell_finish(&shelf->cell[i]);
}
