/* Alternating offers of two seats over one divisible thing, played to perfection: Rubinstein 1982, and for
 * a deadline the backward induction of Stahl 1972. With shares of what there is to divide, own discount d and the
 * other's d', the proposer n offers before the end keeps
 *
 *     x_1 = 1    x_n = 1 - d' y_(n-1)    y_n = 1 - d x_(n-1)
 *
 * where y is what the other keeps when it proposes, and the responder takes whatever is worth the discounted
 * share that it would keep as the next proposer. For many offers and equal discounts x is 1 / (1 + d).
 * An outside option binds only where it is worth more than that share (Binmore, Rubinstein and Wolinsky
 * 1986). What the other gets is taken to be what this seat does not. Elsewhere it concedes evenly. */
#include <assert.h>

#include "agents/strategies.h"
#include "agents/time_dependent.h"

enum { MOST_OFFERS = 10000 }; /* looked ahead; further ones no longer matter */

typedef struct SubgamePerfect {
    TimeDependent elsewhere;
    double whole;        /* own utility of all of it */
    double own_discount; /* a turn */
    double other_discount;
    double other; /* as the scenario says; 0: the same as one's own */
} SubgamePerfect;

static_assert(sizeof(SubgamePerfect) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "other",
     .initial = 0,
     .least = 0,
     .most = 1,
     .summary = "the other's discount factor a turn; 0: the same as one's own"},
    {.name = NULL},
};

static void reckon(SubgamePerfect *self, const Host *host) {
    Outcome best;
    aspiration_follow(&self->elsewhere.aspiration, host);
    self->whole = self->elsewhere.aspiration.best;
    self->own_discount = 1;
    if (self->whole > 0 && host->best(host, &best))
        self->own_discount = host->value_at(host, &best, host->delay) / self->whole;
    self->other_discount = self->other > 0 ? self->other : self->own_discount;
}

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    SubgamePerfect *self = state;
    time_dependent_open(&self->elsewhere, host, 1, 0, 14);
    self->other = arguments[0].number;
    reckon(self, host);
    return true;
}

/* The share that the proposer keeps when so many offers, its own the first, can still be answered. */
static double proposers_share(const SubgamePerfect *self, SimTime offers, bool own) {
    double share = 1;
    if (offers > MOST_OFFERS) offers = MOST_OFFERS + (offers - MOST_OFFERS) % 2;
    bool mine = (offers % 2 == 1) == own; /* who proposes last */
    for (SimTime left = offers; left > 1; left--) {
        share = 1 - (mine ? self->own_discount : self->other_discount) * share;
        mine = !mine;
    }
    return share;
}

/* Offers are tabled a delay apart, and each is answered a delay later, at the deadline at the latest. */
static SimTime offers_from(const Host *host, SimTime tabled) {
    return tabled > host->deadline ? 0 : (host->deadline - tabled) / host->delay;
}

static double at_least_reservation(const Host *host, double utility) {
    double reservation = host->reservation(host);
    return utility > reservation ? target_exactly(utility) : reservation;
}

#define GRAIN 1e-9 /* both sides round to billionths: indifference is a yes */

/* What saying no is worth: the own share one turn later, as the next proposer. */
static double continuation(const SubgamePerfect *self, const Host *host, SimTime now) {
    SimTime offers = offers_from(host, now + host->delay);
    double share = offers > 0 ? self->own_discount * proposers_share(self, offers, true) : 0;
    return at_least_reservation(host, share * self->whole - GRAIN);
}

/* The package of most own utility that does not exceed `claim`: what is above, the other would refuse. */
static bool at_most(const Host *host, double claim, Outcome *out) {
    double found = 0, grain = GRAIN;
    bool any = false;
    while (grain < 2 && !any) {
        any =
            host->at_least(host, claim - grain, out) && (found = host->utility(host, out)) <= claim;
        grain *= 2;
    }
    Outcome next;
    for (int tries = 0; any && tries < 64; tries++) {
        if (!host->at_least(host, found + GRAIN, &next)) break;
        double worth = host->utility(host, &next);
        if (worth > claim || worth <= found) break;
        *out = next;
        found = worth;
    }
    return any && found >= host->reservation(host);
}

static void propose(SubgamePerfect *self, const Host *host, SimTime now, Reply *reply) {
    SimTime offers = offers_from(host, now + host->delay);
    double share = offers > 0 ? proposers_share(self, offers, true) : 1;
    double claim = at_least_reservation(host, share * self->whole);
    Outcome package;
    if (at_most(host, claim, &package) ||
        table_package(&self->elsewhere.table, host, claim, &package))
        table_offer(&self->elsewhere.table, host, &package, 1, reply);
}

static void observe(void *state, const Host *host, const Observation *seen) {
    SubgamePerfect *self = state;
    time_dependent_observe(&self->elsewhere, host, seen);
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    SubgamePerfect *self = state;
    if (!host->turns || host->seats != 2) {
        time_dependent_act(&self->elsewhere, host, now, reply);
        return;
    }
    if (self->elsewhere.table.closed) return;
    if (table_follow(&self->elsewhere.table, host)) reckon(self, host);
    Bar bar = {.target = continuation(self, host, now)};
    if (table_accept(&self->elsewhere.table, host, now, &bar, reply)) return;
    propose(self, host, now, reply);
}

const Strategy strategy_subgame_perfect = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "subgame_perfect",
    .summary = "divides by backward induction from the deadline (two seats in turn)",
    .source = "Rubinstein 1982; Stahl 1972, backward induction",
    .parameter = parameters,
    .state_size = sizeof(SubgamePerfect),
    .open = open,
    .observe = observe,
    .act = act,
};
