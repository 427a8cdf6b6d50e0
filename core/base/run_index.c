/* Open addressing with linear probing; removal moves later rows back, so that there are no tombstones. */
#include "core/base/run_index.h"

#include <assert.h>

#include "core/base/memory.h"

typedef struct RunIndexRow {
    uint64_t run;
    void *what; /* NULL: free */
} RunIndexRow;

static uint32_t place_of(const RunIndex *index, uint64_t run) {
    return (uint32_t)(run * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (index->capacity - 1);
}

static uint32_t next_place(const RunIndex *index, uint32_t place) {
    return (place + 1) & (index->capacity - 1);
}

/* The run's row, or the free one where it would stand. */
static RunIndexRow *row_of(const RunIndex *index, uint64_t run) {
    uint32_t place = place_of(index, run);
    while (index->row[place].what && index->row[place].run != run) place = next_place(index, place);
    return &index->row[place];
}

void *run_index_find(const RunIndex *index, uint64_t run) {
    return index->capacity ? row_of(index, run)->what : NULL;
}

static void grow(RunIndex *index) {
    RunIndex larger = {.capacity = index->capacity ? index->capacity * 2 : 64,
                       .count = index->count};
    larger.row = memory_new(larger.capacity, sizeof *larger.row);
    for (uint32_t i = 0; i < index->capacity; i++)
        if (index->row[i].what) *row_of(&larger, index->row[i].run) = index->row[i];
    memory_free(index->row);
    *index = larger;
}

void run_index_add(RunIndex *index, uint64_t run, void *what) {
    assert(what && !run_index_find(index, run));
    if (index->count * 2 >= index->capacity) grow(index);
    *row_of(index, run) = (RunIndexRow){run, what};
    index->count++;
}

/* Rows after a freed place that could not have it move up to it. */
static void close_gap(RunIndex *index, uint32_t gap) {
    uint32_t mask = index->capacity - 1;
    for (uint32_t at = next_place(index, gap); index->row[at].what; at = next_place(index, at)) {
        uint32_t home = place_of(index, index->row[at].run);
        if (((at - home) & mask) < ((at - gap) & mask)) continue;
        index->row[gap] = index->row[at];
        gap = at;
    }
    index->row[gap].what = NULL;
}

void *run_index_remove(RunIndex *index, uint64_t run) {
    void *what = run_index_find(index, run);
    if (!what) return NULL;
    close_gap(index, (uint32_t)(row_of(index, run) - index->row));
    index->count--;
    return what;
}

void *run_index_next(const RunIndex *index, uint32_t *cursor) {
    while (*cursor < index->capacity) {
        void *what = index->row[(*cursor)++].what;
        if (what) return what;
    }
    return NULL;
}

void run_index_finish(RunIndex *index) {
    memory_free(index->row);
    *index = (RunIndex){NULL, 0, 0};
}
