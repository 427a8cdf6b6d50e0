/* A strategy with one fault, built as strangers would build it: nothing of ours but the contract. FAULT names it. */
#include <nonpaper/strategy.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum Fault {
    NONE,
    ILLEGAL,
    FLOOD,
    COUNTS_RUNS,
    KEEPS_OUTSIDE,
    ADDRESS,
    LATE,
    CRASH,
    HANG,
    SLOW,
    LEAK
};

typedef struct Broken {
    nonpaper_observation offer; /* the latest of the others */
    nonpaper_time next;
    bool closed;
} Broken;

static const int fault = FAULT; /* one a build */
static uint64_t runs, acts;     /* kept outside of the state, which is a fault by itself */
static void *volatile kept;

static void use_up_time(double seconds) {
    volatile double sink = 0;
    for (uint64_t i = 0; i < (uint64_t)(seconds * 1e9); i++) sink += (double)i;
}

static bool open_run(void *state, const nonpaper_host *host, const nonpaper_argument *arguments,
                     char *why, size_t why_size) {
    (void)state, (void)host, (void)arguments, (void)why, (void)why_size;
    runs++;
    if (fault == LEAK) {
        void **more = malloc(16384);
        memset(more, 1, 16384);
        *more = kept;
        kept = more;
    }
    return true;
}

static void observe(void *state, const nonpaper_host *host, const nonpaper_observation *seen) {
    Broken *self = state;
    if (seen->kind == NP_EVENT_OFFER && seen->seat != host->seat) self->offer = *seen;
    if (seen->kind == NP_EVENT_LAPSE && seen->offer == self->offer.offer) self->offer.offer = 0;
    if (seen->kind == NP_EVENT_SIGNATURE) self->closed = true;
}

static bool accept_it(Broken *self, const nonpaper_host *host, nonpaper_reply *reply) {
    if (self->offer.offer == 0 || !host->acceptable(host, &self->offer.menu[0])) return false;
    reply->move[reply->moves++] = (nonpaper_action){
        .kind = NP_ACCEPT, .offer = self->offer.offer, .table = self->offer.table};
    self->offer.offer = 0;
    return true;
}

static void act(void *state, const nonpaper_host *host, nonpaper_time now, nonpaper_reply *reply) {
    Broken *self = state;
    nonpaper_outcome best;
    acts++;
    if (fault == CRASH && acts == 40) abort();
    if (fault == HANG && acts == 40) use_up_time(1e6);
    if (fault == SLOW && (runs == 2 || runs == 3) && self->next++ == 0) use_up_time(1);
    reply->wake_at = now + 5 * 86400;
    if (self->closed && fault != LATE) return;
    if (accept_it(self, host, reply) || !host->best(host, &best)) return;
    if (host->mediator != NP_NO_SEAT && host->mediator != host->seat) return;
    nonpaper_action offer = {.kind = NP_OFFER, .packages = 1, .menu = {best}};
    if (fault == ILLEGAL) offer.menu[0].option[0] = 77;
    if (fault == COUNTS_RUNS) offer.valid_for = (nonpaper_time)(86400 + runs);
    if (fault == KEEPS_OUTSIDE) offer.valid_for = (nonpaper_time)(86400 + acts % 7);
    if (fault == ADDRESS) offer.valid_for = 86400 + (nonpaper_time)((uintptr_t)&runs >> 12) % 86400;
    reply->move[reply->moves++] = offer;
    if (fault == FLOOD) reply->moves = 200;
}

static const nonpaper_strategy broken = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(nonpaper_strategy),
    .name = "broken",
    .summary = "has a fault",
    .state_size = sizeof(Broken),
    .open = open_run,
    .observe = observe,
    .act = act,
};

const nonpaper_strategy *nonpaper_strategy_table(void);
const nonpaper_strategy *nonpaper_strategy_table(void) {
    return &broken;
}
