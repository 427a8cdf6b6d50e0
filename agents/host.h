/* The host of a strategy: nonpaper_host over one seat's brief. It holds the seat's own profile and what
 * everybody may know, and nothing else, so there is nothing else to show. */
#ifndef AGENTS_HOST_H
#define AGENTS_HOST_H

#include "agents/inverse_cache.h"
#include "agents/notebook.h"
#include "core/referee/grant.h"

enum { HOST_FAULT_TEXT = 512 };

typedef struct SeatHost {
    Host host; /* what the strategy is given; host.context points back here */
    Brief brief;
    const Terms *terms;
    const Profile *profile; /* as of now */
    Notebook *notebook;     /* NULL as long as there is nothing to note */
    InverseCache *cache;
    Preferences *preferences; /* the domain as settled so far, and the search over it */
    bool stale;               /* the profile has changed since: to be searched anew when asked */
    Outcome status_quo;       /* with what accords have settled, and levers and shocks moved */
    uint32_t settled;         /* a bit per issue of these */
    Rng luck;
    const char *seat_id[NP_MAX_SEATS];
    const Strategy
        *strategy; /* whose host it is: a script's table of functions leads to the script */
    char fault[HOST_FAULT_TEXT]; /* why the strategy cannot go on; "" as long as it can */
} SeatHost;

/* What the brief points to and the cache are borrowed until the host is closed. The host must not move in
 * between. */
void host_open(SeatHost *own, const Brief *brief, InverseCache *cache);
/* Before the strategy is told: what the host itself has to know of it. */
void host_observe(SeatHost *own, const Observation *seen);
void host_close(SeatHost *own);
/* The strategy cannot go on: a sentence for the seat's fault. The first one stays. */
void host_fault(const Host *host, const char *sentence);

#endif
