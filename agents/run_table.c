#include "agents/run_table.h"

#include <assert.h>
#include <stddef.h>

#include "core/base/memory.h"

/* Run ids are consecutive; multiplying (Knuth 6.4) spreads them over the high bits. */
static uint32_t home(const RunTable *table, uint64_t run) {
    return (uint32_t)(run * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (table->capacity - 1);
}

static uint32_t after(const RunTable *table, uint32_t slot) {
    return (slot + 1) & (table->capacity - 1);
}

/* The run's slot, or the free one where it would go. */
static uint32_t seek(const RunTable *table, uint64_t run) {
    uint32_t slot = home(table, run);
    while (table->slot[slot].value != NULL && table->slot[slot].run != run)
        slot = after(table, slot);
    return slot;
}

void *run_table_find(const RunTable *table, uint64_t run) {
    return table->capacity == 0 ? NULL : table->slot[seek(table, run)].value;
}

static void grow(RunTable *table) {
    RunTable larger = {.capacity = table->capacity ? table->capacity * 2 : 16};
    larger.slot = memory_new(larger.capacity, sizeof *larger.slot);
    for (uint32_t i = 0; i < table->capacity; i++)
        if (table->slot[i].value != NULL)
            larger.slot[seek(&larger, table->slot[i].run)] = table->slot[i];
    larger.count = table->count;
    memory_free(table->slot);
    *table = larger;
}

void run_table_add(RunTable *table, uint64_t run, void *value) {
    if (table->count * 2 >= table->capacity) grow(table);
    uint32_t slot = seek(table, run);
    assert(value != NULL && table->slot[slot].value == NULL);
    table->slot[slot] = (RunSlot){run, value};
    table->count++;
}

/* Entries behind the gap move up, so that no search ends too early. */
static void close_gap(RunTable *table, uint32_t gap) {
    uint32_t mask = table->capacity - 1;
    for (uint32_t slot = after(table, gap); table->slot[slot].value != NULL;
         slot = after(table, slot)) {
        uint32_t from_home = (slot - home(table, table->slot[slot].run)) & mask;
        if (from_home < ((slot - gap) & mask)) continue;
        table->slot[gap] = table->slot[slot];
        gap = slot;
    }
    table->slot[gap].value = NULL;
}

void *run_table_remove(RunTable *table, uint64_t run) {
    if (table->capacity == 0) return NULL;
    uint32_t slot = seek(table, run);
    void *value = table->slot[slot].value;
    if (value == NULL) return NULL;
    close_gap(table, slot);
    table->count--;
    return value;
}

void run_table_finish(RunTable *table) {
    memory_free(table->slot);
    *table = (RunTable){0};
}
