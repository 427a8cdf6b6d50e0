/* What is costly to prepare for a seat, kept by content: a million runs of one scenario rank its packages
 * once, and one that returns to numbers that it had before need not rank them again. Entries in use stay; of
 * those no longer in use the latest do, as far as they are few and small enough. */
#ifndef AGENTS_INVERSE_CACHE_H
#define AGENTS_INVERSE_CACHE_H

#include "core/base/digest.h"
#include "core/negotiation/inverse_utility.h"

enum { INVERSE_CACHE_IDLE = 64, INVERSE_CACHE_BYTES = 16 << 20 };

/* Own copies of domain, profile and durability; strings in them are the lender's and are not to be read. */
typedef struct Preferences {
    Domain domain;
    Profile profile;
    Durability *durability; /* the profile's; NULL where a peace holds for sure */
    InverseUtility *inverse;
    Digest content, lasting; /* all of it; what appraisals do not change */
    uint32_t users;
    uint64_t returned; /* order of last use */
} Preferences;

typedef struct InverseCache {
    Preferences **entry;
    uint32_t count, capacity, idle;
    size_t idle_bytes;
    uint64_t clock;
} InverseCache;

Preferences *inverse_cache_take(InverseCache *cache, const Domain *domain, const Profile *profile);
void inverse_cache_return(InverseCache *cache, Preferences *preferences);
void inverse_cache_finish(InverseCache *cache);

#endif
