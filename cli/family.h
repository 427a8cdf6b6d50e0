/* The runs of a record as a family: branches under the runs from which they part. */
#ifndef CLI_FAMILY_H
#define CLI_FAMILY_H

#include "core/record/record.h"

typedef struct Kin {
    uint64_t run;
    uint64_t parent; /* in this record; 0: none */
    Digest header;
    uint32_t first_child, next; /* index + 1; 0: none */
    uint32_t depth;
} Kin;

typedef struct Family {
    Kin *kin; /* in order of run */
    uint32_t count, capacity;
    bool branches; /* is there any? */
} Family;

/* Reads who descends from whom; a parent is also known by its header. */
bool family_read(Family *family, Record *record, Error *error);
void family_finish(Family *family);

/* Walks all runs, each one's branches after it: begin with 0; gives the next index + 1, 0 at the end. */
uint32_t family_next(const Family *family, uint32_t at);

#endif
