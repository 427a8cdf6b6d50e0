/* Inside nonpaper sweep: which job goes to whom. What a worker held when it died goes to others; what it was at is tried
 * once more, alone. */
#ifndef CLI_SWEEP_DEAL_H
#define CLI_SWEEP_DEAL_H

#include "cli/sweep_crew.h"
#include "cli/sweep_worker.h"

/* What one worker has been given and has not reported as safe, in that order. */
typedef struct SweepDealt {
    SweepJob job[2 * SWEEP_ORDER];
    uint32_t held;
    uint64_t safe; /* reported, in all */
    bool alone;    /* with a job at which another worker died */
} SweepDealt;

typedef struct SweepPile {
    SweepJob *job;
    uint32_t count, room;
} SweepPile;

typedef struct SweepDeal {
    const SweepPlan *plan;
    SweepWork *work;
    uint64_t next; /* place of the next job to look at */
    uint64_t left; /* places behind which something is still to be played */
    SweepPile returned, suspect;
} SweepDeal;

void sweep_deal_begin(SweepDeal *deal, const SweepPlan *plan, SweepWork *work);
void sweep_deal_finish(SweepDeal *deal);

/* Is there anything to be dealt at present? */
bool sweep_deal_has_more(const SweepDeal *deal);
/* The next order for a worker that holds these; false when it has enough, or there is nothing. */
bool sweep_deal_order(SweepDeal *deal, SweepDealt *dealt, SweepOrder *order);
/* So many jobs of the worker are safe in all; gives how many are new. */
uint64_t sweep_dealt_safe(SweepDealt *dealt, uint64_t done);
/* The worker is gone and nobody is to blame. */
void sweep_deal_return(SweepDeal *deal, SweepDealt *dealt);
/* The worker died, having begun so many jobs in all. */
void sweep_deal_lost(SweepDeal *deal, SweepDealt *dealt, uint64_t begun, const char *why);
/* An attempt at a job came to nothing. */
void sweep_deal_failed(SweepDeal *deal, SweepJob job, bool for_good, const char *why);

#endif
