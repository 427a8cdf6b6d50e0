/* Open addressing with linear probing; removal moves later rows back, so that there are no tombstones. */
#include "proto/run_table.h"

#include <assert.h>

#include "core/base/memory.h"

typedef struct RunTableRow {
    uint64_t run;
    void *what; /* NULL: free */
} RunTableRow;

static uint32_t place_of(const RunTable *table, uint64_t run) {
    return (uint32_t)(run * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (table->capacity - 1);
}

static uint32_t next_place(const RunTable *table, uint32_t place) {
    return (place + 1) & (table->capacity - 1);
}

/* The run's row, or the free one where it would stand. */
static RunTableRow *row_of(const RunTable *table, uint64_t run) {
    uint32_t place = place_of(table, run);
    while (table->row[place].what && table->row[place].run != run) place = next_place(table, place);
    return &table->row[place];
}

void *run_table_find(const RunTable *table, uint64_t run) {
    return table->capacity ? row_of(table, run)->what : NULL;
}

static void grow(RunTable *table) {
    RunTable larger = {.capacity = table->capacity ? table->capacity * 2 : 64, .count = table->count};
    larger.row = memory_new(larger.capacity, sizeof *larger.row);
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->row[i].what) *row_of(&larger, table->row[i].run) = table->row[i];
    memory_free(table->row);
    *table = larger;
}

void run_table_add(RunTable *table, uint64_t run, void *what) {
    assert(what && !run_table_find(table, run));
    if (table->count * 2 >= table->capacity) grow(table);
    *row_of(table, run) = (RunTableRow){run, what};
    table->count++;
}

/* Rows after a freed place that could not have it move up to it. */
static void close_gap(RunTable *table, uint32_t gap) {
    uint32_t mask = table->capacity - 1;
    for (uint32_t at = next_place(table, gap); table->row[at].what; at = next_place(table, at)) {
        uint32_t home = place_of(table, table->row[at].run);
        if (((at - home) & mask) < ((at - gap) & mask)) continue;
        table->row[gap] = table->row[at];
        gap = at;
    }
    table->row[gap].what = NULL;
}

void *run_table_remove(RunTable *table, uint64_t run) {
    void *what = run_table_find(table, run);
    if (!what) return NULL;
    close_gap(table, (uint32_t)(row_of(table, run) - table->row));
    table->count--;
    return what;
}

void *run_table_next(const RunTable *table, uint32_t *cursor) {
    while (*cursor < table->capacity) {
        void *what = table->row[(*cursor)++].what;
        if (what) return what;
    }
    return NULL;
}

void run_table_finish(RunTable *table) {
    memory_free(table->row);
    *table = (RunTable){NULL, 0, 0};
}
