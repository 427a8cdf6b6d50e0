/* The monotonic concession protocol with Zeuthen's strategy (Zeuthen 1930; Harsanyi 1956; Rosenschein and
 * Zlotkin, Rules of Encounter, 1994): the seat that risks more by a breakdown concedes, and then by as
 * little as turns the comparison.
 *
 * Zeuthen compares the shares of their claims that both sides would lose by giving in; a seat sees only its own
 * utility. It takes for the other's claim how far the other has come from its own first offer,
 *
 *     c_other = (best - u(now)) / (best - u(first))        c = (target - r) / (best - r)
 *
 * and concedes when c >= c_other: when it has given up no more than the other. Where one's gain is the
 * other's loss that is Zeuthen's comparison. */
#include <assert.h>

#include "agents/steadfast.h"
#include "agents/strategies.h"

typedef struct MonotonicConcession {
    Steadfast steadfast;
    double step;
    Outcome first[NP_MAX_SEATS]; /* the best package that a seat offered first */
    bool heard[NP_MAX_SEATS];
    SimTime next; /* concession at an open table */
} MonotonicConcession;

static_assert(sizeof(MonotonicConcession) <= NP_MAX_STRATEGY_STATE,
              "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "step",
     .initial = 0.02,
     .least = 0.0001,
     .most = 1,
     .summary = "least own utility that a concession gives up"},
    PARAMETER_EVERY,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    MonotonicConcession *self = state;
    self->step = arguments[0].number;
    steadfast_open(&self->steadfast, host, arguments[1].number);
    return true;
}

static void observe(void *state, const Host *host, const Observation *seen) {
    MonotonicConcession *self = state;
    SeatId seat = seen->seat;
    steadfast_observe(&self->steadfast, host, seen);
    if (seen->kind != NP_EVENT_OFFER || seat == host->seat || self->heard[seat]) return;
    const SeenOffer *offer = &self->steadfast.table.offer[seat];
    int best = seen_offer_best(offer, host);
    if (best < 0) return;
    self->heard[seat] = true;
    self->first[seat] = offer->menu[best];
}

/* The share of its first claim that a seat still upholds; 1 for who has said nothing yet. */
static double claim_of(const MonotonicConcession *self, const Host *host, SeatId seat) {
    const SeenOffer *offer = &self->steadfast.table.offer[seat];
    int best = seen_offer_best(offer, host);
    if (!self->heard[seat] || best < 0) return 1;
    double most = self->steadfast.claim.best;
    double whole = most - host->utility(host, &self->first[seat]);
    return whole > 0 ? (most - offer->worth[best]) / whole : 0;
}

/* Among several others the one that has conceded least is the one to wait for. */
static double claim_of_others(const MonotonicConcession *self, const Host *host) {
    double most = 0;
    for (SeatId seat = 0; seat < host->seats; seat++) {
        double claim = seat == host->seat ? 0 : claim_of(self, host, seat);
        if (claim > most) most = claim;
    }
    return most;
}

static bool anybody_was_heard(const MonotonicConcession *self, const Host *host) {
    for (SeatId seat = 0; seat < host->seats; seat++)
        if (self->heard[seat]) return true;
    return false;
}

/* Down to the other's claim where that is further than one step. */
static void concede_if_due(MonotonicConcession *self, const Host *host) {
    const Claim *own = &self->steadfast.claim;
    double whole = own->best - own->reservation;
    double theirs = claim_of_others(self, host) * whole;
    double mine = own->target - own->reservation;
    if (!anybody_was_heard(self, host) || mine < theirs - 1e-9) return;
    steadfast_concede(&self->steadfast, mine - theirs > self->step ? mine - theirs : self->step);
}

/* Once a round, once a turn, or once every so often. */
static bool is_due(MonotonicConcession *self, const Host *host, SimTime now) {
    if (host->turns || host->rounds) return true;
    if (now < self->next) return false;
    self->next = now + self->steadfast.every;
    return true;
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    MonotonicConcession *self = state;
    if (self->steadfast.table.closed) return;
    steadfast_follow(&self->steadfast, host);
    if (is_due(self, host, now)) concede_if_due(self, host);
    steadfast_act(&self->steadfast, host, now, reply);
}

const Strategy strategy_monotonic_concession = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "monotonic_concession",
    .summary = "concedes one step when it has given up no more than the others, otherwise waits",
    .source = "Zeuthen 1930; Rosenschein and Zlotkin 1994, monotonic concession protocol",
    .parameter = parameters,
    .state_size = sizeof(MonotonicConcession),
    .open = open,
    .observe = observe,
    .act = act,
};
