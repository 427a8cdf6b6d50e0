#include <assert.h>

#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { MAX_WINDOW = 4 };

typedef struct TitForTat {
    Table table;
    double best, reservation;
    double target;
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
    Aspiration aspiration;
    aspiration_open(&aspiration, host, 1, 0);
    self->target = self->best = aspiration.best;
    self->reservation = aspiration.reservation;
    self->window = (uint8_t)arguments[0].number;
    self->goodwill = arguments[1].number;
    self->every = days_to_time(arguments[2].number);
    return true;
}

/* What the seat asks above its reservation value shrinks, or grows, in the same proportion. */
static void scale_claim(TitForTat *self, double factor) {
    double claim = (self->target - self->reservation) * factor;
    self->target = target_exactly(self->reservation + claim);
    if (self->target > self->best) self->target = self->best;
}

/* The other's claim is what its offer keeps from this seat: best - worth. Among several others each
 * one's concession counts for its share. */
static void reciprocate(TitForTat *self, const Host *host, double before, double now) {
    if (before >= self->best) return;
    double factor = now >= self->best ? 0 : (self->best - now) / (self->best - before);
    if (host->seats > 2) factor = host->pow(factor, 1.0 / (host->seats - 1));
    scale_claim(self, factor);
}

static void hear_offer(TitForTat *self, const Host *host, SeatId seat) {
    const SeenOffer *offer = &self->table.offer[seat];
    int best = table_best_of(offer, host);
    if (best < 0) return;
    double worth = offer->worth[best];
    uint32_t ring = self->window + 1u, count = self->offers[seat]++;
    self->worth[seat][count % ring] = worth;
    if (count >= self->window)
        reciprocate(self, host, self->worth[seat][(count - self->window) % ring], worth);
}

static void observe(void *state, const Host *host, const Observation *seen) {
    TitForTat *self = state;
    table_observe(&self->table, host, seen);
    if (seen->kind == NP_EVENT_OFFER && seen->seat != host->seat)
        hear_offer(self, host, seen->seat);
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    TitForTat *self = state;
    if (self->table.closed) return;
    Bar bar = {.target = self->target};
    if (table_accept(&self->table, host, now, &bar, reply)) return;
    table_reject(&self->table, host, reply);
    Outcome package;
    if (table_due(&self->table, host, now)) {
        if (table_package(&self->table, host, self->target, &package))
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
