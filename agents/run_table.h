/* The runs under way, by id: an open-addressing hash table. */
#ifndef AGENTS_RUN_TABLE_H
#define AGENTS_RUN_TABLE_H

#include <stdint.h>

typedef struct RunSlot {
    uint64_t run;
    void *value; /* NULL: the slot is free */
} RunSlot;

typedef struct RunTable {
    RunSlot *slot;
    uint32_t count, capacity; /* capacity is a power of two, or 0 */
} RunTable;

void *run_table_find(const RunTable *table, uint64_t run);      /* NULL when unknown */
void run_table_add(RunTable *table, uint64_t run, void *value); /* the run must not be there */
void *run_table_remove(RunTable *table, uint64_t run);          /* what was there, or NULL */
void run_table_finish(RunTable *table);

#endif
