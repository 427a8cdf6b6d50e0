/* Parts of a composition, as they are introduced, found by name and given their numbers. */
#ifndef AGENTS_BOA_PART_H
#define AGENTS_BOA_PART_H

#include "core/base/vocabulary.h"

enum { BOA_NUMBERS = 4 };

/* The first member of every part. */
typedef struct BoaPart {
    const char *name, *summary, *source;
    const Parameter
        *parameter; /* numbers, at most BOA_NUMBERS; ends with a NULL name; NULL for none */
} BoaPart;

typedef struct BoaParts {
    const char *what; /* "bidding" */
    const BoaPart *const *part;
    size_t count;
} BoaParts;

BoaParts boa_biddings(void);
BoaParts boa_acceptances(void);
BoaParts boa_opponents(void);

/* "ac_next(b=0.01)": the part and its numbers. NULL with a sentence when there is none such. */
const BoaPart *boa_part_read(BoaParts parts, const char *spec, double numbers[BOA_NUMBERS],
                             char *why, size_t why_size);

#endif
