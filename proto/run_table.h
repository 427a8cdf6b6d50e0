/* Runs by number, for an agent that plays many at once. */
#ifndef PROTO_RUN_TABLE_H
#define PROTO_RUN_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct RunTable {
    struct RunTableRow *row;
    uint32_t capacity, count; /* capacity: 0 or a power of two */
} RunTable;

void *run_table_find(const RunTable *table, uint64_t run); /* NULL when unknown */
void run_table_add(RunTable *table, uint64_t run, void *what); /* the run must be unknown */
void *run_table_remove(RunTable *table, uint64_t run); /* what was there, or NULL */
/* Walks them in no order: begin with a cursor of 0; NULL at the end. Nothing may change on the way. */
void *run_table_next(const RunTable *table, uint32_t *cursor);
void run_table_finish(RunTable *table);

#endif
