/* The monotonic concession protocol with Zeuthen's strategy (Zeuthen 1930; Harsanyi 1956; Rosenschein and
 * Zlotkin, Rules of Encounter, 1994): the seat that risks more by a breakdown concedes, and then by as
 * little as turns the comparison.
 *
 * Zeuthen compares the shares of their claims that both sides would lose by giving in; a seat sees only its own
 * utility, and not the other's walk-away value even where its types are public. So it measures both sides by the
 * one thing that both know, the packages on the table, and on one scale, its own utility:
 *
 *     given = best - u(own package)        received = u(the other's package) - u(the other's first)
 *
 * and concedes when given <= received: when it has conceded no more than the other. Divided by what lies
 * between the two first packages these are the shares given up, and where one's gain is the other's loss both
 * sides read the same from them. Where it is not, each may hold that it has given more, and both would
 * wait for ever: so when nothing has moved for a whole turn between seats that have come off their first
 * packages, each gives one step more. Who never came off is waited for. */
#include <assert.h>
#include <string.h>

#include "agents/steadfast.h"
#include "agents/strategies.h"

typedef struct MonotonicConcession {
    Steadfast steadfast;
    double step;
    Outcome first[NP_MAX_SEATS]; /* the best package that a seat offered first */
    Outcome own;                 /* the seat's own as of the last comparison */
    bool heard[NP_MAX_SEATS];
    bool came_off[NP_MAX_SEATS]; /* its first package */
    bool moved;                  /* somebody, since this seat last compared */
    SimTime next;                /* concession at an open table */
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

/* A seat that tables no complete package any more is back where it was. */
static const Outcome *latest_of(const MonotonicConcession *self, const Host *host, SeatId seat) {
    const SeenOffer *offer = &self->steadfast.table.offer[seat];
    if (seat == host->seat) return &self->own;
    int best = seen_offer_best(offer, host);
    return best < 0 ? &self->first[seat] : &offer->menu[best];
}

static void note_package(MonotonicConcession *self, SeatId seat, const Outcome *before,
                         const Outcome *now) {
    bool same = self->heard[seat] && memcmp(now, before, sizeof *now) == 0;
    if (!self->heard[seat]) self->first[seat] = *now;
    self->heard[seat] = true;
    self->came_off[seat] |= memcmp(now, &self->first[seat], sizeof *now) != 0;
    self->moved |= !same;
}

static void observe(void *state, const Host *host, const Observation *seen) {
    MonotonicConcession *self = state;
    bool offered = seen->kind == NP_EVENT_OFFER && seen->seat != host->seat;
    Outcome before = {0};
    if (offered && self->heard[seen->seat]) before = *latest_of(self, host, seen->seat);
    steadfast_observe(&self->steadfast, host, seen);
    if (!offered || seen_offer_best(&self->steadfast.table.offer[seen->seat], host) < 0) return;
    note_package(self, seen->seat, &before, latest_of(self, host, seen->seat));
}

/* The own package as it was tabled: a target that has gone down has given nobody anything before the package
 * changes. */
static void note_own_package(MonotonicConcession *self, const Host *host) {
    const SeenOffer *own = &self->steadfast.table.offer[host->seat];
    if (own->packages == 0) return;
    note_package(self, host->seat, &self->own, &own->menu[0]);
    self->own = own->menu[0];
}

/* What the seat has given up of its best package. Who judges a single text tables nothing. */
static double given(const MonotonicConcession *self, const Host *host) {
    const Claim *claim = &self->steadfast.claim;
    if (!self->heard[host->seat]) return claim->best - claim->target;
    return claim->best - host->utility(host, &self->own);
}

typedef struct Others {
    bool heard, came_off; /* any; all of those heard */
    double received;      /* from who has given least: the one to wait for */
} Others;

static Others look_at_others(const MonotonicConcession *self, const Host *host) {
    Others others = {.came_off = true};
    for (SeatId seat = 0; seat < host->seats; seat++) {
        if (seat == host->seat || !self->heard[seat]) continue;
        double received = host->utility(host, latest_of(self, host, seat)) -
                          host->utility(host, &self->first[seat]);
        if (received < 0) received = 0;
        if (!others.heard || received < others.received) others.received = received;
        others.heard = true;
        others.came_off = others.came_off && self->came_off[seat];
    }
    return others;
}

/* Down to what the other has given where that is further than one step. */
static void concede_if_due(MonotonicConcession *self, const Host *host) {
    const Claim *claim = &self->steadfast.claim;
    note_own_package(self, host);
    bool still = !self->moved, opened = self->heard[host->seat] || text_judges(host);
    self->moved = false;
    Others others = look_at_others(self, host);
    if (!opened || !others.heard) return;
    double due = claim->target - (claim->best - others.received);
    if (given(self, host) <= others.received + 1e-9)
        steadfast_concede(&self->steadfast, due > self->step ? due : self->step);
    else if (still && others.came_off)
        steadfast_concede(&self->steadfast, self->step);
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
