/* The host of a strategy: nonpaper_host over one seat's brief. It holds the seat's own profile and what
 * everybody may know, and nothing else, so there is nothing else to show. */
#ifndef AGENTS_HOST_H
#define AGENTS_HOST_H

#include "agents/inverse_cache.h"
#include "core/referee/grant.h"

typedef struct SeatHost {
    Host host; /* what the strategy is given; host.context points back here */
    const Terms *terms;
    const Profile *profile;
    InverseCache *cache;
    Preferences *preferences; /* the domain as settled so far, and the search over it */
    Outcome status_quo;       /* with what accords have settled */
    Rng luck;
    const char *seat_id[NP_MAX_SEATS];
} SeatHost;

/* Brief and cache are borrowed until the host is closed. The host must not move in between. */
void host_open(SeatHost *own, const Brief *brief, InverseCache *cache);
/* A partial accord settles its issues: from here on the search offers nothing that reopens them. */
void host_settle(SeatHost *own, const Outcome *accord);
void host_close(SeatHost *own);

#endif
