#include <assert.h>

#include "agents/claim.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { MAX_WINDOW = 4 };

typedef struct TitForTat {
    Table table;
    Claim claim;
    double goodwill; /* share of the claim given up with every offer */
    uint8_t window;
    SimTime every;
    uint32_t offers[NP_MAX_SEATS];              /* heard from each seat */
    double worth[NP_MAX_SEATS][MAX_WINDOW + 1]; /* own utility of the latest ones, as a ring */
} TitForTat;

static_assert(sizeof(TitForTat) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "window",
     .initial = 1,
     .least = 1,
     .most = MAX_WINDOW,
     .summary = "number of its offers over which another seat's concession is measured"},
    {.name = "goodwill",
     .initial = 0.005,
     .least = 0,
     .most = 1,
     .summary = "share of its own claim that it gives up with every offer, unreturned or not"},
    PARAMETER_EVERY,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    TitForTat *self = state;
    claim_open(&self->claim, host);
    self->window = (uint8_t)arguments[0].number;
    self->goodwill = arguments[1].number;
    self->every = days_to_time(arguments[2].number);
    return true;
}

/* What the seat asks above its reservation value shrinks, or grows, in the same proportion. */
static void scale_claim(TitForTat *self, double factor) {
    Claim *own = &self->claim;
    double claim = (own->target - own->reservation) * factor;
    own->target = target_exactly(own->reservation + claim);
    if (own->target > own->best) own->target = own->best;
}

/* The other's claim is what its offer keeps from this seat: best - worth. Among several others each
 * one's concession counts for its share. */
static void reciprocate(TitForTat *self, const Host *host, double before, double now) {
    double best = self->claim.best;
    if (before >= best) return;
    double factor = now >= best ? 0 : (best - now) / (best - before);
    if (host->seats > 2) factor = host->pow(factor, 1.0 / (host->seats - 1));
    scale_claim(self, factor);
}

static void hear_offer(TitForTat *self, const Host *host, SeatId seat) {
    const SeenOffer *offer = &self->table.offer[seat];
    int best = seen_offer_best(offer, host);
    if (best < 0) return;
    double worth = offer->worth[best];
    uint32_t ring = self->window + 1u, count = self->offers[seat]++;
    self->worth[seat][count % ring] = worth;
    if (count >= self->window)
        reciprocate(self, host, self->worth[seat][(count - self->window) % ring], worth);
}

/* An appraisal is nobody's concession: what a seat offered before is moved along with its latest offer. */
static void move_along(TitForTat *self, const Host *host, SeatId seat) {
    const SeenOffer *offer = &self->table.offer[seat];
    uint32_t ring = self->window + 1u;
    int best = seen_offer_best(offer, host);
    if (self->offers[seat] == 0 || best < 0) return;
    double by = offer->worth[best] - self->worth[seat][(self->offers[seat] - 1) % ring];
    for (uint32_t i = 0; i < ring; i++) self->worth[seat][i] += by;
}

static void follow(TitForTat *self, const Host *host) {
    if (!table_follow(&self->table, host)) return;
    claim_follow(&self->claim, host);
    for (SeatId seat = 0; seat < host->seats; seat++) move_along(self, host, seat);
}

static void observe(void *state, const Host *host, const Observation *seen) {
    TitForTat *self = state;
    if (seen->kind == NP_EVENT_OFFER) follow(self, host); /* before it is compared */
    table_observe(&self->table, host, seen);
    if (seen->kind == NP_EVENT_OFFER && seen->seat != host->seat)
        hear_offer(self, host, seen->seat);
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    TitForTat *self = state;
    if (self->table.closed) return;
    follow(self, host);
    Bar bar = {.target = self->claim.target};
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    Outcome package;
    if (table_due(&self->table, host, now)) {
        if (table_package(&self->table, host, self->claim.target, &package))
            table_offer(&self->table, host, &package, 1, reply);
        scale_claim(self, 1 - self->goodwill);
    }
    table_wait(&self->table, host, now, self->every, reply);
}

const Strategy strategy_tit_for_tat = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "tit_for_tat",
    .summary = "answers concessions in kind, measured in its own utility",
    .source = "Faratin, Sierra and Jennings 1998, relative and averaged tit-for-tat",
    .parameter = parameters,
    .state_size = sizeof(TitForTat),
    .open = open,
    .observe = observe,
    .act = act,
};
