/* Inside nonpaper sweep: the records of single workers, RECORD-part-1, RECORD-part-2 and so on beside the record. They
 * are merged into it and removed; what a killed sweep left behind is found by name. */
#ifndef CLI_SWEEP_PARTS_H
#define CLI_SWEEP_PARTS_H

#include "core/record/record.h"

/* The part of that number. */
void sweep_part_name(Text *out, const char *record, uint32_t number);
/* The first number from which on none is there. */
uint32_t sweep_parts_free(const char *record);
/* Merges the parts first, first + 1, … and removes each that was merged; what cannot be read stays, and is an error. */
bool sweep_parts_merge(Record *target, const char *record, uint32_t first, uint32_t until,
                       Error *error);

#endif
