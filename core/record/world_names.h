/* The names of what stands outside the domain: tables, levers, variables, shocks, types. Runs without any of
 * them have no such names. */
#ifndef CORE_RECORD_WORLD_NAMES_H
#define CORE_RECORD_WORLD_NAMES_H

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/negotiation/negotiation.h"

typedef struct WorldNames {
    int64_t world; /* its key in the record */
    uint8_t tables, levers, variables, shocks;
    const char *table[NP_MAX_TABLES];
    const char *lever[NP_MAX_LEVERS];
    const char *variable[NP_MAX_VARIABLES];
    const char *shock[NP_MAX_VARIABLES];
    uint8_t types[NP_MAX_SEATS]; /* how many, of seats that have several */
    Arena arena;
    struct WorldNames *next;
} WorldNames;

/* The JSON of table `worlds`; false, with nothing added, where there is nothing to name. */
bool world_names_describe(const Negotiation *negotiation, Text *out);

void world_names_init(WorldNames *names, int64_t world);
/* Adds the name at that place of one of the JSON's lists; they must come in their order. `types` is how many
 * a seat of list "types" has. False when there are too many, or the list is unknown. */
bool world_names_add(WorldNames *names, const char *list, int place, const char *name, int types);
void world_names_finish(WorldNames *names);

#endif
