/* Runs by number, for whoever plays many at once: an open-addressing hash table. */
#ifndef CORE_BASE_RUN_INDEX_H
#define CORE_BASE_RUN_INDEX_H

#include <stddef.h>
#include <stdint.h>

typedef struct RunIndex {
    struct RunIndexRow *row;
    uint32_t capacity, count; /* capacity: 0 or a power of two */
} RunIndex;

void *run_index_find(const RunIndex *index, uint64_t run);     /* NULL when unknown */
void run_index_add(RunIndex *index, uint64_t run, void *what); /* the run must be unknown */
void *run_index_remove(RunIndex *index, uint64_t run);         /* what was there, or NULL */
/* Walks them in no order: begin with a cursor of 0; NULL at the end. Nothing may change on the way. */
void *run_index_next(const RunIndex *index, uint32_t *cursor);
void run_index_finish(RunIndex *index);

#endif
